#include "engine/cascade/families/family_setup.h"

#include <algorithm>
#include <unordered_map>

#include "jenjang/base/text.h"
#include "jenjang/cascade/cascade.h"

#include "engine/cascade/families/driver_values.h"
#include "engine/cascade/families/refusal.h"
#include "engine/cascade/registry.h"

namespace jenjang::cascade {
namespace {

bool is_arithmetic(const FormulaEdge& edge) {
  return edge.carry == Carry::value && edge.role == EdgeRole::operand;
}

std::string method_choices() {
  std::string text;
  for (const std::string_view name : allocation_method_names()) {
    text += text.empty() ? "" : ", ";
    text += name;
  }
  return text;
}

std::optional<Decimal> declared_step(const Model& model, const Family& family) {
  if (family.rule.step) {
    return family.rule.step;
  }
  std::optional<Decimal> step;
  for (const NodeId child : family.children) {
    const Decimal& own = model.item(child).spec.step;
    if (own.sign() > 0 && (!step || own > *step)) {
      step = own;
    }
  }
  const Decimal& of_parent = model.item(family.parent).spec.step;
  if (!step && of_parent.sign() > 0) {
    step = of_parent;
  }
  return step;
}

}  // namespace

bool is_linear(Aggregation aggregation) {
  return aggregation == Aggregation::sum || aggregation == Aggregation::weighted_mean ||
         aggregation == Aggregation::ratio;
}

void read_ties(const Model& model, const Family& family, FamilySetup& setup) {
  const Aggregation declared = model.item(family.parent).spec.aggregation;
  setup.weights.assign(family.children.size(), Rational(1));
  if (!model.dated_ties.empty()) {
    setup.edges.assign(family.children.size(), SIZE_MAX);
  }
  std::unordered_map<std::uint32_t, std::size_t> place;
  for (std::size_t i = 0; i < family.children.size(); ++i) {
    place.emplace(family.children[i].value(), i);
  }
  const auto children = model.graph.children(family.parent);
  const std::size_t first_edge = children.empty() ? 0 : model.graph.formula_first_edge(family.parent).index();
  std::size_t tied = 0;
  std::vector<Outsider> outsiders;
  for (std::size_t i = 0; i < children.size(); ++i) {
    const FormulaEdge& edge = model.formula_edges[first_edge + i];
    if (!is_arithmetic(edge)) {
      continue;
    }
    const Rational weight(edge.weight);
    const auto child = place.find(children[i].value());
    if (child == place.end()) {
      outsiders.push_back({children[i], weight, edge.span, false, first_edge + i});
    } else {
      setup.weights[child->second] = weight;
      if (!setup.edges.empty()) {
        setup.edges[child->second] = first_edge + i;
      }
      ++tied;
    }
  }
  if (tied == 0) {
    setup.aggregation = Aggregation::leaf;
    return;
  }
  setup.aggregation = declared;
  // A shared result counts once its owner accepted, by its share, else in full (as the roll-up does).
  const auto shared = model.graph.crosscut_children(family.parent);
  const std::size_t first = shared.empty() ? 0 : model.graph.crosscut_first_edge(family.parent).index();
  for (std::size_t i = 0; i < shared.size(); ++i) {
    const CrosscutEdge& edge = model.crosscut_edges[first + i];
    if (edge.accepted && !place.contains(shared[i].value())) {
      outsiders.push_back({shared[i], edge.share ? Rational(*edge.share) : Rational(1), edge.span, true});
    }
  }
  setup.outsiders = std::move(outsiders);
}

namespace {

std::optional<Rational> dated_weight(const Model& model, std::size_t edge, Period period) {
  const std::optional<Decimal> weight = model.weight_in(edge, period);
  return weight ? std::optional(Rational(*weight)) : std::nullopt;
}

}  // namespace

std::optional<Rational> weight_in(const Model& model, const FamilySetup& setup, std::size_t child, Period period) {
  const bool plain = setup.edges.empty() || setup.edges[child] == SIZE_MAX;
  return plain ? std::optional(setup.weights[child]) : dated_weight(model, setup.edges[child], period);
}

std::optional<Rational> weight_in(const Model& model, const Outsider& outsider, Period period) {
  const bool plain = model.dated_ties.empty() || outsider.edge == SIZE_MAX;
  return plain ? std::optional(outsider.weight) : dated_weight(model, outsider.edge, period);
}

std::optional<FamilySetup> RuleChecker::prepare(FamilyId id) {
  const Family& family = model_.families[id.index()];
  FamilySetup setup;
  setup.id = id;
  setup.family = &family;
  if (family.children.empty()) {
    return std::nullopt;
  }
  if (!words_are_good(family, setup)) {
    return std::nullopt;
  }
  read_ties(model_, family, setup);
  setup.declared_step = declared_step(model_, family);
  for (const NodeId child : family.children) {
    // A blank sorts before every character of a path, so paths decide first.
    setup.keys.push_back(model_.unit(child).path + " " + model_.item(child).code);
  }
  if (!drivers_are_good(family, setup)) {
    return std::nullopt;
  }
  // terpenuhi and tabel ask which children reach their own mark: no figure of the parent can be passed on.
  const bool countable = setup.aggregation == Aggregation::share_meeting || setup.aggregation == Aggregation::table;
  const bool one_member = family.children.size() == 1 && setup.outsiders.empty() && !countable;
  if (!one_member && !setup.method->supports(setup.aggregation, setup.parameters)) {
    Diagnostic finding = make_diagnostic(Code::J1607, family.rule.span)
                             .arg("cara", setup.method->name())
                             .arg("agregasi", to_string(setup.aggregation))
                             .arg("induk", model_.address(family.parent))
                             .arg("galat", to_string(AllocationError::unsupported_aggregation));
    finding.related.push_back({model_.item(family.parent).span, "agregasi induk dinyatakan di sini",
                               "the aggregation of the parent is declared here"});
    sink_.report(std::move(finding));
    return std::nullopt;
  }
  return setup;
}

bool RuleChecker::words_are_good(const Family& family, FamilySetup& setup) {
  const CascadeRule& rule = family.rule;
  // Families that one rule made share its span: its words are judged aloud once.
  const bool first_time =
      !rule.span.valid() || reported_rules_.emplace(rule.span.file.value(), rule.span.line, rule.span.column).second;
  DiagnosticSink* sink = first_time ? &sink_ : nullptr;
  setup.method = find_allocation_method(rule.method);
  if (setup.method == nullptr) {
    if (sink != nullptr) {
      const std::vector<std::string_view> names = allocation_method_names();
      Diagnostic finding =
          make_diagnostic(Code::J1601, rule.span).arg("cara", rule.method).arg("pilihan", method_choices());
      finding.suggestion = nearest(rule.method, names).value_or("");
      sink->report(std::move(finding));
    }
    return false;
  }
  std::optional<std::vector<ParameterValue>> parameters = read_parameters(*setup.method, rule, sink);
  bool good = parameters.has_value();
  if (good) {
    setup.parameters = *std::move(parameters);
  }
  if (rule.step && rule.step->sign() <= 0) {
    good = false;
    if (sink != nullptr) {
      sink->report(make_diagnostic(Code::J1603, rule.span)
                       .arg("kunci", "langkah")
                       .arg("ditemukan", rule.step->to_string())
                       .arg("diminta", "> 0"));
    }
  }
  return good;
}

bool RuleChecker::drivers_are_good(const Family& family, FamilySetup& setup) {
  if (!setup.method->needs_driver(setup.parameters)) {
    return true;
  }
  if (!is_plain_driver(family)) {
    setup.driving_nodes = driving_nodes(model_, family);
    return true;
  }
  if (family.drivers.size() != family.children.size()) {
    // One child takes it all, driver or not.
    if (family.children.size() == 1) {
      setup.drivers.assign(1, Rational(1));
      return true;
    }
    // The binder gives every child a driver or none.
    sink_.report(make_diagnostic(Code::J1545, family.rule.span)
                     .arg("kunci", "cara: " + std::string(setup.method->name()))
                     .arg("syarat", setup.method->name() == "bagian-tetap" ? "bagian" : "pemacu")
                     .arg("ditemukan", "-"));
    return false;
  }
  for (const Decimal& driver : family.drivers) {
    setup.drivers.emplace_back(driver);
  }
  const std::optional<AllocationFailure> failure = setup.method->check_drivers(setup.drivers, setup.parameters);
  if (!failure) {
    return true;
  }
  if (failure->error == AllocationError::negative_driver) {
    for (const std::size_t child : failure->children) {
      const bool placed = child < family.driver_spans.size() && family.driver_spans[child].valid();
      sink_.report(make_diagnostic(Code::J1604, placed ? family.driver_spans[child] : family.rule.span)
                       .arg("anak", model_.address(family.children[child]))
                       .arg("nilai", family.drivers[child].to_string())
                       .arg("galat", to_string(failure->error))
                       .related(family.rule.span, "aturan kaskade", "cascade rule"));
    }
    return false;
  }
  Diagnostic finding = make_diagnostic(Code::J1606, family.rule.span)
                           .arg("induk", model_.address(family.parent))
                           .arg("jumlah", failure->least ? figure(*failure->least) : "-")
                           .arg("galat", to_string(failure->error));
  for (std::size_t i = 0; i < family.driver_spans.size() && i < family.drivers.size(); ++i) {
    const std::string label = model_.address(family.children[i]) + ": " + family.drivers[i].to_string();
    finding.related.push_back({family.driver_spans[i], label, label});
  }
  sink_.report(std::move(finding));
  return false;
}

}  // namespace jenjang::cascade
