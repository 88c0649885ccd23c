#include <algorithm>

#include "engine/explain/tree_builder.h"
#include "engine/rollup/accumulate.h"
#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

using Figures = std::vector<rollup::OwnFigure<Rational>>;

// The slots whose stated figures make `slot`, in order of time.
void collect_stated(const rollup::TimeTree& times, const Figures& figures, std::uint32_t slot,
                    std::vector<std::uint32_t>& stated) {
  if (!figures[slot].has_fact) return;
  if (!figures[slot].from_finer) {
    stated.push_back(slot);
    return;
  }
  for (const std::uint32_t part : times.children(slot)) {
    if (!figures[part].outside_life) collect_stated(times, figures, part, stated);
  }
}

}  // namespace

std::vector<const Observation*> TreeBuilder::facts_within(NodeId node, Period period) const {
  std::vector<const Observation*> rows;
  for (const Fact& fact : context_.facts.of(node)) {
    const Observation& row = context_.facts.observation(fact);
    if (rollup::figure_in(row, options_.lane) == nullptr) continue;
    if (period.contains(row.period)) rows.push_back(&row);
  }
  return rows;
}

ExplanationNode TreeBuilder::fact_node(NodeId node, const Observation& row) const {
  ExplanationNode tree = head(node, row.period, say("fakta", "fact"));
  tree.title.clear();
  const std::string& unit = context_.model.item(node).spec.unit_name;
  const auto figure = [&](const Decimal& number, const SharedText& grade) {
    return grade.empty() ? number.to_string() + (unit.empty() ? "" : " " + unit) : grade.str();
  };
  const bool by_verified = options_.lane == Lane::validated && row.verified->number;
  if (by_verified) {
    tree.exact = row.verified->number->to_string();
    tree.value = figure(*row.verified->number, row.verified->grade);
  } else if (row.state == CellState::value) {
    tree.exact = row.number.to_string();
    tree.value = figure(row.number, row.grade);
  } else {
    tree.value = to_string(row.state);
    if (row.state == CellState::redefined) tree.value += " (" + row.number.to_string() + ")";
  }
  if (!row.source.empty()) tree.notes.push_back(say("sumber: ", "source: ") + row.source);
  if (row.verified->number) {
    // The claim beside the verified figure, whichever of the two the lane takes.
    const std::string claim =
        row.state == CellState::value ? figure(row.number, row.grade) : std::string(to_string(row.state));
    tree.notes.push_back(say("dilaporkan ", "reported ") + claim + say("; terverifikasi ", "; verified ") +
                         figure(*row.verified->number, row.verified->grade));
  }
  if (!row.status.empty()) {
    tree.notes.push_back(say("status: ", "status: ") + row.status +
                         (row.validated ? "" : say(" (belum dihitung tervalidasi)", " (not counted as validated)")));
  }
  if (row.entry > 0) tree.notes.push_back(say("jurnal: entri ", "journal: entry ") + std::to_string(row.entry));
  if (row.verified->entry > 0 && row.verified->entry != row.entry) {
    tree.notes.push_back(say("angka terverifikasi: entri ", "verified figure: entry ") +
                         std::to_string(row.verified->entry));
  }
  if (row.released.valid()) tree.notes.push_back(say("dirilis ", "released ") + row.released.to_string());
  if (row.definition_version > 0)
    tree.notes.push_back(say("definisi versi ", "definition version ") + std::to_string(row.definition_version));
  if (row.authority == RegionAuthority::bps) {
    tree.notes.push_back(say("kode BPS ", "BPS code ") + row.unit +
                         say(" dipadankan dengan unit ", " matched to unit ") + context_.model.unit(node).path);
  }
  if (row.illustrative) tree.labels.emplace_back("ilustratif");
  if (row.unverified) tree.labels.emplace_back("belum-diverifikasi");
  if (row.places.number().valid()) tree.places.push_back(row.places.number());
  return tree;
}

// What carried figures bring to a sum or an average, so that the contributions still add up to the value.
void TreeBuilder::add_carried(ExplanationNode& tree, NodeId node, Period period, Accumulation kind,
                              const Rational& value, const Rational& reported) const {
  if (kind != Accumulation::increments && kind != Accumulation::average) return;
  if (tree.inputs_left_out > 0) return;
  ExplanationNode input = head(node, period, say("terbawa", "carried"));
  input.title.clear();
  input.exact = print_exact(value - reported);
  input.value = input.exact;
  input.contribution = input.exact;
  tree.inputs.push_back(std::move(input));
}

