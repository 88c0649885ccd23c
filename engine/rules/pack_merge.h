// `perluas`: a pack written as changes to another one.
//
// The two trees are merged before reading, so that one strict reader serves both and every value
// keeps the span of the file it came from. Lists whose entries carry `kode` merge by it (`hapus: ya`
// removes an entry, a new code is appended); every other list is replaced whole, because the order of
// bands, grades and rows is their meaning. `kasus` and what the base says of itself as a whole are
// not inherited.
#pragma once

#include "jenjang/source/yaml_reader.h"

namespace jenjang {

// A changed value does not keep the article of the value it replaced: an entry that changes something
// takes the `pasal` or `status` that the change gives it or says around it, else J1409.
YamlNode merge_pack(const YamlNode& base, const YamlNode& change, DiagnosticSink& sink);

}  // namespace jenjang
