// A waiver that names no rule or no place waives nothing, and its author should know.
#include "jenjang/base/text.h"

#include "engine/plan/lint/lint_context.h"

namespace jenjang {
namespace {

bool names_a_place(const Model& model, const std::string& address) {
  for (const Document& document : model.documents) {
    if (document.code == address) return true;
  }
  const std::size_t at = address.find('@');
  return at != std::string::npos && model.find(address.substr(0, at), address.substr(at + 1)).has_value();
}

// A slip in the unit, then one in the code or in that of a document.
std::string nearest_place(const Model& model, const std::string& address) {
  std::vector<std::string> known;
  known.reserve(model.node_count() + model.documents.size());
  for (std::size_t n = 0; n < model.node_count(); ++n) known.push_back(model.address(NodeId::from_index(n)));
  for (const Document& document : model.documents) known.push_back(document.code);
  return nearest(address, known).value_or("");
}

}  // namespace

void lint_waivers(const LintContext& context) {
  const std::vector<std::string> ids = texts_of(context.rules.all(), &LintRule::id);
  for (const Waiver& waiver : context.plan.waivers) {
    if (context.rules.find(waiver.rule) == nullptr) {
      context.sink.report(make_diagnostic(Code::J1549, waiver.span)
                              .arg("aturan", waiver.rule)
                              .suggest(nearest(waiver.rule, ids).value_or("")));
      continue;
    }
    if (waiver.address.empty() || names_a_place(context.model, waiver.address)) continue;
    context.sink.report(make_diagnostic(Code::J1550, waiver.span)
                            .arg("aturan", waiver.rule)
                            .arg("alamat", waiver.address)
                            .suggest(nearest_place(context.model, waiver.address)));
  }
}

}  // namespace jenjang
