#include "engine/cascade/calendar/alignment.h"

#include <algorithm>
#include <map>
#include <string>

#include "engine/cascade/calendar/last_measured.h"
#include "engine/cascade/conflict/limits.h"
#include "engine/cascade/families/effective_statement.h"
#include "engine/cascade/families/refusal.h"
#include "engine/cascade/rounding/rounding.h"
#include "engine/cascade/time/year_path.h"

namespace jenjang::cascade {
namespace {

// A year's figure of a plan that has ended.
struct Point {
  int year = 0;
  Rational value;
  int digits = 0;
  std::uint32_t statement = UINT32_MAX;
  bool illustrative = false;
};

class Aligner {
public:
  Aligner(const Model& model, CellStore& store, const CascadeOptions& options, DiagnosticSink& sink)
      : model_(model), store_(store), options_(options), sink_(sink) {}

  Alignment run(const std::vector<FamilySetup>& setups, std::span<const std::size_t> order) {
    for (const std::size_t f : order) {
      const FamilySetup& setup = setups[f];
      const std::map<int, StatementState> years = years_of(setup.family->parent);
      if (setup.family->rule.on_expired != ExpiredPolicy::propose) {
        for (const auto& [year, state] : years) {
          align(setup, year, state);
        }
      }
      for (const NodeId child : setup.family->children) {
        for (const auto& [year, state] : years) {
          coming_[child.value()].emplace(year, state);
        }
      }
    }
    return std::move(alignment_);
  }

private:
  // Years in which the node has a target, or is going to get one from its own parent.
  [[nodiscard]] std::map<int, StatementState> years_of(NodeId node) const {
    std::map<int, StatementState> years;
    for (const TargetCell* cell : store_.of(node)) {
      if (cell->period.granularity() == Granularity::year) {
        years.emplace(cell->period.year(), cell->state);
      }
    }
    const auto it = coming_.find(node.value());
    if (it != coming_.end()) {
      years.insert(it->second.begin(), it->second.end());
    }
    return years;
  }

  // Of the child's own making: by another government than the parent's, or by the child's own unit.
  [[nodiscard]] bool is_own(DocumentId document, NodeId child, NodeId parent) const {
    const std::optional<UnitId> author = author_of(model_, document);
    const UnitId above = model_.node_unit[parent.index()];
    return author && *author != above &&
           (differing_governments(model_, *author, above) || *author == model_.node_unit[child.index()]);
  }

  // The last of the child's own adopted plans when all have ended before the year.
  [[nodiscard]] std::optional<DocumentId> ended_plan(NodeId child, NodeId parent, int year) const {
    std::optional<DocumentId> last;
    for (const Statement& statement : model_.statements_of(child)) {
      if (!is_own(statement.document, child, parent) ||
          firmness_at(model_, child, statement) != StatementState::adopted) {
        continue;
      }
      const Document& document = model_.documents[statement.document.index()];
      if (document.years.last_year >= year || statement.period.year() >= year ||
          model_.is_replaced(statement.document, year)) {
        return std::nullopt;
      }
      if (!last || document.years.last_year > model_.documents[last->index()].years.last_year) {
        last = statement.document;
      }
    }
    return last;
  }

  // Whether a figure stands there already; an unfinished successor is none beside a firmer parent.
  [[nodiscard]] bool has_figure(NodeId child, Period period, StatementState parent) const {
    const TargetCell* cell = store_.find(child, period);
    return cell != nullptr && stands_against(model_, *cell, parent);
  }

  void align(const FamilySetup& setup, int year, StatementState state) {
    const Family& family = *setup.family;
    const Period period = Period::year(year);
    std::vector<std::size_t> ended;
    std::vector<DocumentId> plans;
    for (std::size_t i = 0; i < family.children.size(); ++i) {
      if (has_figure(family.children[i], period, state)) {
        continue;
      }
      if (const std::optional<DocumentId> plan = ended_plan(family.children[i], family.parent, year)) {
        ended.push_back(i);
        plans.push_back(*plan);
      }
    }
    if (ended.empty()) {
      return;
    }
    const ExpiredPolicy policy = family.rule.on_expired;
    const bool nobody_left = policy == ExpiredPolicy::renormalise && ended.size() == family.children.size();
    if (policy == ExpiredPolicy::strict || nobody_left) {
      alignment_.refuse(setup.id, period);
      report_strict(setup, period, ended, plans);
      return;
    }
    for (const std::size_t child : ended) {
      if (policy == ExpiredPolicy::renormalise) {
        store_.leave_out(family.children[child], period);
      } else {
        give_figure(setup, child, year);
      }
    }
  }

