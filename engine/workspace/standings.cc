#include "engine/workspace/standings.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "jenjang/base/text.h"
#include "jenjang/workspace/inputs.h"

#include "engine/plan/plan_document.h"

namespace jenjang {
namespace {

std::optional<StatementState> state_word(std::string_view word) {
  const auto words = statement_state_words();
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<StatementState>(found - words.begin());
}

PlanDocument* find_document(ParsedPlan& plan, std::string_view code) {
  for (PlanDocument& document : plan.documents->documents) {
    if (document.code.value == code) return &document;
  }
  return nullptr;
}

Diagnostic unknown(const DocumentFact& fact, std::string_view name) {
  return make_diagnostic(Code::J3056, {}).arg("entri", std::to_string(fact.entry)).arg("dokumen", name);
}

std::string target_name(const DocumentFact& fact) {
  return fact.address.find('#') == std::string::npos && !fact.code.empty() ? fact.code + "#" + fact.address
                                                                           : fact.address;
}

}  // namespace

void apply_standings(std::span<const DocumentFact> facts, ParsedPlan& plan, DiagnosticSink& sink) {
  auto& standings = plan.documents->standings;
  for (const DocumentFact& fact : facts) {
    if (fact.state.empty()) continue;  // a signature
    PlanDocument* document = find_document(plan, fact.code);
    const std::optional<StatementState> state = state_word(fact.state);
    if (document == nullptr || !state) {
      std::vector<std::string> known;
      for (const PlanDocument& one : plan.documents->documents) known.push_back(one.code.value);
      Diagnostic finding = unknown(fact, fact.code);
      finding.suggestion = nearest(fact.code, std::span<const std::string>(known)).value_or("");
      sink.report(std::move(finding));
      continue;
    }
    if (fact.address.empty()) {
      document->state = *state;
      standings.erase(fact.code);
      continue;
    }
    const std::optional<Address> address = Address::parse(fact.address);
    if (!address || !address->period) {
      sink.report(unknown(fact, target_name(fact)));
      continue;
    }
    std::vector<PlanStanding>& targets = standings[fact.code].targets;
    std::erase_if(targets, [&](const PlanStanding& old) {
      return old.address.code == address->code && old.address.unit == address->unit &&
             old.address.period == address->period;
    });
    targets.push_back({*address, *state});
  }
  for (auto& [code, standing] : standings) {
    PlanDocument& document = *find_document(plan, code);
    const bool some_adopted = std::ranges::any_of(
        standing.targets, [](const PlanStanding& target) { return target.state == StatementState::adopted; });
    if (document.state == StatementState::adopted || !some_adopted) continue;
    standing.others = document.state;
    document.state = StatementState::adopted;
    document.replaces.clear();
  }
}

void check_standings(std::span<const DocumentFact> facts, const Journal& journal, const ParsedPlan& plan,
                     const Model& model, const SourceMap& sources, DiagnosticSink& sink) {
  std::map<std::string, const DocumentFact*> signatures;
  for (const DocumentFact& fact : facts) {
    if (fact.content) signatures[fact.code] = &fact;
    if (fact.state.empty() || fact.address.empty()) continue;
    const std::optional<Address> address = Address::parse(fact.address);
    const bool has_document =
        std::ranges::any_of(model.documents, [&](const Document& document) { return document.code == fact.code; });
    if (!address || !address->period || !has_document) continue;  // told by apply_standings
    const std::optional<NodeId> node = model.find(address->code, address->unit);
    const bool stated =
        node && std::ranges::any_of(model.statements_of(*node), [&](const Statement& statement) {
          return statement.period == *address->period && model.documents[statement.document.index()].code == fact.code;
        });
    if (!stated) sink.report(unknown(fact, target_name(fact)));
  }
  for (const auto& [code, fact] : signatures) {
    if (document_content(plan, sources, code) == fact->content) continue;
    const auto written = std::ranges::find_if(plan.documents->documents, [&code = code](const PlanDocument& document) {
      return document.code.value == code;
    });
    std::string when;
    journal.read(fact->entry, fact->entry, [&](const Entry& entry) {
      when = entry.recorded.to_string(plan.zone);
      return true;
    });
    const SourceSpan place = written == plan.documents->documents.end() ? SourceSpan{} : written->code.span;
    sink.report(make_diagnostic(Code::J3053, place)
                    .arg("dokumen", code)
                    .arg("saat", when)
                    .arg("entri", std::to_string(fact->entry)));
  }
}

}  // namespace jenjang
