// Where the families of several governments stand: firm and proposed apart, and who is short by how much.
#include <algorithm>

#include "jenjang/report/cascade_report.h"

#include "engine/explain/figures.h"
#include "engine/report/rows.h"

namespace jenjang {

std::string print_figure(const Rational& value) {
  constexpr int kPlaces = 4;
  const std::optional<Decimal> exact = value.to_decimal();
  if (exact && exact->normalised().scale() <= kPlaces) return exact->normalised().to_string();
  return round(value, {RoundingMode::half_up, kPlaces}).to_string();
}

namespace {

// How a child's figure goes into its parent's: parent = sum of part x figure over the children.
std::vector<Rational> parts_of(const Model& model, const Family& family, Period period) {
  const MeasureSpec& spec = model.item(family.parent).spec;
  std::vector<Rational> parts(family.children.size(), Rational(1));
  const auto children = model.graph.children(family.parent);
  for (std::size_t i = 0; i < children.size(); ++i) {
    const std::size_t index = model.graph.formula_first_edge(family.parent).index() + i;
    const FormulaEdge& edge = model.formula_edges[index];
    if (edge.carry != Carry::value || edge.role != EdgeRole::operand) continue;
    const auto place = std::find(family.children.begin(), family.children.end(), children[i]);
    if (place != family.children.end())
      parts[static_cast<std::size_t>(place - family.children.begin())] =
          Rational(model.weight_in(index, period).value_or(Decimal()));
  }
  if (spec.aggregation == Aggregation::ratio) {
    std::vector<Rational> planned(parts.size());
    for (const Family::PlannedDenominator& denominator : family.denominators) {
      if (denominator.year == period.year() && denominator.child < planned.size())
        planned[denominator.child] = Rational(denominator.value);
    }
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i] *= planned[i];
  }
  if (spec.aggregation != Aggregation::sum) {
    Rational sum;
    for (const Rational& part : parts) sum += part;
    if (sum.is_zero()) return {};
    for (Rational& part : parts) part /= sum;
  }
  if (spec.aggregation != Aggregation::ratio) {
    for (Rational& part : parts) part *= Rational(spec.factor);
  }
  return parts;
}

// What is missing to the parent's target; nothing once the children print as it.
Rational gap_of(const MeasureSpec& spec, const FamilyStanding& standing) {
  Rational gap = standing.wanted - *standing.whole;
  if (spec.rounding.mode == RoundingMode::exact || spec.aggregation == Aggregation::sum) return gap;
  const std::optional<Decimal> wanted = standing.wanted.to_decimal();
  const int places = std::max(spec.rounding.places, wanted ? wanted->normalised().scale() : 0);
  const bool printed_alike = wanted && round(*standing.whole, {spec.rounding.mode, places}) == *wanted;
  return printed_alike ? Rational() : gap;
}

// True when the children together stand on the wrong side of the target.
bool falls_short(const MeasureSpec& spec, const Rational& gap) {
  return spec.polarity == Polarity::lower ? gap.sign() < 0 : gap.sign() > 0;
}

class Rows {
public:
  Rows(const Model& model, const TargetTable& targets, const RowFilter& filter)
      : model_(model), targets_(targets), filter_(filter) {}

  std::vector<StandingRow> run() {
    std::vector<const FamilyStanding*> order;
    for (const FamilyStanding& standing : targets_.standings) {
      const Family& family = model_.families[standing.family.index()];
      const bool child = std::any_of(family.children.begin(), family.children.end(),
                                     [this](NodeId node) { return matches(model_, filter_, node); });
      if (matches(filter_, standing.period) && (child || matches(model_, filter_, family.parent)))
        order.push_back(&standing);
    }
    const auto as_read = [this](const FamilyStanding* standing) {
      const NodeId parent = model_.families[standing->family.index()].parent;
      return std::tuple(model_.node_item[parent.index()], model_.node_unit[parent.index()], standing->period,
                        standing->family);
    };
    std::sort(order.begin(), order.end(),
              [&](const FamilyStanding* a, const FamilyStanding* b) { return as_read(a) < as_read(b); });
    for (const FamilyStanding* standing : order) add(*standing);
    return std::move(rows_);
  }

private:
  static std::string percent(const Rational& part) { return print_figure(part * Rational(100)); }

  void add(const FamilyStanding& standing) {
    const Family& family = model_.families[standing.family.index()];
    StandingRow row;
    row.kind = "induk";
    row.address = model_.address(family.parent, standing.period);
    row.period = standing.period.to_string();
    row.target = print_figure(standing.wanted);
    if (standing.firm) row.firm = print_figure(*standing.firm);
    row.firm_weight = percent(standing.firm_weight);
    if (standing.whole) {
      row.whole = print_figure(*standing.whole);
      row.gap = print_figure(gap_of(model_.item(family.parent).spec, standing));
    }
    if (const TargetCell* cell = targets_.find(family.parent, standing.period)) describe(*cell, row);
    if (standing.provisional) row.labels += row.labels.empty() ? "sementara" : " sementara";
    rows_.push_back(std::move(row));
    add_children(standing, family);
    for (const CounterProposal& counter : targets_.counters) {
      if (counter.family == standing.family && counter.period == standing.period) add_answer(counter);
    }
  }

