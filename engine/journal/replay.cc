#include "jenjang/journal/replay.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace jenjang {
namespace {

// One figure of a cell, with what was decided about it since. The earlier ones of a cell are kept beside the later: a
// later one may be rejected, and then a valid one stands again.
struct Figure {
  Observation figure;  // `status`, `workflow` and `verified` after all decisions
  std::uint64_t seq = 0;
  std::uint64_t verified_seq = 0;
  StateMeaning meaning = StateMeaning::valid;
  bool decided = false;      // a grade decided stands over anything else
  std::uint32_t origin = 0;  // position in the list of files, from 1; 0: none
  Origin::Place number, address, unit, period;
};

bool same_content(const Observation& a, const Observation& b) {
  return a.state == b.state && a.grade == b.grade && (a.state != CellState::value || a.number == b.number) &&
         a.status == b.status && a.workflow == b.workflow && a.validated == b.validated &&
         a.verified->says_same(*b.verified) && a.released == b.released &&
         a.definition_version == b.definition_version && a.source == b.source && a.illustrative == b.illustrative &&
         a.unverified == b.unverified;
}

struct Cell {
  std::vector<Figure> figures;  // in order of entry

  Figure* find(std::uint64_t seq) {
    const auto at = std::find_if(figures.begin(), figures.end(), [&](const Figure& x) { return x.seq == seq; });
    return at == figures.end() ? nullptr : &*at;
  }
  // The figure that stands in the full lane: a decision before anything else, then the latest. A rejected figure
  // leaves what was valid before it, but not what waited: that its reporter has taken back himself by correcting it.
  Figure* standing() {
    Figure* best = nullptr;
    bool rejected = false;
    for (auto figure = figures.rbegin(); figure != figures.rend(); ++figure) {
      if (figure->meaning == StateMeaning::void_) {
        rejected = true;
      } else if (!rejected || figure->decided || figure->meaning == StateMeaning::valid) {
        if (best == nullptr || (figure->decided && !best->decided)) best = &*figure;
      }
    }
    return best;
  }
  // The latest that is accepted, a decision before anything else. nullptr when there is none.
  template <class Accept>
  Figure* standing(const Accept& accept) {
    Figure* best = nullptr;
    for (Figure& figure : figures)
      if (accept(figure) && (best == nullptr || figure.decided >= best->decided)) best = &figure;
    return best;
  }
};

struct CellKey {
  SharedText code, unit;
  Period period;
  RegionAuthority authority;
  friend bool operator==(const CellKey&, const CellKey&) = default;
};
struct CellHash {
  std::size_t operator()(const CellKey& key) const {
    const std::hash<SharedText> text;
    const auto period = static_cast<std::size_t>(
        key.period.valid()
            ? key.period.year() * 1024 + static_cast<int>(key.period.granularity()) * 64 + key.period.index()
            : 0);
    return (text(key.code) * 31 + text(key.unit)) * 1000003 + period * 2 + static_cast<std::size_t>(key.authority);
  }
};

class Folder {
public:
  Folder(const StateOracle& meaning, Replay& replay) : oracle_(meaning), replay_(replay) {}

  void take(const Entry& entry) {
    replay_.head = {entry.seq, entry.hash};
    switch (entry.kind) {
      case EntryKind::realisation:
      case EntryKind::correction:
      case EntryKind::grade_proposed:
      case EntryKind::grade_decided:
        return take_figure(entry);
      case EntryKind::validation:
        return take_decision(entry);
      case EntryKind::dispute:
      case EntryKind::evidence:
      case EntryKind::note:
        replay_.remarks.push_back(entry);
        return;
      case EntryKind::signed_document:
        replay_.documents.push_back(
            {entry.figure.code.str(), {}, entry.figure.status.str(), entry.content, entry.seq, entry.text});
        return;
      case EntryKind::adoption:
        replay_.documents.push_back(
            {entry.figure.code.str(), entry.text, entry.figure.status.str(), entry.content, entry.seq, {}});
        return;
      case EntryKind::inputs:
        replay_.inputs = entry.content;
        replay_.inputs_entry = entry.seq;
        return;
    }
  }

