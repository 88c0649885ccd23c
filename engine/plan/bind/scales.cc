#include "engine/plan/bind/scales.h"

#include <utility>

namespace jenjang {
namespace {

std::vector<Gate> gates_of(const Pack& pack, const Scale& scale) {
  std::vector<Gate> gates;
  for (const PackGate& written : pack.gates) {
    if (qualified_name(pack.id, written.scale) != scale.id) continue;
    Gate gate;
    gate.id = written.id;
    gate.label = written.label;
    gate.government_only = written.government_only;
    for (const auto& requirement : written.requirements) {
      gate.requirements.push_back({requirement.group, requirement.at_least, requirement.count});
    }
    gate.fallback = written.fallback;
    gate.article = written.article;
    gate.unverified = written.unverified;
    gate.pack = pack.id;
    gate.span = written.span;
    gates.push_back(std::move(gate));
  }
  return gates;
}

}  // namespace

std::string qualified_name(std::string_view pack, std::string_view name) {
  if (name.empty() || name.find('/') != std::string_view::npos) return std::string(name);
  return std::string(pack) + "/" + std::string(name);
}

ScaleId require_scale(BindContext& bind, std::string_view qualified, SourceSpan place, std::string_view key,
                      ScaleUse use) {
  const Scale* scale = bind.packs.require_scale(qualified, place, bind.sink);
  if (scale == nullptr) return {};
  const bool is_grades = scale->kind == Scale::Kind::grades;
  if (use != ScaleUse::either && is_grades != (use == ScaleUse::grades)) {
    bind.sink.report(make_diagnostic(Code::J1525, place).arg("nama", qualified).arg("kunci", key));
    return {};
  }
  std::vector<Scale>& known = bind.model.scales;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i].id == scale->id) return ScaleId::from_index(i);
  }
  known.push_back(*scale);
  const auto id = ScaleId::from_index(known.size() - 1);
  const std::string_view name(scale->id);
  if (const Pack* pack = bind.packs.find(name.substr(0, name.find('/')))) {
    if (auto gates = gates_of(*pack, *scale); !gates.empty()) bind.model.gates[id.value()] = std::move(gates);
  }
  return id;
}

}  // namespace jenjang
