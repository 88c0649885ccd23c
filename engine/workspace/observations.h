// From the files that a plan declares to one list of observations.
#pragma once

#include <vector>

#include "jenjang/intake/intake.h"
#include "jenjang/plan/plan.h"

namespace jenjang {

struct ObservationReader {
  const PackLibrary& packs;
  std::size_t max_bytes;
  SourceMap& sources;
  DiagnosticSink& sink;
  const FileSource& files = disk();
  // Where the evidence that worksheets name is looked for; empty: nowhere, as under copies of another day.
  std::filesystem::path evidence_folder{};
  unsigned threads = 1;  // for one file; rows and findings are the same for any number
  const Watch* watch = nullptr;

  // Feeds, then worksheets, in order of declaration. A file that cannot be read is a diagnostic at
  // the place that names it; the others are read all the same.
  [[nodiscard]] std::vector<Observation> read(const ParsedPlan& plan) const;
  [[nodiscard]] std::vector<Observation> read_feeds(const ParsedPlan& plan) const;
  [[nodiscard]] std::vector<Observation> read_worksheets(const ParsedPlan& plan) const;
};

// True when the answers of that worksheet are ya | tidak: its mode grades by share of criteria met.
bool answers_are_yes_no(const PackLibrary& packs, const std::string& pack_template, const std::string& mode);

// How a declared file is read, and where the answers of a declared worksheet go: the same for a run and for `record`.
FeedFormat format_of(const FeedDeclaration& feed);
WorksheetTarget target_of(const WorksheetDeclaration& sheet, const PackLibrary& packs);

}  // namespace jenjang
