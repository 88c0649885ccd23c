// `templat`: the tree of a pack with weights, scales and aggregation by level.
#include <algorithm>
#include <array>

#include "jenjang/base/rational.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

// The levels of a template from the root down; the key that holds the children of each.
enum Level : std::size_t { kTotal, kComponent, kSubComponent, kCriterion, kLevels };
constexpr std::array<std::string_view, kLevels> kLevelWords{"total", "komponen", "subkomponen", "kriteria"};
constexpr std::array<ItemKind, kLevels> kLevelKinds{ItemKind::pack_total, ItemKind::component, ItemKind::sub_component,
                                                    ItemKind::criterion};

// What the template says once for all nodes of a level.
struct LevelRules {
  std::array<std::optional<Aggregation>, kLevels> aggregation{};
  std::array<std::string, kLevels> scale{};
  std::array<std::optional<Rounding>, kLevels> rounding{};  // pembulatan_antara
  MissingPolicy missing = MissingPolicy::strict;
  std::optional<Level> points_from;  // poin_dari: value of that level = bobot / nilai_penuh x its aggregate
  Decimal full{100};                 // nilai_penuh
};

class TemplateReader {
public:
  TemplateReader(const Pack& pack, PackTemplate& tmpl, DiagnosticSink& sink) : pack_(pack), tmpl_(tmpl), sink_(sink) {}

  void read(FieldReader& fields, const LocatedText& code, const Basis& outer) {
    tmpl_.id = code.value;
    tmpl_.span = code.span;
    if (const auto title = fields.text("judul")) tmpl_.title = title->value;
    const Basis basis = read_basis(fields, outer, "templat " + code.value, sink_, &tmpl_.note);
    require_basis(basis, code.span, "templat " + code.value, sink_);
    tmpl_.article = basis.article;
    tmpl_.unverified = basis.unverified;
    tmpl_.rounding = read_rounding(fields, "pembulatan", tmpl_.rounding, sink_);
    if (const auto tolerance = fields.decimal("toleransi_koherensi")) tmpl_.coherence_tolerance = tolerance->value;
    read_level_rules(fields);

    TemplateNode root;
    const auto root_code = fields.text("akar");
    root.code = root_code ? root_code->value : "total";
    root.title = tmpl_.title;
    root.kind = ItemKind::pack_total;
    root.missing = rules_.missing;
    root.scale = rules_.scale[kTotal];
    root.article = basis.article;
    root.unverified = basis.unverified;
    root.span = root_code ? root_code->span : code.span;
    codes_.insert(root.code);
    tmpl_.nodes.push_back(std::move(root));
    const auto total = fields.decimal("jumlah_bobot");
    read_children(fields, 0, kTotal, total ? std::optional(total->value) : std::nullopt, std::nullopt, basis);
    if (const YamlNode* node = fields.take("kontrol")) read_controls(*node, tmpl_, basis, sink_);

    if (const YamlNode* node = fields.take("tabel_bagian")) read_share_tables(*node, basis, pack_, tmpl_, sink_);
    if (const YamlNode* node = fields.take("mode")) read_modes(*node, basis, pack_, tmpl_, sink_);
  }

private:
  void read_level_rules(FieldReader& fields) {
    if (const YamlNode* node = fields.take("cara")) {
      FieldReader by_level(*node, "cara", sink_);
      for (std::size_t level = 0; level < kLevels; ++level) {
        if (const auto word = by_level.choice(kLevelWords[level], aggregation_words())) {
          rules_.aggregation[level] = static_cast<Aggregation>(word->value);
        }
      }
      by_level.finish();
    }
    if (const YamlNode* node = fields.take("skala")) {
      FieldReader by_level(*node, "skala", sink_);
      for (std::size_t level = 0; level < kLevels; ++level) {
        if (const auto id = by_level.text(kLevelWords[level])) rules_.scale[level] = checked_scale(*id);
      }
      by_level.finish();
    }
    if (const YamlNode* node = fields.take("pembulatan_antara")) {
      FieldReader by_level(*node, "pembulatan_antara", sink_);
      for (std::size_t level = kComponent; level < kCriterion; ++level) {
        const Rounding none{};
        const Rounding stated = read_rounding(by_level, kLevelWords[level], none, sink_);
        if (!(stated == none)) rules_.rounding[level] = stated;
      }
      by_level.finish();
    }
    if (const auto missing = fields.choice("data_hilang", missing_policy_words().first(3))) {
      rules_.missing = static_cast<MissingPolicy>(missing->value);
    }
    if (const auto level = fields.choice("poin_dari", kLevelWords))
      rules_.points_from = static_cast<Level>(level->value);
    if (const auto full = fields.decimal("nilai_penuh")) {
      if (full->value.sign() <= 0) {
        out_of_range(full->span, "nilai_penuh", full->value, "> 0");
      } else {
        rules_.full = full->value;
      }
    }
  }

