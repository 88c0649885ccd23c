#include "jenjang/report/comparison.h"

#include <algorithm>
#include <array>
#include <utility>

#include "jenjang/base/text.h"

#include "engine/explain/figures.h"
#include "engine/report/comparison_target.h"
#include "engine/report/rows.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 4> kWords{"tahunan", "akhir", "tahun-lalu", "nasional"};
static_assert(kWords.size() == static_cast<std::size_t>(Comparison::nation) + 1);
constexpr std::string_view kNothing = "tanpa-pembanding";

void add_label(std::string& labels, std::string_view label) {
  for (const std::string_view word : split(labels, ' ')) {
    if (word == label) return;
  }
  if (!labels.empty()) labels += ' ';
  labels += label;
}

class RowComparer {
public:
  explicit RowComparer(const ExplainContext& context) : context_(context) {}

  ComparisonRow compare(const ResultRow& base, Comparison kind) {
    const Lane lane =
        base.lane == to_string(Lane::validated) && context_.result.has_validated_lane() ? Lane::validated : Lane::all;
    ComparisonRow made{base, std::string(to_string(kind)), {}};
    const Period period = *Period::parse(base.period);
    const SlotId slot = *context_.result.grid().find(period);
    const ResultCell& cell = context_.result.at(base.node, slot, lane);
    if (kind == Comparison::year) {
      // The row of `rollup` already is this comparison.
      if (!base.target.empty()) made.against = "target " + base.address;
      if (cell.state == CellState::value) {
        // Compared, the row keeps what it says about missing figures.
        if (base.target.empty()) {
          made.row.state = kNothing;
        } else if (cell.achievement_state != CellState::value) {
          made.row.state = to_string(cell.achievement_state);
        }
      }
      return made;
    }
    clear(made.row, cell);
    const report::ComparisonTarget target = targets(lane).find(base.node, period, kind);
    made.row.target = target.printed;
    made.against = target.against;
    if (target.illustrative) add_label(made.row.labels, "ilustratif");
    if (target.unverified) add_label(made.row.labels, "belum-diverifikasi");
    if (cell.state != CellState::value) return made;
    if (!target.figure && !target.written) {
      made.row.state = target.redefined ? to_string(CellState::redefined) : kNothing;
      return made;
    }
    achieve(made.row, period, lane, target, cell);
    return made;
  }

private:
  static void clear(ResultRow& row, const ResultCell& cell) {
    row.target.clear();
    row.achievement_raw.clear();
    row.achievement.clear();
    row.exact_achievement.clear();
    // A predicate of the value stands whatever it is compared with; one of the achievement was that of another target.
    if (cell.band_of_achievement) row.predicate.clear();
  }

  void achieve(ResultRow& row, Period period, Lane lane, const report::ComparisonTarget& target,
               const ResultCell& cell) {
    const AchievementSpec& spec = context_.model.item(row.node).spec.achievement;
    row.state = to_string(CellState::not_applicable);
    const std::optional<Rational> realised = targets(lane).exact().value(row.node, period);
    if (!realised) return;
    const report::Achieved outcome = report::achieve_against(context_.model, row.node, period, *realised, target);
    row.state = to_string(outcome.state);
    if (!outcome.raw) return;
    row.state = state_text(cell, context_.model.item(row.node).spec, period);
    if (!target.shortfall.empty()) row.state += "; pembanding " + target.shortfall;
    const auto print = [&](const Rational& figure) {
      return print_rounded(figure.to_double(), spec.rounding, [&] { return std::optional(figure); });
    };
    row.achievement_raw = print(*outcome.raw);
    row.achievement = print(apply_cap(spec, *outcome.raw, nullptr));
    if (!row.exact_realisation.empty()) row.exact_achievement = print_exact(*outcome.raw);
  }

  report::ComparisonTargets& targets(Lane lane) {
    auto& made = targets_[static_cast<std::size_t>(lane)];
    if (!made) made.emplace(context_, lane);
    return *made;
  }

  const ExplainContext& context_;
  std::array<std::optional<report::ComparisonTargets>, 2> targets_;  // by lane
};

}  // namespace

std::span<const std::string_view> comparison_words() {
  return kWords;
}

std::optional<std::vector<Comparison>> parse_comparisons(std::string_view text, std::string* unknown) {
  std::vector<Comparison> asked;
  for (const std::string_view part : split(text, ',')) {
    const std::string_view word = trim(part);
    const auto found = std::ranges::find(kWords, word);
    if (found == kWords.end()) {
      if (unknown != nullptr) *unknown = word;
      return std::nullopt;
    }
    const auto kind = static_cast<Comparison>(found - kWords.begin());
    if (std::ranges::find(asked, kind) == asked.end()) asked.push_back(kind);
  }
  return asked;
}

std::vector<ComparisonRow> comparison_rows(const ExplainContext& context, std::span<const ResultRow> rows,
                                           std::span<const Comparison> asked) {
  RowComparer comparer(context);
  std::vector<ComparisonRow> made;
  made.reserve(rows.size() * asked.size());
  for (const ResultRow& row : rows) {
    for (const Comparison kind : asked) made.push_back(comparer.compare(row, kind));
  }
  return made;
}

std::string write_rows(std::span<const ComparisonRow> rows, const WriteOptions& options) {
  std::vector<ResultRow> plain;
  plain.reserve(rows.size());
  for (const ComparisonRow& row : rows) plain.push_back(row.row);
  Table table = result_table(plain, options);
  table.columns.push_back({"banding", ColumnKind::text});
  table.columns.push_back({"pembanding", ColumnKind::text});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.rows[i].push_back(rows[i].comparison);
    table.rows[i].push_back(rows[i].against);
  }
  return write_table(table, options);
}

}  // namespace jenjang
