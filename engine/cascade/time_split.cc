#include "engine/cascade/time_split.h"

#include <algorithm>
#include <set>

#include "engine/cascade/refusal.h"
#include "engine/cascade/rounding.h"
#include "engine/cascade/time_parts.h"

namespace jenjang::cascade {
namespace {

class NodeSplit {
public:
  NodeSplit(const Model& model, CellStore& store, DiagnosticSink& sink, NodeId node, std::vector<Decimal> pattern)
      : model_(model),
        store_(store),
        sink_(sink),
        node_(node),
        spec_(model.item(node).spec),
        pattern_(std::move(pattern)) {
    for (const TargetCell* cell : store.of(node)) {
      // Finer than the frequency: stated against the plan's own word, lint says so.
      if (cell->period.granularity() <= spec_.frequency) {
        given_.push_back(*cell);
      }
    }
  }

  void run() {
    const bool by_points =
        spec_.accumulation == Accumulation::cumulative || spec_.accumulation == Accumulation::position;
    for (std::size_t i = 0; i < given_.size(); ++i) {
      if (given_[i].target.number() == nullptr) {
        repeat_text(given_[i]);
      } else if (!by_points) {
        split(given_[i]);
      }
    }
    if (by_points) {
      for (std::size_t first = 0; first < given_.size();) {
        std::size_t last = first;
        while (last < given_.size() && given_[last].period.year() == given_[first].period.year()) {
          ++last;
        }
        split_year(std::span<const TargetCell>(given_).subspan(first, last - first));
        first = last;
      }
    }
  }

private:
  [[nodiscard]] std::size_t place(Period fine) const { return static_cast<std::size_t>(fine.index() - 1); }

  // Given cells strictly inside `whole`, the widest of each place.
  [[nodiscard]] std::vector<const TargetCell*> inside(const TargetCell& whole) const {
    std::vector<const TargetCell*> cells;
    for (const TargetCell& cell : given_) {
      const bool within = cell.period != whole.period && whole.period.contains(cell.period);
      const bool nested = std::any_of(cells.begin(), cells.end(),
                                      [&cell](const TargetCell* wide) { return wide->period.contains(cell.period); });
      if (within && !nested) {
        cells.push_back(&cell);
      }
    }
    return cells;
  }

  // Step of the rule that gave the target, else of the measure, else the digits written.
  [[nodiscard]] Decimal step_for(const TargetCell& cell, int digits) const {
    if (cell.family.valid() && model_.families[cell.family.index()].rule.step) {
      return *model_.families[cell.family.index()].rule.step;
    }
    if (spec_.step.sign() > 0) {
      return spec_.step;
    }
    return unit_step(digits);
  }

  void add(const TargetCell& whole, Period fine, Target target) {
    TargetCell cell;
    cell.node = node_;
    cell.period = fine;
    cell.target = std::move(target);
    cell.origin = TargetOrigin::time_split;
    cell.state = whole.state;
    cell.from_period = whole.period;
    cell.illustrative = whole.illustrative;
    store_.add(std::move(cell));
  }

  void repeat_text(const TargetCell& whole) {
    const std::vector<Period> fine = whole.period.split(spec_.frequency);
    if (fine.size() <= 1) {
      return;
    }
    if (spec_.accumulation == Accumulation::increments || spec_.accumulation == Accumulation::cumulative) {
      sink_.report(make_diagnostic(Code::J1619, place_of(model_, whole))
                       .arg("target", whole.target.to_string())
                       .arg("alamat", model_.address(node_, whole.period))
                       .arg("periode", to_string(spec_.frequency)));
      return;
    }
    const std::vector<const TargetCell*> stated = inside(whole);
    for (const Period period : fine) {
      const bool taken = std::any_of(stated.begin(), stated.end(),
                                     [period](const TargetCell* cell) { return cell->period.contains(period); });
      if (!taken) {
        add(whole, period, whole.target);
      }
    }
  }

