// Every worksheet of the nation and every civil servant's predicate: 20,000 sheets of sakip-2021/lke (mode M1 by
// shares, M2 by means of grades) and 4.7 million rows of skp-2022, from columns in memory and from the bytes of a CSV
// file.
//
// Checked first: five hundred sheets against score_sheet and all nine combinations against evaluate_formula, the hand-
// written loops against every row, one thread against all. The limit is what one writes in an afternoon for exactly
// this worksheet: a loop over the criteria of each part with its weight, in doubles, no proof, no share of the general
// rules; for the predicate a table of nine. Both write the same columns. `of_probe` is the rate of the bytes that have
// to cross the memory bus, divided by what as many threads read in the same run.
//
// Argument: threads.
#include <array>
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "jenjang/report/bulk_report.h"

#include "probe.h"
#include "random.h"

namespace {

using namespace jenjang;

constexpr std::size_t kSheets = 20'000, kStaff = 4'700'000, kChecked = 500;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "bench_scores: %s\n", what);
  std::exit(1);
}

const PackLibrary& packs() {
  static const PackLibrary library = [] {
    PackLibrary made;
    SourceMap sources;
    DiagnosticSink sink;
    if (!made.load_folder(std::string(JENJANG_SOURCE_DIR) + "/models", sources, sink)) fail("the packs do not load");
    return made;
  }();
  return library;
}

const bench::Bandwidth& bandwidth(unsigned threads) {
  static std::array<std::unique_ptr<bench::Bandwidth>, 64> known;
  auto& found = known[threads % known.size()];
  if (!found) found = std::make_unique<bench::Bandwidth>(bench::probe_bandwidth(threads, 3));
  return *found;
}

void finish(benchmark::State& state, std::size_t rows, std::size_t bytes) {
  const auto runs = static_cast<double>(state.iterations());
  const auto threads = static_cast<unsigned>(state.range(0));
  state.counters["rows"] = static_cast<double>(rows);
  state.counters["bytes"] = static_cast<double>(bytes);
  state.SetItemsProcessed(static_cast<std::int64_t>(runs * static_cast<double>(rows)));
  // Rate of a rate: what the clock gives divided by what the probe gave.
  state.counters["of_probe"] = benchmark::Counter(static_cast<double>(bytes) / (1e9 * bandwidth(threads).read) * runs,
                                                  benchmark::Counter::kIsRate);
  state.counters["peak_MiB"] = bench::peak_mebibytes();
}

// ---- worksheets ----

// The parts of sakip-2021/lke: criteria and points. Components are three parts each.
constexpr std::size_t kParts = 12, kComponents = 4, kInner = 1 + kComponents + kParts;
constexpr std::array<std::size_t, kParts> kCriteria{6, 11, 8, 3, 7, 10, 6, 9, 7, 3, 5, 5};
constexpr std::array<double, kParts> kWeight{6, 9, 15, 6, 9, 15, 3, 4.5, 7.5, 5, 7.5, 12.5};
constexpr std::size_t kAnswers = 80;
constexpr std::array<double, 9> kGrade{0, 100, 90, 80, 70, 60, 50, 30, 0};
constexpr std::array<double, 6> kCuts{90, 80, 70, 60, 50, 30};

struct Sheets {
  explicit Sheets(const char* mode)
      : pack(packs().find("sakip-2021")),
        tmpl(pack->find_template("lke")),
        program(BulkProgram::compile(*pack, *tmpl, tmpl->find_mode(mode))),
        answers(program.form(), kSheets) {
    if (program.limit() != BulkLimit::none) fail("sakip-2021/lke has no program");
    bench::Random random(20261123);
    for (std::size_t sheet = 0; sheet < kSheets; ++sheet) {
      const std::size_t likely = 1 + random.below(8);
      for (std::size_t i = 0; i < program.form().questions.size(); ++i) {
        const std::size_t labels = program.form().questions[i].labels.size();
        const std::size_t best = random.below(labels);
        answers.codes(sheet)[i] =
            static_cast<BulkCode>(1 + std::min<std::size_t>(best, random.below(likely) + 1) % labels);
      }
    }
    const BulkScores one(program, answers, 1), all(program, answers, std::max(2U, std::thread::hardware_concurrency()));
    for (std::size_t sheet = 0; sheet < kSheets; ++sheet) {
      if (!one.is_flat(sheet)) fail("a sheet has left the program");
      if (sheet % 7 == 0 && (one.row(sheet).values != all.row(sheet).values)) fail("threads change a figure");
      if (sheet % (kSheets / kChecked) != 0) continue;
      const SheetScore wanted = one.general(sheet);
      for (std::size_t i = 0; i < program.inner().size(); ++i) {
        if (one.value(sheet, i) != wanted.nodes[program.inner()[i]].value) fail("the program differs from score_sheet");
      }
      if (one.row(sheet).predicate != wanted.predicate) fail("a predicate differs from that of score_sheet");
    }
  }

