// `score --pack OLD --against NEW`: one year under two rule sets, split into data, rule and interaction.
#include <algorithm>

#include "jenjang/assess/attribution.h"

#include "command.h"
#include "output.h"
#include "score_sheets.h"

namespace jenjang::cli {
namespace {

// A single file holds the answers to both packs' questions: what only one of them asks is no mistake under the other.
void report_common(const DiagnosticSink& mine, const PackTemplate& other, DiagnosticSink& sink) {
  for (const Diagnostic& found : mine.all()) {
    const auto code = std::ranges::find(found.args, "kode", &DiagnosticArg::name);
    const bool asked_there = found.code == Code::J3100 && code != found.args.end() &&
                             other.find_node(code->value.substr(0, code->value.find('/'))) != SIZE_MAX;
    if (!asked_there) sink.report(found);
  }
}

class Comparison {
public:
  explicit Comparison(const ScoreRequest& request) : request_(request), raw_(request.options.raw) {}

  std::optional<RuleComparison> make() {
    const std::string name = raw_.against.substr(0, raw_.against.find('/'));
    const Pack* newer = request_.workspace.packs().find(name);
    if (newer == nullptr) {
      complain(request_.options,
               no_such(request_.options.say, "paket", "pack", name, request_.workspace.packs().ids()));
      return std::nullopt;
    }
    const std::string element =
        raw_.against.size() > name.size() ? raw_.against.substr(name.size() + 1) : request_.element;
    if (!rules(request_.pack, request_.element, old_) || !rules(*newer, element, new_)) return std::nullopt;
    if (!read(old_, new_, raw_.worksheet_file, old_data_)) return std::nullopt;
    const std::string& second = raw_.worksheet_against.empty() ? raw_.worksheet_file : raw_.worksheet_against;
    if (second.empty() ? !same_sheet() : !read(new_, old_, second, new_data_)) return std::nullopt;
    Result<RuleComparison> result = compare_rules(
        old_, old_data_, new_, new_data_, raw_.detailed ? AttributionLevel::finest : AttributionLevel::sub_components);
    if (!result) {
      request_.workspace.sink().report(result.failure());
      return std::nullopt;
    }
    return std::move(result).value();
  }
  [[nodiscard]] const RuleSet& newer() const { return new_; }

private:
  bool rules(const Pack& pack, const std::string& element, RuleSet& into) const {
    into.pack = &pack;
    into.tmpl = usable_template(request_, pack, element);
    into.mode = into.tmpl == nullptr ? nullptr : usable_mode(request_, *into.tmpl, raw_.mode);
    return into.mode != nullptr;
  }

  // `file` empty: the plan's own worksheet under these rules.
  bool read(const RuleSet& mine, const RuleSet& other, const std::string& file, SheetAnswers& into) {
    if (file.empty()) {
      const auto inputs = sheet_inputs(request_, *mine.pack, request_.element, file);
      if (!inputs) return false;
      if (inputs->size() > 1) {
        complain(request_.options, make_diagnostic(Code::J1904, {}).arg("apa", "--unit | --lembar-kerja"));
        return false;
      }
      into = inputs->front().sheet.effective(ReviewLane::assessor);
      return true;
    }
    DiagnosticSink found;
    const auto format = separator_of(request_.options);
    if (!format) return false;
    const auto sheet = read_worksheet_file(file, kMaxWorksheetBytes, *format, *mine.pack, *mine.tmpl, *mine.mode,
                                           request_.workspace.sources(), found);
    report_common(found, *other.tmpl, request_.workspace.sink());
    if (!sheet) return false;
    into = sheet->effective(ReviewLane::assessor);
    return true;
  }

  // One declared worksheet under both packs: the newer one is asked what it shares with the older.
  bool same_sheet() {
    new_data_ = old_data_;
    return true;
  }

  const ScoreRequest& request_;
  const RawOptions& raw_;
  RuleSet old_, new_;
  SheetAnswers old_data_, new_data_;
};

std::string exact(const Rational& value) {
  const auto decimal = value.to_decimal();
  return decimal ? decimal->to_string() : value.to_string();
}

class DifferenceTable {
public:
  explicit DifferenceTable(Rounding rounding) : rounding_(rounding) {
    table_.kind = "score_against";
    table_.columns = {{"kode", ColumnKind::code},          {"uraian", ColumnKind::text},
                      {"nilai_lama", ColumnKind::figure},  {"nilai_baru", ColumnKind::figure},
                      {"selisih", ColumnKind::figure},     {"data", ColumnKind::figure},
                      {"aturan", ColumnKind::figure},      {"interaksi", ColumnKind::figure},
                      {"predikat_lama", ColumnKind::text}, {"predikat_baru", ColumnKind::text}};
    for (const char* name : {"selisih_tepat", "data_tepat", "aturan_tepat", "interaksi_tepat"}) {
      table_.columns.push_back({name, ColumnKind::figure, false});
    }
  }
  void add(const RuleDifference& item, const std::string& before = {}, const std::string& after = {}) {
    const Rational difference = item.after - item.before;
    table_.rows.push_back({item.code, item.title, figure(item.before), figure(item.after), figure(difference),
                           figure(item.data), figure(item.rule), figure(item.interaction), before, after,
                           exact(difference), exact(item.data), exact(item.rule), exact(item.interaction)});
  }
  [[nodiscard]] const Table& table() const { return table_; }

private:
  [[nodiscard]] std::string figure(const Rational& value) const {
    return rounding_.mode == RoundingMode::exact ? exact(value) : round(value, rounding_).to_string();
  }
  Rounding rounding_;
  Table table_;
};

}  // namespace

int score_against(const ScoreRequest& request) {
  const std::size_t said = request.workspace.sink().all().size();
  Comparison comparison(request);
  const std::optional<RuleComparison> result = comparison.make();
  if (!result) {
    const int code = finish_score(request, {}, said);
    return code == kFindings ? code : kCouldNotRun;
  }
  DifferenceTable table(comparison.newer().tmpl->rounding);
  table.add(result->total, result->before.predicate, result->after.predicate);
  for (const RuleDifference& item : result->items) table.add(item);
  return finish_score(request, write_table(table.table(), request.options.write), said);
}

}  // namespace jenjang::cli
