// The text of a plan to a model: rosters of positions to units and to nodes, and the share of yaml-cpp in reading a
// document.
//
// Checked first: the model bound from the text has as many nodes as the one that `make_province` makes in memory
// without any text, and the YAML tree as many nodes as yaml-cpp has events. Those events thrown away (`yaml_events`)
// are the limit of `yaml_tree`. Growth is fitted over four sizes of a roster.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

#include "jenjang/base/file_source.h"
#include "jenjang/base/result.h"
#include "jenjang/plan/plan.h"
#include "jenjang/source/yaml_reader.h"
#include "jenjang/synthetic/province.h"

namespace {

using namespace jenjang;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "bench_plan_text: %s\n", what);
  std::abort();
}

ProvinceSpec province_of(std::int64_t staff) {
  ProvinceSpec spec;
  spec.staff = static_cast<std::uint32_t>(staff);
  if (staff > 61000) {
    spec.fields = 16;
    spec.sections = 16;
  }
  return spec.fitted();
}

void count(benchmark::State& state, std::size_t bytes, std::size_t rows) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
  state.counters["rows"] = static_cast<double>(rows);
  state.SetComplexityN(static_cast<std::int64_t>(rows));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}

// Files of a generated province, in memory.
struct Folder {
  KeptFiles files;
  std::size_t bytes = 0;
};

const Folder& folder_of(std::int64_t staff) {
  static std::map<std::int64_t, std::unique_ptr<Folder>> cache;
  std::unique_ptr<Folder>& folder = cache[staff];
  if (!folder) {
    folder = std::make_unique<Folder>();
    for (GeneratedFile& file : write_province(province_of(staff))) {
      folder->bytes += file.text.size();
      folder->files.keep("plan/" + file.path, std::move(file.text));
    }
  }
  return *folder;
}

// Units and documents as written.
void parse_by(benchmark::State& state, unsigned threads) {
  const Folder& folder = folder_of(state.range(0));
  for (auto _ : state) {
    SourceMap sources;
    DiagnosticSink sink;
    auto plan = parse_plan("plan", YamlLimits{std::size_t{1} << 30, 64, 2000000}, sources, sink, folder.files, threads);
    if (!plan || sink.has_errors()) fail("the generated plan does not parse");
    benchmark::DoNotOptimize(plan);
  }
  count(state, folder.bytes, static_cast<std::size_t>(state.range(0)));
}

void roster_parse(benchmark::State& state) {
  parse_by(state, 1);
}
void roster_parse_by_two(benchmark::State& state) {
  parse_by(state, 2);
}

// Units, items, nodes and ties, the frozen graph.
void roster_model(benchmark::State& state) {
  const Folder& folder = folder_of(state.range(0));
  SourceMap sources;
  DiagnosticSink sink;
  auto plan = parse_plan("plan", YamlLimits{std::size_t{1} << 30, 64, 2000000}, sources, sink, folder.files);
  const PackLibrary packs;
  const std::size_t nodes = make_province(province_of(state.range(0))).node_count();
  for (auto _ : state) {
    DiagnosticSink findings;
    const std::optional<Model> model = bind_plan(plan.value(), packs, sources, findings);
    // The two goals of the document stand beside the measures that the model in memory has.
    if (!model || model->node_count() < nodes || model->node_count() > nodes + 2) fail("the model has other nodes");
    benchmark::DoNotOptimize(model);
  }
  count(state, folder.bytes, nodes);
}

// Events of yaml-cpp thrown away: what the tree of text with places cannot be faster than.
class NoEvents : public YAML::EventHandler {
public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { ++events; }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { ++events; }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override { ++events; }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    ++events;
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    ++events;
  }
  void OnMapEnd() override {}
  std::size_t events = 0;
};

// A document of `indicators` indicators, written as people write them.
std::string yaml_document(std::int64_t indicators) {
  std::string text = "jenjang: 1\ndokumen: RPD\nkode: RPD-99\nunit: \"99\"\nindikator:\n";
  for (std::int64_t i = 0; i < indicators; ++i) {
    const std::string number = std::to_string(i);
    text += "- kode: IND-" + number + "\n  uraian: Ukuran nomor " + number + " dari daftar\n  satuan: persen\n";
    text += "  target: {2024: 75.74, 2025: 76.02, 2026: 76.30}  # ilustratif\n";
    text += "  kaskade:\n  - {ke: kabkota, cara: tutup-selisih, batas_depan: 100}\n";
  }
  return text;
}

std::size_t nodes_of(const YamlNode& node) {
  std::size_t count = 1;
  for (const YamlNode& item : node.items) count += nodes_of(item);
  for (const YamlNode::Entry& entry : node.entries) count += 1 + nodes_of(entry.value);
  return count;
}

std::size_t events_of(const std::string& text) {
  std::stringstream stream(text);
  YAML::Parser parser(stream);
  NoEvents handler;
  while (parser.HandleNextDocument(handler)) {
  }
  return handler.events;
}

void yaml_tree(benchmark::State& state) {
  const std::string text = yaml_document(state.range(0));
  SourceMap sources;
  DiagnosticSink sink;
  const FileId file = sources.add("dokumen.yaml", text);
  const auto tree = parse_yaml(file, sources, {}, sink);
  if (!tree || nodes_of(*tree) != events_of(text)) fail("the tree has another size than the events");
  for (auto _ : state) benchmark::DoNotOptimize(parse_yaml(file, sources, {}, sink));
  count(state, text.size(), static_cast<std::size_t>(state.range(0)));
}

void yaml_events(benchmark::State& state) {
  const std::string text = yaml_document(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(events_of(text));
  count(state, text.size(), static_cast<std::size_t>(state.range(0)));
}

void rosters(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t staff : {12500, 50000, 200000, 1000000}) bench->Arg(staff);
  bench->Unit(benchmark::kMillisecond)->UseRealTime()->Complexity();
}
void documents(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t indicators : {250, 500, 1000, 2000, 4000}) bench->Arg(indicators);
  bench->Unit(benchmark::kMillisecond)->UseRealTime();
}

}  // namespace

BENCHMARK(roster_parse)->Apply(rosters);
BENCHMARK(roster_parse_by_two)->Apply(rosters);
BENCHMARK(roster_model)->Apply(rosters);
BENCHMARK(yaml_events)->Apply(documents);
BENCHMARK(yaml_tree)->Apply(documents);
BENCHMARK_MAIN();
