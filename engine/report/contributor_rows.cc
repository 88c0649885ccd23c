#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "jenjang/report/contributors.h"

#include "engine/explain/figures.h"
#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

constexpr int kPlaces = 4;

// A finite decimal of few places as it is, else rounded.
std::string short_figure(const Rational& value, int places) {
  const auto decimal = value.to_decimal();
  if (decimal && decimal->normalised().scale() <= places) return decimal->normalised().to_string();
  return round(value, {RoundingMode::half_up, places}).to_string();
}

// At least four digits of a number below one.
std::string short_coefficient(const Rational& value) {
  int places = 6;
  for (double size = std::abs(value.to_double()) * 1e6; size > 0 && size < 1000 && places < 12; size *= 10) ++places;
  return short_figure(value, places);
}

// Parts rounded so that they add up to the rounded sum: the largest remainders are raised, of equal ones the first.
std::vector<std::string> rounded_parts(const std::vector<Rational>& parts) {
  const Rational unit(Decimal::from_parts(1, kPlaces));
  std::vector<Int128> whole(parts.size());
  std::vector<Rational> rest(parts.size());
  Rational sum;
  Int128 floors = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    sum += parts[i];
    const Rational scaled = parts[i] / unit;
    const auto floor = scaled.floor();
    // Beyond what is added up here: as each is by itself.
    constexpr Int128 kMost = Int128{1} << 100;
    if (!floor || *floor > kMost || *floor < -kMost) {
      std::vector<std::string> plain;
      plain.reserve(parts.size());
      for (const Rational& part : parts) plain.push_back(print_exact(part));
      return plain;
    }
    whole[i] = *floor;
    floors += *floor;
    rest[i] = scaled - Rational(Decimal::from_parts(*floor, 0));
  }
  const Decimal total = round(sum, {RoundingMode::half_up, kPlaces});
  const Int128 steps = total.rescaled(kPlaces).value_or(total).mantissa();
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rest[b] < rest[a]; });
  for (std::size_t i = 0; i < order.size() && floors < steps; ++i, ++floors) ++whole[order[i]];
  std::vector<std::string> texts;
  texts.reserve(whole.size());
  for (const Int128 each : whole) texts.push_back(Decimal::from_parts(each, kPlaces).to_string());
  return texts;
}

class Rows {
public:
  Rows(const ExplainContext& context, Lane lane, Language language)
      : context_(context), figures_(context, lane), indonesian_(language == Language::indonesian) {}

  [[nodiscard]] std::string say(std::string_view id, std::string_view en) const {
    return std::string(indonesian_ ? id : en);
  }

  [[nodiscard]] std::string note(const Contributor& each) const {
    switch (each.end) {
      case ContributorEnd::reported:
        return {};
      case ContributorEnd::own_figure:
        return say("angka resmi sendiri, anaknya tidak dibuka", "its own official figure; not opened");
      case ContributorEnd::not_linear:
        return std::string(to_string(rollup::aggregation_of(context_.model.item(each.node)))) +
               say(": tidak dibuka", ": not opened");
      case ContributorEnd::limited:
        return say("capaian terkena batas: tidak dibuka", "achievement at its limit: not opened");
      case ContributorEnd::formula:
        return say("rumus capaian bukan kelipatan realisasi: tidak dibuka",
                   "achievement no multiple of the realisation: not opened");
      case ContributorEnd::missing:
        return say("belum ada angka: seluruh targetnya kurang", "no figure: all of its target is lacking");
      case ContributorEnd::no_targets_below:
        return say("di bawahnya tidak ada target", "no targets below it");
      case ContributorEnd::untraced:
        return say("anaknya tidak berjumlah nilainya: tidak dibuka", "its children do not add up to it: not opened");
    }
    return {};
  }

  std::string figure(const Contributor& each) {
    if (!each.figure) return {};
    const auto slot = context_.result.grid().find(each.period);
    if (!slot) return print_exact(*each.figure);
    return each.achievement ? figures_.achievement(each.node, *slot) : figures_.value(each.node, *slot);
  }

private:
  const ExplainContext& context_;
  FigurePrinter figures_;
  bool indonesian_;
};

std::string share_of(const Rational& part, const Rational& total) {
  if (total.is_zero()) return {};
  return round(Rational(100) * part / total, {RoundingMode::half_up, 2}).to_string();
}

}  // namespace

