// The worked cases of every pack's templates, scored in bulk: their figures and predicates are those of the sources.
#include <gtest/gtest.h>

#include "jenjang/assess/bulk_score.h"

namespace jenjang {
namespace bulk_cases_test {

TEST(BulkCases, WorkedCasesOfTemplatesHoldInBulk) {
  SourceMap sources;
  DiagnosticSink sink;
  PackLibrary packs;
  ASSERT_TRUE(packs.load_folder(std::string(JENJANG_SOURCE_DIR) + "/models", sources, sink));
  std::size_t cases = 0, flat = 0;
  for (const Pack& pack : packs.all()) {
    for (const PackCase& one : pack.cases) {
      const PackTemplate* tmpl = one.template_id.empty() ? nullptr : pack.find_template(one.template_id);
      if (tmpl == nullptr || tmpl->has_empty_slot) continue;
      SCOPED_TRACE(pack.id + " " + one.id);
      const BulkProgram program =
          BulkProgram::compile(pack, *tmpl, one.mode.empty() ? nullptr : tmpl->find_mode(one.mode));
      BulkAnswers answers(program.form(), 1);
      for (const auto& [code, answer] : one.inputs) {
        const std::optional<std::size_t> question = program.form().find(code);
        ASSERT_TRUE(question.has_value()) << code;
        const BulkQuestion& asked = program.form().questions[*question];
        if (asked.kind == BulkQuestion::Kind::number) {
          answers.set_number(0, *question, Decimal::parse(answer).value());
          continue;
        }
        const auto label = std::find(asked.labels.begin(), asked.labels.end(), answer);
        ASSERT_NE(label, asked.labels.end()) << code << " " << answer;
        answers.codes(0)[*question] = static_cast<BulkCode>(label - asked.labels.begin() + 1);
      }
      const BulkScores scores(program, std::move(answers));
      const BulkRow row = scores.row(0);
      for (const auto& [key, expected] : one.expected) {
        if (key == "predikat") {
          EXPECT_EQ(row.predicate, expected);
          continue;
        }
        const auto inner = std::find(program.inner().begin(), program.inner().end(), tmpl->find_node(key));
        if (inner == program.inner().end()) continue;  // a criterion: its answer
        const std::string& figure = row.values[static_cast<std::size_t>(inner - program.inner().begin())];
        EXPECT_EQ(Decimal::parse(figure), Decimal::parse(expected)) << key;
      }
      ++cases;
      flat += scores.is_flat(0) ? 1 : 0;
    }
  }
  EXPECT_GE(cases, 10U);
  EXPECT_EQ(flat, cases);
}

}  // namespace bulk_cases_test
}  // namespace jenjang
