// What is still open of earlier evaluations, said beside a score.
#pragma once

#include "options.h"

namespace jenjang::cli {

// One line on stderr: how many recommendations of the year before were followed up, and which of any earlier year are
// open. Nothing when none is on record, nor with JSON.
void say_open_recommendations(const Options& options, const Workspace& workspace, const std::string& unit, int year);

}  // namespace jenjang::cli
