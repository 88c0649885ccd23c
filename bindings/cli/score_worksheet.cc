// `score --pack PACK`: worksheets scored by themselves, every lane beside the others; and the blank form.
#include <algorithm>

#include "jenjang/explain/explanation.h"
#include "jenjang/intake/intake.h"

#include "command.h"
#include "follow_up.h"
#include "output.h"
#include "score_sheets.h"

namespace jenjang::cli {
namespace {

constexpr std::size_t kLanes = kReviewLaneWords.size();

class SheetTable {
public:
  SheetTable(const ScoreRequest& request, bool detailed) : request_(request), detailed_(detailed) {
    table_.kind = "score";
    table_.columns = {
        {"lembar_kerja", ColumnKind::code},   {"mode", ColumnKind::code},    {"alamat", ColumnKind::code, false},
        {"kode", ColumnKind::code},           {"jenis", ColumnKind::text},   {"uraian", ColumnKind::text},
        {"bobot", ColumnKind::figure},        {"nilai", ColumnKind::figure}, {"predikat", ColumnKind::text},
        {"gerbang", ColumnKind::text, false}, {"status", ColumnKind::text},  {"tanda", ColumnKind::text}};
    for (const std::string_view lane : kReviewLaneWords) {
      table_.columns.push_back({"nilai_" + std::string(lane), ColumnKind::figure});
    }
    for (const std::string_view lane : kReviewLaneWords) {
      table_.columns.push_back({std::string(lane), ColumnKind::text, detailed});
    }
    for (const char* name : {"keadaan", "bukti", "letak", "alasan"}) {
      table_.columns.push_back({name, ColumnKind::text, detailed});
    }
  }

  void add(const SheetInput& input) {
    std::array<std::optional<SheetScore>, kLanes> lanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto which = static_cast<ReviewLane>(lane);
      if (!input.sheet.spoke(which)) continue;
      lanes[lane] = score_sheet(*input.pack, *input.tmpl, input.mode, input.sheet.effective(which));
    }
    const SheetScore counted =
        score_sheet(*input.pack, *input.tmpl, input.mode, input.sheet.effective(ReviewLane::assessor));
    const GatedPredicate predicate = gated_predicate(request_, input, counted, request_.options.say.language);
    if (!predicate.gate.empty()) table_.columns[kGateColumn].in_text = true;
    for (std::size_t i = 0; i < input.tmpl->nodes.size(); ++i) {
      if (input.tmpl->nodes[i].kind == ItemKind::criterion && !detailed_) continue;
      table_.rows.push_back(row(input, counted, lanes, i));
      if (i > 0) continue;
      table_.rows.back()[kGateColumn - 1] = predicate.printed;
      table_.rows.back()[kGateColumn] = predicate.gate;
    }
  }

  [[nodiscard]] const Table& table() const { return table_; }

private:
  static std::string figure(const PackTemplate& tmpl, const SheetNode& node, bool leaf) {
    if (leaf && !node.label.empty()) return node.label;
    if (!node.value) return {};
    if (leaf || tmpl.rounding.mode == RoundingMode::exact) {
      const auto decimal = node.value->to_decimal();
      return decimal ? decimal->to_string() : node.value->to_string();
    }
    return round(*node.value, tmpl.rounding).to_string();
  }

  static bool is_leaf(const PackTemplate& tmpl, std::size_t index) {
    return std::ranges::none_of(tmpl.nodes, [&](const TemplateNode& node) { return node.parent == index; });
  }

  // What a part may give at most: what is written at it, or what its parts may give together.
  static std::optional<Decimal> weight_of(const PackTemplate& tmpl, std::size_t index) {
    if (tmpl.nodes[index].stated_weight) return tmpl.nodes[index].stated_weight;
    std::optional<Decimal> sum;
    for (std::size_t i = index + 1; i < tmpl.nodes.size(); ++i) {
      if (tmpl.nodes[i].parent != index) continue;
      const std::optional<Decimal>& part = tmpl.nodes[i].stated_weight;
      if (!part) return std::nullopt;
      sum = sum ? Decimal::add(*sum, *part) : part;
    }
    return sum;
  }

  static std::string address(const SheetInput& input, const std::string& code, bool root) {
    if (input.unit.empty()) return {};
    const std::string measure = root ? input.name : worksheet_node_code(input.name, code);
    return measure + "@" + input.unit + (input.period ? ":" + input.period->to_string() : std::string());
  }

