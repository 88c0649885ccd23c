#include <algorithm>

#include "jenjang/cascade/allocation.h"
#include "jenjang/cascade/driver_share.h"

#include "engine/cascade/time/unit_life.h"
#include "engine/explain/tree_builder.h"

namespace jenjang {

ExplanationNode TreeBuilder::statement_node(NodeId node, const Statement& statement) const {
  const Document& document = context_.model.documents[statement.document.index()];
  ExplanationNode tree;
  tree.address = document.code + "#" + context_.model.address(node, statement.period);
  tree.title = document.title;
  tree.what = say("dokumen", "document");
  tree.value = statement.target.to_string();
  if (const Decimal* number = statement.target.number()) tree.exact = number->to_string();
  tree.rule =
      std::string(to_string(document.kind)) + " " + document.code + ", " + std::string(to_string(statement.state));
  if (!document.valid_from.empty())
    tree.notes.push_back(say("berlaku sejak ", "in force since ") + document.valid_from);
  if (!document.replaces.empty()) tree.notes.push_back(say("menggantikan ", "replaces ") + document.replaces);
  const Grounds& grounds = statement.grounds;
  if (!grounds.reason.empty()) tree.notes.push_back(say("alasan: ", "reason: ") + grounds.reason);
  if (!grounds.citation.empty()) tree.notes.push_back(say("dasar: ", "rests on: ") + grounds.citation);
  if (grounds.until) tree.notes.push_back(say("berlaku sampai ", "stands until ") + grounds.until->to_string());
  if (statement.illustrative) tree.labels.emplace_back("ilustratif");
  if (statement.span.valid()) tree.places.push_back(statement.span);
  return tree;
}

std::optional<ExplanationNode> TreeBuilder::statement(NodeId node, Period period, std::string_view document) {
  for (const Statement& candidate : context_.model.statements_of(node)) {
    if (candidate.period == period && context_.model.documents[candidate.document.index()].code == document) {
      ExplanationNode tree = statement_node(node, candidate);
      const Statement* in_force = context_.model.statement_in_force(node, period);
      if (in_force != &candidate) {
        tree.notes.push_back(in_force == nullptr ? say("bukan target yang berlaku", "not the target in force")
                                                 : say("yang berlaku adalah ", "in force is ") +
                                                       context_.model.documents[in_force->document.index()].code +
                                                       " = " + in_force->target.to_string());
      }
      return tree;
    }
  }
  return std::nullopt;
}

// What a method starts from and must keep beside its driver: parameters, baseline, the other margin, limits.
void TreeBuilder::explain_limits(ExplanationNode& tree, const Family& family, const TargetCell& cell) {
  const Model& model = context_.model;
  for (const CascadeRule::Parameter& parameter : family.rule.parameters) {
    tree.notes.push_back(parameter.key + ": " + parameter.text);
  }
  const AllocationMethod* method = find_allocation_method(family.rule.method);
  if (method != nullptr && method->needs_baseline()) {
    if (const Baseline* baseline = model.baseline_before(cell.node, cell.period)) {
      tree.notes.push_back("baseline " + baseline->period.to_string() + ": " + baseline->value.to_string());
      if (baseline->span.valid()) tree.places.push_back(baseline->span);
    }
  }
  if (!family.rule.margin.empty()) {
    const auto row = model.find(family.rule.margin, model.unit(cell.node).path);
    const TargetCell* margin = row ? context_.targets.find(*row, cell.period) : nullptr;
    if (margin != nullptr) {
      tree.notes.push_back(say("baris ", "row ") + model.address(*row, cell.period) + " = " +
                           margin->target.to_string());
    }
  }
  const auto rule_limit = [&](const std::optional<RuleLimit>& limit, const char* sign) {
    if (!limit) return;
    tree.notes.push_back(say("batas aturan ", "limit of the rule ") + sign +
                         (limit->baseline ? std::string(" baseline") : " " + limit->value.to_string()));
    if (limit->span.valid()) tree.places.push_back(limit->span);
  };
  rule_limit(family.rule.least, ">=");
  rule_limit(family.rule.most, "<=");
  for (const Bound& bound : model.bounds_of(cell.node)) {
    if (bound.period != cell.period) continue;
    std::string note = say("batas", "limit");
    if (bound.least) note += " >= " + bound.least->to_string();
    if (bound.most) note += " <= " + bound.most->to_string();
    if (!bound.grounds.reason.empty()) note += say("; alasan: ", "; reason: ") + bound.grounds.reason;
    if (!bound.grounds.citation.empty()) note += say("; dasar: ", "; rests on: ") + bound.grounds.citation;
    tree.notes.push_back(std::move(note));
    if (bound.span.valid()) tree.places.push_back(bound.span);
  }
}

// The point before a path's end: the document's own earlier figure, else a baseline.
void TreeBuilder::explain_path_start(ExplanationNode& tree, const TargetCell& cell) {
  const Model& model = context_.model;
  if (cell.statement >= model.statements.size()) return;
  const Statement& end = model.statements[cell.statement];
  const Statement* start = nullptr;
  for (const Statement& candidate : model.statements_of(cell.node)) {
    if (candidate.document == end.document && candidate.period < cell.period) start = &candidate;
  }
  const Baseline* baseline = start == nullptr ? model.baseline_before(cell.node, cell.period) : nullptr;
  if (start != nullptr) {
    tree.notes.push_back(say("bertolak dari ", "starting from ") + start->period.to_string() + " = " +
                         start->target.to_string());
  } else if (baseline != nullptr) {
    tree.notes.push_back(say("bertolak dari ", "starting from ") + baseline->period.to_string() + " = " +
                         baseline->value.to_string());
    if (baseline->span.valid()) tree.places.push_back(baseline->span);
  }
}

// A unit that begins or ends within the period carries a part of what one of the whole period does.
void TreeBuilder::explain_life(ExplanationNode& tree, const TargetCell& cell) {
  const Model& model = context_.model;
  const OrgUnit& unit = model.unit(cell.node);
  if (!cascade::lives_in_part(unit, cell.period)) return;
  std::string note = say("unit ini ada ", "this unit exists ") + unit.life();
  const auto lived = cascade::living_share(model, cell.node, cell.period);
  if (cascade::is_flow(model.item(cell.node).spec) && lived) {
    note += say(": bagian ", ": part ") + print_exact(*lived) + say(" dari ", " of ") + cell.period.to_string() +
            say(" menurut bentuk tahunnya", " by the shape of the year");
  }
  tree.notes.push_back(std::move(note));
}

void TreeBuilder::explain_cascaded(ExplanationNode& tree, const TargetCell& cell, std::size_t depth) {
  const Model& model = context_.model;
  const Family& family = model.families[cell.family.index()];
  const auto place = std::ranges::find(family.children, cell.node);
  const auto child = static_cast<std::size_t>(place - family.children.begin());
  tree.rule = family.rule.method;
  if (!family.rule.driver.empty()) tree.rule += say(" menurut ", " by ") + family.rule.driver;
  if (family.rule.span.valid()) tree.places.push_back(family.rule.span);
  if (child < family.drivers.size()) {
    Rational total;
    for (const Decimal& driver : family.drivers) total += Rational(driver);
    const std::string name = family.rule.driver.empty() ? say("bagian", "share") : family.rule.driver;
    tree.notes.push_back(name + " " + family.drivers[child].to_string() + say(" dari ", " of ") + print_exact(total));
    if (child < family.driver_spans.size() && family.driver_spans[child].valid()) {
      tree.places.push_back(family.driver_spans[child]);
    }
    if (family.drivers_illustrative) tree.notes.push_back(say("pemacu ilustratif", "illustrative driver"));
  }
  for (const DriverShare& row : driver_shares(model, context_.targets, family, child, cell.period)) {
    const DriverTerm& term = family.rule.driver_terms[row.term];
    std::string name = term.name;
    if (term.kind == DriverTerm::Kind::baseline) name = "baseline";
    if (term.kind == DriverTerm::Kind::months) name = say("bulan terisi", "months held");
    if (term.kind == DriverTerm::Kind::measure) name = say("target ", "target of ") + term.name;
    if (term.kind == DriverTerm::Kind::need && term.standard)
      name = say("kebutuhan sampai ", "need up to ") + term.standard->to_string();
    std::string note = say("pemacu ", "driver ") + name + ": " + print_exact(row.value) + say(" dari ", " of ") +
                       print_exact(row.total);
    if (family.rule.driver_terms.size() > 1) note += say(", bagian ", ", share ") + term.share.to_string();
    tree.notes.push_back(std::move(note));
    if (term.span.valid()) tree.places.push_back(term.span);
  }
  explain_life(tree, cell);
  explain_limits(tree, family, cell);
  if (cell.exact < context_.targets.exact.size()) {
    const Rational& share = context_.targets.exact[cell.exact];
    const Decimal* printed = cell.target.number();
    if (printed != nullptr && Rational(*printed) != share) {
      tree.notes.push_back(say("bagian sebelum pembulatan ", "share before rounding ") + print_exact(share) +
                           say("; dibulatkan ke langkah menjadi ", "; rounded to the step as ") + printed->to_string());
    } else {
      tree.notes.push_back(say("bagian tepat ", "exact share ") + print_exact(share));
    }
  }
  for (const CascadeResidual& residual : context_.targets.residuals) {
    if (residual.family != cell.family || residual.period != cell.period) continue;
    const Rational rest = residual.parent - residual.children;
    tree.notes.push_back(
        rest.is_zero()
            ? say("jumlah keluarga ini kembali tepat ke induknya", "this family rolls up to its parent exactly")
            : say("sisa pembulatan keluarga ", "rounding residual of the family ") + print_exact(rest));
  }
  if (cell.state == StatementState::proposed) {
    tree.notes.push_back(say("usulan: belum diadopsi dokumen pemerintah daerah yang bersangkutan",
                             "proposed: not yet adopted by a document of that government"));
  }
  if (!may_descend(tree, depth)) return;
  if (auto input = target(family.parent, cell.period, depth + 1)) tree.inputs.push_back(std::move(*input));
}

std::optional<ExplanationNode> TreeBuilder::target(NodeId node, Period period, std::size_t depth) {
  const TargetCell* cell = context_.targets.find(node, period);
  if (cell == nullptr) return std::nullopt;
  const Model& model = context_.model;
  const Item& item = model.item(node);
  ExplanationNode tree = head(node, period, "target");
  tree.value = cell->target.to_string();
  if (!item.spec.unit_name.empty() && cell->target.grade() == nullptr) tree.value += " " + item.spec.unit_name;
  if (const Decimal* number = cell->target.number()) tree.exact = number->to_string();
  if (cell->illustrative || item.illustrative) tree.labels.emplace_back("ilustratif");
  if (item.unverified) tree.labels.emplace_back("belum-diverifikasi");
  const bool has_statement = cell->statement < model.statements.size();
  switch (cell->origin) {
    case TargetOrigin::stated:
      tree.rule = say("dinyatakan dalam dokumen", "stated in a document");
      break;
    case TargetOrigin::hold:
      tree.rule = say("ditahan dengan tangan; kaskade menyesuaikan", "held by hand; the cascade works around it");
      break;
    case TargetOrigin::cascaded:
      if (cell->family.valid()) explain_cascaded(tree, *cell, depth);
      break;
    case TargetOrigin::path:
      tree.rule = say("lintasan antara dua titik rencana, sampai ", "path between two points of the plan, up to ") +
                  cell->from_period.to_string();
      explain_path_start(tree, *cell);
      break;
    case TargetOrigin::aligned:
      tree.rule = say("rencana unit ini telah berakhir; kebijakan ", "the plan of this unit has ended; policy ") +
                  std::string(to_string(cell->policy));
      break;
    case TargetOrigin::summed:
      break;  // below: its inputs are the children
    case TargetOrigin::time_split:
      tree.rule = say("dibagi dalam waktu dari ", "split in time from ") + cell->from_period.to_string() + " (" +
                  std::string(to_string(item.spec.accumulation)) +
                  (item.spec.profile.empty() ? ")" : say(", menurut profil)", ", by profile)"));
      if (may_descend(tree, depth)) {
        if (auto input = target(node, cell->from_period, depth + 1)) tree.inputs.push_back(std::move(*input));
      }
      break;
  }
  if (cell->origin == TargetOrigin::summed) {
    tree.rule = say("jumlah bagian yang sama dari ", "sum of the same part of ") + cell->from_period.to_string() +
                say(" pada semua anak", " over all children");
    if (may_descend(tree, depth)) {
      for (const NodeId child : model.graph.children(node)) {
        if (auto input = target(child, period, depth + 1)) tree.inputs.push_back(std::move(*input));
      }
    }
  }
  if (has_statement) tree.inputs.push_back(statement_node(node, model.statements[cell->statement]));
  // Other documents may say something else about the same cell; a reader should see all of them.
  for (const Statement& other : model.statements_of(node)) {
    if (other.period != period) continue;
    if (has_statement && &other == &model.statements[cell->statement]) continue;
    tree.notes.push_back(say("juga dinyatakan dalam ", "also stated in ") +
                         model.documents[other.document.index()].code + ": " + other.target.to_string() + " (" +
                         std::string(to_string(other.state)) + ")");
  }
  return tree;
}

}  // namespace jenjang
