#include "engine/workspace/snapshots.h"

#include <algorithm>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/sweep.h"

namespace jenjang {
namespace fs = std::filesystem;
namespace {

int year_of(const Workspace& workspace) {
  int fact = 0, target = 0;
  for (const Fact& one : workspace.facts().facts)
    fact = std::max(fact, workspace.facts().observation(one).period.year());
  for (const TargetCell& cell : workspace.targets().cells) target = std::max(target, cell.period.year());
  return fact != 0 ? fact : target;
}

Diagnostic refused(const Model& model, const std::vector<bulk::FlatRefusal>& refusals) {
  const bulk::FlatRefusal& first = refusals.front();
  std::string what;
  for (const bulk::FlatRefusal& refusal : refusals) {
    what += what.empty() ? "" : ", ";
    what += std::string(to_string(refusal.limit)) + " (" + std::to_string(refusal.count) + ")";
  }
  return make_diagnostic(Code::J3208, {})
      .arg("alamat", first.node.valid() ? model.address(first.node) : "-")
      .arg("sifat", what);
}

}  // namespace

Result<MadeSnapshot> make_snapshot(const Workspace& workspace, const fs::path& file, const SnapshotRequest& request) {
  MadeSnapshot made;
  made.year = request.year ? *request.year : year_of(workspace);
  RollupOptions options;
  options.as_of = workspace.as_of();
  // Each of the parts takes seconds at ten million measures; the file is renamed into its place when it is whole.
  constexpr std::uint64_t kParts = 4;
  look(request.watch, Stage::snapshot, 0, kParts);
  bulk::FlatOutcome outcome =
      bulk::flatten_model(workspace.model(), workspace.targets(), workspace.facts(), options, made.year);
  if (const auto* refusals = std::get_if<std::vector<bulk::FlatRefusal>>(&outcome)) {
    return refused(workspace.model(), *refusals);
  }
  auto& flat = std::get<bulk::FlatModel>(outcome);
  Result<snapshot::Identity> identity = workspace.identity();
  if (!identity) return identity.failure();
  look(request.watch, Stage::snapshot, 1, kParts);
  if (request.results) {
    bulk::SweepOptions sweep;
    sweep.threads = request.threads;
    if (request.watch != nullptr) sweep.cancel = request.watch->flag();
    bulk::roll_up(flat.plan, flat.figures, sweep);
  }
  look(request.watch, Stage::snapshot, 2, kParts);
  const snapshot::PlanNames names = snapshot::names_of(workspace.model(), made.year);
  look(request.watch, Stage::snapshot, 3, kParts);
  if (auto failure = snapshot::write_snapshot(
          file, {flat.plan, flat.figures, names, identity.value(), made.year, request.results, &flat.rows})) {
    return *std::move(failure);
  }
  std::error_code ignored;
  made.nodes = flat.plan.node_count();
  made.leaves = flat.plan.leaf_count();
  made.bytes = fs::file_size(file, ignored);
  return made;
}

Result<OpenedSnapshot> open_snapshot(const fs::path& file, const SnapshotInputs& inputs) {
  Result<snapshot::Snapshot> loaded = snapshot::Snapshot::open(file);
  if (!loaded) return loaded.failure();
  OpenedSnapshot opened{std::move(loaded).value(), {}, 0};
  const snapshot::Identity& identity = opened.snapshot.identity();
  const std::string& name = opened.snapshot.container().name();
  if (auto stale = check_snapshot_inputs(identity, inputs, name)) return *std::move(stale);
  opened.head.seq = identity.journal_seq;
  opened.head.hash = identity.journal_hash;
  const fs::path place = !inputs.journal.empty()    ? inputs.journal
                         : identity.journal.empty() ? fs::path()
                                                    : snapshot_plan_folder(inputs.plan) / identity.journal;
  if (!identity.has_journal) {
    // The rows of files were the facts; from the day that there is a journal, its entries are.
    if (place.empty() || !disk().exists(place)) return opened;
    return make_diagnostic(Code::J3210, {}).arg("berkas", name).arg("jurnal", place.generic_string());
  }
  Result<Journal> journal = Journal::open(place, JournalAccess::read);
  if (!journal) return journal.failure();
  if (auto failure = follow_journal(journal.value(), place.generic_string(), inputs.threads, opened))
    return *std::move(failure);
  return opened;
}

}  // namespace jenjang
