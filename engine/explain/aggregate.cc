#include <algorithm>
#include <array>

#include "engine/explain/child_shares.h"
#include "engine/explain/tree_builder.h"
#include "engine/rollup/crosscut_totals.h"
#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

using rollup::Presence;
using rollup::Tie;

// Words of the aggregations for a reader: Indonesian, English.
struct AggregationText {
  std::string_view indonesian, english;
};
constexpr std::array<AggregationText, 8> kAggregationTexts{{
    {"dilaporkan langsung", "reported directly"},
    {"jumlah", "sum"},
    {"rata-rata tertimbang", "weighted mean"},
    {"rasio: jumlah pembilang / jumlah penyebut", "ratio: sum of numerators / sum of denominators"},
    {"minimum", "minimum"},
    {"maksimum", "maximum"},
    {"bagian yang memenuhi", "share that meets the threshold"},
    {"tabel", "table"},
}};

// Where a tie is declared.
SourceSpan place_of(const Model& model, const Tie& tie) {
  if (tie.overlap != nullptr) return tie.overlap->span;
  const std::size_t formulas = model.formula_edges.size();
  return tie.index < formulas ? model.formula_edges[tie.index].span : model.crosscut_edges[tie.index - formulas].span;
}

}  // namespace

std::optional<Rational> TreeBuilder::carried(NodeId child, Carry carry, Period period) {
  return ChildShares(context_, options_.lane, figures_.exact()).offered(child, carry, period);
}

bool TreeBuilder::add_child(ExplanationNode& tree, NodeId child, Carry carry, Period period, std::size_t depth,
                            const SourceSpan& edge, std::string weight, std::string contribution) {
  if (tree.inputs.size() >= options_.max_inputs) {
    ++tree.inputs_left_out;
    return false;
  }
  const ExplainWhat what = carry == Carry::achievement ? ExplainWhat::achievement : ExplainWhat::realisation;
  std::optional<ExplanationNode> input = build(child, period, what, depth + 1);
  if (!input) {
    // Nothing below in this period: the child is named with its state all the same.
    input = head(child, period, carry == Carry::achievement ? say("capaian", "achievement") : say("nilai", "value"));
    const std::optional<SlotId> slot = context_.result.grid().find(period);
    input->value = to_string(slot ? context_.result.at(child, *slot, options_.lane).state : CellState::empty);
  }
  input->weight = std::move(weight);
  input->contribution = std::move(contribution);
  if (edge.valid()) input->places.push_back(edge);
  tree.inputs.push_back(std::move(*input));
  return true;
}

void TreeBuilder::check_sum(ExplanationNode& tree, NodeId node, Period period, const Rational& sum) {
  const std::optional<Rational> value = figures_.exact().value(node, period);
  if (!value || *value == sum) return;
  tree.notes.push_back(say("kontribusi di bawah berjumlah ", "the contributions below add up to ") + print_exact(sum) +
                       say(", tidak sama dengan nilainya; selisihnya tidak dapat dirunut di sini",
                           ", which is not the value; the difference cannot be traced here"));
}

void TreeBuilder::explain_children(ExplanationNode& tree, NodeId node, Period period, std::size_t depth) {
  const Model& model = context_.model;
  const Item& item = model.item(node);
  const Aggregation aggregation = rollup::aggregation_of(item);
  const AggregationText& text = kAggregationTexts[static_cast<std::size_t>(aggregation)];
  tree.rule = say(text.indonesian, text.english);
  if (item.spec.factor != Decimal(1)) tree.rule += say(", kali ", ", times ") + item.spec.factor.to_string();
  if (aggregation == Aggregation::ratio) return explain_ratio(tree, node, period, depth);
  if (aggregation == Aggregation::table) return explain_share_table(tree, node, period, depth);

  Rational weights;
  const std::vector<ChildShare> parts =
      ChildShares(context_, options_.lane, figures_.exact()).parts(node, period, weights);
  const ResultCell* cell = cell_of(node, period);
  const bool has_value = cell != nullptr && cell->state == CellState::value;
  const bool linear = aggregation == Aggregation::sum || aggregation == Aggregation::weighted_mean;
  const Rational factor(item.spec.factor);
  const std::optional<Rational> own = has_value ? figures_.exact().value(node, period) : std::nullopt;
  Rational sum;
  std::size_t left_out = 0;
  for (const ChildShare& part : parts) {
    const Tie& tie = part.tie;
    const bool formula = tie.index < model.formula_edges.size();
    const SourceSpan edge = place_of(model, tie);
    std::string weight = tie.weight.to_string();
    if (aggregation == Aggregation::weighted_mean && !weights.is_zero())
      weight += say(" dari ", " of ") + print_exact(weights);
    if (tie.overlap != nullptr) {
      weight += say(" (salinan kredit penuh, dihitung sekali)", " (a copy by full credit, counted once)");
    } else if (!formula) {
      weight += say(" (lintas)", " (crosscut)");
    }
    std::string contribution;
    if (part.coefficient && part.presence == Presence::present && part.figure) {
      const Rational share = *part.coefficient * *part.figure;
      sum += share;
      contribution = print_exact(share);
    } else if (linear && has_value && part.presence == Presence::zero) {
      contribution = "0";
    } else if (!linear && own && part.figure && factor * *part.figure == *own) {
      contribution = print_exact(*own);  // the child that decided a minimum or maximum
    }
    if (part.presence == Presence::absent || part.presence == Presence::excluded) ++left_out;
    if (part.from != period) {
      weight += say(" (terbawa dari ", " (carried from ") + part.from.to_string() + ")";
    }
    add_child(tree, tie.child, tie.carry, part.from, depth, edge, std::move(weight), std::move(contribution));
  }
  if (item.spec.cap_level == CapLevel::mean) {
    tree.notes.push_back(say("capaian anak masuk tanpa batas; yang dibatasi rata-ratanya (batas_pada: rata)",
                             "the children's achievements enter uncapped; their mean is capped (batas_pada: rata)"));
  }
  explain_overlap(tree, node, period);
  if (left_out > 0) {
    tree.notes.push_back(
        std::to_string(left_out) +
        say(" anak tanpa angka (aturan data hilang: ", " children without a figure (missing data rule: ") +
        std::string(to_string(item.spec.missing)) + ")");
  }
  if (linear && has_value) check_sum(tree, node, period, sum);
}