  const Pack* pack;
  const PackTemplate* tmpl;
  BulkProgram program;
  BulkAnswers answers;
};

Sheets& by_grades() {
  static Sheets made("M2");
  return made;
}
Sheets& by_shares() {
  static Sheets made("M1");
  return made;
}

struct Limit {
  std::vector<double> points;           // [sheet][inner]
  std::vector<std::uint8_t> complete;   // [sheet][inner], as the engine writes it
  std::vector<std::uint8_t> predicate;  // by sheet
};

void limit_sheets(const BulkCode* codes, std::size_t first, std::size_t last, Limit& out) {
  for (std::size_t sheet = first; sheet < last; ++sheet) {
    const BulkCode* code = codes + sheet * kAnswers;
    double* const points = out.points.data() + sheet * kInner;
    std::uint8_t* const complete = out.complete.data() + sheet * kInner;
    double total = 0;
    std::uint8_t all = 1;
    for (std::size_t c = 0, part = 0; c < kComponents; ++c) {
      double component = 0;
      std::uint8_t whole = 1;
      for (std::size_t k = 0; k < 3; ++k, ++part) {
        double sum = 0;
        std::uint8_t answered = 1;
        for (std::size_t i = 0; i < kCriteria[part]; ++i, ++code) {
          sum += kGrade[*code];
          answered &= *code != 0 ? 1 : 0;
        }
        const double value = sum / static_cast<double>(kCriteria[part]) * kWeight[part] / 100;
        points[1 + c * 4 + 1 + k] = value;
        complete[1 + c * 4 + 1 + k] = answered;
        component += value;
        whole &= answered;
      }
      points[1 + c * 4] = component;
      complete[1 + c * 4] = whole;
      total += component;
      all &= whole;
    }
    points[0] = total;
    complete[0] = all;
    const double printed = std::floor(total * 100 + 0.5) / 100;
    unsigned band = 0;
    for (const double cut : kCuts) band += printed <= cut ? 1 : 0;
    out.predicate[sheet] = static_cast<std::uint8_t>(all != 0 ? band : 255);
  }
}

Limit run_limit(const BulkAnswers& answers, bench::Team& team) {
  Limit out;
  out.points.resize(kSheets * kInner);
  out.complete.resize(kSheets * kInner);
  out.predicate.resize(kSheets);
  const BulkCode* const codes = answers.codes(0).data();
  team.run([&](unsigned thread) {
    limit_sheets(codes, kSheets * thread / team.size(), kSheets * (thread + 1) / team.size(), out);
  });
  return out;
}

void check_limit() {
  static const bool checked = [] {
    Sheets& sheets = by_grades();
    if (sheets.program.form().questions.size() != kAnswers || sheets.program.inner().size() != kInner) {
      fail("sakip-2021/lke is another worksheet than the limit's");
    }
    const BulkScores scores(sheets.program, sheets.answers, 1);
    bench::Team alone(1);
    const Limit limit = run_limit(sheets.answers, alone);
    const Scale* const scale = sheets.pack->scale("predikat");
    std::size_t differs = 0;
    for (std::size_t sheet = 0; sheet < kSheets; ++sheet) {
      const double exact = scores.value(sheet, 0)->to_double();
      if (std::abs(limit.points[sheet * kInner] - exact) > 1e-9) fail("the hand-written loop has another total");
      if (scale->bands[limit.predicate[sheet]].label != scores.row(sheet).predicate) ++differs;
    }
    if (differs > 20) fail("the hand-written loop decides otherwise");
    return true;
  }();
  (void)checked;
}