  void finish(const Journal& journal, SourceMap& sources, Superseded others) {
    std::vector<std::pair<Figure*, Observation>> standing;
    for (Cell& cell : cells_)
      if (Figure* figure = cell.standing()) standing.emplace_back(figure, in_lanes(*figure, cell));
    add_files(standing, journal, sources);
    for (auto& [figure, observation] : standing) {
      const auto at = [this, origin = figure->origin](const Origin::Place& place) { return span(origin, place); };
      observation.places = RowPlaces(at(figure->number), at(figure->address), at(figure->unit), at(figure->period));
      replay_.observations.push_back(std::move(observation));
    }
    if (others == Superseded::keep) add_superseded();
    std::sort(replay_.observations.begin(), replay_.observations.end(), [](const Observation& a, const Observation& b) {
      return std::tie(a.code, a.unit, a.period, a.authority) < std::tie(b.code, b.unit, b.period, b.authority);
    });
  }

  // Of entries about one cell.
  std::optional<Observation> only_cell() {
    if (cells_.empty()) return std::nullopt;
    Figure* const figure = cells_.front().standing();
    if (figure == nullptr) return std::nullopt;
    return in_lanes(*figure, cells_.front());
  }

private:
  struct File {
    Digest digest{};
    std::string name;
    FileId id;
  };

  StateMeaning meaning_of(const Observation& figure) {
    if (figure.workflow.empty()) return figure.validated ? StateMeaning::valid : StateMeaning::waiting;
    const auto key = std::pair(figure.workflow, figure.status);
    const auto known = meanings_.find(key);
    if (known != meanings_.end()) return known->second;
    return meanings_.emplace(key, oracle_(figure.workflow, figure.status)).first->second;
  }

  Cell& cell_of(const Observation& figure) {
    const auto [at, fresh] = cell_at_.try_emplace({figure.code, figure.unit, figure.period, figure.authority},
                                                  static_cast<std::uint32_t>(cells_.size()));
    if (fresh) cells_.emplace_back();
    return cells_[at->second];
  }

  void take_figure(const Entry& entry) {
    Cell& cell = cell_of(entry.figure);
    Figure next;
    next.figure = entry.figure;
    next.seq = next.verified_seq = entry.seq;
    next.meaning = meaning_of(entry.figure);
    next.decided = entry.kind == EntryKind::grade_decided;
    if (entry.figure.workflow.empty() && entry.kind == EntryKind::grade_proposed) next.meaning = StateMeaning::waiting;
    next.origin = file_of(entry.origin);
    next.number = entry.origin.number;
    next.address = entry.origin.address;
    next.unit = entry.origin.unit;
    next.period = entry.origin.period;
    if (!cell.figures.empty()) {
      const Figure& last = cell.figures.back();
      if (last.decided == next.decided && last.meaning == next.meaning && same_content(last.figure, next.figure))
        return;
    }
    cell.figures.push_back(std::move(next));
  }

  // About the entry that it refers to, else about the figure that stands.
  void take_decision(const Entry& entry) {
    Cell& cell = cell_of(entry.figure);
    Figure* figure = entry.refers != 0 ? cell.find(entry.refers) : cell.standing([](const Figure&) { return true; });
    if (figure == nullptr) return;
    const Observation& decision = entry.figure;
    Observation& about = figure->figure;
    about.status = decision.status;
    about.validated = decision.validated;
    if (!decision.workflow.empty()) about.workflow = decision.workflow;
    if (!about.verified->says_same(*decision.verified)) {
      about.verified = decision.verified;
      figure->verified_seq = entry.seq;
    }
    figure->meaning = meaning_of(about);
  }

