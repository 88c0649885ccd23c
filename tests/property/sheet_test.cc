// A worksheet scored by itself equals the same worksheet rolled up through the plan's graph, and both equal a slow
// reading of the rule written out by hand.
#include "jenjang/assess/sheet.h"

#include <gtest/gtest.h>

#include "jenjang/assess/worksheet.h"
#include "jenjang/intake/intake.h"
#include "jenjang/plan/plan.h"
#include "jenjang/rollup/rollup.h"

#include "tests/support/drawn_pack.h"
#include "tests/support/seeds.h"

namespace jenjang::testing {
namespace sheet_test {

namespace fs = std::filesystem;
const std::string kRoot = JENJANG_SOURCE_DIR;
constexpr const char* kCode = "LKE";
const Period kYear = Period::year(2024);

// The roll-up of one worksheet: plan text, binder, facts, exact figures.
struct RolledUp {
  std::vector<std::optional<Rational>> values;  // as PackTemplate::nodes
  int band = -1;                                // of the total
};

std::string csv_of(const SheetAnswers& answers) {
  std::string text = "kode,jawaban\n";
  for (const auto& [code, answer] : answers) text += code + "," + answer + "\n";
  return text;
}

RolledUp roll_up(const PackLibrary& packs, const std::string& pack_template, const PackTemplate& tmpl,
                 const ScoringMode& mode, const SheetAnswers& answers) {
  KeptFiles files;
  files.keep("uji/jenjang.yaml",
             "jenjang: 1\nrencana: UJI\ndokumen: [acuan.yaml]\nlembar_kerja:\n- {berkas: lke.csv, paket: " +
                 pack_template + ", mode: " + mode.id + ", kode: LKE, unit: \"64\", periode: 2024}\n");
  files.keep("uji/acuan.yaml",
             "jenjang: 1\ndokumen: Acuan\nkode: ACUAN\ntahun: 2024\nunit: \"64\"\n"
             "daftar_unit:\n- {kode: \"64\", jenis: provinsi}\n");
  SourceMap sources;
  DiagnosticSink sink;
  const Result<ParsedPlan> plan = parse_plan("uji", {}, sources, sink, files);
  EXPECT_TRUE(plan.ok());
  const std::optional<Model> model = bind_plan(plan.value(), packs, sources, sink);
  EXPECT_TRUE(model.has_value()) << render_text(sink.all(), sources, {});
  WorksheetTarget target;
  target.code = kCode;
  target.unit = "64";
  target.period = kYear;
  target.mode = mode.id;
  target.yes_no = mode.rule == "syarat-kriteria";
  const FileId file = sources.add("lke.csv", csv_of(answers));
  Facts facts =
      bind_observations(*model, worksheet_observations(read_worksheet(file, sources, {}, sink), target, sink), sink);
  EXPECT_FALSE(sink.has_errors()) << render_text(sink.all(), sources, {});
  const TargetTable targets;
  const RollupResult result = run_rollup(*model, targets, facts, {}, sink);
  ExactEvaluator exact(*model, targets, facts, Lane::all);
  RolledUp out;
  for (std::size_t i = 0; i < tmpl.nodes.size(); ++i) {
    const std::string code = i == 0 ? kCode : worksheet_node_code(kCode, tmpl.nodes[i].code);
    const std::optional<NodeId> node = model->find(code, "64");
    EXPECT_TRUE(node.has_value()) << code;
    if (!node) return out;
    out.values.push_back(exact.value(*node, kYear));
    const std::optional<SlotId> slot = result.grid().find(kYear);
    if (i == 0 && slot) out.band = result.at(*node, *slot, Lane::all).band;
  }
  return out;
}

std::string text_of(const std::optional<Rational>& value) {
  return value ? value->to_string() : "-";
}

void expect_same(const PackTemplate& tmpl, const Scale* bands, const SheetScore& sheet, const RolledUp& rolled) {
  ASSERT_EQ(sheet.nodes.size(), rolled.values.size());
  for (std::size_t i = 0; i < sheet.nodes.size(); ++i) {
    EXPECT_EQ(text_of(sheet.nodes[i].value), text_of(rolled.values[i])) << tmpl.nodes[i].code;
  }
  const std::string band =
      bands == nullptr || rolled.band < 0 ? "" : bands->bands[static_cast<std::size_t>(rolled.band)].label;
  EXPECT_EQ(sheet.predicate, band);
}

class SheetProperty : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_TRUE(packs_.load_folder(kRoot + "/models", sources_, sink_)) << render_text(sink_.all(), sources_, {});
  }
  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary packs_;
};

