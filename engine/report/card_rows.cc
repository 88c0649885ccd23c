#include <algorithm>

#include "jenjang/report/cards.h"

namespace jenjang {
namespace {

std::string marks(bool illustrative, bool unverified) {
  std::string text = illustrative ? "ilustratif" : "";
  if (unverified) text += text.empty() ? "belum-diverifikasi" : " belum-diverifikasi";
  return text;
}

std::string signed_text(const std::string& figure) {
  return figure.starts_with('-') || figure.find_first_not_of("0.") == std::string::npos ? figure : "+" + figure;
}

class CardRowMaker {
public:
  CardRowMaker(const ExplainContext& context, const CardFilter& filter)
      : context_(context),
        filter_(filter),
        exact_(context.model, context.targets, context.facts, Lane::all, context.result.as_of()) {}

  std::optional<CardRow> make(const PracticeCard& card, const CreditedChange& change) {
    if (!filter_.code.empty() && filter_.code != change.code) return std::nullopt;
    if (!is_wanted_unit(change.unit)) return std::nullopt;
    CardRow row;
    row.card = card.code;
    row.title = card.title;
    row.region = card.region;
    row.unit = change.unit;
    row.indicator = change.code;
    row.from = change.from.to_string();
    row.until = change.until.to_string();
    row.before = change.before.to_string();
    row.after = change.after.to_string();
    row.problem = card.problem;
    row.action = card.action;
    row.cost = card.cost;
    for (const std::string& one : card.evidence) row.evidence += (row.evidence.empty() ? "" : "; ") + one;
    row.licence = card.licence;
    row.contact = card.contact;
    row.labels = marks(card.illustrative, card.unverified);
    Rational moved = Rational(change.after) - Rational(change.before);
    // Digits of the claim: what is compared is what a reader of the card sees.
    const Rounding digits{RoundingMode::half_up, std::max(change.before.scale(), change.after.scale())};
    row.change = signed_text(round(moved, digits).to_string());
    row.agreement = "tanpa-hasil";
    const std::optional<NodeId> node = find(change);
    if (node) compute(row, change, *node, digits, moved);
    if (filter_.grew_more) {
      if (lower_is_better(change.code, node)) moved = moved.negated();
      if (moved <= Rational(*filter_.grew_more)) return std::nullopt;
    }
    return row;
  }

private:
  [[nodiscard]] bool is_wanted_unit(const std::string& path) const {
    if (filter_.unit.empty()) return true;
    const UnitTable& units = context_.model.units;
    const auto asked = units.find(filter_.unit);
    const auto at = units.find(path);
    return asked && at && (*asked == *at || units.is_below(*at, *asked));
  }

  [[nodiscard]] std::optional<NodeId> find(const CreditedChange& change) const {
    const auto unit = context_.model.units.find(change.unit);
    return unit ? context_.model.find(change.code, context_.model.units[*unit].path) : std::nullopt;
  }

  [[nodiscard]] bool lower_is_better(const std::string& code, std::optional<NodeId> node) const {
    if (node) return context_.model.item(*node).spec.polarity == Polarity::lower;
    const auto item = context_.model.find_item(code);
    return item && context_.model.items[item->index()].spec.polarity == Polarity::lower;
  }

  void compute(CardRow& row, const CreditedChange& change, NodeId node, Rounding digits, Rational& moved) {
    const std::optional<Rational> before = exact_.value(node, change.from);
    const std::optional<Rational> after = exact_.value(node, change.until);
    if (before) row.computed_before = round(*before, digits).to_string();
    if (after) row.computed_after = round(*after, digits).to_string();
    if (!before || !after) return;
    moved = *after - *before;
    row.computed_change = signed_text(round(moved, digits).to_string());
    const bool same = round(*before, digits) == change.before && round(*after, digits) == change.after;
    row.agreement = same ? "sama" : "berbeda";
  }

