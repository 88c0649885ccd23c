#include <algorithm>
#include <cmath>
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

// At least seven digits, so that its product with the figure is the contribution as far as that is printed.
std::string short_coefficient(const Rational& value) {
  int places = 7;
  for (double size = std::abs(value.to_double()) * 1e7; size > 0 && size < 1e6 && places < 16; size *= 10) ++places;
  return short_figure(value, places);
}

// Every figure by itself, so that none depends on how many rows are asked for; the exact ones add up.
std::string printed(const Rational& contribution) {
  return round(contribution, {RoundingMode::half_up, kPlaces}).to_string();
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
  std::size_t rank = 0;
  for (const Contributor& each : found.top) {
    table.rows.push_back({"penyumbang", std::to_string(++rank), context.model.address(each.node, each.period),
                          context.model.item(each.node).title, each.achievement ? "capaian" : "nilai",
                          rows.figure(each), each.target ? short_figure(*each.target, kPlaces) : "",
                          short_coefficient(each.coefficient), printed(each.contribution),
                          share_of(each.contribution, found.total), rows.note(each), print_exact(each.contribution),
                          print_exact(each.coefficient), ""});
  }
  const auto add = [&](const char* kind, std::string label, const Rational& exact, std::size_t count) {
    table.rows.push_back({kind, "", std::move(label), "", "", "", "", "", printed(exact), share_of(exact, found.total),
                          "", print_exact(exact), "", count == 0 ? "" : std::to_string(count)});
  };
  if (found.others > 0) {
    add("lainnya",
        rows.say("(lainnya, ", "(others, ") + std::to_string(found.others) + rows.say(" ukuran)", " measures)"),
        found.of_others, found.others);
  }
  if (!found.unassigned.is_zero()) {
    add("tak-terbagi", rows.say("(tak terbagi)", "(unassigned)"), found.unassigned, found.untargeted);
  }
  add("jumlah", rows.say("(jumlah)", "(sum)"), found.total, found.top.size() + found.others);
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
