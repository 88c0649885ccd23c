// `kontrol`: which answers may not be better than what they rest on.
#include <algorithm>

#include "jenjang/base/text.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {
namespace {

bool lies_under(const PackTemplate& tmpl, std::size_t node, std::size_t above) {
  for (; node != SIZE_MAX; node = tmpl.nodes[node].parent) {
    if (node == above) return true;
  }
  return false;
}

// Whether what `node` is worth depends on what `wanted` is worth: through its own children, or through a control on one
// of them. Templates hold a hundred nodes and a dozen controls; every node is entered once.
class Dependence {
public:
  explicit Dependence(const PackTemplate& tmpl) : tmpl_(tmpl), entered_(tmpl.nodes.size(), false) {}

  bool reaches(std::size_t node, std::size_t wanted) {
    return lies_under(tmpl_, node, wanted) || lies_under(tmpl_, wanted, node) || reaches_by_controls(node, wanted);
  }

  bool reaches_by_controls(std::size_t node, std::size_t wanted) {
    if (entered_[node]) return false;
    entered_[node] = true;
    return std::ranges::any_of(tmpl_.controls, [&](const TemplateControl& control) {
      if (control.on == node) return false;  // it holds down the rest of its part, not itself
      const bool touches = lies_under(tmpl_, node, control.dependent) || lies_under(tmpl_, control.dependent, node);
      return touches && reaches(control.on, wanted);
    });
  }

private:
  const PackTemplate& tmpl_;
  std::vector<bool> entered_;
};

std::size_t require_node(const PackTemplate& tmpl, const LocatedText& code, DiagnosticSink& sink) {
  const std::size_t found = tmpl.find_node(code.value);
  if (found != SIZE_MAX) return found;
  const std::vector<std::string> known = texts_of(tmpl.nodes, &TemplateNode::code);
  report_unknown(code.span, "kode", code.value, known, sink);
  return SIZE_MAX;
}

}  // namespace

void read_controls(const YamlNode& list, PackTemplate& tmpl, const Basis& basis, DiagnosticSink& sink) {
  if (!expect_list(list, "kontrol", sink)) return;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "kontrol", sink);
    if (!fields.is_map()) continue;
    const auto dependent = fields.required_text("kode");
    const auto on = fields.required_text("paling_tinggi");
    TemplateControl control;
    control.span = item.span;
    const Basis own = read_basis(fields, basis, "kontrol", sink);
    control.article = own.article;
    control.unverified = own.unverified;
    fields.finish();
    if (!dependent || !on) continue;
    control.dependent = require_node(tmpl, *dependent, sink);
    control.on = require_node(tmpl, *on, sink);
    if (control.dependent == SIZE_MAX || control.on == SIZE_MAX) continue;
    // What holds an answer down must be known before it: neither its own whole nor what it holds down. One criterion
    // may hold down the rest of the part it belongs to.
    Dependence dependence(tmpl);
    const bool is_rest =
        control.on != control.dependent && lies_under(tmpl, control.on, control.dependent) &&
        std::ranges::none_of(tmpl.nodes, [&](const TemplateNode& node) { return node.parent == control.on; });
    if (is_rest ? dependence.reaches_by_controls(control.on, control.dependent)
                : dependence.reaches(control.on, control.dependent)) {
      sink.report(make_diagnostic(Code::J1413, on->span)
                      .arg("apa", "paling_tinggi dari " + dependent->value)
                      .arg("nilai", on->value)
                      .arg("boleh", "kode yang tidak bersandar pada " + dependent->value));
      continue;
    }
    tmpl.controls.push_back(std::move(control));
  }
}

}  // namespace jenjang