  // hitungan, rata-rata, puncak: parts inside one given cell; wider given parts split themselves.
  void split(const TargetCell& whole) {
    const std::vector<Period> fine = whole.period.split(spec_.frequency);
    if (fine.size() <= 1) {
      return;
    }
    const std::size_t offset = place(fine.front());
    std::vector<StatedPart> stated;
    const std::vector<const TargetCell*> parts_given = inside(whole);
    int digits = whole.target.number()->scale();
    for (const TargetCell* cell : parts_given) {
      const std::vector<Period> covered = cell->period.split(spec_.frequency);
      if (const Decimal* number = cell->target.number()) {
        stated.push_back({place(covered.front()) - offset, place(covered.back()) + 1 - offset, *number});
        digits = std::max(digits, number->normalised().scale());
      } else {
        return;  // a part that is no number leaves nothing to reckon with
      }
    }
    const Decimal step = step_for(whole, digits);
    const Decimal& number = *whole.target.number();
    const std::span<const Decimal> pattern = std::span<const Decimal>(pattern_).subspan(offset, fine.size());
    Parts parts;
    if (spec_.accumulation == Accumulation::increments) {
      parts = split_increments(number, pattern, stated, step);
    } else if (spec_.accumulation == Accumulation::average) {
      parts = split_average(number, fine.size(), stated, step);
    } else {
      parts = split_peak(number, fine.size(), stated);
    }
    if (const PartsConflict* conflict = std::get_if<PartsConflict>(&parts)) {
      report_conflict(whole, parts_given, *conflict);
      return;
    }
    const auto& figures = std::get<std::vector<std::optional<Decimal>>>(parts);
    for (std::size_t i = 0; i < fine.size(); ++i) {
      if (figures[i]) {
        add(whole, fine[i], *figures[i]);
      }
    }
  }

  // kumulatif, posisi: the given cells of one year are points on one path.
  void split_year(std::span<const TargetCell> cells) {
    std::vector<std::pair<KnownPoint, const TargetCell*>> points;
    const TargetCell* widest = nullptr;
    int digits = 0;
    for (const TargetCell& cell : cells) {
      const Decimal* number = cell.target.number();
      if (number == nullptr) {
        continue;
      }
      widest = widest == nullptr ? &cell : widest;
      digits = std::max(digits, number->scale());
      points.push_back({{place(cell.period.split(spec_.frequency).back()), *number}, &cell});
    }
    if (widest == nullptr || widest->period.granularity() == spec_.frequency) {
      return;
    }
    std::stable_sort(points.begin(), points.end(),
                     [](const auto& a, const auto& b) { return a.first.place < b.first.place; });
    std::vector<KnownPoint> known;
    std::vector<const TargetCell*> origins;
    for (const auto& [point, cell] : points) {
      if (!known.empty() && known.back().place == point.place) {
        if (known.back().value != point.value) {
          report_conflict(*widest, others(points, widest),
                          {(Rational(known.back().value) - Rational(point.value)).absolute()});
          return;
        }
        continue;
      }
      known.push_back(point);
      origins.push_back(cell);
    }
    Parts parts;
    if (spec_.accumulation == Accumulation::cumulative) {
      parts = path_cumulative(known, pattern_, step_for(*widest, digits));
    } else {
      const std::optional<Decimal> start = year_end_before(widest->period.year());
      digits = std::max(digits, start ? start->scale() : 0);
      parts = path_position(known, pattern_.size(), start, step_for(*widest, digits));
    }
    if (const PartsConflict* conflict = std::get_if<PartsConflict>(&parts)) {
      report_conflict(*widest, others(points, widest), *conflict);
      return;
    }
    const auto& path = std::get<std::vector<std::optional<Decimal>>>(parts);
    std::size_t segment = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
      while (segment < known.size() && known[segment].place < i) {
        ++segment;
      }
      const Period fine(widest->period.year(), spec_.frequency, static_cast<int>(i + 1));
      if (path[i] && segment < origins.size() && store_.find(node_, fine) == nullptr) {
        add(*origins[segment], fine, *path[i]);
      }
    }
  }

  [[nodiscard]] std::optional<Decimal> year_end_before(int year) const {
    const Period before = Period::year(year - 1);
    if (const TargetCell* cell = store_.find(node_, before); cell != nullptr && cell->target.number() != nullptr) {
      return *cell->target.number();
    }
    const Baseline* baseline = model_.baseline_before(node_, before);
    return baseline != nullptr && baseline->period.year() == year - 1 ? std::optional(baseline->value) : std::nullopt;
  }

  static std::vector<const TargetCell*> others(const std::vector<std::pair<KnownPoint, const TargetCell*>>& points,
                                               const TargetCell* whole) {
    std::vector<const TargetCell*> cells;
    for (const auto& [point, cell] : points) {
      if (cell != whole) {
        cells.push_back(cell);
      }
    }
    return cells;
  }

  void report_conflict(const TargetCell& whole, const std::vector<const TargetCell*>& stated,
                       const PartsConflict& conflict) {
    std::string parts;
    for (const TargetCell* cell : stated) {
      parts += (parts.empty() ? "" : ", ") + cell->period.to_string() + " (" + cell->target.to_string() + ")";
    }
    Diagnostic finding = make_diagnostic(Code::J1617, place_of(model_, whole))
                             .arg("alamat", model_.address(node_, whole.period))
                             .arg("target", whole.target.to_string())
                             .arg("tahanan", parts.empty() ? "-" : parts)
                             .arg("selisih", figure(conflict.off));
    for (const TargetCell* cell : stated) {
      const std::string label = cell->period.to_string() + ": " + cell->target.to_string();
      finding.related.push_back({place_of(model_, *cell), label, label});
    }
    sink_.report(std::move(finding));
  }

