// Whole packs in bulk equal score_sheet and evaluate_formula cell by cell, on one thread and on two: every template
// that the packs of this repository have, random packs of every shape, every formula whose inputs are labels.
#include <gtest/gtest.h>

#include "jenjang/assess/bulk_formula.h"
#include "jenjang/assess/bulk_score.h"

#include "tests/support/drawn_pack.h"
#include "tests/support/seeds.h"

namespace jenjang::testing {
namespace bulk_sheets_test {

const std::string kRoot = JENJANG_SOURCE_DIR;

std::string text_of(const std::optional<Rational>& value) {
  return value ? value->to_string() : "-";
}

// Answers of every kind: grades, labels that do not count, gaps, figures with and without decimals.
BulkAnswers drawn_answers(Dice& dice, const BulkForm& form, std::size_t sheets) {
  BulkAnswers answers(form, sheets);
  for (std::size_t sheet = 0; sheet < sheets; ++sheet) {
    const int gaps = dice.one_of({4, 200, 100000});
    const bool alike = dice.once_in(4);  // all the same, so that shares are full and cuts are met
    const int best = dice.below(250);
    for (std::size_t i = 0; i < form.questions.size(); ++i) {
      const BulkQuestion& question = form.questions[i];
      if (dice.once_in(gaps) || (question.judgement && dice.once_in(2))) continue;
      if (question.kind == BulkQuestion::Kind::number) {
        const auto millionths = static_cast<std::int64_t>(dice.below(110'000'000)) * (dice.once_in(40) ? -1 : 1);
        const Decimal figure = dice.once_in(3) ? Decimal::from_parts(millionths, 6) : Decimal(dice.below(101));
        answers.set_number(sheet, i, dice.once_in(60) ? Decimal::from_parts(millionths, 9) : figure);
        continue;
      }
      const int labels = static_cast<int>(question.labels.size());
      if (labels == 0) continue;
      answers.codes(sheet)[i] = static_cast<BulkCode>(1 + (alike ? best % labels : dice.below(labels)));
    }
  }
  return answers;
}

struct Seen {
  std::size_t flat = 0, beyond = 0, totals = 0, open = 0;
  std::set<std::string> predicates;
};

void expect_same(const BulkProgram& program, const BulkAnswers& answers, Seen& seen) {
  const BulkScores one(program, answers, 1), two(program, answers, 2);
  for (std::size_t sheet = 0; sheet < answers.sheets(); ++sheet) {
    SCOPED_TRACE("sheet " + std::to_string(sheet));
    const SheetScore wanted = score_sheet(program.pack(), program.tmpl(), program.mode(), answers.as_written(sheet));
    ASSERT_TRUE(wanted.unknown_answers.empty());
    const BulkRow row = one.row(sheet), again = two.row(sheet);
    EXPECT_EQ(row.predicate, wanted.predicate);
    EXPECT_EQ(row.predicate, again.predicate);
    EXPECT_EQ(row.values, again.values);
    for (std::size_t i = 0; i < program.inner().size(); ++i) {
      const std::size_t node = program.inner()[i];
      EXPECT_EQ(text_of(one.value(sheet, i)), text_of(wanted.nodes[node].value)) << program.tmpl().nodes[node].code;
      if (i > 0 || !wanted.printed) continue;
      EXPECT_EQ(row.values[0], wanted.printed->to_string());
    }
    if (::testing::Test::HasFailure()) return;
    ++(one.is_flat(sheet) ? seen.flat : seen.beyond);
    ++(wanted.total() ? seen.totals : seen.open);
    seen.predicates.insert(wanted.predicate);
  }
}

class BulkSheetsProperty : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_TRUE(packs_.load_folder(kRoot + "/models", sources_, sink_)) << render_text(sink_.all(), sources_, {});
  }
  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary packs_;
};

TEST_F(BulkSheetsProperty, EveryTemplateOfTheModelsEqualsTheGeneralEngine) {
  std::size_t compiled = 0;
  for (const Pack& pack : packs_.all()) {
    for (const PackTemplate& tmpl : pack.templates) {
      if (tmpl.has_empty_slot) continue;
      std::vector<const ScoringMode*> modes;
      for (const ScoringMode& mode : tmpl.modes) {
        if (mode.available) modes.push_back(&mode);
      }
      if (tmpl.modes.empty()) modes.push_back(nullptr);
      for (const ScoringMode* mode : modes) {
        SCOPED_TRACE(pack.id + "/" + tmpl.id + (mode == nullptr ? "" : " " + mode->id));
        const BulkProgram program = BulkProgram::compile(pack, tmpl, mode);
        EXPECT_EQ(program.limit(), BulkLimit::none);
        ++compiled;
        Dice dice(compiled * 7919);
        Seen seen;
        expect_same(program, drawn_answers(dice, program.form(), 300), seen);
        if (HasFailure()) return;
        EXPECT_GT(seen.flat, 200U);
        EXPECT_GT(seen.totals, 100U);
        EXPECT_GT(seen.open, 0U);
      }
    }
  }
  EXPECT_GE(compiled, 6U);  // sakip-2021 M1 and M2, iklh twice, ikps, sakip-2015 twice at least
}

