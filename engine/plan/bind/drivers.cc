#include "engine/plan/bind/drivers.h"

#include <set>
#include <tuple>
#include <utility>

#include "jenjang/base/text.h"

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/references.h"

namespace jenjang {
namespace {

// "penduduk@2023" is a vintage of "penduduk".
bool is_vintage_of(std::string_view attribute, std::string_view name) {
  if (attribute.size() != name.size() + 5 || attribute.substr(0, name.size()) != name) return false;
  if (attribute[name.size()] != '@') return false;
  const std::string_view year = attribute.substr(name.size() + 1);
  return year.find_first_not_of("0123456789") == std::string_view::npos;
}

// The attribute that a name stands for at all children: itself where a child has it, else its only vintage
// among them, for figures of different years are not added up unseen. nullopt, reported, when there are several.
std::optional<std::string> resolve_name(BindContext& bind, const DriverTerm& term, const DraftFamily& draft) {
  std::set<std::string> vintages;
  for (const VertexId child : draft.children) {
    for (const UnitAttribute& attribute : bind.unit_of(child).attributes) {
      if (attribute.name == term.name) return term.name;
      if (is_vintage_of(attribute.name, term.name)) vintages.insert(attribute.name);
    }
  }
  if (vintages.size() == 1) return *vintages.begin();
  if (vintages.empty()) return term.name;
  std::string choices;
  for (const std::string& one : vintages) choices += (choices.empty() ? "" : ", ") + one;
  bind.sink.report(make_diagnostic(Code::J1544, term.span)
                       .arg("atribut", term.name)
                       .arg("unit", bind.unit_of(draft.parent).path)
                       .arg("pilihan", choices));
  return std::nullopt;
}

std::string text_of(const DriverTerm& term) {
  switch (term.kind) {
    case DriverTerm::Kind::attribute:
      return term.name;
    case DriverTerm::Kind::baseline:
      return "baseline";
    case DriverTerm::Kind::need:
      return "kebutuhan " + term.standard.value_or(Decimal(0)).to_string();
    case DriverTerm::Kind::measure:
      return "ukuran " + term.name;
    case DriverTerm::Kind::months:
      break;
  }
  return "bulan-terisi";
}

// The values of one attribute at the children, in their order.
bool read_attribute(BindContext& bind, const DriverTerm& term, DraftFamily& draft, std::vector<Decimal>& values,
                    std::vector<SourceSpan>& spans) {
  bool complete = true;
  for (const VertexId child : draft.children) {
    const OrgUnit& unit = bind.unit_of(child);
    const UnitAttribute* const attribute = unit.attribute(term.name);
    if (attribute == nullptr) {
      report_missing_attribute(bind, {term.name, term.span}, unit);
      complete = false;
      continue;
    }
    values.push_back(attribute->value);
    spans.push_back(attribute->span);
    draft.family.drivers_illustrative = draft.family.drivers_illustrative || attribute->illustrative;
  }
  return complete;
}

}  // namespace

void report_missing_attribute(BindContext& bind, const LocatedText& attribute, const OrgUnit& unit) {
  std::vector<std::string> known;
  for (const UnitAttribute& one : unit.attributes) known.push_back(one.name);
  bind.sink.report(make_diagnostic(Code::J1520, attribute.span)
                       .arg("unit", unit.path)
                       .arg("atribut", attribute.value)
                       .related(unit.span, "unit ini", "this unit")
                       .suggest(nearest(attribute.value, known).value_or("")));
}

bool resolve_driver(BindContext& bind, const PlanRung& rung, DraftFamily& draft) {
  CascadeRule& rule = draft.family.rule;
  rule.driver_terms = rung.driver;
  bool complete = true;
  for (DriverTerm& term : rule.driver_terms) {
    if (term.kind == DriverTerm::Kind::attribute) {
      if (auto name = resolve_name(bind, term, draft)) {
        term.name = *std::move(name);
      } else {
        complete = false;
      }
    }
    if (rule.driver_terms.size() > 1) rule.driver += (rule.driver.empty() ? "" : " + ") + term.share.to_string() + " ";
    rule.driver += text_of(term);
  }
  if (!complete) return false;
  const bool plain = rule.driver_terms.size() == 1 && rule.driver_terms.front().kind == DriverTerm::Kind::attribute;
  if (plain) {
    return read_attribute(bind, rule.driver_terms.front(), draft, draft.family.drivers, draft.family.driver_spans);
  }
  draft.family.driver_values.resize(rule.driver_terms.size());
  for (std::size_t i = 0; i < rule.driver_terms.size(); ++i) {
    const DriverTerm& term = rule.driver_terms[i];
    std::vector<SourceSpan> spans;
    if (term.kind != DriverTerm::Kind::attribute) continue;
    complete = read_attribute(bind, term, draft, draft.family.driver_values[i], spans) && complete;
  }
  return complete;
}

// A driver may name another measure; by now every measure of the plan stands.
void bind_drivers(BindContext& bind) {
  // A driver that several starts share is complained of once for each unit.
  std::set<std::tuple<std::string, std::uint32_t, std::uint32_t, std::uint32_t>> reported;
  for (const DraftFamily& draft : bind.families) {
    for (const DriverTerm& term : draft.family.rule.driver_terms) {
      if (term.kind != DriverTerm::Kind::measure) continue;
      for (const VertexId child : draft.children) {
        const UnitId unit = bind.nodes[child.index()].unit;
        if (bind.find_measure(term.name, unit)) continue;
        const std::string address = term.name + "@" + bind.model.units[unit].path;
        const SourceSpan& at = term.span;
        if (!reported.emplace(address, at.file.value(), at.line, at.column).second) continue;
        bind.sink.report(make_diagnostic(Code::J1508, term.span)
                             .arg("alamat", address)
                             .suggest(nearest_address(bind, term.name, unit)));
      }
    }
  }
}

}  // namespace jenjang
