#include "jenjang/workspace/worksheet_file.h"

#include <map>

#include "jenjang/base/result.h"
#include "jenjang/journal/entry.h"

namespace jenjang {
namespace fs = std::filesystem;
namespace {

constexpr auto kLastLane = static_cast<std::size_t>(ReviewLane::assessor);

// The answer that counts, with the place it stands at; blank where none does.
WorksheetAnswer counted(const CriterionRow& row) {
  WorksheetAnswer answer;
  answer.code = row.code;
  answer.code_span = row.span;
  answer.evidence = row.evidence;
  answer.answer_span = row.answer_span[kLastLane].valid() ? row.answer_span[kLastLane] : row.span;
  const std::size_t first = row.state == CriterionState::rejected ? 1 : 0;
  for (std::size_t lane = kLastLane + 1; lane-- > first;) {
    if (row.answer[lane].empty()) continue;
    answer.answer = row.answer[lane];
    answer.note = row.note[lane];
    answer.answer_span = row.answer_span[lane];
    answer.lane = kReviewLaneWords[lane];
    break;
  }
  return answer;
}

}  // namespace

std::optional<LanedWorksheet> read_worksheet_file(const fs::path& path, std::size_t max_bytes, const CsvFormat& format,
                                                  const Pack& pack, const PackTemplate& tmpl, const ScoringMode& mode,
                                                  SourceMap& sources, DiagnosticSink& sink) {
  Result<std::string> text = read_file(path, max_bytes);
  if (!text) {
    sink.report(text.failure());
    return std::nullopt;
  }
  const FileId file = sources.add(path.string(), std::move(text).value());
  return read_laned_worksheet(file, sources, format, pack, tmpl, mode, sink);
}

void check_evidence(const LanedWorksheet& sheet, const fs::path& folder, std::size_t max_bytes, DiagnosticSink& sink) {
  std::map<std::string, std::string> digests;  // by name; empty: not readable
  for (const CriterionRow& row : sheet.rows) {
    if (row.digest.empty() || row.evidence.empty()) continue;
    const auto [known, fresh] = digests.try_emplace(row.evidence);
    if (fresh) {
      if (const Result<std::string> text = read_file(folder / row.evidence, max_bytes)) {
        known->second = to_hex(digest_of(text.value()));
      }
    }
    if (known->second.empty()) {
      sink.report(make_diagnostic(Code::J3107, row.span).arg("berkas", row.evidence).arg("kode", row.code));
    } else if (known->second != row.digest) {
      sink.report(make_diagnostic(Code::J3106, row.span)
                      .arg("berkas", row.evidence)
                      .arg("kode", row.code)
                      .arg("ditemukan", known->second)
                      .arg("tercatat", row.digest));
    }
  }
}

std::vector<WorksheetAnswer> declared_answers(const WorksheetDeclaration& declared, FileId file,
                                              const PackLibrary& packs, const SourceMap& sources,
                                              const fs::path& evidence_folder, std::size_t max_bytes,
                                              DiagnosticSink& sink) {
  const Pack* pack = packs.find(declared.pack_template.substr(0, declared.pack_template.find('/')));
  const PackTemplate* tmpl = packs.find_template(declared.pack_template);
  const ScoringMode* mode = tmpl == nullptr ? nullptr : tmpl->find_mode(declared.mode);
  // A worksheet that cannot be bound has its diagnostic at its declaration.
  if (pack == nullptr || mode == nullptr || !has_lanes(file, sources, declared.feed.format)) {
    return read_worksheet(file, sources, declared.feed.format, sink);
  }
  const LanedWorksheet sheet = read_laned_worksheet(file, sources, declared.feed.format, *pack, *tmpl, *mode, sink);
  if (!evidence_folder.empty()) check_evidence(sheet, evidence_folder, max_bytes, sink);
  std::vector<WorksheetAnswer> answers;
  answers.reserve(sheet.rows.size());
  for (const CriterionRow& row : sheet.rows) answers.push_back(counted(row));
  return answers;
}

}  // namespace jenjang
