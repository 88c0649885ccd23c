#include "score_sheets.h"

#include <algorithm>
#include <array>

#include "jenjang/base/text.h"

#include "command.h"
#include "output.h"

namespace jenjang::cli {
namespace fs = std::filesystem;
namespace {

bool unit_is_known(const ScoreRequest& request) {
  const std::string& unit = request.options.raw.unit;
  if (unit.empty() || !request.has_plan || request.workspace.model().units.find(unit)) return true;
  complain(request.options,
           no_such(request.options.say, "unit", "unit", unit, request.workspace.model().units.paths()));
  return false;
}

std::optional<SheetInput> from_file(const ScoreRequest& request, const Pack& pack, const PackTemplate& tmpl,
                                    const std::string& file) {
  const std::optional<CsvFormat> format = separator_of(request.options);
  const ScoringMode* mode = usable_mode(request, tmpl, request.options.raw.mode);
  if (!format || mode == nullptr) return std::nullopt;
  Workspace& workspace = request.workspace;
  std::optional<LanedWorksheet> sheet =
      read_worksheet_file(file, kMaxWorksheetBytes, *format, pack, tmpl, *mode, workspace.sources(), workspace.sink());
  if (!sheet) return std::nullopt;
  // Evidence lies beside the plan, or beside the worksheet where there is no plan.
  const fs::path beside = request.has_plan ? workspace.plan().folder : fs::path(file).parent_path();
  check_evidence(*sheet, beside.empty() ? fs::path(".") : beside, kMaxWorksheetBytes, workspace.sink());
  SheetInput input{
      fs::path(file).stem().string(), request.options.raw.unit, {}, {}, file, &pack, &tmpl, mode, {}, false};
  input.sheet = *std::move(sheet);
  return input;
}

// What the evaluation of the plan has said about a declared file is not said again.
std::optional<SheetInput> from_declaration(const ScoreRequest& request, const Pack& pack, const PackTemplate& tmpl,
                                           const WorksheetDeclaration& declared) {
  Workspace& workspace = request.workspace;
  const ScoringMode* mode = tmpl.find_mode(declared.mode);
  if (mode == nullptr || !mode->available) return std::nullopt;
  DiagnosticSink said;
  std::optional<LanedWorksheet> sheet = read_worksheet_file(
      declared.feed.file, kMaxWorksheetBytes, declared.feed.format, pack, tmpl, *mode, workspace.sources(), said);
  if (!sheet) return std::nullopt;
  SheetInput input{declared.code,
                   declared.unit,
                   declared.period,
                   declared.title,
                   declared.feed.file.string(),
                   &pack,
                   &tmpl,
                   mode,
                   {},
                   declared.feed.illustrative};
  input.sheet = *std::move(sheet);
  return input;
}

}  // namespace

std::optional<CsvFormat> separator_of(const Options& options) {
  constexpr std::array<std::string_view, 3> kSeparators{",", ";", "tab"};
  const std::string& word = options.raw.separator;
  if (word.empty()) return CsvFormat{};
  const auto found = std::ranges::find(kSeparators, word);
  if (found != kSeparators.end()) return CsvFormat{.separator = word == "tab" ? '\t' : word.front()};
  complain(options, make_diagnostic(Code::J1903, {})
                        .arg("opsi", "--pemisah")
                        .arg("nilai", word)
                        .arg("diminta", ", | ; | tab")
                        .suggest(nearest(word, kSeparators).value_or("")));
  return std::nullopt;
}

const PackTemplate* usable_template(const ScoreRequest& request, const Pack& pack, const std::string& element) {
  return request.workspace.packs().require_template(pack.id + "/" + element, {}, request.workspace.sink());
}

const ScoringMode* usable_mode(const ScoreRequest& request, const PackTemplate& tmpl, const std::string& wanted) {
  if (!wanted.empty()) return request.workspace.packs().require_mode(tmpl, wanted, {}, request.workspace.sink());
  const ScoringMode* only = nullptr;
  std::string choices;
  std::size_t count = 0;
  for (const ScoringMode& mode : tmpl.modes) {
    if (!mode.available) continue;
    only = &mode;
    ++count;
    choices += (choices.empty() ? "" : " | ") + mode.id;
  }
  if (count == 1) return only;
  complain(request.options,
           make_diagnostic(Code::J1904, {}).arg("apa", choices.empty() ? "--mode" : "--mode " + choices));
  return nullptr;
}

std::optional<std::vector<SheetInput>> sheet_inputs(const ScoreRequest& request, const Pack& pack,
                                                    const std::string& element, const std::string& file) {
  const PackTemplate* tmpl = usable_template(request, pack, element);
  if (tmpl == nullptr || !unit_is_known(request)) return std::nullopt;
  std::vector<SheetInput> inputs;
  if (!file.empty()) {
    std::optional<SheetInput> one = from_file(request, pack, *tmpl, file);
    if (!one) return std::nullopt;
    inputs.push_back(*std::move(one));
    return inputs;
  }
  const RawOptions& raw = request.options.raw;
  std::vector<std::string> codes;
  const std::vector<WorksheetDeclaration> none;
  for (const WorksheetDeclaration& declared : request.has_plan ? request.workspace.plan().worksheets : none) {
    if (declared.pack_template != pack.id + "/" + element) continue;
    codes.push_back(declared.code);
    const auto fits = [](const std::string& wanted, const std::string& is) { return wanted.empty() || wanted == is; };
    if (!fits(raw.unit, declared.unit) || !fits(raw.mode, declared.mode) || !fits(raw.worksheet, declared.code))
      continue;
    if (std::optional<SheetInput> one = from_declaration(request, pack, *tmpl, declared)) {
      inputs.push_back(*std::move(one));
    }
  }
  if (!inputs.empty()) return inputs;
  std::string asked = pack.id + "/" + element;
  for (const std::string* word : {&raw.unit, &raw.mode, &raw.worksheet}) asked += word->empty() ? "" : " " + *word;
  complain(request.options, no_such(request.options.say, "lembar kerja", "worksheet", asked, codes));
  return std::nullopt;
}

}  // namespace jenjang::cli