Table contributor_table(const ExplainContext& context, const Contributors& found, Lane lane, Language language) {
  Rows rows(context, lane, language);
  const bool gap = found.by == ContributionBy::gap;
  Table table;
  table.kind = "contributors";
  table.columns = {{"jenis", ColumnKind::text, false},
                   {"urutan", ColumnKind::count},
                   {"alamat", ColumnKind::code},
                   {"uraian", ColumnKind::text, false},
                   {"apa", ColumnKind::text},
                   {"nilai", ColumnKind::figure},
                   {"target", ColumnKind::figure, gap},
                   {"koefisien", ColumnKind::figure},
                   {"kontribusi", ColumnKind::figure},
                   {"bagian", ColumnKind::figure},
                   {"keterangan", ColumnKind::text},
                   {"kontribusi_tepat", ColumnKind::figure, false},
                   {"koefisien_tepat", ColumnKind::figure, false},
                   {"banyak", ColumnKind::count, false}};
  const bool any_note = std::any_of(found.top.begin(), found.top.end(),
                                    [](const Contributor& each) { return each.end != ContributorEnd::reported; });
  table.columns[10].in_text = any_note;
  std::vector<Rational> parts;
  parts.reserve(found.top.size() + 1);
  for (const Contributor& each : found.top) parts.push_back(each.contribution);
  if (found.others > 0) parts.push_back(found.of_others);
  if (!found.unassigned.is_zero()) parts.push_back(found.unassigned);
  const std::vector<std::string> printed = rounded_parts(parts);
  std::size_t at = 0;
  for (const Contributor& each : found.top) {
    table.rows.push_back({"penyumbang", std::to_string(at + 1), context.model.address(each.node, each.period),
                          context.model.item(each.node).title, each.achievement ? "capaian" : "nilai",
                          rows.figure(each), each.target ? short_figure(*each.target, kPlaces) : "",
                          short_coefficient(each.coefficient), printed[at], share_of(each.contribution, found.total),
                          rows.note(each), print_exact(each.contribution), print_exact(each.coefficient), ""});
    ++at;
  }
  const auto add = [&](const char* kind, std::string label, std::string figure, const Rational& exact,
                       std::size_t count) {
    table.rows.push_back({kind, "", std::move(label), "", "", "", "", "", std::move(figure),
                          share_of(exact, found.total), "", print_exact(exact), "",
                          count == 0 ? "" : std::to_string(count)});
  };
  if (found.others > 0) {
    add("lainnya",
        rows.say("(lainnya, ", "(others, ") + std::to_string(found.others) + rows.say(" ukuran)", " measures)"),
        printed[at++], found.of_others, found.others);
  }
  if (!found.unassigned.is_zero()) {
    add("tak-terbagi", rows.say("(tak terbagi)", "(unassigned)"), printed[at++], found.unassigned, found.untargeted);
  }
  add("jumlah", rows.say("(jumlah)", "(sum)"), round(found.total, {RoundingMode::half_up, kPlaces}).to_string(),
      found.total, found.top.size() + found.others);
  return table;
}

std::string contributor_heading(const ExplainContext& context, const Contributors& found, Lane lane,
                                Language language) {
  const Rows rows(context, lane, language);
  const bool gap = found.by == ContributionBy::gap;
  std::string text = context.model.address(found.node, found.period) + "  " +
                     (gap ? rows.say("selisih ke target", "gap to target") : rows.say("nilai", "value")) + " = " +
                     short_figure(found.total, kPlaces) + "\n" + std::to_string(found.top.size()) +
                     rows.say(" teratas dari ", " first of ") + std::to_string(found.top.size() + found.others) +
                     rows.say(" penyumbang", " contributors") + "\n";
  if (found.over_ratio) {
    text += rows.say("· lewat rasio: penyebut bukan penyumbang, pembilanglah yang dibagi olehnya",
                     "· over a ratio: denominators are no contributors, they divide the numerators") +
            "\n";
  }
  if (found.untargeted > 0) {
    text += rows.say("· tanpa target: ", "· without a target: ") + std::to_string(found.untargeted) +
            rows.say(" ukuran, di dalam (tak terbagi)", " measures, within (unassigned)") + "\n";
  }
  return text;
}

}  // namespace jenjang