void TreeBuilder::explain_own_facts(ExplanationNode& tree, NodeId node, Period period) {
  const PeriodGrid& grid = context_.result.grid();
  const Item& item = context_.model.item(node);
  const rollup::TimeTree times(grid);
  const std::uint32_t root = grid.find(period)->value();
  // The same accumulation that the roll-up runs, in rationals: the trace cannot drift from it.
  Figures figures(grid.size());
  rollup::accumulate<Rational>(grid, times, times.inside(root), context_.model, node, context_.facts, options_.lane,
                               figures, context_.result.as_of());
  std::vector<std::uint32_t> stated;
  collect_stated(times, figures, root, stated);
  const rollup::OwnFigure<Rational>& whole = figures[root];
  if (whole.from_finer) {
    tree.rule = say("akumulasi waktu: ", "accumulated in time: ") + std::string(to_string(item.spec.accumulation));
  } else if (tree.rule.empty()) {
    tree.rule = say("dilaporkan", "reported");
  }
  const Accumulation kind = item.spec.accumulation;
  std::uint32_t deciding = root;
  for (const std::uint32_t slot : stated) {
    if (figures[slot].state != CellState::value) continue;
    const bool first = deciding == root;
    if (first || kind != Accumulation::peak || figures[deciding].value < figures[slot].value) deciding = slot;
  }
  const std::vector<const Observation*> rows = facts_within(node, period);
  Rational reported;
  for (const std::uint32_t slot : stated) {
    const Period part = grid[SlotId(slot)];
    const Observation* chosen = nullptr;
    for (const Observation* row : rows) {
      // The roll-up takes the last number of a cell, and a reason only where there is no number.
      if (row->period == part &&
          (chosen == nullptr || rollup::state_in(item, *row, options_.lane) == CellState::value ||
           rollup::state_in(item, *chosen, options_.lane) != CellState::value)) {
        chosen = row;
      }
    }
    if (chosen == nullptr) continue;
    if (tree.inputs.size() >= options_.max_inputs) {
      ++tree.inputs_left_out;
      continue;
    }
    ExplanationNode input = fact_node(node, *chosen);
    if (kind == Accumulation::increments) reported += figures[slot].reported.total;
    if (kind == Accumulation::average) reported += figures[slot].reported.weighted;
    if (figures[slot].state == CellState::value && whole.state == CellState::value) {
      if (kind == Accumulation::average) {
        input.contribution = print_exact(figures[slot].weighted / Rational(whole.months));
        if (whole.from_finer) {
          input.weight = std::to_string(figures[slot].months) + say(" dari ", " of ") + std::to_string(whole.months) +
                         say(" bulan", " months");
        }
      } else if (kind == Accumulation::increments || slot == deciding) {
        input.contribution = print_exact(figures[slot].value);
      }
    }
    tree.inputs.push_back(std::move(input));
  }
  if (whole.stated_beside) {
    tree.notes.push_back(say("juga dilaporkan langsung: ", "also reported directly: ") + print_exact(whole.stated) +
                         say("; yang dipakai angka dari periode yang lebih halus", "; the finer periods stand"));
  }
  if (whole.covered_months < whole.expected_months) {
    tree.notes.push_back(std::to_string(whole.covered_months) +
                         say(" bulan terlaporkan dari ", " months reported of ") +
                         std::to_string(whole.expected_months) +
                         say("; aturan data hilang menurut waktu: ", "; missing data rule in time: ") +
                         std::string(to_string(item.spec.missing_time)));
  }
  if (whole.carried) {
    tree.notes.push_back(say("angka terbawa: periode tanpa laporan diisi angka terakhir yang berumur paling tua ",
                             "carried: periods without a report take the last figure, at most of age ") +
                         std::to_string(item.spec.carry_months) + say(" bulan", " months"));
    add_carried(tree, node, period, kind, whole.value,
                kind == Accumulation::average ? reported / Rational(whole.months) : reported);
  }
}

std::optional<ExplanationNode> TreeBuilder::realisation(NodeId node, Period period, std::size_t depth) {
  const ResultCell* cell = cell_of(node, period);
  if (cell == nullptr) return std::nullopt;
  const Model& model = context_.model;
  const Item& item = model.item(node);
  const SlotId slot = *context_.result.grid().find(period);
  ExplanationNode tree = head(node, period, say("nilai", "value"));
  tree.labels = cell_labels(context_, node, slot, options_.lane, LabelScope::value);
  // The article of a formula explains nothing where an own figure stands instead.
  if ((cell->flags & kOwnFigure) == 0) add_articles(tree, item);
  if (cell->state == CellState::value) {
    const std::string printed = figures_.value(node, slot);
    tree.value = printed;
    if (!item.spec.unit_name.empty() && Decimal::parse(printed)) tree.value += " " + item.spec.unit_name;
    if (const std::optional<Rational> exact = figures_.exact().value(node, period)) {
      tree.exact = print_exact(*exact);
      add_rounding(tree, *exact, printed, item.spec.rounding);
    }
  } else {
    tree.value = to_string(cell->state);
  }
  if (item.external) tree.notes.push_back(say("angka ditetapkan di luar: ", "figure fixed outside: ") + item.source);
  const bool from_children = rollup::is_inner(model, node) && (cell->flags & kOwnFigure) == 0;
  if (may_descend(tree, depth)) {
    if (from_children) {
      explain_children(tree, node, period, depth);
    } else {
      explain_own_facts(tree, node, period);
    }
  }
  if ((cell->flags & kOwnFigure) != 0) {
    tree.notes.push_back(say("angka resmi sendiri yang dipakai, bukan hasil penjumlahan anak",
                             "its own official figure stands, not the roll-up of its children"));
  }
  if ((cell->flags & kOwnDiffers) != 0) {
    tree.notes.push_back(
        say("angka sendiri dan hasil anak berbeda (temuan J1708)", "own figure and roll-up differ (finding J1708)"));
  }
  add_coverage(tree, node, slot);
  add_bands(tree, node, slot, false);
  const std::span<const NodeId> supporters = model.graph.supporters(node);
  if (depth == 0 && !supporters.empty()) {
    std::string note = say("pendukung, tidak dijumlahkan: ", "supported by, never summed: ");
    for (std::size_t i = 0; i < supporters.size() && i < 8; ++i)
      note += (i > 0 ? ", " : "") + model.address(supporters[i]);
    if (supporters.size() > 8)
      note += say(" dan ", " and ") + std::to_string(supporters.size() - 8) + say(" lagi", " more");
    tree.notes.push_back(std::move(note));
  }
  // Where no fact and no child speaks, the place that made the measure is still a place to look at.
  if (tree.inputs.empty() && tree.places.empty() && model.node_span[node.index()].valid()) {
    tree.places.push_back(model.node_span[node.index()]);
  }
  return tree;
}

}  // namespace jenjang
