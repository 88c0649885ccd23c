// A small plan written for one test: files into a folder of its own, loaded and evaluated like any other.
#pragma once

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "jenjang/workspace/workspace.h"

namespace jenjang::testing {

class ScratchPlan {
public:
  // `unit` and `acuan` are the bodies of daftar_unit and of a document Acuan at unit 64; `rows` a CSV with its header,
  // `feed` what its declaration says more.
  ScratchPlan(const std::string& units, const std::string& document, const std::string& rows,
              const std::string& feed = "") {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    static int number = 0;
    root_ = std::filesystem::path(::testing::TempDir()) /
            (std::string("jenjang-") + info->test_suite_name() + "." + info->name() + "." + std::to_string(++number));
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
    write("jenjang.yaml",
          std::string(
              "jenjang: 1\nrencana: UJI\nunit: [unit.yaml]\ndokumen: [acuan.yaml]\nrealisasi: [{berkas: fakta.csv") +
              feed + "}]\n");
    write("unit.yaml", "jenjang: 1\ndaftar_unit:\n" + units);
    write("acuan.yaml", "jenjang: 1\ndokumen: Acuan\nkode: ACUAN\nperiode: 2022..2026\nunit: \"64\"\n" + document);
    write("fakta.csv", rows);
    WorkspaceOptions options;
    options.pack_folders = {std::filesystem::path(JENJANG_SOURCE_DIR) / "models"};
    workspace_ = std::make_unique<Workspace>(options);
    loaded_ = workspace_->load(root_);
    if (loaded_) workspace_->evaluate();
  }
  ~ScratchPlan() { std::filesystem::remove_all(root_); }
  ScratchPlan(const ScratchPlan&) = delete;
  ScratchPlan& operator=(const ScratchPlan&) = delete;

  [[nodiscard]] bool loaded() const { return loaded_ && !workspace_->sink().has_errors(); }
  [[nodiscard]] Workspace& workspace() const { return *workspace_; }
  [[nodiscard]] std::string findings() const {
    return render_text(workspace_->sink().sorted(), workspace_->sources(), {});
  }
  [[nodiscard]] std::size_t count(Code code) const {
    std::size_t found = 0;
    for (const Diagnostic& finding : workspace_->sink().all()) found += finding.code == code ? 1 : 0;
    return found;
  }
  [[nodiscard]] const Diagnostic* first(Code code) const {
    for (const Diagnostic& finding : workspace_->sink().all()) {
      if (finding.code == code) return &finding;
    }
    return nullptr;
  }
  [[nodiscard]] NodeId node(const char* code, const char* unit) const {
    return workspace_->model().find(code, unit).value_or(NodeId());
  }
  [[nodiscard]] const ResultCell& cell(const char* code, const char* unit, const char* period,
                                       Lane lane = Lane::all) const {
    return workspace_->result().at(node(code, unit), *workspace_->result().grid().find(*Period::parse(period)), lane);
  }
  // Exact, printed as a decimal or a fraction; "-" without a figure. The double beside it must agree.
  [[nodiscard]] std::string value(const char* code, const char* unit, const char* period, Lane lane = Lane::all) const {
    ExactEvaluator exact(workspace_->model(), workspace_->targets(), workspace_->facts(), lane);
    const auto value = exact.value(node(code, unit), *Period::parse(period));
    if (!value) {
      EXPECT_NE(cell(code, unit, period, lane).state, CellState::value);
      return "-";
    }
    EXPECT_NEAR(cell(code, unit, period, lane).value, value->to_double(), 1e-9);
    return text(*value);
  }
  [[nodiscard]] std::string achievement(const char* code, const char* unit, const char* period) const {
    ExactEvaluator exact(workspace_->model(), workspace_->targets(), workspace_->facts(), Lane::all);
    const auto value = exact.achievement(node(code, unit), *Period::parse(period));
    if (!value) return "-";
    EXPECT_NEAR(cell(code, unit, period).achievement, value->to_double(), 1e-9);
    return text(*value);
  }
  [[nodiscard]] std::string explained(const char* code, const char* unit, const char* period) const {
    const auto tree = explain(workspace_->context(), node(code, unit), *Period::parse(period), ExplainWhat::realisation,
                              ExplainOptions{});
    return tree ? render_text(*tree, workspace_->sources(), Language::indonesian) : "-";
  }
  static std::string text(const Rational& value) {
    const auto decimal = value.to_decimal();
    return decimal ? decimal->normalised().to_string() : value.to_string();
  }

private:
  void write(const std::string& name, const std::string& content) const { std::ofstream(root_ / name) << content; }

  std::filesystem::path root_;
  std::unique_ptr<Workspace> workspace_;
  bool loaded_ = false;
};

}  // namespace jenjang::testing
