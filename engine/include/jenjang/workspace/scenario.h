// What-if: changes laid over a bound plan. The files of the plan are never touched.
//
// A change speaks about one cell as if a document of the scenario stated it, and comes before what the
// plan says there. Figures that rest on a change carry the label `ilustratif`.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/graph/model.h"
#include "jenjang/source/yaml_reader.h"

namespace jenjang {

struct Override {
  enum class Kind : std::uint8_t {
    target,   // the cell's target; below a cascade it acts as a hold
    release,  // lepas: what is stated there no longer counts
    limits,   // minimal, maksimal: new limits beside the target
  } kind = Kind::target;
  // `DOK#...` changes what that document says and keeps the document's standing; without it the change
  // stands above every document. A span of years is its last year.
  Address address;
  Target target;
  std::optional<Decimal> least, most;
  Grounds grounds;   // alasan, dasar
  std::string text;  // as written, for messages
  SourceSpan span;   // of the address; without a place the workspace shows `text`
};
// An attribute of a unit, changed before the plan is bound: drivers, weights and selectors follow.
struct AttributeOverride {
  std::string unit, attribute;
  Decimal value;
  std::string reason;
  SourceSpan unit_span, attribute_span, span;
};
struct Scenario {
  std::string code, title;
  std::vector<Override> changes;
  std::vector<AttributeOverride> attributes;
  SourceSpan span;
};

// "IKLH@64:2026=76.5": an address with a period, '=', any target. J1911 and nullopt for anything else.
std::optional<Override> parse_override(std::string_view text, DiagnosticSink& sink);
// A scenario file that stands in `sources` (docs/reference/plan-format.md). nullopt after an error.
std::optional<Scenario> read_scenario(FileId file, const SourceMap& sources, const YamlLimits& limits,
                                      DiagnosticSink& sink);
// Lays the changes over the model, as a document of its own: later changes of one cell replace earlier
// ones (J1915). A point of a declared path stays in its document, so that the path follows it. False when
// a change is about nothing the plan has (J1912) or does not fit its measure (J1911); the rest is done.
bool apply_scenario(const Scenario& scenario, Model& model, DiagnosticSink& sink);

}  // namespace jenjang
