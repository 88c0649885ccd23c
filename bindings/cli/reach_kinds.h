// The two questions of `jenjang reach`: over the criteria of a worksheet, and over the figures below a measure.
#pragma once

#include "jenjang/source/csv_reader.h"

#include "session.h"

namespace jenjang::cli {

int reach_worksheet(const Options& options, Session& session);  // reach_worksheet.cc

int reach_figures(const Options& options, Session& session);  // reach_measure.cc

// How a file of costs is written, by --pemisah.
CsvFormat cost_format(const std::string& separator);

// What a warning or an error is reported to, said on stderr; the exit code that follows.
int finish_reach(const Options& options, Session& session, const std::string& rows, const DiagnosticSink& findings);

}  // namespace jenjang::cli
