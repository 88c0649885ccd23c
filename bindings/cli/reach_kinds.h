// The two questions of `jenjang reach`: over the criteria of a worksheet, and over the figures below a measure.
#pragma once

#include "session.h"

namespace jenjang::cli {

int reach_worksheet(const Options& options, Session& session);  // reach_worksheet.cc

int reach_figures(const Options& options, Session& session);  // reach_measure.cc

// What a warning or an error is reported to, said on stderr; the exit code that follows.
int finish_reach(const Options& options, Session& session, const std::string& rows, const DiagnosticSink& findings);

}  // namespace jenjang::cli
