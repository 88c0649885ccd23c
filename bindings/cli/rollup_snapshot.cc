#include "rollup_snapshot.h"

#include <set>

#include "jenjang/workspace/flat_rows.h"
#include "jenjang/workspace/snapshots.h"

#include "beside.h"
#include "command.h"
#include "memory.h"
#include "output.h"
#include "session.h"
#include "snapshot_messages.h"

namespace jenjang::cli {
namespace {

bool refuse(const Options& options, std::string_view option, std::string_view value, const std::string& wanted) {
  complain(options, make_diagnostic(Code::J1903, {}).arg("opsi", option).arg("nilai", value).arg("diminta", wanted));
  return false;
}

// A snapshot holds what was asked when it was made: what else a roll-up can be asked needs the plan.
bool takes_options(const Options& options) {
  const RawOptions& raw = options.raw;
  const auto beside = [&](std::string_view what) { return refuse_beside(options, what, "--snapshot"); };
  if (options.format && *options.format != "csv") return refuse(options, "--format", *options.format, "csv");
  if (options.write.csv != CsvDialect::standard) return refuse(options, "--csv", raw.csv, "standar");
  if (!raw.as_of.empty()) return beside("--as-of");
  if (raw.plan_now) return beside("--plan-kini");
  if (!raw.gate.empty()) return beside("--gerbang");
  if (raw.targets_as_realised) return beside("--target-sebagai-realisasi");
  if (!raw.changes.empty()) return beside("--set");
  if (!raw.scenarios.empty()) return beside("--skenario");
  if (!raw.comparisons.empty()) return beside("--banding");
  return true;
}

bool knows_names(const Options& options, const snapshot::Snapshot& opened) {
  const auto has = [](const snapshot::StringTable& table, const std::string& name) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (table[i] == name) return true;
    }
    return false;
  };
  const auto all = [](const snapshot::StringTable& table) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < table.size(); ++i) names.emplace(table[i]);
    return std::vector<std::string>(names.begin(), names.end());
  };
  const snapshot::PlanNames& names = opened.names();
  bool good = true;
  if (!options.raw.code.empty() && !has(names.item_codes, options.raw.code)) {
    complain(options, no_such(options.say, "indikator", "indicator", options.raw.code, all(names.item_codes)));
    good = false;
  }
  if (!options.raw.unit.empty() && !has(names.unit_paths, options.raw.unit)) {
    complain(options, no_such(options.say, "unit", "unit", options.raw.unit, all(names.unit_paths)));
    good = false;
  }
  return good;
}

// A file that holds what rows need, of the year that was asked for.
bool has_rows(const Options& options, const snapshot::Snapshot& opened) {
  const bulk::RowFacts* const rows = opened.rows();
  const std::string& name = opened.container().name();
  if (rows == nullptr) {
    complain(options, make_diagnostic(Code::J3203, {}).arg("berkas", name).arg("bagian", "rows"));
    return false;
  }
  if (options.period && options.period->year() != opened.year()) {
    const std::string year = std::to_string(opened.year());
    return refuse(options, "--periode", options.raw.period,
                  options.say(year + ", tahun yang dimuat snapshot ini", year + ", the year that this snapshot holds"));
  }
  if (auto damage = opened.verify_rows(options.threads)) {
    complain(options, *damage);
    return false;
  }
  if (!rows->obstacle) return true;
  complain_of_snapshot(options, make_diagnostic(Code::J3209, {})
                                    .arg("berkas", name)
                                    .arg("alamat", opened.names().address(rows->obstacle->node))
                                    .arg("sifat", to_string(rows->obstacle->limit)));
  return false;
}

}  // namespace

int rollup_from_snapshot(const Options& options, const std::string& plan) {
  if (!takes_options(options)) return kCouldNotRun;
  SnapshotInputs inputs;
  inputs.plan = plan;
  inputs.packs = find_pack_folders(options);
  if (inputs.packs.empty()) return kCouldNotRun;
  inputs.journal = options.raw.journal;
  inputs.threads = options.threads;
  Result<OpenedSnapshot> found = open_snapshot(options.raw.snapshot, inputs);
  if (!found) {
    complain_of_snapshot(options, found.failure());
    return kCouldNotRun;
  }
  snapshot::Snapshot& opened = found.value().snapshot;
  if (!has_rows(options, opened) || !knows_names(options, opened)) return kCouldNotRun;
  if (opened.identity().has_journal) {
    remark(options.say("jurnal ", "journal ") + found.value().head.to_string());
  }
  FlatRowFilter filter;
  filter.code = options.raw.code;
  filter.unit = options.raw.unit;
  filter.period = options.period;
  filter.granularity = options.granularity;
  filter.validated_only = options.raw.validated_only;
  filter.intervals = options.raw.intervals;
  bulk::SweepOptions sweep;
  sweep.threads = options.threads;
  sweep.cancel = options.watch->flag();
  const FlatYear year{opened.year(),  opened.plan(),  opened.figures(),
                      *opened.rows(), opened.names(), opened.has_results()};
  if (!need_fits_in_memory(options, FlatRows::memory_need(year, filter, options.threads))) return kCouldNotRun;
  const FlatRows rows({year}, std::move(filter), sweep);
  OutputStream out(options);
  std::size_t lines = 0;  // two are enough to know
  rows.write_csv([&](std::string_view part) {
    for (std::size_t at = 0; lines < 2 && (at = part.find('\n', at)) != std::string_view::npos; ++at) ++lines;
    return out.write(part);
  });
  if (lines == 1) say_no_rows(options);
  look(options.watch, Stage::text);
  return out.finish() ? kDone : kCouldNotRun;
}

}  // namespace jenjang::cli