  std::string checked_scale(const LocatedText& id) {
    if (pack_.scale(id.value) == nullptr) report_unknown(id.span, "skala", id.value, scale_ids(pack_), sink_);
    return id.value;
  }

  // Children under one parent node. `total` is what their weights must add up to.
  // `own`: the parent's own `cara`.
  void read_children(FieldReader& fields, std::size_t parent, Level parent_level, std::optional<Decimal> total,
                     std::optional<Aggregation> own, const Basis& basis) {
    if (parent_level + 1 == kLevels) return;
    const auto level = static_cast<Level>(parent_level + 1);
    const YamlNode* list = fields.take(kLevelWords[level]);
    if (list == nullptr || !expect_list(*list, kLevelWords[level], sink_) || list->items.empty()) return;
    if (const std::optional<Aggregation> way = own ? own : rules_.aggregation[parent_level]) {
      tmpl_.nodes[parent].aggregation = *way;
    } else {
      // How children make their parent is never guessed, so a level with children must have its `cara`.
      report_required(list->span, "cara", kLevelWords[parent_level], sink_);
    }
    Decimal sum;
    std::size_t stated = 0, children = 0;
    bool slot = false;
    for (const YamlNode& item : list->items) {
      const std::size_t index = read_node(item, parent, level, basis, slot);
      if (index == SIZE_MAX) continue;
      ++children;
      if (const auto& weight = tmpl_.nodes[index].stated_weight) {
        ++stated;
        sum = Decimal::add(sum, *weight).value_or(sum);
      }
    }
    if (slot) {
      tmpl_.has_empty_slot = true;
      return;
    }
    if (stated == 0 && !total) return;
    if (stated != children || !total || sum != *total) {
      // Some weights stated and others not is the same slip: the sum means nothing then.
      sink_.report(make_diagnostic(Code::J1408, list->span)
                       .arg("induk", tmpl_.nodes[parent].code)
                       .arg("jumlah", stated == children ? sum.to_string() : sum.to_string() + " (+ ?)")
                       .arg("dinyatakan", total ? total->to_string() : "`jumlah_bobot`"));
    }
  }

  // Index of the new node; SIZE_MAX when it has no code. `slot` is set when its weight is not known.
  std::size_t read_node(const YamlNode& item, std::size_t parent, Level level, const Basis& outer, bool& slot) {
    FieldReader fields(item, kLevelWords[level], sink_);
    if (!fields.is_map()) return SIZE_MAX;
    const auto code = fields.required_text("kode");
    if (!code) return SIZE_MAX;
    note_unique(codes_, *code, kLevelWords[level], sink_);

    TemplateNode node;
    node.code = code->value;
    node.span = code->span;
    node.kind = kLevelKinds[level];
    node.parent = parent;
    node.missing = rules_.missing;
    node.scale = rules_.scale[level];
    if (const auto title = fields.text("judul")) node.title = title->value;
    const Basis basis = read_basis(fields, outer, node.code, sink_);
    node.article = basis.article;
    node.unverified = basis.unverified;
    std::optional<Aggregation> own;
    if (const auto word = fields.choice("cara", aggregation_words())) own = static_cast<Aggregation>(word->value);
    // Children that bring points of their own are added as they are.
    const bool adds_points = own == Aggregation::sum;
    read_weight(fields, level, adds_points, node, slot);
    if (!read_own_scale(fields, node)) tmpl_.has_empty_slot = true;
    if (level < kCriterion) node.rounding = rules_.rounding[level];
    if (tmpl_.nodes[parent].aggregation == Aggregation::weighted_mean && node.stated_weight) {
      node.weight = *node.stated_weight;
    }
    const auto table = fields.text("tabel");
    if (table) tmpl_.share_table_of.emplace(node.code, qualify(pack_, table->value));
    if (table) table_uses_.push_back(*table);

    // Above and at the level that makes points, the points of the children add up to those of the
    // parent; below it, and in plain means, the total is declared where the weights are.
    const auto declared = fields.decimal("jumlah_bobot");
    std::optional<Decimal> total = declared ? std::optional(declared->value) : std::nullopt;
    const bool in_points = rules_.points_from && (level < *rules_.points_from || adds_points);
    if (!total && in_points) total = node.stated_weight;
    const std::size_t index = tmpl_.nodes.size();
    tmpl_.nodes.push_back(std::move(node));
    read_children(fields, index, level, total, own, basis);
    fields.finish();
    return index;
  }

