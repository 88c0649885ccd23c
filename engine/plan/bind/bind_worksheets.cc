// Worksheets: a pack template set up at a unit in one scoring mode. Criteria are reported under
// <KODE>.<kriteria>, judgements under <KODE>.<subkomponen>.<kunci>.
#include <algorithm>
#include <map>
#include <utility>

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/references.h"
#include "engine/plan/bind/scales.h"
#include "engine/rules/beyond_graph.h"

namespace jenjang {
namespace {

constexpr std::string_view kByShareOfCriteria = "syarat-kriteria";

std::uint32_t share_table_index(BindContext& bind, const ShareTable& table) {
  std::vector<ShareTable>& known = bind.model.share_tables;
  const auto found = std::find_if(known.begin(), known.end(), [&](const ShareTable& x) { return x.id == table.id; });
  if (found == known.end()) {
    known.push_back(table);
    return static_cast<std::uint32_t>(known.size() - 1);
  }
  return static_cast<std::uint32_t>(found - known.begin());
}

class WorksheetBinder {
public:
  WorksheetBinder(BindContext& bind, const WorksheetDeclaration& sheet, const PackTemplate& tmpl,
                  const ScoringMode& mode, UnitId unit)
      : bind_(bind),
        sheet_(sheet),
        tmpl_(tmpl),
        mode_(mode),
        unit_(unit),
        pack_id_(sheet.pack_template.substr(0, sheet.pack_template.find('/'))) {}

  void bind() {
    add_document();
    if (!mode_.answers.empty()) {
      answers_ =
          require_scale(bind_, qualified_name(pack_id_, mode_.answers), sheet_.mode_span, "mode", ScaleUse::grades);
    }
    std::vector<VertexId> vertices;
    for (std::size_t i = 0; i < tmpl_.nodes.size(); ++i) {
      const TemplateNode& node = tmpl_.nodes[i];
      const VertexId vertex = bind_.add_node(bind_.add_item(make_item(i)), unit_, sheet_.code_span);
      vertices.push_back(vertex);
      if (i == 0) continue;
      FormulaEdge edge;
      edge.weight = node.weight;
      edge.span = node.weight_span.valid() ? node.weight_span : node.span;
      bind_.add_formula(vertices[node.parent], vertex, edge);
    }
    // Judgements come after the criteria, so that children read as the worksheet does.
    for (std::size_t i = 0; i < tmpl_.nodes.size(); ++i) {
      if (const ShareTable* table = table_of(tmpl_.nodes[i])) add_judgements(*table, tmpl_.nodes[i], vertices[i]);
    }
  }

private:
  void add_document() {
    Document document;
    document.kind = DocumentKind::reference;
    document.code = sheet_.code;
    document.title = sheet_.title;
    document.unit = bind_.model.units[unit_].path;
    document.years = {sheet_.period.year(), sheet_.period.year()};
    document.illustrative = sheet_.feed.illustrative;
    document.span = sheet_.code_span;
    document_ = DocumentId::from_index(bind_.model.documents.size());
    bind_.model.documents.push_back(std::move(document));
    bind_.document_source.push_back(nullptr);
  }

  [[nodiscard]] const ShareTable* table_of(const TemplateNode& node) const {
    return mode_.rule == kByShareOfCriteria ? tmpl_.share_table_for(node.code) : nullptr;
  }
  [[nodiscard]] bool is_leaf(std::size_t index) const {
    return std::none_of(tmpl_.nodes.begin(), tmpl_.nodes.end(),
                        [&](const TemplateNode& node) { return node.parent == index; });
  }

  Item common_item(const std::string& code, const std::string& title, SourceSpan span) const {
    Item item;
    item.code = code;
    item.title = title;
    item.document = document_;
    item.pack = pack_id_;
    item.span = span;
    item.spec.frequency = sheet_.period.granularity();
    item.spec.rounding = tmpl_.rounding;
    return item;
  }

  void make_answer(Item& item, ScaleId scale) const {
    item.kind = ItemKind::criterion;
    item.spec.polarity = Polarity::grade;
    item.spec.unit_name = "predikat";
    item.spec.grade_scale = scale;
  }

  // A criterion with a scale of its own takes that, every other one the scale of the mode.
  [[nodiscard]] ScaleId answers_of(const TemplateNode& node) const {
    if (!node.own_scale) return answers_;
    return require_scale(bind_, qualified_name(pack_id_, node.scale), sheet_.pack_span, "paket", ScaleUse::grades);
  }

