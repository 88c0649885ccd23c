// A plan folder written for one test, bound against packs written for it, and what came of it.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "jenjang/plan/plan.h"

namespace jenjang {

class PlanTest : public ::testing::Test {
protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = std::filesystem::path(::testing::TempDir()) / (std::string(info->test_suite_name()) + "." + info->name());
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void write(const std::string& name, const std::string& text) {
    const auto where = root_ / name;
    std::filesystem::create_directories(where.parent_path());
    std::ofstream(where) << text;
  }

  // One province with an agency of two fields, two regencies with an agency each, one person.
  static std::string units() {
    return "daftar_unit:\n"
           "- {kode: \"64\", nama: Provinsi, jenis: provinsi}\n"
           "- {kode: 64/dlh, nama: Dinas, jenis: opd}\n"
           "- {kode: 64/dlh/a, nama: Bidang A, jenis: bidang, atribut: {beban: 3}}\n"
           "- {kode: 64/dlh/b, nama: Bidang B, jenis: bidang, atribut: {beban: 1}}\n"
           "- {kode: 64/dlh/a/jf, nama: Petugas, jenis: jabatan}\n"
           "- {kode: \"64.01\", nama: Paser, jenis: kabkota, induk: \"64\", bps: \"6401\", atribut: {penduduk: "
           "275452}}\n"
           "- {kode: \"64.71\", nama: Balikpapan, jenis: kabkota, induk: \"64\", atribut: {penduduk: 688318}}\n"
           "- {kode: 64.01/dlh, nama: Dinas Paser, jenis: opd}\n";
  }
  // A document of the province with the units in it; `body` follows the head.
  static std::string document(const std::string& body, const std::string& head = "") {
    return "jenjang: 1\ndokumen: RPD\nkode: RPD-64\nunit: \"64\"\nperiode: 2024..2026\n" + head + units() + body;
  }
  // A measure of the province, complete; `more` is added at the same level.
  static std::string measure(const std::string& more, const std::string& code = "X") {
    return "indikator:\n- kode: " + code + "\n  satuan: ton\n  polaritas: naik\n  akumulasi: hitungan\n" + more;
  }

  void load_packs(const std::string& pack_yaml, const std::string& name = "uji") {
    write("paket/" + name + "/pack.yaml", pack_yaml);
    ASSERT_TRUE(packs_.load_folder(root_ / "paket", sources_, sink_)) << messages();
  }

  // A plan of one file.
  void bind_file(const std::string& text) {
    write("rencana.yaml", text);
    bind_path(root_ / "rencana.yaml");
  }
  // A plan of several documents; the first holds the units. `extra` is added to the manifest.
  void bind_documents(const std::vector<std::string>& documents, const std::string& extra = "") {
    std::string manifest = "jenjang: 1\nrencana: UJI\ndokumen:\n";
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const std::string name = "d" + std::to_string(i + 1) + ".yaml";
      write(name, documents[i]);
      manifest += "- " + name + "\n";
    }
    write("jenjang.yaml", manifest + extra);
    bind_path(root_);
  }
  void bind_path(const std::filesystem::path& path) {
    auto parsed = parse_plan(path, {}, sources_, sink_);
    ASSERT_TRUE(parsed.ok());
    plan_ = std::move(parsed).value();
    model_ = bind_plan(plan_, packs_, sources_, sink_);
  }

  [[nodiscard]] std::string messages() const {
    std::string text;
    for (const Diagnostic& one : sink_.sorted()) {
      text += to_string(one.code) + " " + sources_.to_string(one.primary) + " " +
              message_text(one, Language::indonesian) + "\n";
    }
    return text;
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> found;
    for (const Diagnostic& one : sink_.sorted()) found.push_back(to_string(one.code));
    return found;
  }
  [[nodiscard]] const Diagnostic* first(Code code) const {
    for (const Diagnostic& one : sink_.all()) {
      if (one.code == code) return &one;
    }
    return nullptr;
  }
  // The argument of the only finding of that code; a test fails on none or two.
  [[nodiscard]] std::string argument(Code code, const std::string& name) const {
    const Diagnostic* one = first(code);
    if (one == nullptr) return "(no " + to_string(code) + ")\n" + messages();
    for (const DiagnosticArg& arg : one->args) {
      if (arg.name == name) return arg.value;
    }
    return "(no argument)";
  }
  // The source text under the primary span of the first finding of a code.
  [[nodiscard]] std::string underlined(Code code) const {
    const Diagnostic* one = first(code);
    if (one == nullptr || !one->primary.valid()) return "(nothing)";
    return std::string(
        sources_.line(one->primary.file, one->primary.line).substr(one->primary.column - 1, one->primary.length));
  }

  [[nodiscard]] NodeId node(const std::string& code, const std::string& unit) const {
    const auto found = model_->find(code, unit);
    EXPECT_TRUE(found.has_value()) << code << "@" << unit << "\n" << messages();
    return found.value_or(NodeId(0));
  }
  [[nodiscard]] std::vector<std::string> addresses(std::span<const NodeId> nodes) const {
    std::vector<std::string> list;
    for (const NodeId one : nodes) list.push_back(model_->address(one));
    return list;
  }
  [[nodiscard]] std::vector<std::string> children(const std::string& code, const std::string& unit) const {
    return addresses(model_->graph.children(node(code, unit)));
  }
  [[nodiscard]] std::vector<std::string> supporters(const std::string& code, const std::string& unit) const {
    return addresses(model_->graph.supporters(node(code, unit)));
  }
  // Formula edge from a parent to its i-th child.
  [[nodiscard]] const FormulaEdge& edge(NodeId parent, std::size_t i) const {
    return model_->formula_edges[model_->graph.formula_first_edge(parent).index() + i];
  }
  [[nodiscard]] const Family* family_of(NodeId parent) const {
    for (const Family& family : model_->families) {
      if (family.parent == parent) return &family;
    }
    return nullptr;
  }
  // "period=target" of every statement, with "!" for a hold.
  [[nodiscard]] std::vector<std::string> statements(const std::string& code, const std::string& unit) const {
    std::vector<std::string> list;
    for (const Statement& one : model_->statements_of(node(code, unit))) {
      list.push_back(one.period.to_string() + "=" + one.target.to_string() + (one.hold ? "!" : ""));
    }
    return list;
  }

  using Strings = std::vector<std::string>;
  std::filesystem::path root_;
  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary packs_;
  ParsedPlan plan_;
  std::optional<Model> model_;
};

}  // namespace jenjang
