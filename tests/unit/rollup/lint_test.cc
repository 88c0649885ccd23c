// Value lint, coherence of hand-set composites, and targets reported as facts.
#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace lint_test {

LintRules all_rules() {
  LintRules rules;
  for (const std::string_view id : value_lint_rules()) {
    LintRule rule;
    rule.id = id;
    rules.add(rule);
  }
  return rules;
}

class Linted {
public:
  explicit Linted(const PlainPlan& plan) : built(build(plan)) { run(); }
  void run() {
    sink = DiagnosticSink();
    lint_values(built.model, built.targets, all_rules(), sink);
  }
  std::size_t count(Code code) const {
    std::size_t n = 0;
    for (const Diagnostic& d : sink.all()) n += d.code == code ? 1 : 0;
    return n;
  }
  std::string argument(Code code, std::string_view name) const {
    for (const Diagnostic& d : sink.all()) {
      if (d.code != code) continue;
      for (const DiagnosticArg& arg : d.args) {
        if (arg.name == name) return arg.value;
      }
    }
    return {};
  }
  BuiltPlan built;
  DiagnosticSink sink;
};

PlainNode measure(std::string code, std::map<std::string, std::string> targets, Polarity polarity = Polarity::higher) {
  PlainNode node;
  node.code = std::move(code);
  node.spec.polarity = polarity;
  node.spec.frequency = Granularity::month;
  node.targets = std::move(targets);
  return node;
}

TEST(ValueLint, ATargetForEveryYear) {
  PlainPlan plan;
  plan.nodes = {measure("A", {{"2024", "1"}, {"2026", "3"}}),
                measure("B", {{"2024", "1"}, {"2025", "2"}, {"2026", "3"}})};
  const Linted linted(plan);
  EXPECT_EQ(linted.count(Code::J2301), 1U);
  EXPECT_EQ(linted.argument(Code::J2301, "periode"), "2025");
}

TEST(ValueLint, AgainstThePolarity) {
  PlainPlan plan;
  plan.nodes = {measure("A", {{"2024", "5"}, {"2025", "5"}, {"2026", "4"}}),
                measure("B", {{"2024", "5"}, {"2025", "4"}, {"2026", "4"}}, Polarity::lower),
                measure("C", {{"2024", "5"}, {"2025", "6"}, {"2026", "7"}})};
  plan.nodes[2].baseline = std::pair(2023, "5.5");
  const Linted linted(plan);
  EXPECT_EQ(linted.count(Code::J2302), 2U);  // A in 2026, C against its baseline
  EXPECT_EQ(linted.argument(Code::J2302, "periode"), "2026");
}

TEST(ValueLint, ConstantAtTheCeiling) {
  PlainPlan plan;
  plan.nodes = {measure("A", {{"2024", "100"}, {"2025", "100"}, {"2026", "100.00"}}),
                measure("B", {{"2024", "95"}, {"2025", "100"}, {"2026", "100"}}),
                measure("C", {{"2024", "100"}, {"2025", "100"}, {"2026", "100"}})};
  plan.nodes[0].spec.unit_name = plan.nodes[1].spec.unit_name = "persen";
  plan.nodes[2].spec.unit_name = "dokumen";  // no ceiling
  const Linted linted(plan);
  EXPECT_EQ(linted.count(Code::J2307), 1U);
  EXPECT_EQ(linted.argument(Code::J2307, "tahun"), "2024, 2025, 2026");
}

TEST(ValueLint, AFamilyKeepsItsOwnAggregation) {
  PlainPlan plan;
  const auto family = [&](Aggregation aggregation, const char* parent) {
    plan.nodes = {measure("A", {{"2024", "10"}}), measure("A", {{"2024", "20"}}), measure("A", {{"2024", parent}})};
    plan.nodes[0].unit = "64.01";
    plan.nodes[1].unit = "64.02";
    plan.nodes[2].spec.aggregation = aggregation;
    plan.nodes[2].ties = {{0}, {1, "2"}};
    return Linted(plan).count(Code::J2304);
  };
  EXPECT_EQ(family(Aggregation::sum, "50"), 0U);  // 10 + 2 x 20
  EXPECT_EQ(family(Aggregation::sum, "50.01"), 1U);
  EXPECT_EQ(family(Aggregation::weighted_mean, "16.67"), 0U);  // 50/3 to two decimals
  EXPECT_EQ(family(Aggregation::weighted_mean, "16.66"), 1U);
  EXPECT_EQ(family(Aggregation::minimum, "10"), 0U);
  EXPECT_EQ(family(Aggregation::maximum, "10"), 1U);
}