  void describe(const TargetCell& cell, StandingRow& row) const {
    row.state = to_string(cell.state);
    row.origin = origin_word(cell.origin);
    if (cell.origin == TargetOrigin::aligned) row.origin += " " + std::string(to_string(cell.policy));
    if (cell.illustrative || model_.item(cell.node).illustrative) row.labels = "ilustratif";
  }

  void add_children(const FamilyStanding& standing, const Family& family) {
    const std::vector<Rational> parts = parts_of(model_, family, standing.period);
    const MeasureSpec& spec = model_.item(family.parent).spec;
    const Rational gap = standing.whole ? gap_of(spec, standing) : Rational();
    Rational all, open;
    bool anyone_open = false;
    std::vector<bool> can_move(family.children.size());
    for (std::size_t i = 0; i < family.children.size(); ++i) {
      const TargetCell* cell = targets_.find(family.children[i], standing.period);
      can_move[i] = cell == nullptr || cell->state != StatementState::adopted;
      anyone_open = anyone_open || can_move[i];
    }
    if (!anyone_open) can_move.assign(can_move.size(), true);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      all += parts[i];
      if (can_move[i]) open += parts[i];
    }
    for (std::size_t i = 0; i < family.children.size(); ++i) {
      StandingRow row;
      row.kind = "anak";
      row.address = model_.address(family.children[i], standing.period);
      row.period = standing.period.to_string();
      if (const TargetCell* cell = targets_.find(family.children[i], standing.period)) {
        row.target = cell->target.to_string();
        describe(*cell, row);
      }
      if (!parts.empty() && !all.is_zero()) row.weight = percent(parts[i] / all);
      if (!parts.empty() && !open.is_zero() && can_move[i] && falls_short(spec, gap)) {
        row.extra = print_figure(gap / open);
        row.gap_share = print_figure(gap * parts[i] / open);
      }
      rows_.push_back(std::move(row));
    }
  }

  void add_answer(const CounterProposal& counter) {
    StandingRow row;
    row.kind = "jawaban";
    row.address = model_.address(counter.child, counter.period);
    row.period = counter.period.to_string();
    row.target = counter.handed.to_string();
    row.answer = counter.answered.to_string();
    row.effect = print_figure(counter.effect);
    const Decimal* handed = counter.handed.number();
    const Decimal* answered = counter.answered.number();
    if (handed != nullptr && answered != nullptr) row.gap = print_figure(Rational(*handed) - Rational(*answered));
    if (counter.statement < model_.statements.size()) {
      const Statement& statement = model_.statements[counter.statement];
      row.state = to_string(statement.state);
      if (statement.document.valid()) row.origin = model_.documents[statement.document.index()].code;
      if (statement.illustrative) row.labels = "ilustratif";
    }
    rows_.push_back(std::move(row));
  }

  const Model& model_;
  const TargetTable& targets_;
  const RowFilter& filter_;
  std::vector<StandingRow> rows_;
};

}  // namespace

std::vector<StandingRow> standing_rows(const Model& model, const TargetTable& targets, const RowFilter& filter) {
  return Rows(model, targets, filter).run();
}

std::string write_rows(std::span<const StandingRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "kesenjangan";
  table.columns = {{"baris", ColumnKind::text},
                   {"alamat", ColumnKind::code},
                   {"periode", ColumnKind::code, false},
                   {"target", ColumnKind::figure},
                   {"tetap", ColumnKind::figure},
                   {"bobot_tetap", ColumnKind::figure},
                   {"keseluruhan", ColumnKind::figure},
                   {"selisih", ColumnKind::figure},
                   {"status", ColumnKind::text},
                   {"asal", ColumnKind::text},
                   {"bobot", ColumnKind::figure},
                   {"tambahan", ColumnKind::figure},
                   {"bagian_selisih", ColumnKind::figure},
                   {"jawaban", ColumnKind::figure},
                   {"pengaruh", ColumnKind::figure},
                   {"tanda", ColumnKind::text}};
  for (const StandingRow& r : rows) {
    table.rows.push_back({r.kind, r.address, r.period, r.target, r.firm, r.firm_weight, r.whole, r.gap, r.state,
                          r.origin, r.weight, r.extra, r.gap_share, r.answer, r.effect, r.labels});
  }
  return write_table(table, options);
}

}  // namespace jenjang