  const ExplainContext& context_;
  const CardFilter& filter_;
  ExactEvaluator exact_;
};

}  // namespace

std::vector<CardRow> card_rows(const ExplainContext& context, std::span<const PracticeCard> cards,
                               const CardFilter& filter) {
  CardRowMaker maker(context, filter);
  std::vector<CardRow> rows;
  for (const PracticeCard& card : cards) {
    for (const CreditedChange& change : card.changes) {
      if (auto row = maker.make(card, change)) rows.push_back(*std::move(row));
    }
  }
  return rows;
}

std::string write_rows(std::span<const CardRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "cards";
  table.columns = {{"kartu", ColumnKind::code},
                   {"judul", ColumnKind::text},
                   {"wilayah", ColumnKind::text, false},
                   {"unit", ColumnKind::code},
                   {"indikator", ColumnKind::code},
                   {"periode_awal", ColumnKind::code},
                   {"periode_akhir", ColumnKind::code},
                   {"dari", ColumnKind::figure},
                   {"menjadi", ColumnKind::figure},
                   {"perubahan", ColumnKind::figure},
                   {"dihitung_dari", ColumnKind::figure},
                   {"dihitung_menjadi", ColumnKind::figure},
                   {"perubahan_dihitung", ColumnKind::figure},
                   {"kesesuaian", ColumnKind::text},
                   {"masalah", ColumnKind::text, false},
                   {"tindakan", ColumnKind::text, false},
                   {"biaya", ColumnKind::text, false},
                   {"bukti", ColumnKind::text, false},
                   {"lisensi", ColumnKind::text, false},
                   {"kontak", ColumnKind::code},
                   {"tanda", ColumnKind::text}};
  for (const CardRow& r : rows) {
    table.rows.push_back(
        {r.card,  r.title,    r.region,          r.unit,           r.indicator,       r.from,      r.until,   r.before,
         r.after, r.change,   r.computed_before, r.computed_after, r.computed_change, r.agreement, r.problem, r.action,
         r.cost,  r.evidence, r.licence,         r.contact,        r.labels});
  }
  return write_table(table, options);
}

std::vector<std::string> card_lines(std::span<const PracticeCard> cards, std::string_view code) {
  std::vector<std::string> lines;
  for (const PracticeCard& card : cards) {
    for (const CreditedChange& change : card.changes) {
      if (change.code != code) continue;
      lines.push_back(card.code + " " + card.title + ": " + change.unit + ", " + change.before.to_string() +
                      " menjadi " + change.after.to_string() + " (" + change.from.to_string() + ".." +
                      change.until.to_string() + ")" + (card.illustrative ? " [ilustratif]" : "") +
                      (card.unverified ? " [belum-diverifikasi]" : ""));
    }
  }
  return lines;
}

std::string write_rows(std::span<const Recommendation> rows, const std::optional<Date>& as_of,
                       const WriteOptions& options) {
  Table table;
  table.kind = "recommendations";
  table.columns = {{"kode", ColumnKind::code},
                   {"tahun", ColumnKind::code},
                   {"unit", ColumnKind::code},
                   {"kriteria", ColumnKind::code},
                   {"rekomendasi", ColumnKind::text},
                   {"keadaan", ColumnKind::text},
                   {"tindak_lanjut", ColumnKind::text, false},
                   {"bukti", ColumnKind::text, false},
                   {"tenggat", ColumnKind::code},
                   {"terlambat", ColumnKind::text},
                   {"tanda", ColumnKind::text}};
  for (const Recommendation& r : rows) {
    table.rows.push_back({r.code, std::to_string(r.year), r.unit, r.criterion, r.text, std::string(to_string(r.state)),
                          r.done, r.evidence, r.due ? r.due->to_string() : "",
                          as_of && r.is_overdue(*as_of) ? "ya" : "tidak", marks(r.illustrative, r.unverified)});
  }
  return write_table(table, options);
}

}  // namespace jenjang