TEST(ValueLint, BudgetsAddUp) {
  PlainPlan plan;
  plan.nodes = {measure("PAGU-K1", {{"2024", "600"}}, Polarity::context),
                measure("PAGU-K2", {{"2024", "399"}}, Polarity::context),
                measure("PAGU-P", {{"2024", "1000"}}, Polarity::context)};
  plan.nodes[2].spec.aggregation = Aggregation::sum;
  plan.nodes[2].ties = {{0}, {1}};
  Linted linted(plan);
  EXPECT_EQ(linted.count(Code::J2601), 1U);
  EXPECT_EQ(linted.argument(Code::J2601, "nilai_anak"), "999");
  EXPECT_EQ(linted.count(Code::J2304), 0U);
  plan.nodes[1].targets = {{"2024", "400"}};
  EXPECT_EQ(Linted(plan).count(Code::J2601), 0U);
}

TEST(ValueLint, PeriodsMakeTheirYear) {
  PlainPlan plan;
  const auto quarters = [&](Accumulation kind, std::vector<const char*> parts, const char* year) {
    plan.nodes = {measure("A", {{"2024", year}})};
    plan.nodes[0].spec.accumulation = kind;
    for (std::size_t q = 0; q < parts.size(); ++q) plan.nodes[0].targets["2024-TW" + std::to_string(q + 1)] = parts[q];
    return Linted(plan).count(Code::J2305);
  };
  EXPECT_EQ(quarters(Accumulation::increments, {"10", "20", "30", "40"}, "100"), 0U);
  EXPECT_EQ(quarters(Accumulation::increments, {"10", "20", "30", "40"}, "40"), 1U);
  EXPECT_EQ(quarters(Accumulation::position, {"10", "20", "30", "40"}, "40"), 0U);
  EXPECT_EQ(quarters(Accumulation::position, {"10", "20", "30", "40"}, "100"), 1U);
  EXPECT_EQ(quarters(Accumulation::average, {"10", "20", "30", "41"}, "25.25"), 0U);
  EXPECT_EQ(quarters(Accumulation::peak, {"10", "50", "30", "41"}, "50"), 0U);
  EXPECT_EQ(quarters(Accumulation::release, {"40", "40", "40", "40"}, "40"), 1U);  // never spread
}

TEST(ValueLint, TextCannotBeAdded) {
  PlainPlan plan;
  plan.nodes = {measure("A", {{"2024", "<= 49"}}), measure("B", {{"2024", "<= 49"}}), measure("S", {})};
  plan.nodes[2].spec.aggregation = Aggregation::sum;
  plan.nodes[2].ties = {{0}};
  EXPECT_EQ(Linted(plan).count(Code::J2306), 1U);  // B is not added to anything
}

TEST(ValueLint, DocumentsAgree) {
  PlainPlan plan;
  plan.nodes = {measure("A", {{"2024", "75.74"}})};
  Linted linted(plan);
  Model& model = linted.built.model;
  const auto state = [&](DocumentKind kind, const char* target, const char* replaces) {
    model.documents.resize(1);
    model.statements.resize(1);
    Document document;
    document.kind = kind;
    document.code = "LAIN";
    document.replaces = replaces;
    document.years = {2024, 2024};
    model.documents.push_back(document);
    Statement statement = model.statements[0];
    statement.document = DocumentId(1);
    statement.target = *Target::parse(target);
    model.statements.push_back(statement);
    model.statement_begin = {0, 2};
    model.build_index();
    linted.run();
  };
  state(DocumentKind::pk, "75.80", "");
  EXPECT_EQ(linted.count(Code::J2303), 1U);
  state(DocumentKind::pk, "75.740", "");
  EXPECT_EQ(linted.count(Code::J2303), 0U);
  state(DocumentKind::pk, "75.80", "PK-LAMA");  // an amendment is recorded
  EXPECT_EQ(linted.count(Code::J2303), 0U);
  state(DocumentKind::renstra, "75.80", "");
  EXPECT_EQ(linted.count(Code::J2205), 1U);
  EXPECT_EQ(linted.count(Code::J2303), 0U);
}

