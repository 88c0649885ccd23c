// Reach over a worksheet equals trying every worksheet that is nowhere worse, scored by score_sheet.
#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "jenjang/assess/reach_sheet.h"

namespace jenjang {
namespace reach_sheet_property_test {

int draw(int low, int high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high + 1));
}

Scale grades(std::string id, std::vector<std::pair<std::string, int>> labels) {
  Scale scale;
  scale.kind = Scale::Kind::grades;
  scale.id = "uji/" + id;
  for (const auto& [label, points] : labels) scale.grades.push_back({label, Decimal(points), {}});
  return scale;
}

// A total of two sub-components of 40 and 60 points: 2 and 3 criteria; mode M1 with one judgement, or M2 of four
// grades.
struct Drawn {
  Pack pack;
  SheetAnswers answers;
  std::vector<ReachCost> costs;
  std::vector<std::string> leaves;
};

Drawn draw_sheet(bool by_share) {
  Drawn drawn;
  Pack& pack = drawn.pack;
  pack.id = "uji";
  Scale bands;
  bands.id = "uji/predikat";
  bands.open_below = draw(0, 1) == 1;
  bands.bands = {{"A", "", Decimal(draw(70, 90)), {}}, {"B", "", Decimal(draw(30, 60)), {}}, {"C", "", {}, {}}};
  pack.scales = {bands, grades("nilai", {{"A", 100}, {"B", 70}, {"C", 40}, {"D", 0}}),
                 grades("ya-tidak", {{"ya", 1}, {"tidak", 0}})};
  PackTemplate tmpl;
  tmpl.id = "t";
  const auto node = [&](std::string code, std::size_t parent, Aggregation how, Decimal factor) {
    TemplateNode made;
    made.code = std::move(code);
    made.parent = parent;
    made.aggregation = how;
    made.factor = factor;
    tmpl.nodes.push_back(made);
    return tmpl.nodes.size() - 1;
  };
  node("total", SIZE_MAX, Aggregation::sum, Decimal(1));
  tmpl.nodes.front().scale = "predikat";
  const std::vector<std::string> labels =
      by_share ? std::vector<std::string>{"ya", "tidak"} : std::vector<std::string>{"A", "B", "C", "D"};
  for (const int weight : {40, 60}) {
    const std::string code = weight == 40 ? "a" : "b";
    const std::size_t sub = node(code, 0, Aggregation::weighted_mean, Decimal::from_parts(weight, 2));
    tmpl.share_table_of[code] = "bagian";
    for (int i = 1; i <= (weight == 40 ? 2 : 3); ++i) {
      const std::string leaf = code + "." + std::to_string(i);
      node(leaf, sub, Aggregation::leaf, Decimal(1));
      drawn.leaves.push_back(leaf);
      drawn.answers[leaf] = labels[static_cast<std::size_t>(draw(0, static_cast<int>(labels.size()) - 1))];
    }
  }
  ShareTable table;
  table.id = "bagian";
  table.rows = {{"A", Decimal(100), 1, 1, true, 1, 1, false, {"teladan"}, "", {}},
                {"B", Decimal(80), 1, 1, true, 1, 1, false, {}, "", {}},
                {"C", Decimal(50), 1, 3, false, 1, 1, true, {}, "", {}},
                {"D", Decimal(20), 0, 1, true, 1, 3, false, {}, "", {}}};
  tmpl.share_tables = {table};
  ScoringMode mode;
  mode.id = "M";
  mode.answers = by_share ? "ya-tidak" : "nilai";
  mode.rule = by_share ? "syarat-kriteria" : "rata-rata-nilai";
  tmpl.modes = {mode};
  pack.templates = {tmpl};
  for (const std::string& leaf : drawn.leaves) {
    if (draw(0, 2) == 0) continue;
    ReachCost cost;
    cost.code = leaf;
    if (draw(0, 1) == 0) cost.answer = labels[static_cast<std::size_t>(draw(0, static_cast<int>(labels.size()) - 2))];
    if (draw(0, 3) > 0) cost.cost = Decimal::from_parts(draw(0, 400), 2);
    // Only earlier criteria are waited for, so that there is no ring.
    const std::string& other = drawn.leaves[static_cast<std::size_t>(draw(0, 4))];
    if (other < leaf && draw(0, 1) == 0) cost.needs.push_back({other, labels.front()});
    drawn.costs.push_back(cost);
  }
  if (by_share && draw(0, 1) == 0) drawn.costs.push_back({"b/teladan", "ya", Decimal(draw(0, 3)), {}, {}, {}});
  return drawn;
}

