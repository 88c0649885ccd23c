#include "jenjang/assess/reach_sheet.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "engine/assess/reach_sheet_problem.h"

namespace jenjang {
namespace {

// The wanted band of the total's scale: which totals have it or a better one, and the figure to print for that.
struct Cut {
  int band = 0;
  HalfLine totals;
  Decimal least_figure;
};

std::optional<Cut> cut_of(const Scale& scale, std::string_view wanted) {
  const auto band = std::ranges::find(scale.bands, wanted, &Band::label);
  if (band == scale.bands.end()) return std::nullopt;
  Cut cut;
  cut.band = static_cast<int>(band - scale.bands.begin());
  // The lowest band has no cut: everything reaches it.
  const Decimal above = band->above.value_or(scale.domain_low.value_or(Decimal(0)));
  const bool strict = band->above && scale.open_below;
  cut.totals = preimage_above(above, strict, scale.decide_on);
  const bool exact = scale.decide_on.mode == RoundingMode::exact;
  const int places = exact ? std::max(above.scale(), scale.open_below ? 2 : 0) : scale.decide_on.places;
  cut.least_figure = least_figure_above(above, strict, places);
  return cut;
}

class SheetReacher {
public:
  SheetReacher(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode, const Scale& scale, Cut cut)
      : pack_(pack), tmpl_(tmpl), mode_(mode), scale_(scale), cut_(std::move(cut)) {}

  std::optional<SheetReach> run(const SheetAnswers& answers, const std::vector<ReachCost>& costs, SourceSpan use,
                                DiagnosticSink& sink, const ReachLimits& limits) {
    reach_.wanted = scale_.bands[static_cast<std::size_t>(cut_.band)].label;
    reach_.least_figure = cut_.least_figure;
    complete(answers);
    const std::optional<LinearForm> form = linear_form(pack_, tmpl_, mode_, reach_.present, use, sink);
    if (!form) return std::nullopt;
    reach_.now = score_sheet(pack_, tmpl_, mode_, reach_.present);
    std::optional<SheetProblem> made =
        make_sheet_problem(pack_, tmpl_, mode_, *form, reach_.present, cut_.totals, costs, use, sink);
    if (!made) return std::nullopt;
    made_ = *std::move(made);
    const std::optional<Rational>& now = reach_.now.total();
    if (!now || *now != made_.base) throw std::logic_error("reach: the linear form is not the worksheet's score");
    reach_.unpriced = made_.unpriced;
    reach_.default_costs = made_.default_costs;
    reach_.gain_scale = made_.gain_scale;
    reach_.cost_scale = made_.cost_scale;
    reach_.outcome = solve_reach(made_.problem, limits);
    describe_most();
    if (reach_.outcome.verdict == ReachOutcome::Verdict::reached) {
      reach_.cheaper_checked = check_reach_proof(made_.problem, reach_.outcome.proof);
      if (!reach_.cheaper_checked) throw std::logic_error("reach: the proof of minimality does not hold");
      const std::int64_t below = reach_.outcome.gain_below;
      reach_.prerequisites_decide = reach_.outcome.cost > 0 && below >= made_.problem.need;
      if (reach_.outcome.cost > 0 && below >= 0 && !reach_.prerequisites_decide) {
        reach_.total_below = made_.base + whole(below) * made_.gain_scale;
      }
    }
    for (const ReachPlan& plan : reach_.outcome.plans) reach_.plans.push_back(describe(plan));
    if (!reach_.plans.empty()) {
      const SheetPlan& first = reach_.plans.front();
      reach_.margin = margin_of(first.answers, first.score);
    }
    return std::move(reach_);
  }

private:
  static Rational whole(std::int64_t count) { return Rational(count); }

  void complete(const SheetAnswers& answers) {
    reach_.present = answers;
    std::set<std::size_t> parents;
    for (const TemplateNode& node : tmpl_.nodes) parents.insert(node.parent);
    for (std::size_t i = 0; i < tmpl_.nodes.size(); ++i) {
      if (parents.contains(i)) continue;
      const TemplateNode& node = tmpl_.nodes[i];
      ++reach_.criteria;
      std::string& answer = reach_.present[node.code];
      if (!answer.empty()) continue;
      reach_.unanswered.push_back(node.code);
      const Scale* scale = answer_scale_of(pack_, mode_, node);
      if (scale != nullptr && !scale->grades.empty()) answer = scale->grades.back().label;
    }
  }

  [[nodiscard]] std::string label_of(const SheetItem& item, int level) const {
    return item.scale->grades[item.grades[static_cast<std::size_t>(level)]].label;
  }

  [[nodiscard]] SheetAnswers answers_of(const ReachPlan& plan) const {
    SheetAnswers answers = reach_.present;
    for (std::size_t i = 0; i < made_.items.size(); ++i) {
      if (plan.level[i] > 0) answers[made_.items[i].code] = label_of(made_.items[i], plan.level[i]);
    }
    return answers;
  }