  [[nodiscard]] std::vector<std::string> row(const SheetInput& input, const SheetScore& counted,
                                             const std::array<std::optional<SheetScore>, kLanes>& lanes,
                                             std::size_t i) const {
    const TemplateNode& node = input.tmpl->nodes[i];
    const bool leaf = is_leaf(*input.tmpl, i);
    const SheetNode& found = counted.nodes[i];
    const std::optional<Decimal> weight = weight_of(*input.tmpl, i);
    const bool waiting = !found.value && !found.missing.empty();
    const CellState state = found.value ? CellState::value : waiting ? CellState::empty : CellState::not_applicable;
    std::string marks = input.illustrative ? "ilustratif" : "";
    if (node.unverified || input.mode->unverified)
      marks += (marks.empty() ? "" : " ") + std::string("belum-diverifikasi");
    std::vector<std::string> cells{input.name,
                                   input.mode->id,
                                   address(input, node.code, i == 0),
                                   node.code,
                                   std::string(to_string(node.kind)),
                                   i == 0 && !input.title.empty() ? input.title : node.title,
                                   weight ? weight->to_string() : "",
                                   figure(*input.tmpl, found, leaf),
                                   leaf ? "" : found.label,
                                   "",
                                   std::string(to_string(state)),
                                   marks};
    for (const std::optional<SheetScore>& lane : lanes) {
      cells.push_back(lane ? figure(*input.tmpl, lane->nodes[i], leaf) : "");
    }
    const CriterionRow* said = leaf ? input.sheet.find(node.code) : nullptr;
    for (std::size_t lane = 0; lane < kLanes; ++lane) cells.push_back(said == nullptr ? "" : said->answer[lane]);
    if (said == nullptr) {
      cells.resize(cells.size() + 4);
    } else {
      const bool states = input.sheet.laned;
      cells.emplace_back(states ? kCriterionStateWords[static_cast<std::size_t>(said->state)] : "");
      cells.insert(cells.end(), {said->evidence, said->place, said->reason});
    }
    return cells;
  }

  static constexpr std::size_t kGateColumn = 9;  // behind `predikat`

  const ScoreRequest& request_;
  bool detailed_;
  Table table_;
};

// The form with every question and nothing in it: what `--worksheet` reads back.
int write_blank(const ScoreRequest& request) {
  const std::size_t said = request.workspace.sink().all().size();
  const PackTemplate* tmpl = usable_template(request, request.pack, request.element);
  const ScoringMode* mode = tmpl == nullptr ? nullptr : usable_mode(request, *tmpl, request.options.raw.mode);
  if (mode == nullptr) {
    (void)finish_score(request, {}, said);
    return kCouldNotRun;
  }
  Table table;
  table.kind = "worksheet";
  for (const std::string& name : worksheet_columns()) {
    table.columns.push_back({name, name == "kode"    ? ColumnKind::code
                                   : name == "bobot" ? ColumnKind::figure
                                                     : ColumnKind::text});
  }
  for (const WorksheetQuestion& question : worksheet_questions(request.pack, *tmpl, mode)) {
    std::vector<std::string> cells(table.columns.size());
    cells[0] = question.code;
    cells[1] = question.title;
    if (question.weight) cells[2] = question.weight->to_string();
    table.rows.push_back(std::move(cells));
  }
  if (request.options.raw.propose && !add_proposals(request, *tmpl, *mode, table)) return kCouldNotRun;
  WriteOptions write = request.options.write;
  // A form is filled in by a spreadsheet, so CSV unless something else is asked for.
  if (!request.options.format) write.format = OutputFormat::csv;
  return finish_score(request, write_table(table, write), said);
}

}  // namespace

int score_template(const ScoreRequest& request) {
  if (request.options.raw.blank) return write_blank(request);
  const std::size_t said = request.workspace.sink().all().size();
  const auto inputs = sheet_inputs(request, request.pack, request.element, request.options.raw.worksheet_file);
  if (!inputs) {
    (void)finish_score(request, {}, said);
    return kCouldNotRun;
  }
  SheetTable table(request, request.options.raw.detailed);
  for (const SheetInput& input : *inputs) {
    report_scored(*input.pack, *input.tmpl, *input.mode, input.sheet, request.workspace.sink());
    const std::optional<Period>& asked = request.options.period;
    if (!request.options.raw.worksheet_file.empty() && asked) {
      report_validity(*input.pack, *asked, request.workspace.sink());
    }
    table.add(input);
    if (input.period) say_open_recommendations(request.options, request.workspace, input.unit, input.period->year());
  }
  return finish_score(request, write_table(table.table(), request.options.write), said);
}

}  // namespace jenjang::cli
