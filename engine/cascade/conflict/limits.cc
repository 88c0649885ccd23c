#include "engine/cascade/conflict/limits.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "engine/cascade/families/effective_statement.h"

namespace jenjang::cascade {

void Interval::raise(const Rational& least) {
  if (!lower || least > *lower) {
    lower = least;
  }
}

void Interval::cut(const Rational& most) {
  if (!upper || most < *upper) {
    upper = most;
  }
}

void Interval::meet(const Interval& other) {
  if (other.lower) {
    raise(*other.lower);
  }
  if (other.upper) {
    cut(*other.upper);
  }
}

bool stands_against(const Model& model, const TargetCell& cell, StatementState above) {
  if (cell.statement == UINT32_MAX || cell.state == StatementState::adopted || above != StatementState::adopted) {
    return true;
  }
  const Statement& statement = model.statements[cell.statement];
  const bool adopted_abroad = statement.state == StatementState::adopted && statement.document.valid() &&
                              model.documents[statement.document.index()].state == StatementState::adopted;
  return statement.hold || adopted_abroad;
}

bool is_expired(const Grounds& grounds, const std::optional<Date>& as_of) {
  return grounds.until && as_of && *grounds.until < *as_of;
}

Authority authority_of(const Grounds& grounds) {
  if (!grounds.citation.empty()) {
    return Authority::cited;
  }
  return grounds.reason.empty() ? Authority::bare : Authority::reasoned;
}

LimitBook::LimitBook(const Model& model, const CellStore& store, const CascadeOptions& options)
    : model_(model),
      store_(store),
      as_of_(options.as_of),
      negative_(model.items.size(), false),
      greatest_(model.items.size()) {
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    const ItemId item = model.node_item[n];
    for (const Statement& statement : model.statements_of(node)) {
      look_at(item, statement.target);
    }
    for (const Baseline& baseline : model.baselines_of(node)) {
      look_at(item, baseline.value);
    }
    if (!model.bounds.empty()) {
      for (const Bound& bound : model.bounds_of(node)) {
        look_at(item, bound.least.value_or(Decimal()));
        look_at(item, bound.most && bound.most->is_negative() ? *bound.most : Decimal());
      }
    }
  }
}

void LimitBook::look_at(ItemId item, const Decimal& value) {
  if (value.is_negative()) {
    negative_[item.index()] = true;
  } else if (value > greatest_[item.index()]) {
    greatest_[item.index()] = value;
  }
}

void LimitBook::look_at(ItemId item, const Target& target) {
  if (const TargetRange* range = target.range()) {
    look_at(item, range->low);
    look_at(item, range->high);
  } else if (const std::optional<Decimal> number = target.reference_number()) {
    look_at(item, *number);
  }
}

std::optional<Demand> LimitBook::figure_of(NodeId node, Period period, StatementState above) const {
  const TargetCell* cell = store_.find(node, period);
  const Decimal* number = cell == nullptr || !stands_against(model_, *cell, above) ? nullptr : cell->target.number();
  if (number == nullptr) {
    return std::nullopt;
  }
  Demand demand;
  demand.node = node;
  demand.value = Rational(*number);
  if (cell->statement == UINT32_MAX) {
    demand.kind = DemandKind::given;
    demand.authority = Authority::target;
    demand.span = cell->family.valid() ? model_.families[cell->family.index()].rule.span : SourceSpan{};
    if (!demand.span.valid()) {
      demand.span = model_.node_span[node.index()];
    }
    return demand;
  }
  const Statement& statement = model_.statements[cell->statement];
  demand.span = statement.span;
  demand.grounds = &statement.grounds;
  demand.authority = authority_of(statement.grounds);
  return demand;
}