// Cost of taking one criterion from grade `from` to the better `to`, and what it waits for; written down again from the
// documentation: own price, else one step dearer than the grade before.
struct Way {
  Rational cost;
  std::vector<std::string> needs;
};
Way way(const Drawn& drawn, const std::string& code, const std::vector<std::string>& labels, std::size_t from,
        std::size_t to) {
  const auto row = [&](const std::string& answer) {
    const auto found = std::ranges::find_if(
        drawn.costs, [&](const ReachCost& cost) { return cost.code == code && cost.answer == answer; });
    return found == drawn.costs.end() ? nullptr : &*found;
  };
  Way made;
  for (std::size_t grade = from; grade-- > to;) {
    const ReachCost *any = row(""), *own = row(labels[grade]);
    if (own != nullptr && own->cost) {
      made.cost = Rational(*own->cost);
    } else {
      made.cost += any != nullptr && any->cost ? Rational(*any->cost) : Rational(1);
    }
    for (const ReachCost* each : {any, own}) {
      if (each == nullptr) continue;
      for (const ReachPrerequisite& need : each->needs) made.needs.push_back(need.code);
    }
  }
  return made;
}

void check_against_all(bool by_share) {
  const Drawn drawn = draw_sheet(by_share);
  const PackTemplate& tmpl = drawn.pack.templates.front();
  const ScoringMode* mode = &tmpl.modes.front();
  const std::string wanted = draw(0, 1) == 0 ? "A" : "B";
  DiagnosticSink sink;
  const auto found = reach_sheet(drawn.pack, tmpl, mode, drawn.answers, wanted, drawn.costs, {}, sink);
  RC_ASSERT(found.has_value());
  std::vector<std::string> labels;
  for (const GradePoint& grade : drawn.pack.scale(mode->answers)->grades) labels.push_back(grade.label);
  const bool judged = !drawn.costs.empty() && drawn.costs.back().code == "b/teladan";
  std::vector<std::size_t> from, at;
  for (const std::string& leaf : drawn.leaves) {
    from.push_back(static_cast<std::size_t>(std::ranges::find(labels, drawn.answers.at(leaf)) - labels.begin()));
  }
  at = from;
  std::optional<Rational> least;
  for (;;) {
    for (int judgement = 0; judgement <= (judged ? 1 : 0); ++judgement) {
      SheetAnswers answers = drawn.answers;
      Rational cost = judgement == 1 ? Rational(*drawn.costs.back().cost) : Rational();
      if (judgement == 1) answers["b/teladan"] = "ya";
      bool allowed = true;
      for (std::size_t i = 0; i < at.size(); ++i) {
        answers[drawn.leaves[i]] = labels[at[i]];
        const Way step = way(drawn, drawn.leaves[i], labels, from[i], at[i]);
        cost += step.cost;
        for (const std::string& need : step.needs) {
          const auto other = std::ranges::find(drawn.leaves, need) - drawn.leaves.begin();
          allowed = allowed && at[static_cast<std::size_t>(other)] == 0;
        }
      }
      if (!allowed || (least && *least <= cost)) continue;
      const SheetScore score = score_sheet(drawn.pack, tmpl, mode, answers);
      if (score.predicate == "A" || score.predicate == wanted) least = cost;
    }
    std::size_t i = 0;
    while (i < at.size() && at[i] == 0) {
      at[i] = from[i];
      ++i;
    }
    if (i == at.size()) break;
    --at[i];
  }
  RC_TAG(!least ? "unreachable" : least->is_zero() ? "for nothing" : "reachable");
  RC_ASSERT((found->outcome.verdict == ReachOutcome::Verdict::reached) == least.has_value());
  if (!least) return;
  RC_ASSERT(found->cheaper_checked);
  for (const SheetPlan& plan : found->plans) {
    RC_ASSERT(plan.cost == *least);
    RC_ASSERT(plan.score.predicate == "A" || plan.score.predicate == wanted);
  }
}

RC_GTEST_PROP(ReachSheetProperty, MeansEqualBruteForce, ()) {
  check_against_all(false);
}
RC_GTEST_PROP(ReachSheetProperty, SharesEqualBruteForce, ()) {
  check_against_all(true);
}

}  // namespace reach_sheet_property_test
}  // namespace jenjang