// Credit total, unique total and what lies between them, where full credit brings a result in twice.
void TreeBuilder::explain_overlap(ExplanationNode& tree, NodeId node, Period period) {
  const auto totals =
      rollup::credit_totals(context_.model, context_.result, figures_.exact(), node, period, options_.lane);
  if (!totals) return;
  tree.notes.push_back(say("jumlah kredit ", "credit total ") + print_exact(totals->credit) +
                       say(", jumlah unik ", ", unique total ") + print_exact(totals->unique) +
                       say(", tumpang tindih ", ", overlap ") + print_exact(totals->credit - totals->unique));
}

void TreeBuilder::explain_ratio(ExplanationNode& tree, NodeId node, Period period, std::size_t depth) {
  const Model& model = context_.model;
  const Item& item = model.item(node);
  const std::optional<std::pair<Rational, Rational>> pair = figures_.exact().quotient(node, period);
  const ResultCell* cell = cell_of(node, period);
  const bool has_value = pair && cell != nullptr && cell->state == CellState::value && !pair->second.is_zero();
  if (has_value) {
    tree.notes.push_back(say("pembilang ", "numerator ") + print_exact(pair->first) +
                         say(", penyebut ", ", denominator ") + print_exact(pair->second));
  }
  const Rational factor(item.spec.factor);
  Rational sum;
  for (const ChildShare& part : ChildShares(context_, options_.lane, figures_.exact()).pair(node, period)) {
    const Tie& tie = part.tie;
    std::string role;
    if (tie.role == EdgeRole::denominator) {
      role = say("penyebut", "denominator");
    } else if (tie.role == EdgeRole::numerator) {
      role = say("pembilang", "numerator");
    } else if (part.denominator) {
      role = print_exact(Rational(tie.weight) * *part.denominator);
      if (has_value) role += say(" dari penyebut ", " of the denominator ") + print_exact(pair->second);
    }
    std::string contribution;
    if (has_value && part.coefficient && part.figure) {
      const Rational share = factor * *part.coefficient * *part.figure / pair->second;
      sum += share;
      contribution = print_exact(share);
    }
    add_child(tree, tie.child, tie.carry, part.from, depth, place_of(model, tie), std::move(role),
              std::move(contribution));
  }
  if (has_value) check_sum(tree, node, period, sum);
}

void TreeBuilder::explain_share_table(ExplanationNode& tree, NodeId node, Period period, std::size_t depth) {
  const Model& model = context_.model;
  const Item& item = model.item(node);
  std::int64_t met = 0, criteria = 0;
  std::vector<std::string> given;
  rollup::for_each_tie_in(model, node, period, [&](const Tie& tie) {
    const std::optional<Rational> value = carried(tie.child, tie.carry, period);
    const bool yes = value && !value->is_zero();
    std::string role = say("kriteria", "criterion");
    if (tie.role == EdgeRole::judgement) {
      role = say("pertimbangan", "judgement");
      // The key of a judgement is the last part of its code: KODE.1.a.dipertahankan-1-tahun.
      const std::string& code = model.item(tie.child).code;
      if (yes) given.push_back(code.substr(code.rfind('.') + 1));
    } else if (value) {
      ++criteria;
      met += yes ? 1 : 0;
    }
    add_child(tree, tie.child, tie.carry, period, depth, model.formula_edges[tie.index].span, std::move(role), "");
  });
  tree.notes.push_back(std::to_string(met) + say(" dari ", " of ") + std::to_string(criteria) +
                       say(" kriteria terpenuhi", " criteria met") +
                       (given.empty() ? "" : say("; pertimbangan: ", "; judgements: ") + join(given, ", ")));
  if (item.spec.share_table >= model.share_tables.size()) return;
  const ShareTable& table = model.share_tables[item.spec.share_table];
  const int found = table.find(met, criteria, given);
  if (found < 0) return;
  const ShareRow& row = table.rows[static_cast<std::size_t>(found)];
  tree.notes.push_back(say("baris tabel ", "table row ") + table.id + ": " + row.grade + " = " +
                       row.points.to_string());
  if (!row.article.empty()) tree.articles.push_back(table.pack.empty() ? row.article : table.pack + ": " + row.article);
  if (row.span.valid()) tree.places.push_back(row.span);
  if (const auto value = figures_.exact().value(node, period)) {
    if (*value != Rational(item.spec.factor) * Rational(row.points)) {
      tree.notes.push_back(say("baris ini tidak menghasilkan nilainya; nilainya tidak dapat dirunut di sini",
                               "this row does not give the value; the value cannot be traced here"));
    }
  }
}

}  // namespace jenjang
