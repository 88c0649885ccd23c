// Texts: a feed of realisations to bound facts, a YAML document to its tree, a plan folder to a model.
#include <memory>
#include <string>

#include "jenjang/base/file_source.h"
#include "jenjang/base/result.h"
#include "jenjang/facts/facts.h"
#include "jenjang/intake/intake.h"
#include "jenjang/plan/plan.h"
#include "jenjang/source/yaml_reader.h"
#include "jenjang/synthetic/province.h"

#include "jobs.h"

namespace jenjang::guard {
namespace {

ProvinceSpec province(std::uint32_t staff) {
  ProvinceSpec spec;
  spec.staff = staff;
  return spec.fitted();
}

constexpr YamlLimits kWide{std::size_t{1} << 30, 64, 2'000'000};

// Twelve rows of every position.
Prepared feed(std::uint32_t staff) {
  struct Feed {
    Model model;
    SourceMap sources;
    DiagnosticSink sink;
    FileId file;
    Facts facts;
  };
  const auto made = std::make_shared<Feed>();
  made->model = make_province(province(staff));
  std::string text = "kode,unit,periode,nilai,status,sumber\n";
  std::uint64_t rows = 0;
  for (std::size_t i = 0; i < made->model.node_count(); ++i) {
    const NodeId node = NodeId::from_index(i);
    if (!made->model.graph.children(node).empty()) continue;
    for (int month = 1; month <= 12; ++month) {
      text += made->model.item(node).code + ',' + made->model.unit(node).path + ',' +
              Period(ProvinceSpec{}.year, Granularity::month, month).to_string() + ',' +
              Decimal::from_parts(static_cast<Int128>(rows * 7919 % 1'000'000), 2).to_string() + ",divalidasi,SIPSN\n";
      ++rows;
    }
  }
  made->file = made->sources.add("realisasi.csv", std::move(text));
  return {rows, [made, rows] {
            FeedFormat format;
            format.csv.mark_stated = true;
            format.validated_states = {"divalidasi"};
            made->facts = bind_observations(
                made->model, read_realisations(made->file, made->sources, format, made->sink), made->sink);
            return made->facts.facts.size() == rows && !made->sink.has_errors();
          }};
}

Prepared yaml(std::uint32_t indicators) {
  struct Document {
    SourceMap sources;
    DiagnosticSink sink;
    FileId file;
    std::optional<YamlNode> tree;
  };
  const auto made = std::make_shared<Document>();
  std::string text = "jenjang: 1\ndokumen: RPD\nkode: RPD-99\nunit: \"99\"\nindikator:\n";
  for (std::uint32_t i = 0; i < indicators; ++i) {
    const std::string number = std::to_string(i);
    text += "- kode: IND-" + number + "\n  uraian: Ukuran nomor " + number + " dari daftar\n  satuan: persen\n";
    text += "  target: {2024: 75.74, 2025: 76.02, 2026: 76.30}  # ilustratif\n";
    text += "  kaskade:\n  - {ke: kabkota, cara: tutup-selisih, batas_depan: 100}\n";
  }
  made->file = made->sources.add("dokumen.yaml", std::move(text));
  return {indicators, [made] {
            made->tree = parse_yaml(made->file, made->sources, kWide, made->sink);
            return made->tree && made->tree->entries.size() == 5;
          }};
}

Prepared plan(std::uint32_t staff) {
  struct Folder {
    KeptFiles files;
    SourceMap sources;
    DiagnosticSink sink;
    std::optional<ParsedPlan> plan;
    std::optional<Model> model;
  };
  const auto made = std::make_shared<Folder>();
  for (GeneratedFile& file : write_province(province(staff)))
    made->files.keep("plan/" + file.path, std::move(file.text));
  return {staff, [made, staff] {
            auto read = parse_plan("plan", kWide, made->sources, made->sink, made->files);
            if (!read) return false;
            made->plan = std::move(read).value();
            made->model = bind_plan(*made->plan, PackLibrary{}, made->sources, made->sink);
            return made->model && made->model->node_count() > staff && !made->sink.has_errors();
          }};
}

}  // namespace

std::vector<Job> text_jobs() {
  return {{"intake", "rows", 800, 2.3, feed},
          {"yaml", "indicators", 200, 2.3, yaml},
          {"plan", "positions", 1'000, 2.3, plan}};
}

}  // namespace jenjang::guard
