// Published AKIP results: total to predicate through the pack, and component sums, exactly.
//
// data/sakip_published.csv holds every row; results before PermenPANRB 12/2015 are checked only for
// 50 < x <= 60, where the old bands (unverified) and the present ones agree.
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "jenjang/assess/sheet.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/rules/pack.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {
namespace sakip_rows_test {

const std::string kRoot = JENJANG_SOURCE_DIR;

class SakipRowsTest : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_TRUE(packs_.load_folder(kRoot + "/models", sources_, sink_)) << render_text(sink_.all(), sources_, {});
    scale_ = packs_.scale("sakip-2021/predikat");
    ASSERT_NE(scale_, nullptr);
    std::ifstream in(kRoot + "/tests/conformance/data/sakip_published.csv", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const FileId file = sources_.add("sakip_published.csv", text.str());
    table_ = parse_csv(file, sources_, {}, sink_);
    ASSERT_TRUE(table_.has_value());
    ASSERT_EQ(table_->rows_rejected(), 0U);
    ASSERT_EQ(table_->row_count(), 62U);
  }

  [[nodiscard]] std::string text(std::size_t row, std::string_view column) const {
    return std::string(table_->cell(row, *table_->column(column)).text);
  }
  // Exact decimal of a cell, nullopt when it is blank.
  std::optional<Decimal> number(std::size_t row, std::string_view column) {
    const CsvCell& cell = table_->cell(row, *table_->column(column));
    return cell.text.empty() ? std::nullopt : read_decimal(cell, {}, sink_);
  }
  [[nodiscard]] std::string label(const Decimal& value) const {
    const int band = band_of(*scale_, Rational(value));
    return band < 0 ? "-" : scale_->bands[static_cast<std::size_t>(band)].label;
  }

  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary packs_;
  const Scale* scale_ = nullptr;
  std::optional<CsvTable> table_;
};

TEST_F(SakipRowsTest, TotalGivesThePublishedPredicate) {
  std::size_t checked = 0;
  for (std::size_t row = 0; row < table_->row_count(); ++row) {
    const auto total = number(row, "total");
    ASSERT_TRUE(total.has_value());
    if (text(row, "rubrik") == "sebelum 12/2015" && (*total <= Decimal{50} || *total > Decimal{60})) continue;
    EXPECT_EQ(label(*total), text(row, "predikat"))
        << text(row, "entitas") << " " << text(row, "tahun") << ": " << total->to_string();
    ++checked;
  }
  EXPECT_EQ(checked, 62U);  // every row before 12/2015 in the file lies in the safe range
}

TEST_F(SakipRowsTest, ComponentsAddUpToTheTotalInHundredths) {
  std::size_t checked = 0;
  for (std::size_t row = 0; row < table_->row_count(); ++row) {
    if (text(row, "perencanaan").empty()) continue;
    Decimal sum;
    for (const char* column : {"perencanaan", "pengukuran", "pelaporan", "evaluasi_internal", "capaian_kinerja"}) {
      if (const auto points = number(row, column)) sum = *Decimal::add(sum, *points);
    }
    EXPECT_EQ(sum, *number(row, "total")) << text(row, "entitas");
    EXPECT_EQ(sum.scale(), 2);
    // 12/2015 has the fifth component, 88/2021 does not.
    EXPECT_EQ(text(row, "capaian_kinerja").empty(), text(row, "rubrik") == "88/2021");
    ++checked;
  }
  EXPECT_EQ(checked, 3U);
}

// The rows of 12/2015 through that pack: the predicate by its own bands, and component rows through its template of
// component scores, which knows no answers.
TEST_F(SakipRowsTest, RowsOf2015ThroughTheirOwnPack) {
  const Pack* pack = packs_.find("sakip-2015");
  ASSERT_NE(pack, nullptr);
  const PackTemplate& tmpl = *pack->find_template("nilai-komponen");
  const Scale& bands = *pack->scale("predikat");
  std::size_t totals = 0, with_components = 0;
  for (std::size_t row = 0; row < table_->row_count(); ++row) {
    if (text(row, "rubrik") != "12/2015") continue;
    SCOPED_TRACE(text(row, "entitas") + " " + text(row, "tahun"));
    const int band = band_of(bands, Rational(*number(row, "total")));
    ASSERT_GE(band, 0);
    EXPECT_EQ(bands.bands[static_cast<std::size_t>(band)].label, text(row, "predikat"));
    ++totals;
    if (text(row, "perencanaan").empty()) continue;
    const SheetAnswers answers{{"A", text(row, "perencanaan")},
                               {"B", text(row, "pengukuran")},
                               {"C", text(row, "pelaporan")},
                               {"D", text(row, "evaluasi_internal")},
                               {"E", text(row, "capaian_kinerja")}};
    const SheetScore sheet = score_sheet(*pack, tmpl, nullptr, answers);
    ASSERT_TRUE(sheet.total().has_value());
    EXPECT_EQ(*sheet.total(), Rational(*number(row, "total")));
    EXPECT_EQ(sheet.predicate, text(row, "predikat"));
    ++with_components;
  }
  EXPECT_EQ(totals, 43U);
  EXPECT_EQ(with_components, 2U);  // Kebumen and Kota Bima
}

// A component of 88/2021 made of one grade per sub-component lies on the grid of grade points; one off
// the grid shows that criteria or units were averaged. Information, never an error.
TEST_F(SakipRowsTest, OneGradePerSubComponentLeavesAGrid) {
  const PackTemplate& tmpl = *packs_.find_template("sakip-2021/lke");
  const Scale& grades = *packs_.scale("sakip-2021/nilai");
  const auto reachable = [&](std::string_view component, const Decimal& points) {
    std::vector<Rational> factors;
    for (const TemplateNode& node : tmpl.nodes) {
      if (node.kind == ItemKind::sub_component && tmpl.nodes[node.parent].code == component) {
        factors.emplace_back(node.factor);
      }
    }
    for (const GradePoint& a : grades.grades) {
      for (const GradePoint& b : grades.grades) {
        for (const GradePoint& c : grades.grades) {
          const Rational sum =
              factors[0] * Rational(*a.points) + factors[1] * Rational(*b.points) + factors[2] * Rational(*c.points);
          if (sum == Rational(points)) return true;
        }
      }
    }
    return false;
  };
  // BP Batam's dashboard: 25.10 and 20.23 are off the grid, 24.60 and 12.75 on it.
  EXPECT_FALSE(reachable("1", *Decimal::parse("25.10")));
  EXPECT_TRUE(reachable("2", *Decimal::parse("24.60")));
  EXPECT_TRUE(reachable("3", *Decimal::parse("12.75")));
  EXPECT_FALSE(reachable("4", *Decimal::parse("20.23")));
}

TEST_F(SakipRowsTest, BandCasesOfEveryPack) {
  std::size_t checked = 0;
  for (const Pack& pack : packs_.all()) {
    for (const PackCase& one : pack.cases) {
      if (one.scale.empty()) continue;
      const Scale& scale = *pack.scale(one.scale);
      const int band = band_of(scale, Rational(*Decimal::parse(one.inputs.at("nilai"))));
      ASSERT_GE(band, 0) << pack.id << " " << one.id;
      EXPECT_EQ(scale.bands[static_cast<std::size_t>(band)].label, one.expected.at("predikat"))
          << pack.id << " " << one.id;
      ++checked;
    }
  }
  EXPECT_GE(checked, 30U);
}

}  // namespace sakip_rows_test
}  // namespace jenjang