// Component targets of the province in 2023 against its composite target.
TEST(Coherence, CompositeAgainstComponents) {
  PlainPlan plan;
  const std::pair<const char*, const char*> components[] = {
      {"0.340", "53.85"}, {"0.428", "89.21"}, {"0.133", "79.91"}, {"0.099", "83.66"}};
  PlainNode composite = measure("IKLH", {{"2024", "76.15"}});
  composite.spec.aggregation = Aggregation::weighted_mean;
  for (const auto& [weight, target] : components) {
    composite.ties.push_back({plan.nodes.size(), weight});
    plan.nodes.push_back(measure("K" + std::to_string(plan.nodes.size()), {{"2024", target}}));
  }
  plan.nodes.push_back(composite);
  Linted linted(plan);
  linted.built.model.coherence.push_back({linted.built.node[4], dec("0.05"), "iklh", "", {}});
  linted.run();
  const auto outcomes = check_coherence(linted.built.model, linted.built.targets);
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_FALSE(outcomes[0].passes);
  EXPECT_EQ(two(outcomes[0].combined), "75.40");
  EXPECT_EQ(two(outcomes[0].achievement), "99.02");  // 75.40 of 76.15
  EXPECT_EQ(outcomes[0].components.size(), 4U);
  EXPECT_EQ(linted.count(Code::J2308), 1U);
  EXPECT_EQ(linted.count(Code::J2304), 0U);  // one finding, with the pack's tolerance
  linted.built.model.coherence[0].tolerance = dec("0.75");
  EXPECT_TRUE(check_coherence(linted.built.model, linted.built.targets)[0].passes);
}

// The way back: what was handed down comes up again.
TEST(FactsFromTargets, ComeBackUpAsTheirTargets) {
  PlainPlan plan;
  PlainNode quarters =
      measure("Q", {{"2024", "100"}, {"2024-TW1", "10"}, {"2024-TW2", "20"}, {"2024-TW3", "30"}, {"2024-TW4", "40"}});
  quarters.spec.accumulation = Accumulation::increments;
  PlainNode bound = measure("LT", {{"2024", "< 49"}}, Polarity::lower);
  bound.spec.step = dec("0.5");
  PlainNode ratio = measure("R", {{"2024", "62.5"}});
  ratio.spec.aggregation = Aggregation::ratio;
  ratio.spec.factor = Decimal(100);
  ratio.ties = {{3, "1", Carry::value, EdgeRole::numerator}, {4, "1", Carry::value, EdgeRole::denominator}};
  plan.nodes = {quarters, bound, ratio, measure("N", {}), measure("D", {})};
  const BuiltPlan built = build(plan);
  const Facts facts = facts_from_targets(built.model, built.targets);
  DiagnosticSink sink;
  const RollupResult result = run_rollup(built.model, built.targets, facts, {}, sink);
  const SlotId year = *result.grid().find(Period::year(2024));
  EXPECT_EQ(result.at(built.node[0], year).value, 100);
  EXPECT_EQ(result.at(built.node[1], year).value, 48.5);
  EXPECT_EQ(result.at(built.node[2], year).value, 62.5);
  ExactEvaluator exact(built.model, built.targets, facts, Lane::all);
  EXPECT_EQ(*exact.value(built.node[2], Period::year(2024)), rat("62.5"));
  EXPECT_TRUE(sink.all().empty());
}

// A ratio with planned denominators: 0.85 of 10 000 from three units of 1000, 3000, 6000 (vector C29).
TEST(FactsFromTargets, RatiosUsePlannedDenominators) {
  PlainPlan plan;
  const char* const shares[] = {"62.5", "77.5", "92.5"};
  PlainNode top = measure("R", {{"2024", "85"}});
  top.spec.aggregation = Aggregation::ratio;
  top.spec.factor = Decimal(100);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string unit = "64.0" + std::to_string(i + 1);
    PlainNode ratio = measure("R", {{"2024", shares[i]}});
    ratio.unit = unit;
    ratio.spec.aggregation = Aggregation::ratio;
    ratio.spec.factor = Decimal(100);
    const std::size_t first = plan.nodes.size();
    ratio.ties = {{first + 1, "1", Carry::value, EdgeRole::numerator},
                  {first + 2, "1", Carry::value, EdgeRole::denominator}};
    top.ties.push_back({first});
    plan.nodes.push_back(ratio);
    for (const char* code : {"N", "D"}) {
      plan.nodes.push_back(measure(code, {}));
      plan.nodes.back().unit = unit;
    }
  }
  plan.nodes.push_back(top);
  BuiltPlan built = build(plan);
  Family family;
  family.parent = built.node[9];
  for (std::size_t i = 0; i < 3; ++i) {
    family.children.push_back(built.node[3 * i]);
    const int denominators[] = {1000, 3000, 6000};
    family.denominators.push_back({static_cast<std::uint32_t>(i), 2024, Decimal(denominators[i]), {}, false});
  }
  built.model.families.push_back(family);
  const Facts facts = facts_from_targets(built.model, built.targets);
  ExactEvaluator exact(built.model, built.targets, facts, Lane::all);
  EXPECT_EQ(*exact.value(built.node[9], Period::year(2024)), Rational(85));
}

}  // namespace lint_test
}  // namespace jenjang::testing
