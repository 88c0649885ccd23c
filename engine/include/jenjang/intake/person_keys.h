// Names of persons, beside everything else (decision 0027).
//
// Plans, facts and the journal know persons by key. The table that says whose key is whose is one erasable file, opened
// only for a report that is asked for names: through the disk, never through a source that keeps what was read.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/source_map.h"

namespace jenjang {

using PersonNames = std::map<std::string, std::string, std::less<>>;  // by key

// CSV pegawai,nama,nip with a comma; nip stays unread. A missing file is J1918 (info) and no names; a key given twice
// keeps the first (J1917). `sources` should be one of the caller's own, so that the text goes away with it.
PersonNames read_person_names(const std::filesystem::path& file, const std::string& display_name, std::size_t max_bytes,
                              SourceMap& sources, DiagnosticSink& sink);

}  // namespace jenjang
