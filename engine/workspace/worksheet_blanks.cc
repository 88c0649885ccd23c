#include "engine/workspace/worksheet_blanks.h"

#include <vector>

namespace jenjang {
namespace {

// So many criteria are named; the count says the rest.
constexpr std::size_t kNamed = 5;

class BlankFinder {
public:
  BlankFinder(const Model& model, const Facts& facts, const WorksheetDeclaration& sheet)
      : model_(model), facts_(facts), sheet_(sheet) {}

  void report(NodeId total, DiagnosticSink& sink) {
    visit(total);
    // Nothing was read at all: the file has its own finding.
    if (open_.empty() || !any_fact_) return;
    std::string names;
    for (std::size_t i = 0; i < open_.size() && i < kNamed; ++i) names += (i > 0 ? ", " : "") + open_[i];
    if (open_.size() > kNamed) names += ", ...";
    sink.report(make_diagnostic(Code::J1811, first_blank_.valid() ? first_blank_ : sheet_.code_span)
                    .arg("alamat", model_.address(total, sheet_.period))
                    .arg("belum", std::to_string(open_.size()))
                    .arg("kriteria", names)
                    .arg("terjawab", std::to_string(criteria_ - open_.size()))
                    .arg("semua", std::to_string(criteria_)));
  }

private:
  void visit(NodeId node) {
    const auto children = model_.graph.children(node);
    const std::size_t first = children.empty() ? 0 : model_.graph.formula_first_edge(node).index();
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (model_.formula_edges[first + i].role == EdgeRole::judgement) continue;
      if (model_.graph.children(children[i]).empty()) {
        ask(children[i]);
      } else {
        visit(children[i]);
      }
    }
  }

  void ask(NodeId node) {
    ++criteria_;
    bool answered = false;
    SourceSpan blank;
    for (const Fact& fact : facts_.of(node)) {
      const Observation& row = facts_.observation(fact);
      if (row.period != sheet_.period) continue;
      any_fact_ = true;
      answered = answered || row.state == CellState::value || row.state == CellState::not_applicable;
      blank = row.places.number();
    }
    if (answered) return;
    if (!first_blank_.valid()) first_blank_ = blank;
    const std::string& code = model_.item(node).code;
    const std::string prefix = sheet_.code + ".";
    open_.push_back(code.starts_with(prefix) ? code.substr(prefix.size()) : code);
  }

  const Model& model_;
  const Facts& facts_;
  const WorksheetDeclaration& sheet_;
  std::vector<std::string> open_;
  std::size_t criteria_ = 0;
  bool any_fact_ = false;
  SourceSpan first_blank_;
};

}  // namespace

void report_unanswered(const ParsedPlan& plan, const Model& model, const Facts& facts, DiagnosticSink& sink) {
  for (const WorksheetDeclaration& sheet : plan.worksheets) {
    // A sheet that could not be bound has its diagnostic already.
    const auto total = model.find(sheet.code, sheet.unit);
    if (total) BlankFinder(model, facts, sheet).report(*total, sink);
  }
}

}  // namespace jenjang
