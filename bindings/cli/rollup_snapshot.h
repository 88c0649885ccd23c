// `jenjang rollup PLAN --snapshot FILE`: rows from a snapshot and the journal entries after it.
#pragma once

#include "options.h"

namespace jenjang::cli {

int rollup_from_snapshot(const Options& options, const std::string& plan);

}  // namespace jenjang::cli
