// A roster large enough for several threads gives the units and findings that one thread finds.
#include <ranges>

#include "engine/plan/plan_document.h"
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace roster_threads_test {

using RosterThreads = PlanTest;

// Rows with every slip that is refused, quoted texts with quotes and line ends in them, blank attributes.
std::string roster(std::size_t rows) {
  std::string text = "kode,nama,jenis,induk,beban,label.kelas,tanda\n";
  std::uint64_t state = 11;
  const auto below = [&](std::size_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state >> 33) % n);
  };
  for (std::size_t i = 0; i < rows; ++i) {
    if (below(300) == 0) text += "x,y\n";
    if (below(90) == 0) text += "\n";
    text += below(200) == 0 ? "64//salah," : "64/dinas-lingkungan-hidup/p-" + std::to_string(i) + ",";
    text += below(40) == 0 ? "\"Petugas \"\"A\"\",\n lapangan\"," : "Petugas " + std::to_string(i) + ",";
    text += below(250) == 0 ? "," : "jabatan,";
    text += below(3) == 0 ? "," : "64/dinas-lingkungan-hidup,";
    text += below(100) == 0  ? "dua,"
            : below(20) == 0 ? ","
                             : std::to_string(below(30)) + "." + std::to_string(below(10)) + ",";
    text += below(2) == 0 ? "," : "\"ke\"\"las\",";
    text += below(150) == 0 ? "kira-kira\n" : below(2) == 0 ? "ilustratif\n" : "\n";
  }
  return text;
}

// Everything that a unit says, with its places.
std::string described(const PlanUnit& unit) {
  const auto at = [](const SourceSpan& span) {
    return "@" + std::to_string(span.line) + ":" + std::to_string(span.column) + "+" + std::to_string(span.length);
  };
  std::string text = unit.path.value + at(unit.path.span) + "|" + unit.name + "|" + unit.kind;
  if (unit.parent) text += "|" + unit.parent->value + at(unit.parent->span);
  for (const UnitAttribute& one : unit.attributes) {
    text += "|" + one.name + "=" + one.value.to_string() + at(one.span) + (one.illustrative ? "i" : "");
  }
  for (const UnitLabel& one : unit.classes) text += "|" + one.name + "=" + one.word;
  return text + (unit.labels.illustrative ? "|i" : "") + (unit.labels.unverified ? "|u" : "");
}

TEST_F(RosterThreads, UnitsAndFindingsAreThoseOfOneThread) {
  write("unit.csv", roster(24000));
  write("jenjang.yaml", "jenjang: 1\nrencana: UJI\nunit: [unit.csv]\ndokumen: []\n");
  ASSERT_GT(std::filesystem::file_size(root_ / "unit.csv"), std::size_t{3} << 18);  // room for three stretches
  std::vector<std::string> units, findings;
  for (const unsigned threads : {1U, 2U, 3U}) {
    SourceMap sources;
    DiagnosticSink sink;
    const auto plan = parse_plan(root_, {}, sources, sink, disk(), threads);
    ASSERT_TRUE(plan);
    std::vector<std::string> found, told;
    for (const PlanUnit& unit : std::views::join(plan.value().documents->units)) found.push_back(described(unit));
    for (const Diagnostic& one : sink.all()) told.push_back(sources.to_string(one.primary));
    EXPECT_EQ(plan.value().documents->units.size() > 1, threads > 1);
    if (threads == 1) {
      units = found;
      findings = told;
      EXPECT_GT(units.size(), 20000U);
      EXPECT_GT(findings.size(), 300U);
    }
    EXPECT_TRUE(found == units) << threads;
    EXPECT_EQ(told, findings) << threads;
  }
}

}  // namespace roster_threads_test
}  // namespace jenjang
