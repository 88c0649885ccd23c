// What was measured and reported in the year.
#include <algorithm>
#include <array>
#include <map>

#include "engine/assess/proposal_scope.h"

namespace jenjang::assess {
namespace {

const Rational& hundred() {
  static const Rational kHundred(100);
  return kHundred;
}

bool is_due(const ProposalScope& scope, Period period) {
  return !scope.input.as_of || scope.input.as_of->is_over(period);
}

bool is_achieved(const ProposalScope& scope, NodeId node, Period period) {
  const ResultCell* cell = scope.cell(node, period);
  return cell != nullptr && cell->achievement_state == CellState::value;
}

// The period that says how the target stands: the year once it is over, before that its latest finished part. A sum
// over an unfinished year lies below the year's target however well it runs, so the year speaks then only for
// measures that have no parts.
std::optional<Period> telling_period(const ProposalScope& scope, NodeId node) {
  const bool annual = scope.input.context.targets.find(node, scope.year) != nullptr;
  if (annual && is_due(scope, scope.year)) {
    return is_achieved(scope, node, scope.year) ? std::optional(scope.year) : std::nullopt;
  }
  std::optional<Period> latest;
  for (const Period period : scope.input.context.result.grid().periods()) {
    if (period == scope.year || !scope.year.contains(period) || !is_due(scope, period)) continue;
    if (!is_achieved(scope, node, period)) continue;
    if (!latest || latest->last_month() < period.last_month()) latest = period;
  }
  if (!latest && annual && is_achieved(scope, node, scope.year)) return scope.year;
  return latest;
}

struct Spending {
  NodeId ceiling, goal;
  std::optional<Rational> absorbed, achieved;  // percent of the ceiling; percent of the targets
};

// Absorption and achievement of each goal that has a ceiling and a target to perform against.
std::vector<Spending> spendings(const ProposalScope& scope, ExactEvaluator& exact) {
  std::vector<Spending> found;
  for (const NodeId ceiling : scope.ceilings) {
    const NodeId goal = scope.goal_of_ceiling(ceiling);
    if (!goal.valid() || !scope.has_performance(goal)) continue;
    found.push_back({ceiling, goal, exact.achievement_raw(ceiling, scope.year), exact.value(goal, scope.year)});
  }
  return found;
}

ExactEvaluator evaluator(const ProposalScope& scope) {
  const ExplainContext& context = scope.input.context;
  return {context.model, context.targets, context.facts, Lane::all, context.result.as_of()};
}

std::string percent(const Rational& figure) {
  return round(figure, Rounding{RoundingMode::half_up, 2}).to_string();
}

}  // namespace

Proposal check_on_track(const ProposalScope& scope) {
  Tally tally(scope);
  ExactEvaluator exact = evaluator(scope);
  std::size_t silent = 0;
  std::size_t on_track = 0;
  for (const NodeId node : scope.measures) {
    if (!scope.has_target(node)) continue;
    const std::optional<Period> period = telling_period(scope, node);
    const std::optional<Rational> reached = period ? exact.achievement_raw(node, *period) : std::nullopt;
    if (!reached) {
      // An official figure that is not out, or a period that is not over, is no failure, but no proof either.
      ++silent;
      const ResultCell* cell = scope.cell(node, scope.year);
      tally.add(false, node, std::string(cell == nullptr ? "belum ada angka" : to_string(cell->state)));
      continue;
    }
    const bool met = *reached >= hundred();
    if (met && *period != scope.year) ++on_track;
    tally.add(met, node, period->to_string() + ": " + percent(*reached) + " persen");
  }
  if (tally.of() == 0) return tally.finish("unit ini tidak mempunyai target pada tahun itu");
  std::string reason = tally.counted("target tercapai atau sesuai jalur");
  if (on_track > 0) reason += "; " + std::to_string(on_track) + " menurut periode terakhir, tahunnya belum lengkap";
  if (silent > 0) reason += "; " + std::to_string(silent) + " belum mempunyai capaian";
  return tally.finish(std::move(reason));
}

Proposal check_periodic(const ProposalScope& scope) {
  Tally tally(scope);
  std::size_t due = 0;
  std::size_t reported = 0;
  std::size_t yearly = 0;
  for (const NodeId node : scope.measures) {
    const Granularity frequency = scope.model.item(node).spec.frequency;
    if (frequency == Granularity::year) {
      ++yearly;
      continue;
    }
    std::string missing;
    std::size_t of = 0;
    std::size_t here = 0;
    for (const Period period : scope.year.split(frequency)) {
      if (!is_due(scope, period) || !scope.model.unit(node).exists_in(period)) continue;
      ++of;
      if (scope.has_figure(node, period)) {
        ++here;
      } else {
        missing += (missing.empty() ? "" : " ") + period.to_string();
      }
    }
    if (of == 0) continue;
    due += of;
    reported += here;
    tally.add(missing.empty(), node, missing.empty() ? std::to_string(of) + " periode" : "belum: " + missing);
  }
  if (tally.of() == 0 && yearly > 0) {
    const OrgUnit& unit = scope.model.units[scope.input.unit];
    tally.add(false, {unit.path, "semua indikator bertahun", unit.span}, false);
    return tally.finish("tidak satu pun dari " + std::to_string(yearly) +
                        " indikator diukur lebih sering daripada setahun sekali");
  }
  if (tally.of() == 0) return tally.finish("belum ada periode yang jatuh tempo pada tahun itu");
  std::string reason = std::to_string(reported) + " dari " + std::to_string(due) + " laporan berkala masuk, " +
                       tally.counted("indikator berkala lengkap");
  if (yearly > 0) reason += "; " + std::to_string(yearly) + " indikator lain hanya tahunan";
  Proposal made = tally.finish(std::move(reason));
  return made;
}

Proposal check_tiers(const ProposalScope& scope) {
  Tally tally(scope);
  std::map<std::size_t, std::pair<std::size_t, std::size_t>> units;  // UnitId -> reporting, of
  for (const NodeId node : scope.measures) {
    const UnitId unit = scope.model.node_unit[node.index()];
    if (unit == scope.input.unit) continue;
    auto& [reporting, of] = units[unit.index()];
    ++of;
    const auto& periods = scope.input.context.result.grid().periods();
    const bool any = std::any_of(periods.begin(), periods.end(), [&](Period period) {
      return scope.year.contains(period) && scope.has_figure(node, period);
    });
    if (any) ++reporting;
  }
  for (const auto& [index, counts] : units) {
    const OrgUnit& unit = scope.model.units[UnitId::from_index(index)];
    tally.add(
        counts.first > 0,
        {unit.path, std::to_string(counts.first) + " dari " + std::to_string(counts.second) + " indikator berangka",
         unit.span},
        false);
  }
  if (tally.of() == 0) return tally.finish("tidak ada unit atau jabatan di bawahnya yang berindikator");
  return tally.finish(tally.counted("unit dan jabatan di bawahnya melaporkan hasilnya ke dalam rencana ini"));
}

Proposal check_efficiency(const ProposalScope& scope) {
  Tally tally(scope);
  ExactEvaluator exact = evaluator(scope);
  for (const Spending& one : spendings(scope, exact)) {
    std::string missing;
    if (!one.absorbed) missing = "tanpa realisasi anggaran";
    if (!one.achieved) missing += std::string(missing.empty() ? "tanpa" : " dan") + " capaian kinerja";
    tally.add(missing.empty(), one.goal, missing);
  }
  if (tally.of() == 0) return tally.finish("tidak ada program atau kegiatan berpagu yang berindikator");
  return tally.finish(tally.counted("program dan kegiatan berpagu mempunyai serapan dan capaian untuk dibandingkan"));
}

Proposal check_frugal(const ProposalScope& scope) {
  Tally tally(scope);
  ExactEvaluator exact = evaluator(scope);
  std::size_t unknown = 0;
  for (const Spending& one : spendings(scope, exact)) {
    if (!one.absorbed || !one.achieved) {
      ++unknown;
      continue;
    }
    tally.add(*one.achieved >= *one.absorbed, one.goal,
              "capaian " + percent(*one.achieved) + ", serapan " + percent(*one.absorbed) + " persen");
  }
  const std::string left = unknown > 0 ? "; " + std::to_string(unknown) + " lain belum dapat dibandingkan" : "";
  if (tally.of() == 0) return tally.finish("tidak ada serapan dan capaian untuk dibandingkan" + left);
  return tally.finish(tally.counted("program dan kegiatan capaiannya tidak di bawah serapannya") + left);
}

Proposal check_complete(const ProposalScope& scope) {
  Tally tally(scope);
  for (const NodeId node : scope.measures) {
    if (scope.input.context.targets.find(node, scope.year) == nullptr) continue;
    const bool met = scope.has_figure(node, scope.year);
    const ResultCell* cell = scope.cell(node, scope.year);
    tally.add(met, node, met ? "" : std::string(cell == nullptr ? "belum ada angka" : to_string(cell->state)));
  }
  if (tally.of() == 0) return tally.finish("unit ini tidak mempunyai target tahunan pada tahun itu");
  return tally.finish(tally.counted("indikator bertarget tahunan mempunyai realisasi"));
}

Proposal check_comparison(const ProposalScope& scope, std::size_t kind) {
  static constexpr std::array<std::string_view, 4> kWith{"target tahunan", "target akhir rencana", "tahun sebelumnya",
                                                         "angka nasional"};
  constexpr std::size_t kNation = 3;
  Tally tally(scope);
  for (const MeasureComparisons& one : scope.input.comparisons) {
    if (!one.has_figure) continue;
    const bool met = !one.against[kind].empty();
    tally.add(met, one.node, met ? one.against[kind] : "tanpa pembanding");
  }
  if (tally.of() == 0) return tally.finish("belum ada realisasi tahun itu yang dapat dibandingkan");
  Proposal made = tally.finish(tally.counted("realisasi dapat dibandingkan dengan ") + std::string(kWith[kind]));
  // Most outputs of an agency have no national figure, and no rule asks that all have one.
  if (kind == kNation && made.met > 0) made.answer = ProposedAnswer::yes;
  return made;
}

}  // namespace jenjang::assess
