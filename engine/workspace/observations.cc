#include "engine/workspace/observations.h"

#include <iterator>

#include "jenjang/base/result.h"
#include "jenjang/workspace/worksheet_file.h"

namespace jenjang {
namespace {

// The source map may move short texts while it grows, so every table of views is used up before
// the next file is added.
std::optional<FileId> open(const FeedDeclaration& feed, const ObservationReader& context) {
  Result<std::string> text = context.files.read(feed.file, context.max_bytes);
  if (text) return context.sources.add(feed.display_name, std::move(text).value());
  Diagnostic failure = text.failure();
  failure.primary = feed.span;
  context.sink.report(std::move(failure));
  return std::nullopt;
}

}  // namespace

bool answers_are_yes_no(const PackLibrary& packs, const std::string& pack_template, const std::string& mode) {
  const PackTemplate* found = packs.find_template(pack_template);
  if (found == nullptr) return false;
  for (const ScoringMode& candidate : found->modes) {
    if (candidate.id == mode) return candidate.rule == "syarat-kriteria";
  }
  return false;
}

FeedFormat format_of(const FeedDeclaration& feed) {
  return {feed.format,     feed.authority, feed.validated_states, feed.source, feed.illustrative,
          feed.unverified, feed.taken};
}

WorksheetTarget target_of(const WorksheetDeclaration& sheet, const PackLibrary& packs) {
  WorksheetTarget target;
  target.code = sheet.code;
  target.unit = sheet.unit;
  target.period = sheet.period;
  target.mode = sheet.mode;
  target.yes_no = answers_are_yes_no(packs, sheet.pack_template, sheet.mode);
  target.source = sheet.feed.source;
  target.illustrative = sheet.feed.illustrative;
  target.unverified = sheet.feed.unverified;
  return target;
}

namespace {

void append(std::vector<Observation>& all, std::vector<Observation> rows) {
  if (all.empty()) {
    all = std::move(rows);
    return;
  }
  all.insert(all.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}

}  // namespace

std::vector<Observation> ObservationReader::read(const ParsedPlan& plan) const {
  std::vector<Observation> all = read_feeds(plan);
  append(all, read_worksheets(plan));
  return all;
}

std::vector<Observation> ObservationReader::read_feeds(const ParsedPlan& plan) const {
  std::vector<Observation> all;
  for (const FeedDeclaration& feed : plan.feeds) {
    const std::optional<FileId> file = open(feed, *this);
    if (!file) continue;
    std::vector<Observation> rows = read_realisations(*file, sources, format_of(feed), sink, threads, watch);
    const SharedText workflow = feed.workflow;
    if (!workflow.empty()) {
      for (Observation& row : rows) row.workflow = workflow;
    }
    append(all, std::move(rows));
  }
  return all;
}

std::vector<Observation> ObservationReader::read_worksheets(const ParsedPlan& plan) const {
  std::vector<Observation> all;
  for (const WorksheetDeclaration& sheet : plan.worksheets) {
    const std::optional<FileId> file = open(sheet.feed, *this);
    if (!file) continue;
    append(all, worksheet_observations(declared_answers(sheet, *file, packs, sources, evidence_folder, max_bytes, sink),
                                       target_of(sheet, packs), sink));
  }
  return all;
}

}  // namespace jenjang