  SheetPlan describe(const ReachPlan& plan) const {
    SheetPlan shown;
    shown.answers = answers_of(plan);
    shown.score = score_sheet(pack_, tmpl_, mode_, shown.answers);
    const std::optional<Rational>& total = shown.score.total();
    if (!total || *total != made_.base + whole(plan.gain) * made_.gain_scale || !cut_.totals.contains(*total)) {
      throw std::logic_error("reach: a plan does not score what it promised");
    }
    for (const std::size_t item : in_order(plan)) {
      const SheetItem& at = made_.items[item];
      const std::int64_t cost = made_.problem.items[item].levels[static_cast<std::size_t>(plan.level[item])].cost;
      SheetStep step{at.code, label_of(at, 0), label_of(at, plan.level[item]), money(cost)};
      if (!reach_.present.contains(at.code)) step.from.clear();
      shown.cost += step.cost;
      shown.steps.push_back(std::move(step));
    }
    return shown;
  }

  // The marks of free steps are less than a hundredth: they go with the rounding down.
  [[nodiscard]] Rational money(std::int64_t cost) const {
    const Rational hundredths = whole(cost) * made_.cost_scale * Rational(100);
    return Rational(static_cast<std::int64_t>(hundredths.floor().value_or(0)), 100);
  }

  // Raised items, each after what it needs; otherwise in the order of the template.
  [[nodiscard]] std::vector<std::size_t> in_order(const ReachPlan& plan) const {
    std::vector<std::size_t> order;
    std::vector<bool> placed(plan.level.size(), false);
    const auto ready = [&](std::size_t item) {
      const ReachLevel& at = made_.problem.items[item].levels[static_cast<std::size_t>(plan.level[item])];
      return std::ranges::all_of(at.needs, [&](const ReachNeed& need) { return need.level == 0 || placed[need.item]; });
    };
    for (bool more = true; more;) {
      more = false;
      for (std::size_t item = 0; item < plan.level.size(); ++item) {
        if (placed[item] || plan.level[item] == 0 || !ready(item)) continue;
        placed[item] = true;
        order.push_back(item);
        more = true;
        break;
      }
    }
    return order;
  }

  void describe_most() {
    ReachPlan all;
    for (const SheetItem& item : made_.items) all.level.push_back(static_cast<int>(item.grades.size()) - 1);
    const SheetScore score = score_sheet(pack_, tmpl_, mode_, answers_of(all));
    reach_.most_total = score.total().value_or(Rational());
    reach_.most_predicate = score.predicate;
  }

  [[nodiscard]] SheetMargin margin_of(const SheetAnswers& answers, const SheetScore& score) const {
    SheetMargin margin;
    const Rational total = *score.total();
    const bool exact = scale_.decide_on.mode == RoundingMode::exact;
    margin.points = (exact ? total : Rational(round(total, scale_.decide_on))) - Rational(cut_.least_figure);
    for (const auto& [code, answer] : answers) {
      const std::optional<std::string> lower = one_lower(code, answer);
      if (!lower) continue;
      SheetAnswers without = answers;
      without[code] = *lower;
      const SheetScore left = score_sheet(pack_, tmpl_, mode_, without);
      if (!left.total() || cut_.totals.contains(*left.total())) continue;
      margin.losses.push_back({code, answer, *lower, *left.total(), left.predicate});
    }
    std::ranges::stable_sort(margin.losses, {}, &SheetLoss::total);
    return margin;
  }

  // One grade less; where only met or not met counts, not met.
  [[nodiscard]] std::optional<std::string> one_lower(const std::string& code, const std::string& answer) const {
    const std::size_t node = tmpl_.find_node(code.substr(0, code.find('/')));
    if (node == SIZE_MAX) return std::nullopt;
    const Scale* scale = answer_scale_of(pack_, mode_, tmpl_.nodes[node]);
    if (scale == nullptr) return std::nullopt;
    const std::optional<std::size_t> grade = scale->find_grade(answer);
    if (!grade || *grade + 1 >= scale->grades.size()) return std::nullopt;
    return scale->grades[*grade + 1].label;
  }

  const Pack& pack_;
  const PackTemplate& tmpl_;
  const ScoringMode* mode_;
  const Scale& scale_;
  Cut cut_;
  SheetProblem made_;
  SheetReach reach_;
};

const Scale* total_scale(const Pack& pack, const PackTemplate& tmpl) {
  if (tmpl.nodes.empty() || tmpl.nodes.front().scale.empty()) return nullptr;
  const Scale* scale = pack.scale(tmpl.nodes.front().scale);
  return scale != nullptr && scale->kind == Scale::Kind::bands && !scale->has_empty_slot ? scale : nullptr;
}

}  // namespace

std::vector<std::string> reach_labels(const Pack& pack, const PackTemplate& tmpl) {
  std::vector<std::string> labels;
  if (const Scale* scale = total_scale(pack, tmpl)) {
    for (const Band& band : scale->bands) labels.push_back(band.label);
  }
  return labels;
}

std::optional<SheetReach> reach_sheet(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                                      const SheetAnswers& answers, std::string_view wanted,
                                      const std::vector<ReachCost>& costs, SourceSpan use, DiagnosticSink& sink,
                                      const ReachLimits& limits) {
  const Scale* scale = total_scale(pack, tmpl);
  std::optional<Cut> cut = scale == nullptr ? std::nullopt : cut_of(*scale, wanted);
  if (!cut) {
    sink.report(make_diagnostic(Code::J3125, use).arg("kode", tmpl.id).arg("sebab", wanted));
    return std::nullopt;
  }
  return SheetReacher(pack, tmpl, mode, *scale, *std::move(cut)).run(answers, costs, use, sink, limits);
}

}  // namespace jenjang
