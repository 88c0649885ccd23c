#include "engine/cascade/families/driver_values.h"

#include <algorithm>

#include "jenjang/cascade/driver_share.h"

namespace jenjang::cascade {

bool is_plain_driver(const Family& family) {
  const std::vector<DriverTerm>& terms = family.rule.driver_terms;
  return terms.empty() ||
         (terms.size() == 1 && terms.front().kind == DriverTerm::Kind::attribute && !family.drivers.empty());
}

int months_held(const Model& model, UnitId position, Period period) {
  int months = 0;
  for (int month = period.first_month(); month <= period.last_month(); ++month) {
    // Days are compared as dates: any day of the month will do, so its length does not matter.
    const Date first{period.year(), month, 1};
    const Date last{period.year(), month, 31};
    const auto held = [&](const Holding& holding) {
      return holding.from <= last && (!holding.until || *holding.until >= first);
    };
    const std::span<const Holding> holdings = model.holdings_of(position);
    months += std::any_of(holdings.begin(), holdings.end(), held) ? 1 : 0;
  }
  return months;
}

namespace {

std::optional<NodeId> driving_node(const Model& model, const DriverTerm& term, NodeId child) {
  return model.find(term.name, model.unit(child).path);
}

// One child's value; nullopt when it is missing.
std::optional<Rational> value_of(const Model& model, const Family& family, std::size_t number, std::size_t place,
                                 Period period, const Targets& targets) {
  const DriverTerm& term = family.rule.driver_terms[number];
  const NodeId child = family.children[place];
  switch (term.kind) {
    case DriverTerm::Kind::attribute: {
      const bool own_row = number < family.driver_values.size() && place < family.driver_values[number].size();
      if (own_row) {
        return Rational(family.driver_values[number][place]);
      }
      return place < family.drivers.size() ? std::optional(Rational(family.drivers[place])) : std::nullopt;
    }
    case DriverTerm::Kind::months:
      return Rational(months_held(model, model.node_unit[child.index()], period));
    case DriverTerm::Kind::measure: {
      const std::optional<NodeId> node = driving_node(model, term, child);
      const TargetCell* cell = node && targets.find != nullptr ? targets.find(targets.table, *node, period) : nullptr;
      const Decimal* number_stated = cell == nullptr ? nullptr : cell->target.number();
      return number_stated == nullptr ? std::nullopt : std::optional(Rational(*number_stated));
    }
    case DriverTerm::Kind::baseline:
    case DriverTerm::Kind::need:
      break;
  }
  const Baseline* baseline = model.baseline_before(child, period);
  if (baseline == nullptr) {
    return std::nullopt;
  }
  Rational value(baseline->value);
  if (term.kind == DriverTerm::Kind::baseline) {
    return value;
  }
  const Rational standard(term.standard.value_or(Decimal()));
  const bool lower_is_better = model.item(child).spec.polarity == Polarity::lower;
  const Rational gap = lower_is_better ? value - standard : standard - value;
  return gap.sign() < 0 ? Rational() : gap;
}

}  // namespace

std::variant<std::vector<Rational>, MissingDriver> term_values(const Model& model, const Family& family,
                                                               std::size_t term, Period period,
                                                               const Targets& targets) {
  std::vector<Rational> values;
  MissingDriver missing;
  MissingDriver negative;
  missing.term = negative.term = term;
  const DriverTerm::Kind kind = family.rule.driver_terms[term].kind;
  missing.no_target = kind == DriverTerm::Kind::measure || kind == DriverTerm::Kind::attribute;
  missing.error = AllocationError::needs_baseline;
  negative.error = AllocationError::negative_driver;
  for (std::size_t i = 0; i < family.children.size(); ++i) {
    std::optional<Rational> value = value_of(model, family, term, i, period, targets);
    if (!value) {
      missing.children.push_back(i);
      continue;
    }
    if (value->sign() < 0) {
      if (negative.children.empty()) {
        negative.value = *value;
      }
      negative.children.push_back(i);
    }
    values.push_back(*std::move(value));
  }
  if (!missing.children.empty()) {
    return missing;
  }
  if (!negative.children.empty()) {
    return negative;
  }
  return values;
}

std::variant<std::vector<Rational>, MissingDriver> driver_values(const Model& model, const Family& family,
                                                                 Period period, const Targets& targets) {
  const std::vector<DriverTerm>& terms = family.rule.driver_terms;
  if (terms.size() == 1) {
    return term_values(model, family, 0, period, targets);  // all zero: the method's own policy
  }
  std::vector<Rational> out(family.children.size());
  const Rational equally = out.empty() ? Rational() : Rational(1, static_cast<std::int64_t>(out.size()));
  for (std::size_t k = 0; k < terms.size(); ++k) {
    std::variant<std::vector<Rational>, MissingDriver> of_term = term_values(model, family, k, period, targets);
    if (std::holds_alternative<MissingDriver>(of_term)) {
      return of_term;
    }
    const std::vector<Rational>& values = std::get<std::vector<Rational>>(of_term);
    Rational sum;
    for (const Rational& value : values) {
      sum += value;
    }
    if (sum.is_zero() && family.rule.on_zero_driver == ZeroDriverPolicy::refuse) {
      MissingDriver zero;
      zero.term = k;
      return zero;
    }
    const Rational share(terms[k].share);
    const Rational per_unit = sum.is_zero() ? Rational() : share / sum;
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] += sum.is_zero() ? share * equally : per_unit * values[i];
    }
  }
  return out;
}

std::vector<NodeId> driving_nodes(const Model& model, const Family& family) {
  std::vector<NodeId> nodes;
  for (const DriverTerm& term : family.rule.driver_terms) {
    if (term.kind != DriverTerm::Kind::measure) {
      continue;
    }
    for (const NodeId child : family.children) {
      if (const std::optional<NodeId> node = driving_node(model, term, child)) {
        nodes.push_back(*node);
      }
    }
  }
  return nodes;
}

}  // namespace jenjang::cascade

namespace jenjang {

std::vector<DriverShare> driver_shares(const Model& model, const TargetTable& targets, const Family& family,
                                       std::size_t child, Period period) {
  std::vector<DriverShare> out;
  if (cascade::is_plain_driver(family)) {
    return out;
  }
  const cascade::Targets of_table{&targets, [](const void* table, NodeId node, Period when) {
                                    return static_cast<const TargetTable*>(table)->find(node, when);
                                  }};
  for (std::size_t term = 0; term < family.rule.driver_terms.size(); ++term) {
    const auto read = cascade::term_values(model, family, term, period, of_table);
    const auto* values = std::get_if<std::vector<Rational>>(&read);
    if (values == nullptr || child >= values->size()) {
      continue;
    }
    DriverShare row;
    row.term = term;
    row.value = (*values)[child];
    for (const Rational& value : *values) {
      row.total += value;
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace jenjang
