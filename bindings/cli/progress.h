// What a command does while somebody waits: a line of progress on the error stream, and an end when asked.
//
// SIGINT and SIGTERM raise a flag and nothing else; the work sees it at its next look (jenjang/base/watch.h) and ends
// in Stopped. Another signal after a second or more ends the program as ever.
#pragma once

#include "jenjang/base/watch.h"

#include "options.h"

namespace jenjang::cli {

// The one watch of the program, from the first call on. Call it in the main thread, with `options` checked.
const Watch& watch_for(const Options& options);
// Takes the line off the terminal: before anything else is written there. Nothing where there is none.
void clear_progress();
// The name of a stage, for J1920 and the line.
std::string stage_name(Stage stage, const Speech& say);

}  // namespace jenjang::cli
