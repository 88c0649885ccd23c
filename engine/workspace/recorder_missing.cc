// Rows of the plan's feeds that the journal never had: with a journal only the journal counts.
#include <string>
#include <unordered_set>

#include "jenjang/workspace/recorder.h"

#include "engine/facts/address_binder.h"
#include "engine/workspace/observations.h"
#include "engine/workspace/recorder_binding.h"

namespace jenjang {
namespace {

constexpr std::size_t kExamples = 3;

// A figure of a cell in one text. Numbers without trailing zeros: 7.50 is the 7.5 that was recorded.
std::string key_of(const Model& model, const Observation& row, std::string_view path) {
  const std::optional<UnitId> unit = model.units.find(path);
  const std::string content = row.grade.empty() && row.state == CellState::value ? row.number.normalised().to_string()
                                                                                 : recording::describe(row);
  return row.code + "@" + (unit ? model.units[*unit].path : KeptText(path)) + ':' + row.period.to_string() + '=' +
         content;
}

}  // namespace

std::vector<Diagnostic> unrecorded_rows(const ParsedPlan& plan, const Model& model, const Replay& recorded,
                                        const FileSource& files, std::size_t max_bytes, SourceMap& sources) {
  std::vector<Diagnostic> findings;
  if (plan.feeds.empty()) return findings;
  std::unordered_set<std::string> keys;
  for (const auto* figures : {&recorded.observations, &recorded.superseded})
    for (const Observation& figure : *figures) keys.insert(key_of(model, figure, figure.unit));
  for (const FeedDeclaration& feed : plan.feeds) {
    // A feed that is away is no gap: what it held may be in the journal long since.
    Result<std::string> text = files.read(feed.file, max_bytes);
    if (!text) continue;
    const FileId file = sources.add(feed.display_name, std::move(text).value());
    DiagnosticSink unheard;  // bad rows cannot be recorded either; `record` and `check` tell them
    const std::vector<Observation> rows = read_realisations(file, sources, format_of(feed), unheard);
    facts::AddressBinder binder(model, unheard);
    std::size_t missing = 0;
    std::string examples;
    SourceSpan first;
    for (const Observation& row : rows) {
      const std::optional<NodeId> node = binder.bind(row);
      if (!node || keys.contains(key_of(model, row, model.unit(*node).path))) continue;
      if (missing == 0) first = row.places.address();
      if (missing < kExamples) examples += (missing == 0 ? "" : ", ") + model.address(*node, row.period);
      ++missing;
    }
    if (missing == 0) continue;
    findings.push_back(make_diagnostic(Code::J3032, first)
                           .arg("jumlah", std::to_string(missing))
                           .arg("dari", std::to_string(rows.size()))
                           .arg("berkas", feed.display_name)
                           .arg("contoh", examples));
  }
  return findings;
}

}  // namespace jenjang
