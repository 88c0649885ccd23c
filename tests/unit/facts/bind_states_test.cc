// States of reported figures: which count, which wait, which never were; a claim beside the verified figure.
#include <gtest/gtest.h>

#include "jenjang/facts/facts.h"
#include "jenjang/rules/pack.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace bind_states_test {

using testing::dec;
using testing::ModelFixture;

constexpr const char* kFlow = "sipsn-jakstranas/sipsn";

class BindStates : public ::testing::Test {
protected:
  BindStates() {
    library_.load_folder(JENJANG_SOURCE_DIR "/models", sources_, sink_);
    Scale scale;
    scale.kind = Scale::Kind::grades;
    scale.id = "skala/predikat";
    scale.grades = {{"A", dec("90"), {}}, {"B", dec("75"), {}}};
    fixture_.model().scales.push_back(scale);
    const UnitId province = fixture_.unit("64", "64");
    MeasureSpec tonnes;
    tonnes.frequency = Granularity::month;
    MeasureSpec under_flow = tonnes;
    under_flow.workflow = kFlow;
    MeasureSpec graded;
    graded.polarity = Polarity::grade;
    graded.grade_scale = ScaleId(0);
    free_ = fixture_.node(fixture_.item("BEBAS", tonnes), province);
    bound_ = fixture_.node(fixture_.item("SAMPAH", under_flow), province);
    grade_ = fixture_.node(fixture_.item("SAKIP", graded), province);
    fixture_.build();
  }

  Observation row(const std::string& code, const std::string& period, const std::string& number,
                  const std::string& status, const std::string& workflow = {}) {
    Observation row;
    row.code = code;
    row.unit = "64";
    row.period = Period::parse(period).value();
    if (Decimal::parse(number)) {
      row.number = dec(number);
    } else {
      row.grade = number;
    }
    row.status = status;
    row.workflow = workflow;
    row.places.set_number(fixture_.place());
    return row;
  }
  Facts bind(std::vector<Observation> rows, const std::string& gate = {}) {
    bind_states(fixture_.model(), StateReader(library_, gate), rows, sink_);
    return bind_observations(fixture_.model(), std::move(rows), sink_);
  }
  [[nodiscard]] std::vector<Code> codes() const {
    std::vector<Code> codes;
    for (const Diagnostic& finding : sink_.all()) codes.push_back(finding.code);
    return codes;
  }

  ModelFixture fixture_;
  VertexId free_, bound_, grade_;
  SourceMap sources_;
  PackLibrary library_;
  DiagnosticSink sink_;
};

TEST_F(BindStates, TheIndicatorsWorkflowDecidesWhatIsValidated) {
  const Facts facts =
      bind({row("SAMPAH", "2024-01", "1", "divalidasi_pusat"), row("SAMPAH", "2024-02", "2", "diajukan"),
            row("SAMPAH", "2024-03", "3", "divalidasi_provinsi"), row("BEBAS", "2024-01", "4", "apa")});
  EXPECT_TRUE(sink_.all().empty());
  ASSERT_EQ(facts.of(fixture_.at(bound_)).size(), 3U);
  const auto validated = [&](std::size_t i) { return facts.observation(facts.of(fixture_.at(bound_))[i]).validated; };
  EXPECT_TRUE(validated(0));
  EXPECT_FALSE(validated(1));
  EXPECT_FALSE(validated(2));
  EXPECT_EQ(facts.observation(facts.of(fixture_.at(bound_))[0]).workflow, kFlow);
  // Without a workflow a status is a word and no more.
  EXPECT_TRUE(facts.observation(facts.of(fixture_.at(free_))[0]).validated);
}

TEST_F(BindStates, TheGateMovesTheLine) {
  const Facts facts =
      bind({row("SAMPAH", "2024-02", "2", "diajukan"), row("SAMPAH", "2024-03", "3", "divalidasi_provinsi")},
           "divalidasi_provinsi");
  EXPECT_FALSE(facts.observation(facts.of(fixture_.at(bound_))[0]).validated);
  EXPECT_TRUE(facts.observation(facts.of(fixture_.at(bound_))[1]).validated);
}

TEST_F(BindStates, AVoidFigureIsAbsent) {
  const Facts facts = bind({row("SAMPAH", "2024-01", "1", "ditolak"), row("SAMPAH", "2024-02", "2", "diajukan")});
  EXPECT_EQ(codes(), std::vector<Code>{Code::J3071});
  ASSERT_EQ(facts.of(fixture_.at(bound_)).size(), 1U);
  EXPECT_EQ(facts.of(fixture_.at(bound_))[0].value, 2);
}

