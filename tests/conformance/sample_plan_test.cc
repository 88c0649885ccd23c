// The sample plan of Kalimantan Timur gives the figures of its data sheet, and its two chains behave as
// declared: the direct one is arithmetic, the non-direct one is not.
//
// Expected figures: published values named in plans/kaltim-lingkungan/README.md, or hand arithmetic shown here.
#include <filesystem>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "jenjang/base/text.h"
#include "jenjang/workspace/workspace.h"

namespace sample_plan_test {

namespace fs = std::filesystem;
using namespace jenjang;

const fs::path kRoot = JENJANG_SOURCE_DIR;

// A copy of the sample plan that a test may change.
class SamplePlan {
public:
  SamplePlan() {
    std::string pattern = (fs::temp_directory_path() / "jenjang-sampel-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    fs::copy(kRoot / "plans/kaltim-lingkungan", folder_, fs::copy_options::recursive);
  }
  ~SamplePlan() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  SamplePlan(const SamplePlan&) = delete;
  SamplePlan& operator=(const SamplePlan&) = delete;

  // Replaces one line that must occur exactly once.
  void replace_line(const std::string& file, const std::string& from, const std::string& to) const {
    std::ifstream in(folder_ / file);
    std::stringstream text;
    text << in.rdbuf();
    std::string body = text.str();
    const auto at = body.find(from + "\n");
    ASSERT_NE(at, std::string::npos) << file << ": " << from;
    body.replace(at, from.size(), to);
    std::ofstream(folder_ / file) << body;
  }
  [[nodiscard]] Workspace evaluate() const {
    WorkspaceOptions options;
    options.pack_folders = {kRoot / "models"};
    Workspace workspace(options);
    EXPECT_TRUE(workspace.load(folder_));
    workspace.evaluate();
    return workspace;
  }

private:
  fs::path folder_;
};

const ResultCell& cell(const Workspace& workspace, const char* code, const char* unit, const char* period,
                       Lane lane = Lane::all) {
  const auto node = workspace.model().find(code, unit);
  const auto slot = workspace.result().grid().find(*Period::parse(period));
  EXPECT_TRUE(node && slot) << code << "@" << unit << ":" << period;
  return workspace.result().at(*node, *slot, lane);
}

std::string two_places(double value) {
  return format_fixed(value, 2);
}

TEST(SamplePlan, HasNoErrorFinding) {
  SamplePlan plan;
  Workspace workspace = plan.evaluate();
  for (const auto& finding : workspace.sink().all())
    EXPECT_NE(finding.severity, Severity::error)
        << to_string(finding.code) << " " << message_text(finding, Language::english);
}

TEST(SamplePlan, GivesTheFiguresOfItsDataSheet) {
  SamplePlan plan;
  Workspace workspace = plan.evaluate();
  // 75.55 / 76.15 = 99.2120...
  EXPECT_EQ(two_places(cell(workspace, "IKLH", "64", "2023").achievement_raw), "99.21");
  // 78.74 / 78.50 = 100.3057...; above 70 up to 80 is BB.
  const auto& sakip = cell(workspace, "SAKIP", "64", "2024");
  EXPECT_EQ(two_places(sakip.achievement_raw), "100.31");
  const auto sakip_node = *workspace.model().find("SAKIP", "64");
  const Scale& bands = workspace.model().scale(workspace.model().item(sakip_node).spec.value_bands);
  EXPECT_EQ(bands.bands.at(static_cast<std::size_t>(sakip.band)).label, "BB");
  const auto next = next_better_band(bands, Rational(*Decimal::parse("78.74")));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->label, "A");
  EXPECT_EQ(next->least_figure.to_string(), "80.01");
  EXPECT_EQ(next->distance, Rational(*Decimal::parse("1.27")));  // 80.01 - 78.74
  const auto slot_2024 = *workspace.result().grid().find(Period::year(2024));
  EXPECT_EQ(check_gate(workspace.model(), workspace.result(), sakip_node, slot_2024, "A").verdict,
            GateVerdict::undecided);
  // 36.40 / 14.667 = 248.176...
  const auto& emission = cell(workspace, "GRK", "64", "2022");
  EXPECT_EQ(two_places(emission.achievement_raw), "248.18");
  EXPECT_EQ(two_places(emission.achievement), "120.00");
  // (151556 + 537572) / 791828 = 87.0300...; validated by the centre: 7 of 10, 657421 of 791828 t.
  const auto& waste = cell(workspace, "SAMPAH-KELOLA", "64", "2022");
  EXPECT_EQ(two_places(waste.value), "87.03");
  EXPECT_EQ(waste.covered, 10U);
  const auto& validated = cell(workspace, "SAMPAH-KELOLA", "64", "2022", Lane::validated);
  EXPECT_EQ(two_places(validated.value), "90.92");
  EXPECT_EQ(validated.covered, 7U);
  EXPECT_EQ(validated.expected, 10U);
  EXPECT_EQ(two_places(100 * validated.covered_weight / validated.expected_weight), "83.03");
  const auto& graded = cell(workspace, "LAPOR-KAB", "64", "2023");
  EXPECT_EQ(graded.covered, 6U);
  EXPECT_EQ(graded.expected, 10U);
  // BPS 6402 is Kutai Barat (64.07): 3260 + 16663 of 36224 t = 55.00 %.
  EXPECT_EQ(two_places(cell(workspace, "SAMPAH-KELOLA", "64.07", "2022").value), "55.00");
}

TEST(SamplePlan, CompositeTargetsOf2024FitAndThoseOf2023DoNot) {
  SamplePlan plan;
  Workspace workspace = plan.evaluate();
  bool fits = false, misses = false;
  for (const auto& check : workspace.coherence()) {
    if (workspace.model().address(check.parent) != "IKLH@64") continue;
    if (check.period == Period::year(2024)) {
      fits = check.passes;
      // .340*54.40 + .428*89.50 + .133*80.00 + .099*83.80 = 75.7382; against 75.74: 99.9976 %
      EXPECT_EQ(check.combined, Rational(*Decimal::parse("75.7382")));
      EXPECT_EQ(round(check.achievement, {RoundingMode::half_up, 3}).to_string(), "99.998");
    }
    if (check.period == Period::year(2023)) {
      misses = !check.passes;
      // .340*53.85 + .428*89.21 + .133*79.91 + .099*83.66 = 75.40125
      EXPECT_EQ(round(check.combined, {RoundingMode::half_up, 2}).to_string(), "75.40");
      EXPECT_EQ(check.stated.to_string(), "76.15");
    }
  }
  EXPECT_TRUE(fits);
  EXPECT_TRUE(misses);
}

TEST(SamplePlan, DirectChainIsCarriedByArithmetic) {
  SamplePlan plan;
  const double before = cell(plan.evaluate(), "PENGADUAN", "64", "2024").value;
  plan.replace_line("realisasi/pengaduan-2024.csv", "PENGADUAN,64/dlh/penaatan/jf-pengaduan/petugas-1,2024-01,4",
                    "PENGADUAN,64/dlh/penaatan/jf-pengaduan/petugas-1,2024-01,7");
  EXPECT_EQ(cell(plan.evaluate(), "PENGADUAN", "64", "2024").value, before + 3);
}

TEST(SamplePlan, NonDirectChainIsNot) {
  SamplePlan plan;
  Workspace workspace = plan.evaluate();
  const auto above = [&](const Workspace& w) {
    return std::pair(cell(w, "TITIK-PANTAU", "64/dlh/pengendalian", "2024").value,
                     cell(w, "IKA", "64/dlh", "2024").value);
  };
  const auto staff = [&](const Workspace& w) {
    return cell(w, "LOKASI-PANTAU", "64/dlh/pengendalian/jf-pdl", "2024").value;
  };
  const auto before = above(workspace);
  const double staff_before = staff(workspace);
  std::ifstream in(kRoot / "plans/kaltim-lingkungan/realisasi/staf-2024.csv");
  std::string line, changed;
  while (std::getline(in, line))
    if (line.find("LOKASI-PANTAU") == 0) changed = line;
  ASSERT_FALSE(changed.empty());
  const auto comma = changed.find(',', changed.find(',', changed.find(',') + 1) + 1);
  const auto end = changed.find(',', comma + 1);
  plan.replace_line("realisasi/staf-2024.csv", changed,
                    changed.substr(0, comma + 1) + "1" + (end == std::string::npos ? "" : changed.substr(end)));
  Workspace after = plan.evaluate();
  EXPECT_NE(staff(after), staff_before) << "the change must reach the staff's own measure";
  EXPECT_EQ(above(after), before) << "a supporter's result never moves the superior's number";
}

// Cascade, then the roll-up of the targets as if realised, gives the targets back (DESIGN section 1).
TEST(SamplePlan, ObeysTheRoundTripLaw) {
  WorkspaceOptions options;
  options.pack_folders = {kRoot / "models"};
  options.targets_as_realised = true;
  Workspace workspace(options);
  ASSERT_TRUE(workspace.load(kRoot / "plans/kaltim-lingkungan"));
  workspace.evaluate();
  std::size_t families = 0;
  for (const auto& residual : workspace.targets().residuals) {
    ++families;
    EXPECT_TRUE(residual.holds) << workspace.model().address(workspace.model().families[residual.family.index()].parent,
                                                             residual.period);
  }
  EXPECT_GT(families, 5U);
  std::size_t cells = 0;
  for (const auto& target : workspace.targets().cells) {
    const auto* number = target.target.number();
    if (number == nullptr || workspace.model().graph.children(target.node).empty()) continue;
    const Item& item = workspace.model().item(target.node);
    if (item.spec.aggregation != Aggregation::sum) continue;
    const auto slot = workspace.result().grid().find(target.period);
    ASSERT_TRUE(slot);
    const auto& result = workspace.result().at(target.node, *slot);
    if (result.state != CellState::value || result.covered != result.expected) continue;
    ++cells;
    EXPECT_EQ(result.value, number->to_double()) << workspace.model().address(target.node, target.period);
  }
  EXPECT_GT(cells, 20U);
}

}  // namespace sample_plan_test
