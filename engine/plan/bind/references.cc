#include "engine/plan/bind/references.h"

#include <algorithm>
#include <set>

#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

namespace jenjang {
namespace {

void report_unknown(BindContext& bind, const LocatedText& written, std::string_view near) {
  bind.sink.report(make_diagnostic(Code::J1508, written.span).arg("alamat", written.value).suggest(near));
}

// All vertices that one document states or cites under a code.
std::vector<VertexId> in_document(const BindContext& bind, std::string_view code, DocumentId document,
                                  ReferenceTo kind) {
  const BindContext::EntryRows& rows = bind.entries_of(document, code);
  std::vector<VertexId> found;
  const auto note = [&](VertexId vertex) {
    if (vertex.valid() && std::find(found.begin(), found.end(), vertex) == found.end()) found.push_back(vertex);
  };
  if (kind == ReferenceTo::goal_or_measure) {
    for (const std::size_t i : rows.goals) note(bind.goals[i].vertex);
  }
  for (const std::size_t i : rows.measures) note(bind.measures[i].vertex);
  return found;
}

std::optional<VertexId> at_address(const BindContext& bind, std::string_view code, UnitId unit, ReferenceTo kind) {
  if (const auto measure = bind.find_measure(code, unit)) return measure;
  if (kind == ReferenceTo::measure) return std::nullopt;
  const std::vector<VertexId> goals = bind.find_goals(code, unit);
  // Of two goals under one code the later document is the one in force.
  return goals.empty() ? std::nullopt : std::optional(goals.back());
}

std::optional<VertexId> bare_reference(BindContext& bind, const LocatedText& written, DocumentId document, UnitId unit,
                                       ReferenceTo kind) {
  std::vector<VertexId> found = in_document(bind, written.value, document, kind);
  if (found.size() > 1) {
    // The one at the same unit is meant before those elsewhere.
    const auto here =
        std::find_if(found.begin(), found.end(), [&](VertexId v) { return bind.nodes[v.index()].unit == unit; });
    if (here != found.end()) found = {*here};
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    std::vector<std::string> codes;
    for (const GoalEntry& entry : bind.goals) {
      if (entry.document == document) codes.push_back(entry.goal->code.value);
    }
    for (const MeasureEntry& entry : bind.measures) {
      if (entry.document == document) codes.push_back(entry.indicator->code.value);
    }
    std::string near = nearest(written.value, codes).value_or("");
    if (near.empty()) near = nearest_address(bind, written.value, unit);
    report_unknown(bind, written, near);
    return std::nullopt;
  }
  std::string choices;
  for (const VertexId vertex : found) choices += (choices.empty() ? "" : ", ") + bind.address(vertex);
  bind.sink.report(make_diagnostic(Code::J1509, written.span).arg("kode", written.value).arg("pilihan", choices));
  return std::nullopt;
}

}  // namespace

std::optional<UnitId> find_unit(const BindContext& bind, std::string_view written, UnitId base) {
  const bool relative = written.substr(0, 2) == "./";
  if (!relative) {
    if (const auto unit = bind.model.units.find(written)) return unit;
  }
  if (!base.valid()) return std::nullopt;
  const std::string_view part = relative ? written.substr(2) : written;
  return bind.model.units.find(bind.model.units[base].path + "/" + std::string(part));
}

std::optional<UnitId> require_unit(BindContext& bind, const LocatedText& written, UnitId base) {
  auto unit = find_unit(bind, written.value, base);
  if (!unit) {
    const std::vector<std::string> paths = bind.model.units.paths();
    bind.sink.report(make_diagnostic(Code::J1505, written.span)
                         .arg("unit", written.value)
                         .suggest(nearest(written.value, paths).value_or("")));
  }
  return unit;
}

std::optional<VertexId> bare_code_at(const BindContext& bind, const LocatedText& written, UnitId unit,
                                     ReferenceTo kind) {
  if (written.value.find('@') != std::string::npos) return std::nullopt;
  return at_address(bind, written.value, unit, kind);
}

std::string nearest_address(const BindContext& bind, std::string_view code, UnitId unit) {
  std::set<std::string> here, elsewhere;
  for (std::size_t i = 0; i < bind.nodes.size(); ++i) {
    const VertexId vertex = VertexId::from_index(i);
    if (bind.nodes[i].unit == unit) here.insert(bind.item_of(vertex).code);
    if (bind.item_of(vertex).code == code) elsewhere.insert(bind.address(vertex));
  }
  // A slip in the code at this unit, then the right code at another unit.
  const std::vector<std::string> codes(here.begin(), here.end());
  if (const auto near = nearest(code, codes)) return *near + "@" + bind.model.units[unit].path;
  return elsewhere.empty() ? std::string() : *elsewhere.begin();
}

std::optional<VertexId> require_reference(BindContext& bind, const LocatedText& written, DocumentId document,
                                          UnitId unit, ReferenceTo kind) {
  if (written.value.find('@') == std::string::npos) return bare_reference(bind, written, document, unit, kind);
  const auto address = read_address(written.value, written.span, bind.sink);
  if (!address) return std::nullopt;
  const auto at = require_unit(bind, {address->unit, written.span}, UnitId());
  if (!at) return std::nullopt;
  if (address->document.empty()) {
    const auto vertex = at_address(bind, address->code, *at, kind);
    if (!vertex) report_unknown(bind, written, nearest_address(bind, address->code, *at));
    return vertex;
  }
  for (std::size_t d = 0; d < bind.model.documents.size(); ++d) {
    if (bind.model.documents[d].code != address->document) continue;
    for (const VertexId vertex : in_document(bind, address->code, DocumentId::from_index(d), kind)) {
      if (bind.nodes[vertex.index()].unit == *at) return vertex;
    }
    report_unknown(bind, written, nearest_address(bind, address->code, *at));
    return std::nullopt;
  }
  const std::vector<std::string> codes = texts_of(bind.model.documents, &Document::code);
  const auto near = nearest(address->document, codes);
  report_unknown(bind, written, near ? *near + "#" + address->code + "@" + address->unit : std::string());
  return std::nullopt;
}

}  // namespace jenjang