  Item make_item(std::size_t index) {
    const TemplateNode& node = tmpl_.nodes[index];
    const bool root = index == 0;
    Item item =
        common_item(root ? sheet_.code : sheet_.code + "." + node.code,
                    root && !sheet_.title.empty() ? sheet_.title : node.title, root ? sheet_.code_span : node.span);
    item.kind = node.kind;
    item.article = node.article.empty() ? tmpl_.article : node.article;
    item.unverified = node.unverified || (root && mode_.unverified);
    if (is_leaf(index)) {
      make_answer(item, answers_of(node));
      return item;
    }
    MeasureSpec& spec = item.spec;
    spec.unit_name = "nilai";
    spec.polarity = Polarity::higher;
    spec.aggregation = node.aggregation;
    spec.missing = node.missing;
    spec.factor = node.factor;
    if (const ShareTable* table = table_of(node)) {
      spec.aggregation = Aggregation::table;
      spec.share_table = share_table_index(bind_, *table);
      if (!mode_.article.empty()) item.article = mode_.article;
      item.unverified = item.unverified || mode_.unverified;
    }
    if (!node.scale.empty()) {
      spec.value_bands =
          require_scale(bind_, qualified_name(pack_id_, node.scale), sheet_.pack_span, "paket", ScaleUse::bands);
    }
    return item;
  }

  void add_judgements(const ShareTable& table, const TemplateNode& node, VertexId parent) {
    std::vector<std::string> keys;
    for (const ShareRow& row : table.rows) {
      for (const std::string& key : row.judgements) {
        if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
        keys.push_back(key);
        Item item = common_item(sheet_.code + "." + node.code + "." + key, key, row.span);
        make_answer(item, answers_);
        item.article = row.article;
        const VertexId judgement = bind_.add_node(bind_.add_item(std::move(item)), unit_, sheet_.code_span);
        FormulaEdge edge;
        edge.role = EdgeRole::judgement;
        edge.span = row.span;
        bind_.add_formula(parent, judgement, edge);
      }
    }
  }

  BindContext& bind_;
  const WorksheetDeclaration& sheet_;
  const PackTemplate& tmpl_;
  const ScoringMode& mode_;
  UnitId unit_;
  std::string pack_id_;
  DocumentId document_;
  ScaleId answers_;
};

// A year that the pack is not in force in is scored all the same: who tries new rules on an old year does so on
// purpose.
void check_validity(BindContext& bind, const WorksheetDeclaration& sheet) {
  const Pack* pack = bind.packs.find(sheet.pack_template.substr(0, sheet.pack_template.find('/')));
  const int year = sheet.period.year();
  if (pack == nullptr || pack->valid_in(year)) return;
  bind.sink.report(make_diagnostic(Code::J3108, sheet.pack_span)
                       .arg("paket", pack->id)
                       .arg("masa", pack->valid_from + ".." + pack->valid_until)
                       .arg("tahun", std::to_string(year)));
}

}  // namespace

void bind_worksheets(BindContext& bind) {
  std::map<std::pair<std::string, std::uint32_t>, const WorksheetDeclaration*> known;
  for (const WorksheetDeclaration& sheet : bind.plan.worksheets) {
    const PackTemplate* tmpl = bind.packs.require_template(sheet.pack_template, sheet.pack_span, bind.sink);
    const auto unit = require_unit(bind, {sheet.unit, sheet.unit_span}, UnitId());
    if (tmpl == nullptr || tmpl->nodes.empty() || !unit) continue;
    const ScoringMode* mode = bind.packs.require_mode(*tmpl, sheet.mode, sheet.mode_span, bind.sink);
    if (mode == nullptr) continue;
    if (const std::string_view key = beyond_the_graph(*tmpl); !key.empty()) {
      bind.sink.report(
          make_diagnostic(Code::J1430, sheet.pack_span).arg("templat", sheet.pack_template).arg("kunci", key));
      continue;
    }
    check_validity(bind, sheet);
    const auto [first, is_new] = known.emplace(std::pair(sheet.code, unit->value()), &sheet);
    if (!is_new && first->second->pack_template == sheet.pack_template && first->second->mode == sheet.mode) {
      continue;  // another year of the same worksheet
    }
    if (!is_new || bind.find_measure(sheet.code, *unit)) {
      bind.sink.report(make_diagnostic(Code::J1504, sheet.code_span)
                           .arg("apa", "lembar_kerja")
                           .arg("kode", sheet.code + "@" + bind.model.units[*unit].path));
      continue;
    }
    WorksheetBinder(bind, sheet, *tmpl, *mode, *unit).bind();
  }
}

}  // namespace jenjang
