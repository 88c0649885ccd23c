// Scales of packs, copied into the Model once each, with the gates that stand on them.
#pragma once

#include "engine/plan/bind/bind_context.h"

namespace jenjang {

// What a use of a scale asks of it.
enum class ScaleUse : std::uint8_t { bands, grades, either };
// "sakip-2021/predikat" as written at `place`, under the key `key`. Unknown: J1411; empty slot: J1412;
// wrong kind: J1525. Invalid id then.
ScaleId require_scale(BindContext& bind, std::string_view qualified, SourceSpan place, std::string_view key,
                      ScaleUse use);
// A name inside a pack; already qualified names stay as they are.
std::string qualified_name(std::string_view pack, std::string_view name);

}  // namespace jenjang