// PermenPANRB 88/2021 as worksheets print it, written out here and not read from the pack: weights, values of the
// grades, and the conditions by share of criteria met.
Rational value_of(std::string_view grade) {
  constexpr std::array<std::pair<std::string_view, int>, 8> kValues{
      {{"AA", 100}, {"A", 90}, {"BB", 80}, {"B", 70}, {"CC", 60}, {"C", 50}, {"D", 30}, {"E", 0}}};
  for (const auto& [label, value] : kValues) {
    if (label == grade) return Rational(value);
  }
  return Rational(-1);
}
struct Part {
  std::string code;
  Rational weight;
  int criteria;
};
const std::vector<Part>& parts() {
  static const std::vector<Part> kParts{
      {"1.a", Rational(6), 6},     {"1.b", Rational(9), 11},  {"1.c", Rational(15), 8},    {"2.a", Rational(6), 3},
      {"2.b", Rational(9), 7},     {"2.c", Rational(15), 10}, {"3.a", Rational(3), 6},     {"3.b", Rational(9, 2), 9},
      {"3.c", Rational(15, 2), 7}, {"4.a", Rational(5), 3},   {"4.b", Rational(15, 2), 5}, {"4.c", Rational(25, 2), 5}};
  return kParts;
}
std::string criterion(const Part& part, int number) {
  return part.code + "." + std::to_string(number);
}
std::string grade_by_share(int met, int of, bool first_judgement, bool second_judgement) {
  if (met == of) return first_judgement ? "AA" : second_judgement ? "A" : "BB";
  if (4 * met > 3 * of) return "B";
  if (2 * met > of) return "CC";
  if (4 * met > of) return "C";
  return met > 0 ? "D" : "E";
}
std::string predicate_of_total(const Rational& total) {
  // Half up to hundredths, then open below.
  const Decimal printed = round(total, {RoundingMode::half_up, 2});
  for (const auto& [label, above] :
       std::vector<std::pair<std::string, int>>{{"AA", 90}, {"A", 80}, {"BB", 70}, {"B", 60}, {"CC", 50}, {"C", 30}}) {
    if (printed > Decimal(above)) return label;
  }
  return "D";
}

TEST_F(SheetProperty, ShareOfCriteriaEqualsTheRollUpAndTheRuleByHand) {
  const Pack* pack = packs_.find("sakip-2021");
  const PackTemplate* tmpl = pack->find_template("lke");
  const ScoringMode* mode = tmpl->find_mode("M1");
  std::set<std::string> seen;
  for (const std::uint64_t seed : testing::Seeds(60)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    SheetAnswers answers;
    Rational wanted;
    bool complete = true;
    for (const Part& part : parts()) {
      const bool full = dice.once_in(2);  // full parts are rare by chance, and the judgements need them
      const int likely = 1 + dice.below(9);
      int met = 0;
      for (int n = 1; n <= part.criteria; ++n) {
        const bool yes = full || dice.below(10) < likely;
        if (seed % 6 == 0 && dice.once_in(80)) {
          complete = false;  // not answered
          continue;
        }
        answers[criterion(part, n)] = yes ? "ya" : "tidak";
        met += yes ? 1 : 0;
      }
      const bool existence = part.code.ends_with(".a");
      const bool best = dice.once_in(3), good = dice.once_in(2);
      if (best) answers[part.code + (existence ? "/dipertahankan-5-tahun" : "/inovasi-percontohan")] = "ya";
      if (good) answers[part.code + (existence ? "/dipertahankan-1-tahun" : "/upaya-terpuji")] = "ya";
      const std::string grade = grade_by_share(met, part.criteria, best, good);
      seen.insert(grade);
      wanted += part.weight * value_of(grade) / Rational(100);
    }
    const SheetScore sheet = score_sheet(*pack, *tmpl, mode, answers);
    EXPECT_TRUE(sheet.unknown_answers.empty());
    expect_same(*tmpl, pack->scale("predikat"), sheet, roll_up(packs_, "sakip-2021/lke", *tmpl, *mode, answers));
    if (!complete) {
      EXPECT_FALSE(sheet.total().has_value());
      EXPECT_FALSE(sheet.nodes.front().missing.empty());
      continue;
    }
    ASSERT_TRUE(sheet.total().has_value());
    EXPECT_EQ(*sheet.total(), wanted);
    EXPECT_EQ(sheet.predicate, predicate_of_total(wanted));
  }
  EXPECT_EQ(seen.size(), 8U);  // every grade was met
}

TEST_F(SheetProperty, MeanOfGradesEqualsTheRollUpAndTheRuleByHand) {
  const Pack* pack = packs_.find("sakip-2021");
  const PackTemplate* tmpl = pack->find_template("lke");
  const ScoringMode* mode = tmpl->find_mode("M2");
  for (const std::uint64_t seed : testing::Seeds(40)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed * 31);
    SheetAnswers answers;
    Rational wanted;
    for (const Part& part : parts()) {
      Rational sum;
      for (int n = 1; n <= part.criteria; ++n) {
        const std::string grade = dice.one_of<const char*>({"AA", "A", "BB", "B", "CC", "C", "D", "E"});
        answers[criterion(part, n)] = grade;
        sum += value_of(grade);
      }
      wanted += part.weight * sum / Rational(part.criteria) / Rational(100);
    }
    const SheetScore sheet = score_sheet(*pack, *tmpl, mode, answers);
    ASSERT_TRUE(sheet.total().has_value());
    EXPECT_EQ(*sheet.total(), wanted);
    EXPECT_EQ(*sheet.printed, round(wanted, {RoundingMode::half_up, 2}));
    EXPECT_EQ(sheet.predicate, predicate_of_total(wanted));
    expect_same(*tmpl, pack->scale("predikat"), sheet, roll_up(packs_, "sakip-2021/lke", *tmpl, *mode, answers));
  }
}

