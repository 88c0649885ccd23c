// Messages about snapshots, in the reader's words where the engine has its own or those of the system.
#pragma once

#include "options.h"

namespace jenjang::cli {

// Limits of the flat engine (J3208, J3209) and causes (J3207, J3212) said in the language of the reader, on stderr.
void complain_of_snapshot(const Options& options, Diagnostic finding);

}  // namespace jenjang::cli