  // False when `skala:` is left empty: nobody knows it yet.
  bool read_own_scale(FieldReader& fields, TemplateNode& node) {
    const auto* entry = fields.take_entry("skala");
    if (entry == nullptr) return true;
    if (entry->value.is_null()) {
      tmpl_.unscaled.push_back(node.code);
      return false;
    }
    if (const auto id = fields.text("skala")) {
      node.scale = checked_scale(*id);
      node.own_scale = true;
      const Scale* scale = pack_.scale(id->value);
      if (scale != nullptr && scale->has_empty_slot) {
        tmpl_.unscaled.push_back(node.code);
        return false;
      }
    }
    return true;
  }

  void read_weight(FieldReader& fields, Level level, bool adds_points, TemplateNode& node, bool& slot) {
    const auto* entry = fields.take_entry("bobot");
    if (entry == nullptr) return;
    node.weight_span = entry->value.span;
    if (entry->value.is_null()) {
      slot = true;
      return;
    }
    node.stated_weight = read_decimal(entry->value, "bobot", sink_);
    if (!node.stated_weight) return;
    if (node.stated_weight->sign() <= 0) out_of_range(node.weight_span, "bobot", *node.stated_weight, "> 0");
    if (rules_.points_from != level || adds_points) return;
    const auto factor = (Rational(*node.stated_weight) / Rational(rules_.full)).to_decimal();
    if (factor) {
      node.factor = *factor;
    } else {
      out_of_range(node.weight_span, "bobot/nilai_penuh", *node.stated_weight, "desimal berhingga");
    }
  }

  void out_of_range(SourceSpan place, std::string_view what, const Decimal& value, std::string_view allowed) {
    sink_.report(
        make_diagnostic(Code::J1413, place).arg("apa", what).arg("nilai", value.to_string()).arg("boleh", allowed));
  }

public:
  // Tables are read after the nodes that name them.
  void check_table_uses() {
    std::vector<std::string> known;
    known.reserve(tmpl_.share_tables.size());
    for (const ShareTable& table : tmpl_.share_tables) known.emplace_back(local_id(table.id));
    for (const LocatedText& use : table_uses_) {
      if (std::find(known.begin(), known.end(), use.value) == known.end()) {
        report_unknown(use.span, "tabel", use.value, known, sink_);
      }
    }
  }

private:
  const Pack& pack_;
  PackTemplate& tmpl_;
  DiagnosticSink& sink_;
  LevelRules rules_;
  std::set<std::string, std::less<>> codes_;
  std::vector<LocatedText> table_uses_;
};

}  // namespace

void read_templates(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "templat", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "templat", sink);
    if (!fields.is_map()) continue;
    const auto code = fields.required_text("kode");
    if (!code) continue;
    note_unique(codes, *code, "templat", sink);
    PackTemplate tmpl;
    TemplateReader reader(pack, tmpl, sink);
    reader.read(fields, *code, basis);
    reader.check_table_uses();
    fields.finish();
    pack.templates.push_back(std::move(tmpl));
  }
}

}  // namespace jenjang
