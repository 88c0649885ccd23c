// The file of costs: kode,jawaban,biaya,prasyarat.
#include <algorithm>
#include <array>
#include <set>

#include "jenjang/assess/reach_sheet.h"
#include "jenjang/base/text.h"

#include "engine/assess/reach_linear.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 1> kRequired{"kode"};
constexpr std::array<std::string_view, 4> kOptional{"jawaban", "biaya", "prasyarat", "catatan"};
// Beyond this the sum of a whole plan could leave 64 bits.
const Decimal kLargestCost(1'000'000'000'000);
constexpr int kCostPlaces = 2;

class CostReader {
public:
  CostReader(const CsvTable& table, const CsvFormat& format, const Pack& pack, const PackTemplate& tmpl,
             const ScoringMode* mode, DiagnosticSink& sink)
      : table_(table), format_(format), pack_(pack), tmpl_(tmpl), mode_(mode), sink_(sink) {
    std::set<std::size_t> parents;
    for (const TemplateNode& node : tmpl.nodes) parents.insert(node.parent);
    for (std::size_t i = 0; i < tmpl.nodes.size(); ++i) {
      const TemplateNode& node = tmpl.nodes[i];
      if (!parents.contains(i)) scales_[node.code] = answer_scale_of(pack, mode, node);
      const ShareTable* shares = tmpl.share_table_for(node.code);
      if (shares == nullptr) continue;
      for (const ShareRow& row : shares->rows) {
        for (const std::string& key : row.judgements) {
          scales_[node.code + "/" + key] = answer_scale_of(pack, mode, node);
        }
      }
    }
    for (const auto& [code, scale] : scales_) codes_.push_back(code);
  }

  std::vector<ReachCost> read() {
    std::vector<ReachCost> costs;
    std::map<std::pair<std::string, std::string>, SourceSpan> seen;
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
      ReachCost cost;
      cost.code = std::string(trim(text(row, "kode")));
      cost.answer = std::string(trim(text(row, "jawaban")));
      cost.code_span = table_.cell(row, *table_.column("kode")).span;
      if (!is_known(cost.code, cost.code_span)) continue;
      if (!cost.answer.empty() && !has_answer(cost.code, cost.answer, span(row, "jawaban"))) continue;
      const auto [earlier, fresh] = seen.try_emplace({cost.code, cost.answer}, cost.code_span);
      if (!fresh) {
        refuse(cost.answer.empty() ? cost.code : cost.code + " " + cost.answer, "2 x", "1 x", cost.code_span, {});
        continue;
      }
      if (!read_cost(row, cost) || !read_needs(row, cost)) continue;
      costs.push_back(std::move(cost));
    }
    return costs;
  }

private:
  [[nodiscard]] std::string_view text(std::size_t row, std::string_view column) const {
    const std::optional<std::size_t> at = table_.column(column);
    return at ? table_.cell(row, *at).text : std::string_view();
  }
  [[nodiscard]] SourceSpan span(std::size_t row, std::string_view column) const {
    return table_.cell(row, table_.column(column).value_or(*table_.column("kode"))).span;
  }

  void refuse(const std::string& code, std::string_view found, std::string_view wanted, SourceSpan at,
              std::string suggestion) {
    Diagnostic finding =
        make_diagnostic(Code::J3120, at).arg("kode", code).arg("ditemukan", found).arg("diminta", wanted);
    finding.suggestion = std::move(suggestion);
    sink_.report(std::move(finding));
  }

  bool is_known(const std::string& code, SourceSpan at) {
    if (scales_.contains(code)) return true;
    Diagnostic finding = make_diagnostic(Code::J3100, at).arg("kode", code).arg("templat", pack_.id + "/" + tmpl_.id);
    finding.suggestion = nearest(code, codes_).value_or("");
    sink_.report(std::move(finding));
    return false;
  }

  bool has_answer(const std::string& code, const std::string& answer, SourceSpan at) {
    const Scale* scale = scales_.find(code)->second;
    if (scale != nullptr && scale->find_grade(answer)) return true;
    std::vector<std::string> labels;
    if (scale != nullptr) {
      for (const GradePoint& grade : scale->grades) labels.push_back(grade.label);
    }
    std::string wanted;
    for (const std::string& label : labels) wanted += (wanted.empty() ? "" : ", ") + label;
    refuse(code, answer, wanted.empty() ? "-" : wanted, at, nearest(answer, labels).value_or(""));
    return false;
  }

  bool read_cost(std::size_t row, ReachCost& cost) {
    if (trim(text(row, "biaya")).empty()) return true;
    const CsvCell& cell = table_.cell(row, *table_.column("biaya"));
    const std::optional<Decimal> value = read_decimal(cell, format_, sink_);
    if (!value) return false;
    if (value->is_negative() || *value > kLargestCost || !value->rescaled(kCostPlaces)) {
      refuse(cost.code, trim(cell.text), "0 .. 1000000000000, 0.01", cell.span, {});
      return false;
    }
    cost.cost = value;
    return true;
  }

  bool read_needs(std::size_t row, ReachCost& cost) {
    bool good = true;
    cost.needs_span = span(row, "prasyarat");
    for (const std::string_view word : split(text(row, "prasyarat"), ' ')) {
      if (trim(word).empty()) continue;
      const std::size_t equals = word.find('=');
      ReachPrerequisite need{std::string(trim(word.substr(0, equals))), {}};
      if (equals != std::string_view::npos) need.answer = std::string(trim(word.substr(equals + 1)));
      if (is_known(need.code, cost.needs_span) &&
          (need.answer.empty() || has_answer(need.code, need.answer, cost.needs_span))) {
        cost.needs.push_back(std::move(need));
      } else {
        good = false;
      }
    }
    return good;
  }

  const CsvTable& table_;
  const CsvFormat& format_;
  const Pack& pack_;
  const PackTemplate& tmpl_;
  const ScoringMode* mode_;
  DiagnosticSink& sink_;
  std::map<std::string, const Scale*, std::less<>> scales_;  // of criteria and judgements, by code
  std::vector<std::string> codes_;
};

}  // namespace

std::vector<ReachCost> read_reach_costs(FileId file, const SourceMap& sources, const CsvFormat& format,
                                        const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                                        DiagnosticSink& sink) {
  const std::optional<CsvTable> table = parse_csv(file, sources, format, sink);
  if (!table || !table->expect_columns(kRequired, kOptional, sink)) return {};
  report_doubtful_figures(*table, "biaya", format, sink);
  return CostReader(*table, format, pack, tmpl, mode, sink).read();
}

}  // namespace jenjang
