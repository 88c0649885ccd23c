// The complaint service through its pack and the sample plan: TV-P1 and TV-P2 by the calendar as shipped, and the
// realisation file of the plan against the events that it was made from.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

#include "jenjang/report/clock_report.h"
#include "jenjang/workspace/workspace.h"

namespace clock_vectors_test {

namespace fs = std::filesystem;
using namespace jenjang;

const fs::path kRoot = JENJANG_SOURCE_DIR;

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Workspace with_packs() {
  WorkspaceOptions options;
  options.pack_folders = {kRoot / "models"};
  Workspace workspace(options);
  EXPECT_TRUE(workspace.load_packs());
  return workspace;
}

struct Service {
  const PackClock* clock = nullptr;
  const Workflow* workflow = nullptr;
  const HolidayCalendar* holidays = nullptr;
};
Service service(Workspace& workspace) {
  Service found;
  found.clock = workspace.packs().find("sp4n-lapor")->clock("laporan");
  found.workflow = workspace.packs().workflow("sp4n-lapor/laporan");
  found.holidays = require_holidays(workspace.packs(), found.clock->calendar, {}, workspace.sink());
  return found;
}

TEST(ComplaintService, ReferenceDeadlinesByTheShippedCalendar) {
  Workspace workspace = with_packs();
  const Service lapor = service(workspace);
  ASSERT_NE(lapor.holidays, nullptr);
  // Received Monday 7 October 2024, disposed on the 10th.
  std::string rows = "nomor,kelas,keadaan,waktu,unit\n";
  for (const char* kind : {"informasi", "aspirasi", "pengaduan", "pengaduan-pengawasan"}) {
    rows += std::string(kind) + "," + kind + ",masuk,2024-10-07T08:00,64\n" + kind + ",,verifikasi,2024-10-08,64\n" +
            kind + ",,disposisi,2024-10-10,64/dlh\n";
  }
  const FileId file = workspace.sources().add("uji.csv", rows);
  const auto items =
      read_item_events(file, workspace.sources(), {}, *lapor.clock, *lapor.workflow, Zone{480}, workspace.sink());
  const ClockResult result =
      run_clock(*lapor.clock, *lapor.workflow, *lapor.holidays, items, *Date::parse("2024-10-10"), workspace.sink());
  std::map<std::string, std::string> due;
  for (const LimitOutcome& outcome : result.outcomes) {
    due[result.items[outcome.item].number + " " + lapor.clock->limits[outcome.limit].code] =
        outcome.deadline ? date_of(*outcome.deadline).to_string() : "-";
  }
  EXPECT_EQ(due["informasi verifikasi"], "2024-10-10");
  EXPECT_EQ(due["informasi selesai-informasi"], "2024-10-17");
  EXPECT_EQ(due["aspirasi selesai-aspirasi"], "2024-10-17");
  EXPECT_EQ(due["pengaduan selesai-pengaduan"], "2024-10-30");
  // Sixty working days after 10 October: 15 more in October; 20 in November, whose 21 weekdays hold the election day of
  // the 27th; 20 in December, whose 22 hold Christmas and the joint leave after it; then 2, 3, 6, 7 and 8 January.
  EXPECT_EQ(due["pengaduan-pengawasan selesai-pengawasan"], "2025-01-08");
  EXPECT_FALSE(workspace.sink().has_errors());
}

TEST(ComplaintService, SamplePlanRunsAndItsRealisationsAreWhatTheEventsSay) {
  WorkspaceOptions options;
  options.pack_folders = {kRoot / "models"};
  Workspace workspace(options);
  ASSERT_TRUE(workspace.load(kRoot / "plans" / "kaltim-lapor"));
  workspace.evaluate();
  EXPECT_FALSE(workspace.sink().has_errors());
  ASSERT_EQ(workspace.plan().events.size(), 1U);
  const EventDeclaration& events = workspace.plan().events.front();
  const Service lapor = service(workspace);
  const FileId file = workspace.sources().add("laporan.csv", read_text(events.feed.file));
  auto items = read_item_events(file, workspace.sources(), events.feed.format, *lapor.clock, *lapor.workflow,
                                workspace.plan().zone, workspace.sink());
  check_event_units(items, workspace.model().units, workspace.sink());
  const ClockResult result =
      run_clock(*lapor.clock, *lapor.workflow, *lapor.holidays, items, *workspace.as_of(), workspace.sink());
  EXPECT_FALSE(workspace.sink().has_errors());
  std::vector<RateFigure> figures;
  for (const Granularity every : {Granularity::year, Granularity::month}) {
    RateGrouping grouping;
    grouping.every = every;
    for (RateFigure& figure : clock_rates(*lapor.clock, result, grouping)) figures.push_back(std::move(figure));
  }
  const ClockReport report{*lapor.clock, result, "ilustratif"};
  const auto facts = clock_facts(report, figures, events.facts, events.unit, workspace.model());
  WriteOptions write;
  write.format = OutputFormat::csv;
  EXPECT_EQ(write_table(fact_table(facts, "ilustratif"), write),
            read_text(kRoot / "plans" / "kaltim-lapor" / "realisasi" / "lapor-2024.csv"));
  // The yearly rate of the plan, summed over units and months before it is divided, is the rate over all items.
  for (const RateFigure& figure : clock_rates(*lapor.clock, result, {})) {
    const ClockRate& rate = lapor.clock->rates[figure.rate];
    if (!figure.unit.empty() || !figure.stated || rate.code != "L2") continue;
    const auto node = workspace.model().find("L2", "64");
    ASSERT_TRUE(node);
    const auto slot = workspace.result().grid().find(*Period::parse("2024"));
    ASSERT_TRUE(slot);
    EXPECT_NEAR(workspace.result().at(*node, *slot).value, figure.value->to_double(), 1e-9);
  }
}

}  // namespace clock_vectors_test
