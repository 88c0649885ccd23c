#include "engine/cascade/refusal.h"

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
  const std::optional<Decimal> decimal = value.to_decimal();
  return decimal ? decimal->normalised().to_string() : value.to_string();
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

}  // namespace jenjang::cascade
