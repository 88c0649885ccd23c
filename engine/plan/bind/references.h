// From what a planner wrote to the unit or vertex it means; a miss is reported with near misses.
#pragma once

#include "engine/plan/bind/bind_context.h"

namespace jenjang {

// An absolute path, `./part` below `base`, or a bare part below it ("dlh" at "64").
std::optional<UnitId> find_unit(const BindContext& bind, std::string_view written, UnitId base);
// The same; J1505 otherwise.
std::optional<UnitId> require_unit(BindContext& bind, const LocatedText& written, UnitId base);

// Which vertices a reference may mean.
enum class ReferenceTo : std::uint8_t { measure, goal_or_measure };
// `KODE@UNIT`, `DOKUMEN#KODE@UNIT`, or a bare code of `document`, near `unit` first. J1204, J1508, J1509.
std::optional<VertexId> require_reference(BindContext& bind, const LocatedText& written, DocumentId document,
                                          UnitId unit, ReferenceTo kind);
// What a bare code means at the unit that is spoken of, whichever document states it there; nullopt for an address, and
// where the code does not stand there.
std::optional<VertexId> bare_code_at(const BindContext& bind, const LocatedText& written, UnitId unit,
                                     ReferenceTo kind);
// The nearest address to "code@unit" among those that exist; empty when none is near.
std::string nearest_address(const BindContext& bind, std::string_view code, UnitId unit);

}  // namespace jenjang