std::size_t sheet_bytes(const Sheets& sheets) {
  return kSheets * sheets.program.bytes_per_sheet();
}

void lke(benchmark::State& state, Sheets& (*sheets_of)()) {
  Sheets& sheets = sheets_of();
  for (auto _ : state) {
    BulkAnswers answers = sheets.answers;
    const double start = bench::now_in_seconds();
    const BulkScores scores(sheets.program, std::move(answers), static_cast<unsigned>(state.range(0)));
    benchmark::DoNotOptimize(&scores);
    state.SetIterationTime(bench::now_in_seconds() - start);
  }
  finish(state, kSheets, sheet_bytes(sheets));
}

void lke_limit(benchmark::State& state) {
  check_limit();
  Sheets& sheets = by_grades();
  bench::Team team(static_cast<unsigned>(state.range(0)));
  for (auto _ : state) {
    const double start = bench::now_in_seconds();
    const Limit limit = run_limit(sheets.answers, team);
    benchmark::DoNotOptimize(&limit);
    state.SetIterationTime(bench::now_in_seconds() - start);
  }
  finish(state, kSheets, sheet_bytes(sheets));
}

// What there was before: a sheet at a time, as fractions.
void lke_general(benchmark::State& state, Sheets& (*sheets_of)()) {
  Sheets& sheets = sheets_of();
  const BulkScores scores(sheets.program, sheets.answers);
  for (auto _ : state) {
    for (std::size_t sheet = 0; sheet < kChecked; ++sheet) benchmark::DoNotOptimize(scores.general(sheet));
  }
  finish(state, kChecked, kChecked * sheets.program.bytes_per_sheet());
}

// ---- predicates of staff ----

struct Staff {
  Staff()
      : pack(packs().find("skp-2022")),
        formula(BulkFormula::compile(*pack, *pack->formula("predikat-pegawai"))),
        answers(formula.form(), kStaff) {
    if (!formula.is_flat()) fail("skp-2022 has no table");
    bench::Random random(20261123);
    for (std::size_t row = 0; row < kStaff; ++row) {
      for (BulkCode& code : answers.codes(row)) code = static_cast<BulkCode>(1 + random.below(3));
    }
    const BulkResults one(formula, answers, 1),
        all(formula, answers, std::max(2U, std::thread::hardware_concurrency()));
    for (std::size_t row = 0; row < kStaff; ++row) {
      if (one.outcome(row) != all.outcome(row)) fail("threads change a predicate");
      if (row % (kStaff / kChecked) == 0 &&
          one.results(row).front().value->label != one.general(row).front().value->label) {
        fail("the table differs from evaluate_formula");
      }
    }
  }
  const Pack* pack;
  BulkFormula formula;
  BulkAnswers answers;
};

Staff& staff() {
  static Staff made;
  return made;
}

void skp(benchmark::State& state) {
  Staff& all = staff();
  for (auto _ : state) {
    BulkAnswers answers = all.answers;
    const double start = bench::now_in_seconds();
    const BulkResults results(all.formula, std::move(answers), static_cast<unsigned>(state.range(0)));
    benchmark::DoNotOptimize(&results);
    state.SetIterationTime(bench::now_in_seconds() - start);
  }
  finish(state, kStaff, kStaff * 4);
}

// A table of nine, as a decree prints it: rows of work, columns of conduct; the place among the labels is the answer.
void skp_limit(benchmark::State& state) {
  Staff& all = staff();
  constexpr std::array<std::uint16_t, 9> kTable{0, 1, 3, 1, 1, 3, 2, 2, 4};
  const std::vector<std::string> labels{"Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang"};
  bench::Team team(static_cast<unsigned>(state.range(0)));
  const auto run = [&] {
    std::vector<std::uint16_t> out(kStaff);
    const BulkCode* const codes = all.answers.codes(0).data();
    team.run([&](unsigned thread) {
      const std::size_t last = kStaff * (thread + 1) / team.size();
      for (std::size_t row = kStaff * thread / team.size(); row < last; ++row) {
        out[row] = kTable[(codes[2 * row] - 1) * 3 + codes[2 * row + 1] - 1];
      }
    });
    return out;
  };
  const std::vector<std::uint16_t> answers = run();
  const BulkResults results(all.formula, all.answers, 1);
  for (std::size_t row = 0; row < kStaff; row += 97) {
    if (labels[answers[row]] != results.results(row).front().value->label) fail("the hand-written table differs");
  }
  for (auto _ : state) {
    const double start = bench::now_in_seconds();
    const std::vector<std::uint16_t> outcomes = run();
    benchmark::DoNotOptimize(outcomes.data());
    state.SetIterationTime(bench::now_in_seconds() - start);
  }
  finish(state, kStaff, kStaff * 4);
}