  [[nodiscard]] std::vector<Point> points_before(NodeId child, NodeId parent, int year) const {
    std::vector<Point> points;
    for (const TargetCell* cell : store_.of(child)) {
      const Decimal* number = cell->target.number();
      const bool own = cell->statement != UINT32_MAX && cell->state == StatementState::adopted &&
                       is_own(model_.statements[cell->statement].document, child, parent);
      if (own && number != nullptr && cell->period.granularity() == Granularity::year && cell->period.year() < year) {
        points.push_back(
            {cell->period.year(), Rational(*number), number->scale(), cell->statement, cell->illustrative});
      }
    }
    // A plan that states its end alone starts from its baseline.
    if (points.size() == 1) {
      if (const Baseline* baseline = model_.baseline_before(child, Period::year(points[0].year - 1))) {
        points.insert(points.begin(), Point{baseline->period.year(), Rational(baseline->value), baseline->value.scale(),
                                            UINT32_MAX, baseline->illustrative});
      }
    }
    return points;
  }

  void give_figure(const FamilySetup& setup, std::size_t child, int year) {
    const NodeId node = setup.family->children[child];
    TargetCell cell;
    cell.node = node;
    cell.period = Period::year(year);
    cell.origin = TargetOrigin::aligned;
    cell.state = StatementState::proposed;
    cell.policy = setup.family->rule.on_expired;
    std::optional<Decimal> figure;
    if (cell.policy == ExpiredPolicy::last_measured) {
      if (const std::optional<Measured> measured = last_measured(model_, node, year, options_)) {
        figure = measured->value.to_decimal();
        if (!figure) {
          figure = nearest_step(measured->value, path_step(model_.item(node).spec, 0));
        }
        cell.from_period = measured->period;
        cell.illustrative = measured->illustrative;
      }
    } else {
      const std::vector<Point> points = points_before(node, setup.family->parent, year);
      figure = cell.policy == ExpiredPolicy::hold_last ? hold_last(points) : extrapolate(node, points, year);
      if (!points.empty()) {
        cell.from_period = Period::year(points.back().year);
        cell.statement = points.back().statement;
        cell.illustrative = points.back().illustrative;
        if (cell.policy == ExpiredPolicy::extrapolate && points.size() > 1) {
          cell.illustrative |= points[points.size() - 2].illustrative;
        }
      }
    }
    if (!figure) {
      sink_.report(make_diagnostic(Code::J1637, setup.family->rule.span)
                       .arg("anak", model_.address(node, cell.period))
                       .arg("kebijakan", to_string(cell.policy)));
      return;
    }
    cell.target = *figure;
    if (TargetCell* unfinished = store_.find(node, cell.period)) {
      *unfinished = std::move(cell);
    } else {
      store_.add(std::move(cell));
    }
  }

  static std::optional<Decimal> hold_last(const std::vector<Point>& points) {
    return points.empty() ? std::nullopt : points.back().value.to_decimal();
  }

  [[nodiscard]] std::optional<Decimal> extrapolate(NodeId node, const std::vector<Point>& points, int year) const {
    if (points.size() < 2) {
      return std::nullopt;
    }
    const Point& last = points.back();
    const Point& before = points[points.size() - 2];
    const Rational a_year = (last.value - before.value) / Rational(last.year - before.year);
    const Rational value = last.value + a_year * Rational(year - last.year);
    return nearest_step(value, path_step(model_.item(node).spec, std::max(last.digits, before.digits)));
  }

  void report_strict(const FamilySetup& setup, Period period, const std::vector<std::size_t>& ended,
                     const std::vector<DocumentId>& plans) {
    std::vector<NodeId> nodes;
    std::string text;
    for (std::size_t k = 0; k < ended.size(); ++k) {
      nodes.push_back(setup.family->children[ended[k]]);
      if (k < kShown) {
        text += (k == 0 ? "" : ", ") + label_of(plans[k]);
      }
    }
    if (ended.size() > kShown) {
      text += " (+" + std::to_string(ended.size() - kShown) + ")";
    }
    Diagnostic finding = make_diagnostic(Code::J1634, setup.family->rule.span)
                             .arg("induk", model_.address(setup.family->parent, period))
                             .arg("anak", some_addresses(model_, nodes))
                             .arg("rencana", text);
    for (std::size_t k = 0; k < plans.size() && k < kShown; ++k) {
      const std::string label = label_of(plans[k]);
      finding.related.push_back({model_.documents[plans[k].index()].span, label, label});
    }
    sink_.report(std::move(finding));
  }

  [[nodiscard]] std::string label_of(DocumentId plan) const {
    const Document& document = model_.documents[plan.index()];
    return document.code + " " + document.years.to_string();
  }

  static constexpr std::size_t kShown = 5;  // names in one sentence

  const Model& model_;
  CellStore& store_;
  const CascadeOptions& options_;
  DiagnosticSink& sink_;
  Alignment alignment_;
  std::map<std::uint32_t, std::map<int, StatementState>> coming_;  // years of targets to come, by node
};

}  // namespace

Alignment align_calendars(const Model& model, const std::vector<FamilySetup>& setups,
                          std::span<const std::size_t> order, const CascadeOptions& options, CellStore& store,
                          DiagnosticSink& sink) {
  const bool needed = std::any_of(setups.begin(), setups.end(), [](const FamilySetup& setup) {
    return setup.family->rule.on_expired != ExpiredPolicy::propose;
  });
  return needed ? Aligner(model, store, options, sink).run(setups, order) : Alignment();
}

}  // namespace jenjang::cascade