TEST(BulkSheetsOfAnyPack, EqualTheGeneralEngine) {
  Seen seen;
  std::set<BulkLimit> limits;
  for (const std::uint64_t seed : testing::Seeds(150)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed * 1013);
    const std::string text = drawn_pack(dice);
    SCOPED_TRACE(text);
    const LoadedPack loaded(text);
    const Pack& pack = loaded.pack();
    const PackTemplate& tmpl = pack.templates.front();
    for (const ScoringMode& mode : tmpl.modes) {
      SCOPED_TRACE(mode.id);
      const BulkProgram program = BulkProgram::compile(pack, tmpl, &mode);
      limits.insert(program.limit());
      expect_same(program, drawn_answers(dice, program.form(), 20), seen);
      if (HasFailure()) return;
    }
  }
  // All of these packs have a program; weights that differ and gaps send some sheets back.
  EXPECT_EQ(limits, std::set<BulkLimit>{BulkLimit::none});
  EXPECT_GT(seen.flat, 4000U);
  EXPECT_GT(seen.beyond, 50U);
  EXPECT_GT(seen.totals, 1000U);
  EXPECT_GT(seen.open, 500U);
  EXPECT_EQ(seen.predicates, (std::set<std::string>{"", "A", "B", "C"}));
}

TEST_F(BulkSheetsProperty, EveryFormulaEqualsTheGeneralEngine) {
  std::size_t flat = 0, others = 0;
  for (const Pack& pack : packs_.all()) {
    for (const PackFormula& formula : pack.formulas) {
      SCOPED_TRACE(pack.id + "/" + formula.id);
      const BulkFormula compiled = BulkFormula::compile(pack, formula);
      ASSERT_TRUE(compiled.fits());
      Dice dice(31 + flat + others);
      ++(compiled.is_flat() ? flat : others);
      BulkAnswers answers(compiled.form(), 200);
      for (std::size_t row = 0; row < answers.sheets(); ++row) {
        for (std::size_t i = 0; i < formula.inputs.size(); ++i) {
          const BulkQuestion& question = compiled.form().questions[i];
          if (!question.required && dice.once_in(3)) continue;
          if (question.kind == BulkQuestion::Kind::number) {
            const Decimal figure(dice.below(100));
            const bool low = question.low && figure < *question.low, high = question.high && *question.high < figure;
            answers.set_number(row, i, low ? *question.low : high ? *question.high : figure);
          } else if (question.kind == BulkQuestion::Kind::text) {
            answers.set_text(row, i, "SK 7");
          } else {
            answers.codes(row)[i] = static_cast<BulkCode>(1 + dice.below(static_cast<int>(question.labels.size())));
          }
        }
      }
      const BulkResults one(compiled, answers, 1), two(compiled, answers, 2);
      for (std::size_t row = 0; row < answers.sheets(); ++row) {
        FormulaInputs inputs;
        for (const auto& [code, written] : answers.as_written(row)) {
          inputs.emplace(code, *read_formula_input(pack, *formula.input(code), written).value);
        }
        const std::vector<FormulaResult> wanted = evaluate_formula(pack, formula, inputs);
        for (const BulkResults* found : {&one, &two}) {
          const std::vector<FormulaResult> results = found->results(row);
          ASSERT_EQ(results.size(), wanted.size());
          for (std::size_t i = 0; i < wanted.size(); ++i) {
            ASSERT_EQ(results[i].gap, wanted[i].gap);
            ASSERT_EQ(results[i].check_failed, wanted[i].check_failed);
            ASSERT_EQ(results[i].detail, wanted[i].detail);
            ASSERT_EQ(results[i].value.has_value(), wanted[i].value.has_value());
            if (!wanted[i].value) continue;
            const Rounding exact{RoundingMode::exact, 0};
            ASSERT_EQ(formula_value_text(*results[i].value, exact), formula_value_text(*wanted[i].value, exact));
          }
        }
      }
    }
  }
  EXPECT_GE(flat, 2U);  // both predicates of skp-2022
  EXPECT_GT(others, 5U);
}

}  // namespace bulk_sheets_test
}  // namespace jenjang::testing
