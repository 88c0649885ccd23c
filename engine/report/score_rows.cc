#include "jenjang/report/score.h"

#include "engine/explain/figures.h"
#include "engine/explain/tree_builder.h"

namespace jenjang {
namespace {

class ScoreRowMaker {
public:
  ScoreRowMaker(const ExplainContext& context, const ScoredWorksheet& worksheet, ScoreDetail detail, Language language)
      : context_(context), worksheet_(worksheet), detail_(detail), language_(language), figures_(context, Lane::all) {}

  std::vector<ScoreRow> make() {
    slot_ = context_.result.grid().find(worksheet_.period);
    visit(worksheet_.total, "");
    return std::move(rows_);
  }

private:
  [[nodiscard]] bool is_shown(ItemKind kind) const {
    switch (kind) {
      case ItemKind::pack_total:
      case ItemKind::component:
        return true;
      case ItemKind::sub_component:
        return detail_ != ScoreDetail::components;
      case ItemKind::criterion:
        return detail_ == ScoreDetail::criteria;
      default:
        return false;
    }
  }

  void visit(NodeId node, const std::string& weight) {
    const Model& model = context_.model;
    const Item& item = model.item(node);
    if (node == worksheet_.total || is_shown(item.kind)) rows_.push_back(row_of(node, weight));
    const std::span<const NodeId> children = model.graph.children(node);
    for (std::size_t i = 0; i < children.size(); ++i) {
      const FormulaEdge& edge = model.formula_edges[model.graph.formula_first_edge(node).index() + i];
      visit(children[i], edge.role == EdgeRole::judgement ? "" : edge.weight.to_string());
    }
  }

  // A sub-component's factor turns its grade, out of 100, into points; what stands above it sums those.
  [[nodiscard]] std::optional<Rational> full_points(NodeId node) const {
    const Item& item = context_.model.item(node);
    if (item.kind == ItemKind::sub_component) return Rational(item.spec.factor) * Rational(100);
    if (item.kind != ItemKind::component && item.kind != ItemKind::pack_total) return std::nullopt;
    Rational sum;
    for (const NodeId child : context_.model.graph.children(node)) {
      const std::optional<Rational> part = full_points(child);
      if (!part) return std::nullopt;
      sum += *part;
    }
    return sum;
  }

  ScoreRow row_of(NodeId node, const std::string& weight) {
    const Model& model = context_.model;
    const Item& item = model.item(node);
    ScoreRow row;
    row.worksheet = worksheet_.code;
    row.mode = worksheet_.mode;
    row.address = model.address(node, worksheet_.period);
    row.code = item.code.starts_with(worksheet_.code + ".") ? item.code.substr(worksheet_.code.size() + 1) : item.code;
    row.kind = to_string(item.kind);
    row.title = node == worksheet_.total && item.title.empty() ? worksheet_.title : item.title;
    const std::optional<Rational> points = full_points(node);
    row.weight = points ? print_exact(*points) : weight;
    if (!slot_) {
      row.state = to_string(CellState::empty);
      return row;
    }
    const ResultCell& cell = context_.result.at(node, *slot_, Lane::all);
    row.value = figures_.value(node, *slot_);
    const PredicateView view = predicate_of(context_, node, *slot_, Lane::all, language_);
    row.predicate = view.printed;
    row.gate = describe_gate(view.gate, language_);
    row.state = to_string(cell.state);
    std::vector<std::string> labels = cell_labels(context_, node, *slot_, Lane::all, LabelScope::value);
    if (worksheet_.illustrative && (labels.empty() || labels.front() != "ilustratif"))
      labels.insert(labels.begin(), "ilustratif");
    if (predicate_is_unofficial(cell)) labels.emplace_back(kUnofficialLabel);
    row.labels = join(labels, " ");
    return row;
  }

  const ExplainContext& context_;
  const ScoredWorksheet& worksheet_;
  ScoreDetail detail_;
  Language language_;
  FigurePrinter figures_;
  std::optional<SlotId> slot_;
  std::vector<ScoreRow> rows_;
};

}  // namespace

std::vector<ScoreRow> score_rows(const ExplainContext& context, const ScoredWorksheet& worksheet, ScoreDetail detail,
                                 Language language) {
  return ScoreRowMaker(context, worksheet, detail, language).make();
}

std::string write_rows(std::span<const ScoreRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "score";
  table.columns = {
      {"lembar_kerja", ColumnKind::code}, {"mode", ColumnKind::code},    {"alamat", ColumnKind::code, false},
      {"kode", ColumnKind::code},         {"jenis", ColumnKind::text},   {"uraian", ColumnKind::text},
      {"bobot", ColumnKind::figure},      {"nilai", ColumnKind::figure}, {"predikat", ColumnKind::text},
      {"gerbang", ColumnKind::text},      {"status", ColumnKind::text},  {"tanda", ColumnKind::text}};
  for (const ScoreRow& r : rows) {
    table.rows.push_back({r.worksheet, r.mode, r.address, r.code, r.kind, r.title, r.weight, r.value, r.predicate,
                          r.gate, r.state, r.labels});
  }
  return write_table(table, options);
}

}  // namespace jenjang
