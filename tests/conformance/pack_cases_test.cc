// What every pack under models/ owes: it loads without a word, names its sources, and its worked cases pass.
#include "jenjang/workspace/pack_cases.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "jenjang/workspace/workspace.h"

namespace jenjang {
namespace pack_cases_test {

namespace fs = std::filesystem;

constexpr std::size_t kLeastCases = 200;  // more may come, none may go unseen

class Packs : public ::testing::Test {
protected:
  Packs() : ws_(options()) { loaded_ = ws_.load_packs(); }
  static WorkspaceOptions options() {
    WorkspaceOptions options;
    options.pack_folders = {folder()};
    return options;
  }
  static fs::path folder() { return fs::path(JENJANG_SOURCE_DIR) / "models"; }
  std::string said() { return render_text(ws_.sink().sorted(), ws_.sources(), {}); }

  Workspace ws_;
  bool loaded_ = false;
};

TEST_F(Packs, LoadWithoutAWarning) {
  EXPECT_TRUE(loaded_);
  EXPECT_TRUE(ws_.sink().all().empty()) << said();
  std::set<std::string> folders;
  for (const auto& entry : fs::directory_iterator(folder())) {
    if (fs::exists(entry.path() / "pack.yaml")) folders.insert(entry.path().filename().string());
  }
  const std::vector<std::string> ids = ws_.packs().ids();
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()), folders);
  EXPECT_GE(ids.size(), 20U);
}

TEST_F(Packs, EveryWorkedCasePasses) {
  std::map<std::string, std::size_t> passed;
  std::size_t all = 0;
  for (const PackCaseOutcome& outcome : run_pack_cases(ws_.packs(), "", ws_.sources(), ws_.sink())) {
    EXPECT_TRUE(outcome.passes()) << outcome.pack << " " << outcome.id;
    ++passed[outcome.pack];
    ++all;
  }
  EXPECT_TRUE(ws_.sink().all().empty()) << said();
  EXPECT_GE(all, kLeastCases);
  for (const Pack& pack : ws_.packs().all()) {
    if (pack.id == "kalender-indonesia") continue;  // dates and nothing to compute
    EXPECT_GE(passed[pack.id], 1U) << pack.id;
  }
}

// A case without its source is an opinion; a formula without a case is untried.
TEST_F(Packs, EveryCaseNamesItsSourceAndEveryFormulaHasACase) {
  for (const Pack& pack : ws_.packs().all()) {
    std::set<std::string> tried;
    for (const PackCase& kase : pack.cases) {
      EXPECT_FALSE(kase.source.empty()) << pack.id << " " << kase.id;
      tried.insert(kase.formula);
      tried.insert(kase.scale);
    }
    for (const PackFormula& formula : pack.formulas) {
      EXPECT_TRUE(tried.contains(formula.id)) << pack.id << "/" << formula.id;
    }
  }
}

TEST_F(Packs, EveryFolderHasItsSources) {
  for (const Pack& pack : ws_.packs().all()) {
    const fs::path sources = folder() / pack.id / "SOURCES.md";
    ASSERT_TRUE(fs::exists(sources)) << pack.id;
    EXPECT_GT(fs::file_size(sources), 200U) << pack.id;
  }
}

TEST_F(Packs, EveryPartHasAnArticleOrSaysItIsNotVerified) {
  for (const Pack& pack : ws_.packs().all()) {
    const auto based = [&](const std::string& article, bool unverified) {
      return !article.empty() || unverified || pack.status == "belum-diverifikasi";
    };
    for (const Scale& scale : pack.scales) EXPECT_TRUE(based(scale.article, scale.unverified)) << scale.id;
    for (const PackTemplate& tmpl : pack.templates) {
      EXPECT_TRUE(based(tmpl.article, tmpl.unverified)) << pack.id << "/" << tmpl.id;
    }
    for (const PackFormula& formula : pack.formulas) {
      for (const FormulaStep& step : formula.steps) {
        EXPECT_TRUE(based(step.article, step.unverified)) << pack.id << "/" << formula.id << " " << step.code;
      }
    }
    for (const PackSpread& spread : pack.spreads) {
      EXPECT_TRUE(based(spread.article, spread.unverified)) << pack.id << "/" << spread.id;
    }
    for (const PackClock& clock : pack.clocks) {
      EXPECT_TRUE(based(clock.article, clock.unverified)) << pack.id << "/" << clock.id;
    }
  }
}

}  // namespace pack_cases_test
}  // namespace jenjang
