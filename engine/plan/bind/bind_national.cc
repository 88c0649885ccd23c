// pembanding.nasional: the measure whose figure is the national one.
#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/references.h"

namespace jenjang {

void bind_national(BindContext& bind) {
  for (const MeasureEntry& entry : bind.measures) {
    if (!entry.indicator->national || !entry.vertex.valid()) continue;
    const LocatedText& written = *entry.indicator->national;
    // A bare code is that of the nation where the nation has it, else one of this document.
    const auto country = bind.model.units.find("00");
    auto nation = country ? bare_code_at(bind, written, *country, ReferenceTo::measure) : std::nullopt;
    if (!nation) nation = require_reference(bind, written, entry.document, entry.unit, ReferenceTo::measure);
    if (!nation) continue;
    const std::string& own = bind.item_of(entry.vertex).spec.unit_name;
    const std::string& other = bind.item_of(*nation).spec.unit_name;
    if (own != other) {
      bind.sink.report(make_diagnostic(Code::J1512, written.span)
                           .arg("alamat", bind.address(*nation))
                           .arg("kunci", "satuan")
                           .arg("nilai_pertama", other)
                           .arg("nilai_kedua", own)
                           .related(bind.item_of(*nation).span, "pertama di sini", "first here"));
      continue;
    }
    bind.item_of(entry.vertex).national = bind.address(*nation);
  }
}

}  // namespace jenjang
