// A synthetic province is one province: as a model in memory and as a plan folder read from disk it has the same
// targets, cell by cell.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>

#include "jenjang/cascade/cascade.h"
#include "jenjang/synthetic/province.h"
#include "jenjang/workspace/workspace.h"

namespace jenjang {
namespace synthetic_plan_test {

namespace fs = std::filesystem;

std::map<std::string, std::string> targets_of(const Model& model, const TargetTable& table) {
  std::map<std::string, std::string> cells;
  for (const TargetCell& cell : table.cells) {
    cells[model.address(cell.node, cell.period)] = cell.target.to_string();
  }
  return cells;
}

TEST(SyntheticPlan, FolderAndModelHaveTheSameTargets) {
  ProvinceSpec spec;
  spec.seed = 7;
  spec.staff = 300;
  spec.districts = 2;
  spec.agencies = 4;
  spec.fields = 2;
  spec.sections = 2;
  spec.holdings = true;
  const fs::path folder = fs::path(::testing::TempDir()) / "provinsi-tiruan";
  for (const GeneratedFile& file : write_province(spec)) {
    fs::create_directories((folder / file.path).parent_path());
    std::ofstream(folder / file.path, std::ios::binary) << file.text;
  }
  WorkspaceOptions options;
  options.pack_folders = {fs::path(JENJANG_SOURCE_DIR) / "models"};
  Workspace workspace(options);
  ASSERT_TRUE(workspace.load(folder));
  workspace.evaluate();
  EXPECT_FALSE(workspace.sink().has_errors());
  EXPECT_EQ(workspace.sink().count(Severity::warning), 0U);

  const Model model = make_province(spec);
  DiagnosticSink sink;
  const auto expected = targets_of(model, run_cascade(model, sink));
  EXPECT_TRUE(sink.all().empty());
  // 4 governors, 3 x 4 governments, 12 agencies, 24 fields, 48 sections, 300 positions; a year and twelve months each.
  EXPECT_EQ(expected.size(), (4U + 12 + 12 + 24 + 48 + 300) * 13);
  EXPECT_EQ(targets_of(workspace.model(), workspace.targets()), expected);
  EXPECT_EQ(workspace.model().holdings.size(), model.holdings.size());
  fs::remove_all(folder);
}

}  // namespace synthetic_plan_test
}  // namespace jenjang
