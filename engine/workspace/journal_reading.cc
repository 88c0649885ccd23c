#include "engine/workspace/journal_reading.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "jenjang/source/yaml_reader.h"

namespace jenjang {
namespace fs = std::filesystem;
namespace {

constexpr const char* kJournalName = "jurnal.sqlite";

fs::path folder_of(const fs::path& plan, const FileSource& files) {
  return files.is_folder(plan) ? plan : plan.parent_path();
}

// One scalar of the manifest, without a word about what is wrong in it. Empty when there is none.
std::string manifest_word(const fs::path& plan, std::string_view key, const YamlLimits& limits,
                          const FileSource& files) {
  const fs::path file = files.is_folder(plan) ? plan / kManifestName : plan;
  Result<std::string> text = files.read(file, limits.max_bytes);
  if (!text) return {};
  SourceMap sources;
  DiagnosticSink unheard;
  const FileId id = sources.add(file.filename().string(), std::move(text).value());
  const std::optional<YamlNode> root = parse_yaml(id, sources, limits, unheard);
  const YamlNode* found = root && root->is_map() ? root->find(key) : nullptr;
  return found != nullptr && found->is_scalar() ? found->text : std::string();
}

Zone zone_of(const fs::path& plan, const YamlLimits& limits, const FileSource& files) {
  return Zone::parse(manifest_word(plan, "zona", limits, files)).value_or(kDefaultZone);
}

std::string wanted_moment(const WorkspaceOptions& options) {
  return options.as_of_time.empty() ? options.as_of->to_string() : options.as_of_time;
}

struct InputsEntry {
  std::uint64_t seq = 0;
  Moment recorded;
  Digest list{};
};

// Only these are looked at: that all entries are what they were, the replay finds before a figure is used.
Result<std::vector<InputsEntry>> inputs_entries(const Journal& journal) {
  std::vector<InputsEntry> found;
  const std::optional<Diagnostic> fault = journal.read_kind(EntryKind::inputs, [&](const Entry& entry) {
    if (entry.content) found.push_back({entry.seq, entry.recorded, *entry.content});
    return true;
  });
  if (fault) return *fault;
  return found;
}

void cut(OpenJournal& open, Moment until, Zone zone) {
  open.state.until = until;
  open.state.zone = zone;
  open.last = open.journal.last_before(until);
  open.nothing_known = open.last == 0;
}

Result<OpenJournal> opened(const fs::path& place) {
  Result<Journal> journal = Journal::open(place, JournalAccess::read);
  if (!journal) return journal.failure();
  OpenJournal open{std::move(journal).value(), {}, 0, false, std::nullopt};
  open.state.path = place;
  return open;
}

}  // namespace

std::string JournalState::to_string(Language language) const {
  const bool indonesian = language == Language::indonesian;
  std::string text = head.to_string();
  if (until) text += (indonesian ? " per " : " as of ") + until->to_string(zone);
  if (plan_now) text += indonesian ? "; rencana dan paket yang sekarang" : "; plan and packs of now";
  return text;
}

fs::path journal_place(const WorkspaceOptions& options, const ParsedPlan& plan) {
  if (!options.journal.empty()) return options.journal;
  if (!plan.journal.empty()) return plan.journal;
  return plan.single_file ? fs::path() : (plan.folder / kJournalName).lexically_normal();
}

fs::path journal_place(const WorkspaceOptions& options, const fs::path& plan) {
  if (!options.journal.empty()) return options.journal;
  // A manifest may have another name when it is given as a file; a single document has no journal of its own.
  const bool folder = disk().is_folder(plan);
  if (!folder && manifest_word(plan, "rencana", options.yaml, disk()).empty()) return {};
  const std::string named = manifest_word(plan, "jurnal", options.yaml, disk());
  return (folder_of(plan, disk()) / (named.empty() ? std::string(kJournalName) : named)).lexically_normal();
}

std::string plan_code(const fs::path& plan) {
  std::string code = manifest_word(plan, "rencana", {}, disk());
  return code.empty() ? manifest_word(plan, "kode", {}, disk()) : code;
}

Result<OpenJournal> open_journal(const WorkspaceOptions& options, const fs::path& place, Zone zone) {
  Result<OpenJournal> open = opened(place);
  if (!open) return open;
  OpenJournal& found = open.value();
  found.state.zone = zone;
  if (!options.as_of && options.as_of_time.empty()) return open;
  // The command line has checked the form; a moment with no zone of its own gets that of the plan.
  if (const std::optional<Moment> until = Moment::parse(wanted_moment(options), zone)) cut(found, *until, zone);
  found.state.plan_now = true;
  return open;
}

Result<OpenJournal> open_journal_then(const WorkspaceOptions& options, const fs::path& place, const fs::path& plan) {
  Result<OpenJournal> open = opened(place);
  if (!open) return open;
  OpenJournal& found = open.value();
  Result<std::vector<InputsEntry>> listed = inputs_entries(found.journal);
  if (!listed) return listed.failure();
  const std::vector<InputsEntry> entries = std::move(listed).value();
  // A single file lies in the folder that its list is relative to.
  const fs::path folder = folder_of(plan, disk());
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const auto surely_later = Moment::parse(wanted_moment(options), Zone{-14 * 60});
    if (surely_later && entry->recorded > *surely_later) continue;  // in whatever zone
    Result<KeptInputs> kept = kept_inputs(found.journal, entry->list, folder);
    if (!kept) return kept.failure();
    const Zone zone = zone_of(plan, options.yaml, kept.value().files);
    const std::optional<Moment> until = Moment::parse(wanted_moment(options), zone);
    if (!until || entry->recorded > *until) continue;
    cut(found, *until, zone);
    found.kept = std::move(kept).value();
    return open;
  }
  const Zone zone = zone_of(plan, options.yaml, disk());
  const auto until = Moment::parse(wanted_moment(options), zone);
  return make_diagnostic(Code::J3050, {})
      .arg("saat", until ? until->to_string(zone) : wanted_moment(options))
      .arg("jurnal", place.string())
      .arg("pertama", entries.empty() ? std::string("-") : entries.front().recorded.to_string(zone));
}

Replay replay_facts(const OpenJournal& open, const PackLibrary& packs, const std::string& gate, SourceMap& sources,
                    Superseded others, const Watch* watch) {
  if (open.nothing_known) {
    Replay nothing;
    nothing.fault = open.journal.fault();  // of the search for the moment
    return nothing;
  }
  const StateReader states(packs, gate);
  const StateOracle meaning = [&](std::string_view workflow, std::string_view status) {
    switch (states.kind(workflow, status)) {
      case StateKind::valid:
        return StateMeaning::valid;
      case StateKind::void_:
        return StateMeaning::void_;
      case StateKind::waiting:
        break;
    }
    return StateMeaning::waiting;
  };
  return replay(open.journal, open.last, meaning, sources, others, watch);
}

}  // namespace jenjang
