// Targets of one measure along the years: complete, in the right direction, not stuck at the ceiling.
#include <algorithm>

#include "engine/rollup/lint/value_rules.h"
#include "engine/rollup/semantics.h"

namespace jenjang::rollup {
namespace {

constexpr std::string_view kPercent = "persen";

// A node that repeats its parent's item was made by a selector; it gets what the cascade gives.
bool is_expansion(const Model& model, NodeId node) {
  const auto parents = model.graph.parents(node);
  return std::any_of(parents.begin(), parents.end(),
                     [&](NodeId parent) { return model.node_item[parent.index()] == model.node_item[node.index()]; });
}

void check_years(const LintContext& context, NodeId node) {
  const Item& item = context.model.item(node);
  const LintRule* rule = context.applicable("CAS-TGT-01", item.document);
  if (rule == nullptr || item.kind != ItemKind::indicator || item.spec.polarity == Polarity::context ||
      is_expansion(context.model, node)) {
    return;
  }
  const PeriodRange years = context.model.documents[item.document.index()].years;
  std::string missing;
  for (int year = years.first_year; year <= years.last_year; ++year) {
    if (context.targets.find(node, Period::year(year)) != nullptr) continue;
    missing += (missing.empty() ? "" : ", ") + std::to_string(year);
  }
  if (missing.empty()) return;
  context.report(*rule, node,
                 make_diagnostic(Code::J2301, context.model.node_span[node.index()])
                     .arg("alamat", context.model.address(node))
                     .arg("periode", missing));
}

// The figure a path is judged by: the number, the bound of an inequality, the points of a grade.
std::optional<Decimal> path_figure(const Model& model, NodeId node, const Target& target) {
  const auto resolved = resolve_target(model, node, target);
  return resolved ? resolved->reference_number() : std::nullopt;
}

void check_direction(const LintContext& context, NodeId node) {
  const Item& item = context.model.item(node);
  const Polarity polarity = item.spec.polarity;
  const bool rising = polarity == Polarity::higher || polarity == Polarity::grade;
  if (!rising && polarity != Polarity::lower) return;
  std::optional<Decimal> before;
  std::string before_text;
  for (const TargetCell& cell : context.row) {
    if (cell.period.granularity() != Granularity::year) continue;
    const auto figure = path_figure(context.model, node, cell.target);
    if (!figure) continue;
    if (!before) {
      bool broken = false;
      const Baseline* baseline = baseline_for(context.model, node, cell.period, &broken);
      if (baseline != nullptr && !broken && baseline->period.year() < cell.period.year()) {
        before = baseline->value;
        before_text = baseline->value.to_string();
      }
    }
    const LintRule* rule = is_stated(cell) ? context.applicable("CAS-TGT-02", context.document_of(cell)) : nullptr;
    // A ceiling follows the money there is; falling is not moving against a direction.
    const bool is_ceiling = context.model.item(node).code.starts_with("PAGU-");
    if (rule != nullptr && before && !is_ceiling && (rising ? *figure < *before : *before < *figure)) {
      context.report(*rule, node,
                     make_diagnostic(Code::J2302, context.place_of(cell))
                         .arg("alamat", context.model.address(node))
                         .arg("periode", cell.period.to_string())
                         .arg("nilai", cell.target.to_string())
                         .arg("polaritas", to_string(polarity))
                         .arg("nilai_sebelumnya", before_text));
    }
    before = figure;
    before_text = cell.target.to_string();
  }
}

// A node whose numbers are added or averaged, above or below.
bool joins_arithmetic(const Model& model, NodeId node) {
  const auto numeric = [](Aggregation aggregation) {
    return aggregation == Aggregation::sum || aggregation == Aggregation::weighted_mean ||
           aggregation == Aggregation::ratio;
  };
  const auto by_value = [&](NodeId parent, NodeId child) {
    bool carried = false;
    for_each_tie(model, parent, [&](const Tie& tie) {
      if ((!child.valid() || tie.child == child) && tie.carry == Carry::value) carried = true;
    });
    return carried && numeric(aggregation_of(model.item(parent)));
  };
  if (by_value(node, NodeId())) return true;
  const auto parents = model.graph.parents(node);
  return std::any_of(parents.begin(), parents.end(), [&](NodeId parent) { return by_value(parent, node); });
}

void check_numbers(const LintContext& context, NodeId node) {
  for (const TargetCell& cell : context.row) {
    if (!is_stated(cell) || cell.target.number() != nullptr) continue;
    const LintRule* rule = context.applicable("CAS-TGT-06", context.document_of(cell));
    if (rule == nullptr || !joins_arithmetic(context.model, node)) continue;
    context.report(*rule, node,
                   make_diagnostic(Code::J2306, context.place_of(cell))
                       .arg("alamat", context.model.address(node))
                       .arg("periode", cell.period.to_string())
                       .arg("nilai", cell.target.to_string()));
  }
}

// The figure beyond which a measure cannot improve; nullopt when none is known.
std::optional<Decimal> ceiling_of(const Model& model, const Item& item) {
  const MeasureSpec& spec = item.spec;
  if (spec.polarity == Polarity::grade && spec.grade_scale.valid()) {
    const Scale& scale = model.scale(spec.grade_scale);
    if (!scale.grades.empty()) return scale.grades.front().points.value_or(Decimal(scale.rank(0)));
  }
  if (spec.polarity != Polarity::higher) return std::nullopt;
  if (spec.value_bands.valid() && model.scale(spec.value_bands).domain_high) {
    return model.scale(spec.value_bands).domain_high;
  }
  const bool is_share = spec.unit_name == kPercent && !names_growth(item.title + " " + item.code);
  return is_share ? std::optional(Decimal(100)) : std::nullopt;
}

// One document that states the ceiling for each of several years and nothing else.
void check_ceiling(const LintContext& context, NodeId node) {
  const Item& item = context.model.item(node);
  const auto ceiling = ceiling_of(context.model, item);
  if (!ceiling) return;
  const auto statements = context.model.statements_of(node);
  std::vector<DocumentId> done;
  for (const Statement& first : statements) {
    if (std::find(done.begin(), done.end(), first.document) != done.end()) continue;
    done.push_back(first.document);
    const LintRule* rule = context.applicable("CAS-TGT-07", first.document);
    if (rule == nullptr) continue;
    std::string years;
    int count = 0;
    bool stuck = true;
    for (const Statement& statement : statements) {
      if (statement.document != first.document || statement.period.granularity() != Granularity::year) continue;
      const auto figure = path_figure(context.model, node, statement.target);
      stuck = stuck && figure && *figure == *ceiling;
      years += (years.empty() ? "" : ", ") + statement.period.to_string();
      ++count;
    }
    if (!stuck || count < 2) continue;
    context.report(*rule, node,
                   make_diagnostic(Code::J2307, first.span)
                       .arg("alamat", context.model.address(node))
                       .arg("nilai", first.target.to_string())
                       .arg("tahun", years));
  }
}

}  // namespace

void lint_target_paths(const LintContext& context, NodeId node) {
  check_years(context, node);
  check_direction(context, node);
  check_numbers(context, node);
  check_ceiling(context, node);
}

}  // namespace jenjang::rollup
