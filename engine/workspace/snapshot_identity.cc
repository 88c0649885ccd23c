// What a snapshot says about where its figures come from, and whether that still holds.
#include <algorithm>
#include <set>

#include "jenjang/base/version.h"

#include "engine/workspace/journal_reading.h"
#include "engine/workspace/snapshots.h"
#include "engine/workspace/workspace_state.h"

namespace jenjang {
namespace {

using snapshot::Identity;

std::string relative_to(const fs::path& folder, const fs::path& path) {
  std::error_code failed;
  const fs::path whole = fs::absolute(path, failed).lexically_normal();
  const fs::path relative = whole.lexically_relative(fs::absolute(folder, failed).lexically_normal());
  return relative.empty() ? whole.generic_string() : relative.generic_string();
}

class IdentityMaker {
public:
  explicit IdentityMaker(std::vector<fs::path> roots) : roots_(std::move(roots)) {}

  void add_files(std::uint32_t root, const std::map<std::string, std::string>& texts,
                 const std::set<std::string>& not_these) {
    for (const auto& [path, text] : texts) {
      const std::string relative = relative_to(roots_[root], path);
      if (failure_ || not_these.contains(relative)) continue;
      Result<snapshot::InputFile> file = snapshot::describe_file(roots_, root, relative);
      if (file) {
        into.files.push_back(std::move(file).value());
      } else {
        failure_ = file.failure();
      }
    }
  }
  void add_folder(std::uint32_t root, const std::string& path) {
    into.folders.push_back(snapshot::describe_folder(roots_, root, path));
  }
  Result<Identity> result() && {
    if (failure_) return *failure_;
    return std::move(into);
  }

  Identity into;

private:
  std::vector<fs::path> roots_;
  std::optional<Diagnostic> failure_;
};

std::vector<snapshot::KnownState> known_states(const PackLibrary& packs, const std::string& gate) {
  const StateReader reader(packs, gate);
  std::vector<snapshot::KnownState> states;
  for (const Pack& pack : packs.all()) {
    for (const Workflow& workflow : pack.workflows) {
      for (const WorkflowState& state : workflow.states) {
        const StateKind kind = reader.kind(workflow, state);
        states.push_back({workflow.qualified(), state.code,
                          kind == StateKind::valid   ? snapshot::StateCount::valid
                          : kind == StateKind::void_ ? snapshot::StateCount::void_
                                                     : snapshot::StateCount::waiting});
      }
    }
  }
  std::sort(states.begin(), states.end(), [](const auto& a, const auto& b) {
    return std::tie(a.workflow, a.status) < std::tie(b.workflow, b.status);
  });
  return states;
}

}  // namespace

Result<Identity> Workspace::identity() const {
  State& s = *state_;
  const fs::path folder = s.plan->folder.empty() ? fs::path(".") : s.plan->folder;
  std::vector<fs::path> roots{folder};
  roots.insert(roots.end(), s.options.pack_folders.begin(), s.options.pack_folders.end());
  IdentityMaker maker(std::move(roots));
  Identity& into = maker.into;
  into.engine = version();
  into.result_version = kResultVersion;
  into.gate = s.options.gate;
  into.as_of = s.options.as_of_time;
  if (into.as_of.empty() && s.options.as_of) into.as_of = s.options.as_of->to_string();
  into.states = known_states(s.packs, s.options.gate);
  into.plan = s.plan->code;
  if (s.journal) {
    into.has_journal = true;
    into.journal_seq = s.journal->state.head.seq;
    into.journal_hash = s.journal->state.head.hash;
    if (s.journal->state.until) into.until = s.journal->state.until->seconds;
  }
  if (!s.options.without_journal && !s.journal_path.empty()) into.journal = relative_to(folder, s.journal_path);
  // Plan and packs of another day are kept by the journal: files of today have no part in them.
  if (s.from_copies()) return std::move(maker).result();
  // With a journal rows of files count for nothing.
  std::set<std::string> feeds;
  for (const FeedDeclaration& feed : s.plan->feeds) {
    if (s.journal) feeds.insert(relative_to(folder, feed.file));
  }
  maker.add_files(0, s.plan_memory.texts(), feeds);
  for (std::uint32_t n = 0; n < s.pack_memory.size(); ++n) {
    maker.add_files(n + 1, s.pack_memory[n].texts(), {});
    maker.add_folder(n + 1, ".");
  }
  for (const fs::path& packs : s.plan->pack_folders) maker.add_folder(0, relative_to(folder, packs));
  return std::move(maker).result();
}

std::optional<Diagnostic> check_snapshot_inputs(const Identity& identity, const SnapshotInputs& inputs,
                                                const std::string& name) {
  const auto stale = [&name](const std::string& input) {
    return make_diagnostic(Code::J3204, {}).arg("berkas", name).arg("masukan", input);
  };
  if (identity.result_version != static_cast<std::uint32_t>(kResultVersion)) {
    return stale("jenjang " + identity.engine + " -> " + std::string(version()));
  }
  // Not stale: no plan was named, and the folder one stands in holds none.
  if (!identity.files.empty() && disk().is_folder(inputs.plan) && !disk().exists(inputs.plan / kManifestName)) {
    return make_diagnostic(Code::J1501, {}).arg("folder", inputs.plan.string());
  }
  std::vector<fs::path> roots{snapshot_plan_folder(inputs.plan)};
  roots.insert(roots.end(), inputs.packs.begin(), inputs.packs.end());
  // A folder more may override what the others say.
  const auto folders = std::count_if(identity.folders.begin(), identity.folders.end(),
                                     [](const snapshot::InputFolder& folder) { return folder.root != 0; });
  if (!identity.files.empty() && static_cast<std::size_t>(folders) != inputs.packs.size()) return stale("--paket");
  std::optional<Diagnostic> wrong = snapshot::check_inputs(identity, roots, inputs.check, name);
  if (!wrong) return wrong;
  // The files of another plan did not change: they were never these.
  const std::string asked = plan_code(inputs.plan);
  if (asked.empty() || asked == identity.plan) return wrong;
  return make_diagnostic(Code::J3211, {}).arg("berkas", name).arg("ada", identity.plan).arg("diminta", asked);
}

fs::path snapshot_plan_folder(const fs::path& plan) {
  fs::path folder = disk().is_folder(plan) ? plan : plan.parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

}  // namespace jenjang
