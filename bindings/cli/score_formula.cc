// `score --pack PACK/RUMUS`: rows of inputs computed by a formula sheet of the pack.
#include <algorithm>

#include "jenjang/report/formula_report.h"
#include "jenjang/workspace/formula_sheets.h"

#include "command.h"
#include "output.h"
#include "score_kinds.h"

namespace jenjang::cli {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;

// The file that --data names, with the separator of --pemisah; a file with semicolons has a decimal comma.
std::optional<FormulaSheet> given_sheet(const ScoreRequest& request, const std::string& name) {
  const RawOptions& raw = request.options.raw;
  FormulaSheetDeclaration declared;
  declared.pack_formula = name;
  declared.feed.file = raw.data;
  declared.feed.display_name = raw.data;
  declared.code = std::filesystem::path(raw.data).stem().string();
  if (!raw.separator.empty()) declared.feed.format.separator = raw.separator == "tab" ? '\t' : raw.separator.front();
  if (declared.feed.format.separator == ';') declared.feed.format.decimal_point = ',';
  const FormulaSheetReader reader{request.workspace.packs(),
                                  kMostBytes,
                                  request.workspace.sources(),
                                  request.workspace.sink(),
                                  disk(),
                                  {},
                                  request.has_plan ? &request.workspace.model().units : nullptr};
  return reader.read(declared);
}

// The header of a file of rows, to be filled in.
int write_blank(const ScoreRequest& request, const PackFormula& formula) {
  Table table;
  table.kind = "formula-rows";
  for (const char* name : {"kunci", "unit", "periode"}) table.columns.push_back({name, ColumnKind::code});
  for (const FormulaInput& input : formula.inputs) {
    table.columns.push_back({input.code, input.type == FormulaType::number ? ColumnKind::figure : ColumnKind::text});
  }
  WriteOptions write = request.options.write;
  // It is filled in by a spreadsheet, so CSV unless something else is asked for.
  if (!request.options.format) write.format = OutputFormat::csv;
  return finish_score(request, write_table(table, write), request.workspace.sink().all().size());
}

}  // namespace

int score_formula(const ScoreRequest& request) {
  const RawOptions& raw = request.options.raw;
  const std::string name = request.pack.id + "/" + request.element;
  const std::size_t said = request.workspace.sink().all().size();
  if (raw.blank) return write_blank(request, *request.pack.formula(request.element));
  std::vector<FormulaSheet> sheets;
  if (!raw.data.empty()) {
    if (auto sheet = given_sheet(request, name)) sheets.push_back(*std::move(sheet));
    if (sheets.empty()) {
      (void)finish_score(request, {}, said);
      return kCouldNotRun;
    }
  } else {
    std::vector<std::string> known;
    for (const FormulaSheet& sheet : request.workspace.formula_sheets()) {
      const std::string formula = sheet.pack->id + "/" + sheet.formula->id;
      if (std::ranges::find(known, formula) == known.end()) known.push_back(formula);
      const bool wanted = raw.worksheet.empty() || raw.worksheet == sheet.code;
      if (formula == name && wanted) sheets.push_back(sheet);
    }
    if (sheets.empty()) {
      complain(request.options, no_such(request.options.say, "lembar hitung menurut rumus",
                                        "formula sheet by the formula", name, known));
      return kCouldNotRun;
    }
  }
  return finish_score(request, write_table(formula_table(sheets, request.options.say.language), request.options.write),
                      said);
}

}  // namespace jenjang::cli
