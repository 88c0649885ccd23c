#include "jenjang/assess/bulk_score.h"

#include <algorithm>

#include "engine/assess/bulk_program.h"
#include "engine/base/round_up.h"
#include "engine/base/side_by_side.h"

namespace jenjang {
namespace {

// What a thread takes at a time.
constexpr std::size_t kSheetsOfPart = 4096;

// units x unit, rounded once; nullopt when a step on the way needs more than 128 bits.
std::optional<Decimal> rounded(std::int64_t units, const ReducedFraction& unit, Rounding rounding) {
  Int128 power = 1;
  for (int i = 0; i < rounding.places; ++i) power *= 10;
  const auto figure = checked_product(units, unit.num);
  const auto scaled = figure ? checked_product(*figure, power) : std::nullopt;
  if (!scaled || unit.den > (Int128{1} << 125)) return std::nullopt;
  Int128 below = *scaled / unit.den, rest = *scaled % unit.den;
  if (rest < 0) {
    rest += unit.den;
    --below;
  }
  if (rest != 0) {
    const int half = 2 * rest > unit.den ? 1 : 2 * rest == unit.den ? 0 : -1;
    if (rounds_up(rounding.mode, half, *scaled < 0, (below & 1) != 0)) ++below;
  }
  return Decimal::from_parts(below, rounding.places);
}

// As `score` prints a part.
std::string figure_text(const Rational& value, Rounding rounding) {
  if (rounding.mode != RoundingMode::exact) return round(value, rounding).to_string();
  const auto decimal = value.to_decimal();
  return decimal ? decimal->to_string() : value.to_string();
}

}  // namespace

BulkScores::BulkScores(const BulkProgram& program, BulkAnswers answers, unsigned threads, const Watch* watch)
    : program_(&program), answers_(std::move(answers)), flat_(program.limit() == BulkLimit::none) {
  const std::size_t sheets = answers_.sheets();
  if (!flat_) return;
  const std::size_t inner = program.inner().size();
  units_ = std::make_unique_for_overwrite<std::int64_t[]>(sheets * inner);
  standings_ = std::make_unique_for_overwrite<std::uint8_t[]>(sheets * inner);
  bands_ = std::make_unique_for_overwrite<std::uint8_t[]>(sheets);
  beyond_ = std::make_unique_for_overwrite<std::uint8_t[]>(sheets);
  const std::size_t parts = (sheets + kSheetsOfPart - 1) / kSheetsOfPart;
  side_by_side(threads, parts, [&] {
    return [&](std::size_t part) {
      const std::size_t first = part * kSheetsOfPart, last = std::min(sheets, first + kSheetsOfPart);
      look(watch, Stage::scoring, first, sheets);
      std::fill(beyond_.get() + first, beyond_.get() + last, std::uint8_t{0});
      for (std::size_t at = first; at < last; at += kBulkBlock) {
        const BulkRows rows{std::min(kBulkBlock, last - at),
                            answers_.codes(at).data(),
                            answers_.numbers(at).data(),
                            units_.get() + at * inner,
                            standings_.get() + at * inner,
                            bands_.get() + at,
                            beyond_.get() + at};
        run_steps(program.parts(), rows);
      }
    };
  });
  for (std::size_t sheet = 0; sheet < sheets; ++sheet) {
    if (program.form().columns > 0 && answers_.has_beside(sheet)) beyond_[sheet] = 1;
  }
}

std::size_t BulkScores::flat_sheets() const {
  if (!flat_) return 0;
  return sheets() - static_cast<std::size_t>(std::count(beyond_.get(), beyond_.get() + sheets(), 1));
}

SheetScore BulkScores::general(std::size_t sheet) const {
  return score_sheet(program_->pack(), program_->tmpl(), program_->mode(), answers_.as_written(sheet));
}

std::optional<Rational> BulkScores::value(std::size_t sheet, std::size_t inner) const {
  if (!is_flat(sheet)) return general(sheet).nodes[program_->inner()[inner]].value;
  const std::size_t at = sheet * program_->inner().size() + inner;
  if (standings_[at] != static_cast<std::uint8_t>(BulkStanding::value)) return std::nullopt;
  return Rational(units_[at]) * program_->parts().units[inner].to_rational();
}

std::string BulkScores::printed(std::size_t sheet, std::size_t inner) const {
  const std::size_t at = sheet * program_->inner().size() + inner;
  if (standings_[at] != static_cast<std::uint8_t>(BulkStanding::value)) return {};
  const Rounding& rounding = program_->tmpl().rounding;
  const ReducedFraction& unit = program_->parts().units[inner];
  if (rounding.mode != RoundingMode::exact) {
    if (const auto figure = rounded(units_[at], unit, rounding)) return figure->to_string();
  }
  return figure_text(Rational(units_[at]) * unit.to_rational(), rounding);
}

BulkRow BulkScores::row(std::size_t sheet) const {
  BulkRow row;
  row.answered = answers_.answered(sheet);
  const std::vector<std::size_t>& inner = program_->inner();
  row.values.reserve(inner.size());
  if (is_flat(sheet)) {
    for (std::size_t i = 0; i < inner.size(); ++i) row.values.push_back(printed(sheet, i));
    row.total = static_cast<BulkRow::Total>(  // the same three, in the same order
        standings_[sheet * inner.size()]);
    if (bands_[sheet] != kNoBand) {
      row.predicate = program_->pack().scale(program_->tmpl().nodes.front().scale)->bands[bands_[sheet]].label;
    }
    return row;
  }
  const SheetScore score = general(sheet);
  for (const std::size_t node : inner) {
    const std::optional<Rational>& value = score.nodes[node].value;
    row.values.push_back(value ? figure_text(*value, program_->tmpl().rounding) : std::string());
  }
  row.predicate = score.predicate;
  if (!score.total()) {
    row.total = score.nodes.front().missing.empty() ? BulkRow::Total::not_applicable : BulkRow::Total::incomplete;
  }
  return row;
}

}  // namespace jenjang
