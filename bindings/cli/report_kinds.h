// What `jenjang report --kind` can be about, where a kind has a file of its own.
#pragma once

#include "session.h"

namespace jenjang::cli {

int report_evaluation(const Options& options, Session& session);  // report_evaluation.cc

}  // namespace jenjang::cli
