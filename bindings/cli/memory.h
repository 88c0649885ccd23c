// Memory stated before it is taken: what does not fit is refused with what would (J1921), instead of ending in the
// middle.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "jenjang/workspace/memory_need.h"

#include "options.h"

namespace jenjang::cli {

// What the machine, or the group of processes this one is counted in, has left. nullopt where nothing says so.
std::optional<std::uint64_t> available_memory();
// "6.2 GiB", "512 KiB".
std::string memory_text(std::uint64_t bytes);

// J1921 on stderr and false when `bytes` is more than --memori says, or without it more than is available. `what` and
// `fitting` name the work and the size that would fit. `held` of the bytes are taken already: what the system has left
// is left beside them.
bool fits_in_memory(const Options& options, std::uint64_t bytes, const std::string& what,
                    const std::function<std::string(std::uint64_t available)>& fitting, std::uint64_t held = 0);
// The same for a plan of so many measures.
bool need_fits_in_memory(const Options& options, const MemoryNeed& need);
// For recording the rows of a CSV file, which stay in memory together until all are known to be good. Reads the file
// once; true of one that cannot be read, for whoever reads it next says why.
bool rows_fit_in_memory(const Options& options, const std::string& file);
// For evaluating a loaded plan and listing what came out.
bool plan_fits_in_memory(const Options& options, const Workspace& workspace, Listing listing);

}  // namespace jenjang::cli