// The slow reading: from the leaves up, nothing remembered, every rule in its own words.
struct Slow {
  const PackTemplate& tmpl;
  const ScoringMode& mode;
  const SheetAnswers& answers;
  enum class Is { number, open, out } is = Is::open;

  struct Found {
    Is is;
    Rational number;
  };

  [[nodiscard]] std::string said(const std::string& code) const {
    const auto found = answers.find(code);
    return found == answers.end() ? "" : found->second;
  }
  [[nodiscard]] Found at(std::size_t node) const {
    std::vector<std::size_t> below;
    for (std::size_t i = 0; i < tmpl.nodes.size(); ++i) {
      if (tmpl.nodes[i].parent == node) below.push_back(i);
    }
    const TemplateNode& here = tmpl.nodes[node];
    if (below.empty()) {
      const std::string word = said(here.code);
      if (word == "ya") return {Is::number, Rational(1)};
      if (word == "a") return {Is::number, Rational(100)};
      if (word == "b") return {Is::number, Rational(75, 2)};
      if (word == "c" || word == "tidak") return {Is::number, Rational(0)};
      return {word == "n/a" ? Is::out : Is::open, Rational()};
    }
    const bool by_share = mode.rule == "syarat-kriteria" && tmpl.share_table_of.contains(here.code);
    std::vector<Found> parts;
    std::vector<Rational> weights;
    bool open = false;
    for (const std::size_t child : below) {
      Found part = at(child);
      if (part.is == Is::out) continue;
      if (part.is == Is::open) {
        if (here.missing != MissingPolicy::zero) {
          open = true;
          continue;
        }
        part = {Is::number, Rational(0)};
      }
      parts.push_back(part);
      weights.emplace_back(tmpl.nodes[child].weight);
    }
    if (parts.empty()) return {open ? Is::open : Is::out, Rational()};
    if (open && here.missing == MissingPolicy::strict) return {Is::open, Rational()};
    Rational value;
    if (by_share) {
      std::int64_t met = 0;
      for (const Found& part : parts) met += part.number.sign() > 0 ? 1 : 0;
      const auto all = static_cast<std::int64_t>(parts.size());
      if (met == all && said(here.code + "/puji") == "ya") {
        value = Rational(100);
      } else if (2 * met >= all) {
        value = Rational(75, 2);
      }
    } else if (here.aggregation == Aggregation::minimum || here.aggregation == Aggregation::maximum) {
      value = parts.front().number;
      for (const Found& part : parts) {
        const bool better = here.aggregation == Aggregation::minimum ? part.number < value : value < part.number;
        if (better) value = part.number;
      }
    } else {
      Rational weight;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        value += parts[i].number * weights[i];
        weight += weights[i];
      }
      if (here.aggregation == Aggregation::weighted_mean) value /= weight;
    }
    return {Is::number, value * Rational(here.factor)};
  }
};

TEST(SheetOfAnyPack, EqualsTheRollUpAndTheSlowReading) {
  std::size_t totals = 0, open = 0;
  for (const std::uint64_t seed : testing::Seeds(150)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed * 977);
    const std::string text = drawn_pack(dice);
    SCOPED_TRACE(text);
    const LoadedPack loaded(text);
    const Pack& pack = loaded.pack();
    const PackTemplate& tmpl = pack.templates.front();
    const ScoringMode& mode = tmpl.modes[dice.once_in(2) ? 0 : 1];
    SheetAnswers answers;
    const int gaps = dice.once_in(2) ? 1000 : 5;
    for (const WorksheetQuestion& question : worksheet_questions(pack, tmpl, &mode)) {
      if (dice.once_in(gaps)) continue;
      if (mode.id == "S") {
        answers[question.code] = dice.one_of<const char*>({"ya", "ya", "tidak"});
      } else {
        answers[question.code] = dice.one_of<const char*>({"a", "a", "b", "b", "c", "c", "c", "n/a"});
      }
    }
    const SheetScore sheet = score_sheet(pack, tmpl, &mode, answers);
    EXPECT_TRUE(sheet.unknown_answers.empty());
    for (std::size_t i = 0; i < tmpl.nodes.size(); ++i) {
      const Slow slow{tmpl, mode, answers};
      const Slow::Found found = slow.at(i);
      EXPECT_EQ(text_of(sheet.nodes[i].value), found.is == Slow::Is::number ? found.number.to_string() : "-")
          << tmpl.nodes[i].code;
      EXPECT_EQ(sheet.nodes[i].missing.empty(), found.is != Slow::Is::open) << tmpl.nodes[i].code;
    }
    if (!answers.empty())
      expect_same(tmpl, pack.scale("pita"), sheet, roll_up(loaded.packs(), "uji/t", tmpl, mode, answers));
    ++(sheet.total() ? totals : open);
    if (HasFailure()) return;
  }
  EXPECT_GT(totals, 50U);
  EXPECT_GT(open, 10U);
}

}  // namespace sheet_test
}  // namespace jenjang::testing