  // The standing figure with what the validated lane takes instead of it.
  static Observation in_lanes(const Figure& figure, Cell& cell) {
    Observation made = figure.figure;
    made.entry = figure.seq;
    made.validated = figure.meaning == StateMeaning::valid;
    const Figure* const valid =
        made.validated ? &figure : cell.standing([](const Figure& x) { return x.meaning == StateMeaning::valid; });
    made.verified.clear();
    if (valid == nullptr) return made;
    const Observation& from = valid->figure;
    const bool accepted = from.verified->stated();
    // States (kosong, tidak-berlaku) are no figures that another could stand for.
    if (!accepted && (valid == &figure || from.state != CellState::value)) return made;
    VerifiedFigure& verified = made.verified.change();
    verified.grade = accepted ? from.verified->grade : from.grade;
    if (verified.grade.empty()) verified.number = accepted ? from.verified->number : std::optional(from.number);
    verified.entry = accepted ? valid->verified_seq : valid->seq;
    return made;
  }

  std::uint32_t file_of(const Origin& origin) {
    if (origin.row == 0 || origin.digest == Digest{}) return 0;
    if (last_file_ != 0 && files_[last_file_ - 1].digest == origin.digest && files_[last_file_ - 1].name == origin.file)
      return last_file_;
    const auto [at, fresh] =
        file_at_.try_emplace({origin.digest, origin.file}, static_cast<std::uint32_t>(files_.size() + 1));
    if (fresh) files_.push_back({origin.digest, origin.file, {}});
    return last_file_ = at->second;
  }

  void add_superseded() {
    for (Cell& cell : cells_) {
      const Figure* const standing = cell.standing();
      for (Figure& figure : cell.figures)
        if (&figure != standing) replay_.superseded.push_back(std::move(figure.figure));
    }
  }

  // Each file that a standing figure comes from, once, in the order in which they came to the journal.
  void add_files(const std::vector<std::pair<Figure*, Observation>>& standing, const Journal& journal,
                 SourceMap& sources) {
    std::vector<bool> needed(files_.size());
    for (const auto& [figure, observation] : standing)
      if (figure->origin != 0) needed[figure->origin - 1] = true;
    for (std::size_t k = 0; k < files_.size(); ++k) {
      if (!needed[k]) continue;
      if (auto text = journal.text(files_[k].digest)) files_[k].id = sources.add(files_[k].name, std::move(*text));
    }
  }

  [[nodiscard]] SourceSpan span(std::uint32_t origin, const Origin::Place& place) const {
    if (origin == 0 || !files_[origin - 1].id.valid() || place.line == 0) return {};
    return {files_[origin - 1].id, place.line, place.column, place.length};
  }

  const StateOracle& oracle_;
  Replay& replay_;
  std::vector<Cell> cells_;
  std::unordered_map<CellKey, std::uint32_t, CellHash> cell_at_;
  std::map<std::pair<SharedText, SharedText>, StateMeaning> meanings_;
  std::vector<File> files_;
  std::map<std::pair<Digest, std::string>, std::uint32_t> file_at_;
  std::uint32_t last_file_ = 0;
};

}  // namespace

Replay replay(const Journal& journal, std::uint64_t last, const StateOracle& meaning, SourceMap& sources,
              Superseded others, const Watch* watch) {
  Replay result;
  Folder folder(meaning, result);
  std::uint64_t taken = 0;
  result.fault = journal.read(1, last, [&](const Entry& entry) {
    folder.take(entry);
    if (watch == nullptr || ++taken % 1024 != 0) return true;
    watch->tell(Stage::facts, taken, last != 0 ? last : journal.head().seq);
    return !watch->asked();
  });
  look(watch, Stage::facts);
  folder.finish(journal, sources, others);
  if (!result.fault) result.fault = journal.fault();
  return result;
}

std::optional<Observation> replay_cell(std::span<const Entry> history, const StateOracle& meaning) {
  Replay result;
  Folder folder(meaning, result);
  for (const Entry& entry : history) folder.take(entry);
  return folder.only_cell();
}

}  // namespace jenjang