std::vector<Demand> LimitBook::bounds_of(NodeId node, Period period, StatementState above) const {
  std::vector<Demand> demands;
  if (!has_bounds(node)) {
    return demands;
  }
  for (const Bound& bound : model_.bounds_of(node)) {
    if (bound.period != period || is_expired(bound.grounds, as_of_)) {
      continue;
    }
    StatementState state = bound.state;
    if (bound.document.valid()) {
      if (model_.is_replaced(bound.document, period.year())) {
        continue;
      }
      state = std::max(state, model_.documents[bound.document.index()].state);
    }
    if (state != StatementState::adopted && state > above) {
      continue;
    }
    Demand demand;
    demand.node = node;
    demand.authority = authority_of(bound.grounds);
    demand.span = bound.span;
    demand.grounds = &bound.grounds;
    if (bound.least) {
      demand.kind = DemandKind::floor;
      demand.value = Rational(*bound.least);
      demands.push_back(demand);
    }
    if (bound.most) {
      demand.kind = DemandKind::cap;
      demand.value = Rational(*bound.most);
      demands.push_back(demand);
    }
  }
  return demands;
}

std::vector<Demand> LimitBook::rule_limits(const FamilySetup& setup, std::size_t child, Period period) const {
  std::vector<Demand> demands;
  const CascadeRule& rule = setup.family->rule;
  const NodeId node = setup.family->children[child];
  const auto add = [&](const std::optional<RuleLimit>& limit, DemandKind kind) {
    if (!limit) {
      return;
    }
    Demand demand;
    demand.node = node;
    demand.kind = kind;
    demand.authority = Authority::rule;
    demand.span = limit->span.valid() ? limit->span : rule.span;
    if (limit->baseline) {
      const Baseline* baseline = model_.baseline_before(node, period);
      if (baseline == nullptr) {
        return;
      }
      demand.value = Rational(baseline->value);
    } else {
      demand.value = Rational(limit->value);
      demand.rule_of = &setup;
    }
    demands.push_back(std::move(demand));
  };
  add(rule.least, DemandKind::rule_floor);
  add(rule.most, DemandKind::rule_cap);
  return demands;
}

bool LimitBook::never_negative(NodeId parent, NodeId child) const {
  return !negative_[model_.node_item[parent.index()].index()] && !negative_[model_.node_item[child.index()].index()];
}

std::optional<Rational> LimitBook::whole_of(const FamilySetup& setup, std::size_t child) const {
  if (setup.aggregation != Aggregation::ratio) {
    return std::nullopt;
  }
  const NodeId parent = setup.family->parent;
  const Decimal& whole = model_.item(parent).spec.factor;
  const std::size_t below = model_.node_item[setup.family->children[child].index()].index();
  if (whole.sign() <= 0 || greatest_[model_.node_item[parent.index()].index()] > whole || greatest_[below] > whole) {
    return std::nullopt;
  }
  return Rational(whole);
}

bool LimitBook::is_percentage(NodeId parent) const {
  const std::string& name = model_.item(parent).spec.unit_name;
  return name == "persen" || name == "%";
}

void LimitBook::report_expired(DiagnosticSink& sink) const {
  if (!as_of_) {
    return;
  }
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> reported;
  const auto report = [&](NodeId node, Period period, const Grounds& grounds, SourceSpan span,
                          const std::string& value) {
    if (!is_expired(grounds, as_of_) || !reported.emplace(span.file.value(), span.line, span.column).second) {
      return;
    }
    sink.report(make_diagnostic(Code::J1640, span)
                    .arg("alamat", model_.address(node, period))
                    .arg("nilai", value)
                    .arg("sampai", grounds.until->to_string())
                    .arg("tanggal", as_of_->to_string()));
  };
  for (std::size_t n = 0; n < model_.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    for (const Statement& statement : model_.statements_of(node)) {
      report(node, statement.period, statement.grounds, statement.span, "= " + statement.target.to_string());
    }
    if (!has_bounds(node)) {
      continue;
    }
    for (const Bound& bound : model_.bounds_of(node)) {
      std::string text = bound.least ? ">= " + bound.least->to_string() : "";
      if (bound.most) {
        text += (text.empty() ? "<= " : ", <= ") + bound.most->to_string();
      }
      report(node, bound.period, bound.grounds, bound.span, text);
    }
  }
}

}  // namespace jenjang::cascade
