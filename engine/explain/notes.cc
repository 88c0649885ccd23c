#include "jenjang/base/text.h"

#include "engine/explain/tree_builder.h"

namespace jenjang {

TreeBuilder::TreeBuilder(const ExplainContext& context, const ExplainOptions& options)
    : context_(context), options_(options), figures_(context, options.lane) {}

std::string TreeBuilder::say(std::string_view indonesian, std::string_view english) const {
  return std::string(options_.language == Language::indonesian ? indonesian : english);
}

const ResultCell* TreeBuilder::cell_of(NodeId node, Period period) const {
  const std::optional<SlotId> slot = context_.result.grid().find(period);
  if (!slot || !context_.result.is_relevant(node, *slot)) return nullptr;
  return &context_.result.at(node, *slot, options_.lane);
}

ExplanationNode TreeBuilder::head(NodeId node, Period period, std::string what) const {
  const Item& item = context_.model.item(node);
  ExplanationNode tree;
  tree.address = context_.model.address(node, period);
  tree.title = item.title;
  tree.what = std::move(what);
  return tree;
}

bool TreeBuilder::may_descend(ExplanationNode& tree, std::size_t depth) const {
  if (depth < options_.max_depth) return true;
  tree.notes.push_back(say("penjelasan dipotong pada kedalaman ", "explanation cut at depth ") +
                       std::to_string(options_.max_depth));
  return false;
}

void TreeBuilder::add_coverage(ExplanationNode& tree, NodeId node, SlotId slot) {
  const ResultCell& cell = context_.result.at(node, slot, options_.lane);
  if (cell.expected > 1 || cell.covered != cell.expected) {
    std::string note = say("cakupan ", "coverage ") + std::to_string(cell.covered) + say(" dari ", " of ") +
                       std::to_string(cell.expected);
    if (cell.expected_weight > 0) {
      note += say(", bobot ", ", weight ") + format_fixed(100 * cell.covered_weight / cell.expected_weight, 2) + " %";
    }
    tree.notes.push_back(std::move(note));
  }
  const MeasureSpec& spec = context_.model.item(node).spec;
  if ((cell.flags & kBelowCoverage) != 0 && spec.least_coverage) {
    tree.notes.push_back(
        say("tanpa angka: cakupan di bawah cakupan_minimal ", "no figure: coverage below cakupan_minimal ") +
        spec.least_coverage->to_string());
  }
  if (is_partial_in_time(cell) && cell.expected > 1) {
    tree.notes.push_back(say("cakupan waktu ", "coverage in time ") +
                         months_text(cell, context_.result.grid()[slot], options_.language));
  }
  if (context_.result.has_validated_lane()) {
    if (options_.lane == Lane::validated) {
      tree.notes.push_back(
          say("lajur tervalidasi: hanya fakta yang sudah divalidasi", "validated lane: validated facts only"));
    } else if ((cell.flags & kTouchedUnvalidated) != 0) {
      tree.notes.push_back(
          say("lajur semua: tersentuh fakta yang belum divalidasi", "full lane: touched by facts not yet validated"));
    }
  }
}

void TreeBuilder::add_rounding(ExplanationNode& tree, const Rational& exact, const std::string& printed,
                               Rounding rounding) {
  const std::string full = print_exact(exact);
  if (full == printed) return;
  const std::optional<Decimal> shown = Decimal::parse(printed);
  if (!shown || Rational(*shown) == exact) return;
  tree.notes.push_back(say("dibulatkan dari ", "rounded from ") + full + say(" menjadi ", " to ") + printed + " (" +
                       print_rounding(rounding) + ")");
}

void TreeBuilder::add_articles(ExplanationNode& tree, const Item& item) const {
  if (!item.article.empty()) {
    tree.articles.push_back(item.pack.empty() ? item.article : item.pack + ": " + item.article);
  } else if (!item.pack.empty()) {
    tree.articles.push_back(item.pack);
  }
}

std::string describe_gate(const GateOutcome& gate, Language language) {
  const bool indonesian = language == Language::indonesian;
  std::string text;
  for (const GateOutcome::Group& group : gate.groups) {
    if (!text.empty()) text += "; ";
    text += group.group + (indonesian ? " minimal " : " at least ") + group.at_least + ": " +
            std::to_string(group.reached) + (indonesian ? " dari " : " of ") + std::to_string(group.needed) + " (" +
            std::to_string(group.reported) + (indonesian ? " dilaporkan)" : " reported)");
  }
  return text;
}

namespace {

std::string_view verdict_word(GateVerdict verdict, Language language) {
  const bool indonesian = language == Language::indonesian;
  switch (verdict) {
    case GateVerdict::none:
      return indonesian ? "tanpa gerbang" : "no gate";
    case GateVerdict::met:
      return indonesian ? "terpenuhi" : "met";
    case GateVerdict::failed:
      return indonesian ? "tidak terpenuhi" : "not met";
    case GateVerdict::undecided:
      return indonesian ? "belum diputuskan" : "undecided";
  }
  return {};
}

// The row of a band table: "BB: di atas 70 sampai 80".
std::string band_row(const Scale& scale, std::size_t index, Language language) {
  const bool indonesian = language == Language::indonesian;
  const Band& band = scale.bands[index];
  std::string text = band.label;
  if (!band.name.empty()) text += " (" + band.name + ")";
  text += ":";
  if (band.above) {
    text += scale.open_below ? (indonesian ? " di atas " : " above ") : (indonesian ? " mulai " : " from ");
    text += band.above->to_string();
  }
  if (index > 0 && scale.bands[index - 1].above) {
    text += scale.open_below ? (indonesian ? " sampai " : " up to ") : (indonesian ? " di bawah " : " below ");
    text += scale.bands[index - 1].above->to_string();
  }
  return text;
}

}  // namespace

void TreeBuilder::add_bands(ExplanationNode& tree, NodeId node, SlotId slot, bool of_achievement) {
  const ResultCell& cell = context_.result.at(node, slot, options_.lane);
  if (cell.band < 0 || cell.band_of_achievement != of_achievement) return;
  const PredicateView view = predicate_of(context_, node, slot, options_.lane, options_.language);
  if (view.scale == nullptr) return;
  const Scale& scale = *view.scale;
  tree.notes.push_back(say("predikat ", "predicate ") + view.printed + say(", skala ", ", scale ") + scale.id);
  if (predicate_is_unofficial(cell)) {
    tree.notes.push_back(say("predikat ini belum resmi: tersentuh angka yang belum divalidasi",
                             "this predicate is not official: touched by figures not yet validated"));
  }
  if (!scale.article.empty())
    tree.articles.push_back(scale.pack.empty() ? scale.article : scale.pack + ": " + scale.article);
  if (scale.unverified) tree.notes.push_back(say("skala ini belum diverifikasi", "this scale is not verified"));
  const auto say_gate = [&](const GateOutcome& gate, const std::string& label) {
    if (gate.verdict == GateVerdict::none) return;
    std::string note =
        say("gerbang ", "gate for ") + label + ": " + std::string(verdict_word(gate.verdict, options_.language));
    const std::string detail = describe_gate(gate, options_.language);
    if (!detail.empty()) note += " (" + detail + ")";
    tree.notes.push_back(std::move(note));
    if (gate.gate == nullptr) return;
    if (!gate.gate->article.empty()) tree.articles.push_back(gate.gate->pack + ": " + gate.gate->article);
    if (gate.gate->unverified) {
      tree.notes.push_back(say("aturan gerbang ini belum diverifikasi", "this gate rule is not verified"));
    }
    if (gate.gate->span.valid()) tree.places.push_back(gate.gate->span);
  };
  say_gate(view.gate, view.numeric);
  if (scale.kind != Scale::Kind::bands) return;
  const auto index = static_cast<std::size_t>(cell.band);
  tree.notes.push_back(say("baris skala ", "band ") + band_row(scale, index, options_.language) +
                       say("; diputuskan pada ", "; decided on ") + print_rounding(scale.decide_on));
  if (scale.bands[index].span.valid()) tree.places.push_back(scale.bands[index].span);
  if ((cell.flags & kDecidedExactly) != 0) {
    tree.notes.push_back(
        say("angkanya dekat batas; diputuskan pada nilai tepat", "close to a cut; decided on the exact value"));
  }
  const Period period = context_.result.grid()[slot];
  const std::optional<Rational> exact =
      of_achievement ? figures_.exact().achievement(node, period) : figures_.exact().value(node, period);
  if (!exact) return;
  if (const std::optional<NextBand> next = next_better_band(scale, *exact)) {
    tree.notes.push_back(print_exact(next->distance) + say(" lagi menuju ", " more to reach ") + next->label +
                         say(", angka terkecil ", ", least figure ") + next->least_figure.to_string());
    say_gate(check_gate(context_.model, context_.result, node, slot, next->label), next->label);
  }
}

}  // namespace jenjang