  const Model& model_;
  CellStore& store_;
  DiagnosticSink& sink_;
  NodeId node_;
  const MeasureSpec& spec_;
  std::vector<Decimal> pattern_;
  std::vector<TargetCell> given_;  // copies: the store grows meanwhile
};

// Figures of the node's parts of `whole` as the sum of its children's; empty when the children do not
// carry that year in full (a child without parts, another weight, a year that does not add up).
std::vector<std::pair<Period, Decimal>> sums_of_children(const Model& model, const CellStore& store, NodeId node,
                                                         const TargetCell& whole) {
  const MeasureSpec& spec = model.item(node).spec;
  const std::span<const NodeId> children = model.graph.children(node);
  const std::uint32_t first_edge = model.graph.formula_first_edge(node).value();
  for (std::size_t i = 0; i < children.size(); ++i) {
    const FormulaEdge& edge = model.formula_edges[first_edge + i];
    const MeasureSpec& below = model.item(children[i]).spec;
    if (edge.carry != Carry::value || edge.weight != Decimal(1) || below.accumulation != spec.accumulation) {
      return {};
    }
  }
  const auto sum_at = [&](Period period) -> std::optional<Decimal> {
    std::optional<Decimal> sum = Decimal(0);
    for (const NodeId child : children) {
      const TargetCell* cell = store.find(child, period);
      const Decimal* number = cell == nullptr ? nullptr : cell->target.number();
      sum = number == nullptr || !sum ? std::nullopt : Decimal::add(*sum, *number);
    }
    return sum;
  };
  const std::optional<Decimal> year = sum_at(whole.period);
  if (!year || *year != *whole.target.number()) {
    return {};
  }
  std::vector<std::pair<Period, Decimal>> parts;
  for (const Period fine : whole.period.split(spec.frequency)) {
    const std::optional<Decimal> sum = sum_at(fine);
    if (!sum) {
      return {};
    }
    parts.emplace_back(fine, *sum);
  }
  return parts;
}

// True when the node's parts were taken from its children.
bool sum_children(const Model& model, CellStore& store, NodeId node) {
  const MeasureSpec& spec = model.item(node).spec;
  const bool adds = spec.accumulation == Accumulation::increments || spec.accumulation == Accumulation::cumulative;
  if (!adds || spec.aggregation != Aggregation::sum || model.graph.children(node).empty() ||
      !model.graph.crosscut_children(node).empty()) {
    return false;
  }
  std::vector<TargetCell> parts;
  for (const TargetCell* whole : store.of(node)) {
    if (whole->period.granularity() != Granularity::year || whole->target.number() == nullptr) {
      return false;  // a part stated by itself is a hold: the split honours it
    }
    const auto sums = sums_of_children(model, store, node, *whole);
    if (sums.empty()) {
      return false;
    }
    for (const auto& [fine, figure] : sums) {
      TargetCell cell;
      cell.node = node;
      cell.period = fine;
      cell.target = figure;
      cell.origin = TargetOrigin::summed;
      cell.state = whole->state;
      cell.from_period = whole->period;
      cell.illustrative = whole->illustrative;
      parts.push_back(std::move(cell));
    }
  }
  for (TargetCell& cell : parts) {
    store.add(std::move(cell));
  }
  return !parts.empty();
}

}  // namespace

// Children have smaller node ids than their parents, so theirs are split first.
void split_in_time(const Model& model, CellStore& store, DiagnosticSink& sink) {
  std::set<std::uint32_t> reported_items;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    const Item& item = model.item(node);
    if (item.spec.frequency == Granularity::year || item.spec.accumulation == Accumulation::release) {
      continue;
    }
    std::optional<std::vector<Decimal>> pattern = year_pattern(item.spec);
    if (!pattern) {
      if (reported_items.insert(model.node_item[n].value()).second) {
        const int due = periods_per_year(item.spec.frequency);
        sink.report(make_diagnostic(Code::J1618, item.span)
                        .arg("indikator", item.code)
                        .arg("ditemukan", std::to_string(item.spec.profile.size()))
                        .arg("diminta", std::to_string(due)));
      }
      continue;
    }
    if (sum_children(model, store, node)) {
      continue;
    }
    NodeSplit(model, store, sink, node, *std::move(pattern)).run();
  }
}

}  // namespace jenjang::cascade
