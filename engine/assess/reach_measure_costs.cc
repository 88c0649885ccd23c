// The file of costs of `reach` over carried achievements: kode,biaya.
#include <algorithm>
#include <array>
#include <set>

#include "jenjang/assess/reach_measure.h"
#include "jenjang/base/text.h"

#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 2> kRequired{"kode", "biaya"};
constexpr std::array<std::string_view, 1> kOptional{"catatan"};
const Decimal kLargestCost(1'000'000'000'000);

}  // namespace

std::vector<MeasureCost> read_measure_costs(FileId file, const SourceMap& sources, const CsvFormat& format,
                                            const Model& model, NodeId node, DiagnosticSink& sink) {
  const std::optional<CsvTable> table = parse_csv(file, sources, format, sink);
  if (!table || !table->expect_columns(kRequired, kOptional, sink)) return {};
  report_doubtful_figures(*table, "biaya", format, sink);
  std::vector<std::string> known;
  std::string listed;
  rollup::for_each_tie(model, node, [&](const rollup::Tie& tie) {
    for (const std::string& word : {model.item(tie.child).code, model.address(tie.child)}) {
      if (std::ranges::find(known, word) != known.end()) continue;
      known.push_back(word);
      listed += (listed.empty() ? "" : ", ") + word;
    }
  });
  const auto refuse = [&](const std::string& code, std::string_view found, std::string_view wanted,
                          const CsvCell& cell) {
    Diagnostic finding =
        make_diagnostic(Code::J3120, cell.span).arg("kode", code).arg("ditemukan", found).arg("diminta", wanted);
    if (found == code) finding.suggestion = nearest(code, known).value_or("");
    sink.report(std::move(finding));
  };
  std::vector<MeasureCost> costs;
  std::set<std::string> seen;
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    const CsvCell& at = table->cell(row, *table->column("kode"));
    const CsvCell& cell = table->cell(row, *table->column("biaya"));
    const std::string code(trim(at.text));
    if (std::ranges::find(known, code) == known.end()) {
      refuse(code, code, listed.empty() ? std::string_view("-") : std::string_view(listed), at);
      continue;
    }
    if (!seen.insert(code).second) {
      refuse(code, "2 x", "1 x", at);
      continue;
    }
    if (trim(cell.text).empty()) continue;
    const std::optional<Decimal> value = read_decimal(cell, format, sink);
    if (!value) continue;
    // A free step could be taken without end and would price nothing.
    if (value->is_negative() || value->is_zero() || *value > kLargestCost) {
      refuse(code, trim(cell.text), "> 0 .. 1000000000000", cell);
      continue;
    }
    costs.push_back({code, *value});
  }
  return costs;
}

}  // namespace jenjang