TEST_F(BindStates, AnUnknownStateIsToldOnceWithItsNearMiss) {
  const Facts facts =
      bind({row("SAMPAH", "2024-01", "1", "divalidasi-pusat"), row("SAMPAH", "2024-02", "2", "divalidasi-pusat")});
  ASSERT_EQ(codes(), std::vector<Code>{Code::J3070});
  EXPECT_EQ(sink_.all()[0].suggestion, "divalidasi_pusat");
  EXPECT_NE(message_text(sink_.all()[0], Language::indonesian).find("sehingga 2 angka"), std::string::npos);
  EXPECT_TRUE(facts.facts.empty());
}

TEST_F(BindStates, AnUnsaidStateWaits) {
  const Facts facts = bind({row("SAMPAH", "2024-01", "1", "")});
  EXPECT_EQ(codes(), std::vector<Code>{Code::J3072});
  ASSERT_EQ(facts.facts.size(), 1U);
  EXPECT_FALSE(facts.observation(facts.facts[0]).validated);
}

TEST_F(BindStates, TwoWorkflowsForOneRowAreRefused) {
  const Facts facts = bind({row("SAMPAH", "2024-01", "1", "final_tetap", "sakip-2021/evaluasi")});
  EXPECT_EQ(codes(), std::vector<Code>{Code::J3074});
  EXPECT_TRUE(facts.facts.empty());
}

// R16: 50 validated, then 55 submitted for the same month: 55 is the last, 50 the latest valid.
TEST_F(BindStates, ANewerClaimStandsBesideTheValidFigureWhateverTheOrder) {
  for (const bool claim_first : {false, true}) {
    std::vector<Observation> rows{row("SAMPAH", "2025-06", "50", "divalidasi_pusat"),
                                  row("SAMPAH", "2025-06", "55", "diajukan")};
    if (claim_first) std::swap(rows[0], rows[1]);
    const Facts facts = bind(rows);
    EXPECT_TRUE(sink_.all().empty());
    ASSERT_EQ(facts.facts.size(), 1U);
    const Observation& standing = facts.observation(facts.facts[0]);
    EXPECT_EQ(standing.number, dec("55"));
    EXPECT_FALSE(standing.validated);
    EXPECT_EQ(standing.verified->number, dec("50"));
  }
}

TEST_F(BindStates, TwoClaimsThatDifferLeaveTheValidFigure) {
  const Facts facts = bind({row("SAMPAH", "2025-06", "50", "divalidasi_pusat"),
                            row("SAMPAH", "2025-06", "55", "diajukan"), row("SAMPAH", "2025-06", "56", "draf")});
  EXPECT_EQ(codes(), std::vector<Code>{Code::J1703});
  ASSERT_EQ(facts.facts.size(), 1U);
  EXPECT_EQ(facts.facts[0].value, 50);
  EXPECT_TRUE(facts.observation(facts.facts[0]).validated);
  EXPECT_EQ(facts.rejected, 2U);
}

TEST_F(BindStates, AGradeMayBeClaimedAndDecided) {
  const std::string flow = "sakip-2021/evaluasi";
  const Facts facts =
      bind({row("SAKIP", "2024", "A", "penilaian_mandiri", flow), row("SAKIP", "2024", "B", "final_tetap", flow)});
  EXPECT_TRUE(sink_.all().empty());
  ASSERT_EQ(facts.facts.size(), 1U);
  const Observation& standing = facts.observation(facts.facts[0]);
  EXPECT_EQ(standing.grade, "A");
  EXPECT_EQ(standing.number, dec("90"));
  EXPECT_EQ(standing.verified->number, dec("75"));
  EXPECT_EQ(standing.verified->grade, "B");
}

TEST_F(BindStates, AVerifiedGradeOfARowGetsItsPoints) {
  Observation claim = row("SAKIP", "2024", "A", "penilaian_mandiri", "sakip-2021/evaluasi");
  claim.verified.change().grade = "B";
  const Facts facts = bind({claim});
  ASSERT_EQ(facts.facts.size(), 1U);
  EXPECT_EQ(facts.observation(facts.facts[0]).verified->number, dec("75"));
}

}  // namespace bind_states_test
}  // namespace jenjang