void skp_general(benchmark::State& state) {
  Staff& all = staff();
  const BulkResults results(all.formula, all.answers);
  constexpr std::size_t kRows = 20'000;
  for (auto _ : state) {
    for (std::size_t row = 0; row < kRows; ++row) benchmark::DoNotOptimize(results.general(row));
  }
  finish(state, kRows, kRows * 4);
}

// ---- from the bytes of a file to the bytes of the rows ----

struct File {
  SourceMap sources;
  FileId file;
  std::size_t bytes = 0;
};

File& staff_file() {
  static File made = [] {
    File file;
    std::string text = "kunci,hasil_kerja,perilaku\n";
    const BulkAnswers& answers = staff().answers;
    for (std::size_t row = 0; row < kStaff; ++row) {
      char key[32];
      text.append(key, static_cast<std::size_t>(std::snprintf(key, sizeof key, "asn-%07zu,", row)));
      text += answers.written(row, 0) + "," + answers.written(row, 1) + "\n";
    }
    file.bytes = text.size();
    file.file = file.sources.add("skp.csv", std::move(text));
    return file;
  }();
  return made;
}

void skp_read(benchmark::State& state) {
  File& file = staff_file();
  for (auto _ : state) {
    DiagnosticSink sink;
    const auto sheets = read_bulk_sheets(file.file, file.sources, {}, staff().formula.form(),
                                         {"skp-2022", static_cast<unsigned>(state.range(0)), nullptr}, sink);
    if (!sheets || sheets->refused > 0 || sheets->keys.size() != kStaff) fail("the file is not read as it stands");
    benchmark::DoNotOptimize(sheets->answers.codes(0).data());
  }
  finish(state, kStaff, file.bytes);
}

void skp_to_csv(benchmark::State& state) {
  File& file = staff_file();
  DiagnosticSink sink;
  auto sheets = read_bulk_sheets(file.file, file.sources, {}, staff().formula.form(), {"skp-2022", 2, nullptr}, sink);
  const BulkResults results(staff().formula, std::move(sheets->answers), 2);
  const BulkFormulaListing listing(staff().formula, *sheets, results, Language::indonesian);
  WriteOptions options;
  options.format = OutputFormat::csv;
  std::size_t written = 0;
  for (auto _ : state) {
    written = 0;
    BulkTally tally;
    write_bulk(
        listing, options, static_cast<unsigned>(state.range(0)),
        [&](std::string_view part) {
          written += part.size();
          return true;
        },
        tally);
    if (tally.listed != kStaff) fail("rows are missing");
  }
  finish(state, kStaff, written);
}

const int kRegistered = [] {
  // What an answer is made from and given back with is not timed where the job takes milliseconds.
  const auto add = [](const char* name, auto&& body, bool alone) {
    benchmark::internal::Benchmark* const job = benchmark::RegisterBenchmark(name, body);
    job->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->Repetitions(7)->ReportAggregatesOnly(true);
    if (alone) {
      job->UseManualTime();
    } else {
      job->UseRealTime();
    }
  };
  add("lke_M2", [](benchmark::State& state) { lke(state, &by_grades); }, true);
  add("lke_M2_limit", lke_limit, true);
  add("lke_M1", [](benchmark::State& state) { lke(state, &by_shares); }, true);
  add("skp", skp, true);
  add("skp_limit", skp_limit, true);
  add("skp_read", skp_read, false);
  add("skp_to_csv", skp_to_csv, false);
  benchmark::RegisterBenchmark("lke_M2_general", [](benchmark::State& state) { lke_general(state, &by_grades); })
      ->Arg(1)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("lke_M1_general", [](benchmark::State& state) { lke_general(state, &by_shares); })
      ->Arg(1)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("skp_general", skp_general)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);
  return 0;
}();

}  // namespace

BENCHMARK_MAIN();
