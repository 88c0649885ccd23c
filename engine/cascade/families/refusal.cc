#include "engine/cascade/families/refusal.h"

namespace jenjang::cascade {
namespace {

using What = FamilyRefusal::What;

constexpr std::size_t kShown = 5;  // names in one sentence; related places carry the rest

std::vector<NodeId> children_of(const Family& family, std::span<const std::size_t> places) {
  std::vector<NodeId> nodes;
  for (const std::size_t place : places) {
    nodes.push_back(family.children[place]);
  }
  return nodes;
}

std::string holds_in_words(const Model& model, std::span<const FixedMember> fixed) {
  std::string text;
  for (std::size_t i = 0; i < fixed.size() && i < kShown; ++i) {
    text += (i == 0 ? "" : ", ") + model.address(fixed[i].node) + " (" + figure(fixed[i].value) + ")";
  }
  if (fixed.size() > kShown) {
    text += " (+" + std::to_string(fixed.size() - kShown) + ")";
  }
  return text.empty() ? "-" : text;
}

std::string interval_in_words(const Interval& limits) {
  std::string text;
  if (limits.lower) {
    text += " >= " + figure(*limits.lower);
  }
  if (limits.upper) {
    text += (limits.lower ? ", <= " : " <= ") + figure(*limits.upper);
  }
  return text;
}

// The floor of a method and the standing of the leaders, who are not told to fall back, are too much together.
Diagnostic overshoot_diagnostic(const Model& model, const FamilySetup& setup, const std::string& parent,
                                const std::string& target, int year, const FamilyRefusal& refusal) {
  const Family& family = *setup.family;
  std::optional<Rational> floor;
  for (const ParameterValue& parameter : setup.parameters) {
    if (parameter.key == "lantai") {
      floor = parameter.number;
    }
  }
  const bool lower_is_better = model.item(family.parent).spec.polarity == Polarity::lower;
  std::string demands;
  Diagnostic finding;
  for (std::size_t i = 0; i < refusal.failure.children.size(); ++i) {
    const NodeId child = family.children[refusal.failure.children[i]];
    const Baseline* baseline = model.baseline_before(child, Period::year(year));
    std::optional<Rational> least = floor;
    bool own = false;
    if (baseline != nullptr) {
      const Rational value(baseline->value);
      own = !least || (lower_is_better ? value < *least : value > *least);
      if (own) {
        least = value;
      }
    }
    const std::string text = model.address(child) + (lower_is_better ? " <= " : " >= ") +
                             (least ? figure(*least) : "-") + (own ? " (baseline)" : "");
    if (i < kShown) {
      demands += (i == 0 ? "" : ", ") + text;
    }
    finding.related.push_back({own ? baseline->span : family.rule.span,
                               (own ? "tidak boleh mundur: " : "lantai aturan: ") + text,
                               (own ? "is not to fall back: " : "floor of the rule: ") + text});
  }
  if (refusal.failure.children.size() > kShown) {
    demands += " (+" + std::to_string(refusal.failure.children.size() - kShown) + ")";
  }
  const std::optional<Rational>& reached = lower_is_better ? refusal.failure.most : refusal.failure.least;
  Diagnostic head = make_diagnostic(lower_is_better ? Code::J1642 : Code::J1641, family.rule.span)
                        .arg("tuntutan", demands)
                        .arg("alamat", parent)
                        .arg("jumlah", reached ? figure(*reached) : "-")
                        .arg("selisih", reached ? figure((*reached - refusal.wanted).absolute()) : "-")
                        .arg("batas", "target " + target)
                        .arg("jalan", reached ? parent + " = " + figure(*reached) : "-")
                        .arg("galat", to_string(refusal.failure.error));
  head.related = std::move(finding.related);
  return head;
}

Diagnostic allocation_diagnostic(const Model& model, const FamilySetup& setup, const std::string& parent,
                                 const std::string& target, int year, const FamilyRefusal& refusal) {
  const Family& family = *setup.family;
  const SourceSpan rule = family.rule.span;
  const std::string error(to_string(refusal.failure.error));
  const std::vector<NodeId> blamed = children_of(family, refusal.failure.children);
  switch (refusal.failure.error) {
    case AllocationError::zero_driver: {
      Diagnostic finding = make_diagnostic(Code::J1605, rule)
                               .arg("target", target)
                               .arg("induk", parent)
                               .arg("pemacu", family.rule.driver)
                               .arg("galat", error);
      for (std::size_t i = 0; i < family.driver_spans.size() && i < family.children.size(); ++i) {
        const std::string label = model.address(family.children[i]) + ": 0";
        finding.related.push_back({family.driver_spans[i], label, label});
      }
      return finding;
    }
    case AllocationError::negative_driver: {
      const std::vector<DriverTerm>& terms = family.rule.driver_terms;
      const bool placed = refusal.driver_term < terms.size() && terms[refusal.driver_term].span.valid();
      return make_diagnostic(Code::J1604, placed ? terms[refusal.driver_term].span : rule)
          .arg("anak", some_addresses(model, blamed))
          .arg("nilai", figure(refusal.wanted))
          .arg("galat", error);
    }
    case AllocationError::shares_do_not_sum:
      return make_diagnostic(Code::J1606, rule)
          .arg("induk", parent)
          .arg("jumlah", refusal.failure.least ? figure(*refusal.failure.least) : "-")
          .arg("galat", error);
    case AllocationError::floor_overshoots:
      return overshoot_diagnostic(model, setup, parent, target, year, refusal);
    case AllocationError::needs_baseline: {
      Diagnostic finding = make_diagnostic(Code::J1611, rule)
                               .arg("cara", setup.method->name())
                               .arg("induk", parent)
                               .arg("kurang", some_addresses(model, blamed))
                               .arg("galat", error);
      for (std::size_t i = 0; i < blamed.size() && i < kShown; ++i) {
        finding.related.push_back({model.node_span[blamed[i].index()], "tanpa baseline: " + model.address(blamed[i]),
                                   "without a baseline: " + model.address(blamed[i])});
      }
      return finding;
    }
    case AllocationError::zero_denominator:
      return make_diagnostic(Code::J1610, rule)
          .arg("induk", parent)
          .arg("tahun", std::to_string(year))
          .arg("kurang", blamed.empty() ? "sum = 0" : some_addresses(model, blamed) + " = 0")
          .arg("galat", error);
    case AllocationError::bounds: {
      Diagnostic finding = make_diagnostic(Code::J1609, rule)
                               .arg("target", target)
                               .arg("induk", parent)
                               .arg("terendah", refusal.failure.least ? figure(*refusal.failure.least) : "-")
                               .arg("tertinggi", refusal.failure.most ? figure(*refusal.failure.most) : "-")
                               .arg("galat", error);
      for (const FixedMember& member : refusal.fixed) {
        const std::string label = model.address(member.node) + ": " + figure(member.value);
        finding.related.push_back({member.span, "ditahan: " + label, "held: " + label});
      }
      for (std::size_t i = 0; i < blamed.size() && i < kShown && i < refusal.limits.size(); ++i) {
        std::string label = model.address(blamed[i]) + interval_in_words(refusal.limits[i]);
        SourceSpan place = model.node_span[blamed[i].index()];
        for (const Bound& bound : model.bounds_of(blamed[i])) {
          if (bound.period != Period::year(year)) continue;
          place = bound.span;
          if (!bound.grounds.reason.empty()) label += "; " + bound.grounds.reason;
          if (!bound.grounds.citation.empty()) label += "; " + bound.grounds.citation;
        }
        finding.related.push_back({place, "tidak dapat lebih jauh: " + label, "can go no further: " + label});
      }
      return finding;
    }
    default:
      return make_diagnostic(Code::J1607, rule)
          .arg("cara", setup.method->name())
          .arg("agregasi", to_string(setup.aggregation))
          .arg("induk", parent)
          .arg("galat", error);
  }
}

}  // namespace

std::string figure(const Rational& value) {
  // Thirds and longer decimals are told to four places: a reader compares them with figures of two.
  constexpr int kPlaces = 4;
  const std::optional<Decimal> exact = value.to_decimal();
  if (exact && exact->normalised().scale() <= kPlaces) return exact->normalised().to_string();
  return round(value, {RoundingMode::half_up, kPlaces}).normalised().to_string();
}

std::string some_addresses(const Model& model, std::span<const NodeId> nodes) {
  std::string text;
  for (std::size_t i = 0; i < nodes.size() && i < kShown; ++i) {
    text += (i == 0 ? "" : ", ") + model.address(nodes[i]);
  }
  if (nodes.size() > kShown) {
    text += " (+" + std::to_string(nodes.size() - kShown) + ")";
  }
  return text;
}

SourceSpan place_of(const Model& model, const TargetCell& cell) {
  return cell.statement == UINT32_MAX ? model.node_span[cell.node.index()] : model.statements[cell.statement].span;
}

Diagnostic refusal_diagnostic(const Model& model, const FamilySetup& setup, const TargetCell& parent,
                              const FamilyRefusal& refusal) {
  const SourceSpan rule = setup.family->rule.span;
  const std::string address = model.address(parent.node, parent.period);
  const std::string target = parent.target.to_string();
  Diagnostic finding;
  switch (refusal.what) {
    case What::allocation:
      finding = allocation_diagnostic(model, setup, address, target, parent.period.year(), refusal);
      break;
    case What::hold_conflict:
      finding = make_diagnostic(Code::J1608, rule)
                    .arg("induk", address)
                    .arg("target", target)
                    .arg("tahanan", holds_in_words(model, refusal.fixed))
                    .arg("jumlah", figure(refusal.reached))
                    .arg("selisih", figure((refusal.reached - refusal.wanted).absolute()))
                    .arg("jalan", address + " = " + figure(refusal.reached))
                    .arg("galat", to_string(AllocationError::hold_conflict));
      for (const FixedMember& member : refusal.fixed) {
        const std::string label = model.address(member.node) + ": " + figure(member.value);
        finding.related.push_back({member.span, "tahanan " + label, "hold " + label});
      }
      break;
    case What::denominators_missing:
      finding = make_diagnostic(Code::J1610, rule)
                    .arg("induk", address)
                    .arg("tahun", std::to_string(parent.period.year()))
                    .arg("kurang", some_addresses(model, refusal.blamed))
                    .arg("galat", to_string(AllocationError::zero_denominator));
      break;
    case What::not_whole_steps:
      finding = make_diagnostic(Code::J1612, rule)
                    .arg("nilai", figure(refusal.wanted))
                    .arg("induk", address)
                    .arg("langkah", refusal.step.to_string());
      break;
    case What::no_rounding:
      finding = make_diagnostic(Code::J1613, rule)
                    .arg("langkah", refusal.step.to_string())
                    .arg("induk", address)
                    .arg("hasil", figure(refusal.reached))
                    .arg("target", target)
                    .arg("sisa", figure(refusal.wanted - refusal.reached));
      break;
    case What::not_a_number:
      finding = make_diagnostic(Code::J1614, rule)
                    .arg("target", target)
                    .arg("induk", address)
                    .arg("cara", setup.method->name());
      break;
    case What::driver_missing: {
      const std::vector<DriverTerm>& terms = setup.family->rule.driver_terms;
      const bool known = refusal.driver_term < terms.size();
      finding =
          make_diagnostic(Code::J1644,
                          known && terms[refusal.driver_term].span.valid() ? terms[refusal.driver_term].span : rule)
              .arg("pemacu", known && !terms[refusal.driver_term].name.empty() ? terms[refusal.driver_term].name
                                                                               : setup.family->rule.driver)
              .arg("induk", address)
              .arg("kurang", some_addresses(model, refusal.blamed));
      break;
    }
    case What::outsider_without_target:
      finding = make_diagnostic(Code::J1615, rule)
                    .arg("anak", some_addresses(model, refusal.blamed))
                    .arg("induk", address)
                    .arg("periode", parent.period.to_string());
      for (const NodeId node : refusal.blamed) {
        finding.related.push_back({model.node_span[node.index()], "ukuran itu", "that measure"});
      }
      break;
  }
  finding.related.insert(finding.related.begin(), RelatedSpan{place_of(model, parent), "target induk: " + target,
                                                              "target of the parent: " + target});
  return finding;
}

namespace {

// Arguments that only say when: reports that differ in nothing else are one.
bool says_when(const Diagnostic& finding, const std::string& name) {
  if (name == "induk" || name == "alamat" || name == "tahun" || name == "periode") {
    return true;
  }
  // Where the reason is no figure, the target that it stopped is none either.
  return name == "target" && (finding.code == Code::J1605 || finding.code == Code::J1614);
}

bool same_reason(const Diagnostic& a, const Diagnostic& b) {
  if (a.code != b.code || a.primary != b.primary || a.args.size() != b.args.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.args.size(); ++i) {
    const bool same =
        a.args[i].name == b.args[i].name && (a.args[i].value == b.args[i].value || says_when(a, a.args[i].name));
    if (!same) {
      return false;
    }
  }
  return true;
}

}  // namespace

void RefusalLog::add(Diagnostic finding, NodeId parent, Period period, SourceSpan target_place,
                     const std::string& target) {
  for (Entry& entry : entries_) {
    if (entry.parent == parent && same_reason(entry.finding, finding)) {
      entry.periods.push_back(period);
      entry.finding.related.push_back({target_place, "juga " + period.to_string() + ", target induk: " + target,
                                       "also " + period.to_string() + ", target of the parent: " + target});
      return;
    }
  }
  entries_.push_back({std::move(finding), parent, {period}});
}

void RefusalLog::flush(DiagnosticSink& sink) {
  for (Entry& entry : entries_) {
    if (entry.periods.size() > 1) {
      std::string periods;
      for (const Period period : entry.periods) {
        periods += (periods.empty() ? "" : ", ") + period.to_string();
      }
      for (DiagnosticArg& arg : entry.finding.args) {
        if (arg.name == "induk" || arg.name == "alamat") {
          arg.value = model_.address(entry.parent) + ":" + periods;
        } else if (arg.name == "tahun" || arg.name == "periode") {
          arg.value = periods;
        }
      }
    }
    sink.report(std::move(entry.finding));
  }
  entries_.clear();
}

}  // namespace jenjang::cascade
