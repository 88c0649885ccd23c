#include "engine/workspace/recorder_plan.h"

#include <algorithm>

#include "engine/workspace/recorder_steps.h"

namespace jenjang::recording {
namespace {

Origin::Place place_of(const SourceSpan& span) {
  return {span.line, span.column, span.length};
}

std::string text_of(const RecordRow& row) {
  if (row.reason.empty() || row.remark.empty()) return row.reason + row.remark;
  return row.reason + "; " + row.remark;
}

bool same_evidence(const Evidence& a, const Evidence& b) {
  return a.path == b.path && a.place == b.place && a.digest == b.digest;
}

std::string verified_text(const Observation& figure) {
  const VerifiedFigure& verified = *figure.verified;
  if (!verified.grade.empty()) return verified.grade.str();
  return verified.number ? verified.number->to_string() : std::string();
}

class EntryPlanner {
public:
  EntryPlanner(const PlanContext& context, CellBook& book, FileRecord& record)
      : context_(context),
        model_(context.workspace.model()),
        states_(context.workspace.packs()),
        book_(book),
        record_(record) {}

  std::vector<Entry> plan(const std::vector<BoundRow>& rows) {
    if (record_.kind == EntryKind::validation) decided_before_ = last_decision(rows);
    const bool repeated = std::any_of(rows.begin(), rows.end(), [&](const BoundRow& row) {
      return history_of(row).has_import(record_.digest, row.row.row, record_.kind);
    });
    record_.changes.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      look_now_and_then(context_.options.watch, Stage::record, i, rows.size());
      // All rows of a file were taken together, so one of them tells of all. A decision is about one figure: where a
      // newer one stands now, the same words are a new decision.
      if (repeated && !decides_anew(rows[i])) {
        note(rows[i], RowChange::repeated, record_.kind, {}, {});
      } else {
        plan_row(rows[i]);
      }
    }
    if (record_.refused) entries_.clear();
    return std::move(entries_);
  }

private:
  // The last decision that this very file brought; 0: none.
  std::uint64_t last_decision(const std::vector<BoundRow>& rows) {
    std::uint64_t last = 0;
    for (const BoundRow& row : rows) {
      for (const Entry& earlier : history_of(row).remarks) {
        if (earlier.kind == EntryKind::validation && earlier.origin.digest == record_.digest)
          last = std::max(last, earlier.seq);
      }
    }
    return last;
  }
  bool decides_anew(const BoundRow& row) {
    return record_.kind == EntryKind::validation && history_of(row).latest().seq > decided_before_;
  }

  CellHistory& history_of(const BoundRow& row) {
    if (row.node.valid()) return book_.cell(row.node, row.row.figure.period);
    return book_.subject(row.row.document);
  }

  void plan_row(const BoundRow& row) {
    switch (record_.kind) {
      case EntryKind::validation:
        return plan_validation(row);
      case EntryKind::dispute:
        return plan_dispute(row);
      case EntryKind::adoption:
        return plan_adoption(row);
      case EntryKind::evidence:
      case EntryKind::note:
      case EntryKind::signed_document:
        return plan_remark(row);
      default:
        return plan_figure(row);
    }
  }

  // A figure, a grade proposed or a grade decided.
  void plan_figure(const BoundRow& row) {
    CellHistory& cell = history_of(row);
    const Standing standing = cell.of(record_.kind);
    const Observation& figure = row.row.figure;
    const Workflow* const workflow = workflow_of(row, standing);
    if (standing.seq == 0) {
      if (workflow != nullptr && !taken_over(row, *workflow) && !may_step(row, *workflow, {""}, figure.status)) return;
      return append(row, cell, figure_entry(row, record_.kind, 0, workflow), RowChange::added, {});
    }
    const bool same_figure = same_report(standing.figure, figure);
    if (same_figure && standing.figure.status == figure.status)
      return note(row, RowChange::same, record_.kind, standing.figure, standing.figure);
    if (same_figure && workflow != nullptr) {
      if (!may_step(row, *workflow, {standing.figure.status}, figure.status)) return;
      Entry entry = figure_entry(row, EntryKind::validation, standing.seq, workflow);
      entry.figure.verified = standing.figure.verified;
      return append(row, cell, std::move(entry), RowChange::moved, standing.figure);
    }
    // Another figure goes the way that its workflow has from where the cell stands. A void figure was as good as never
    // reported, so the next one may also enter anew.
    if (workflow != nullptr) {
      std::vector<std::string_view> from{standing.figure.status};
      if (states_.kind(workflow->qualified(), standing.figure.status) == StateKind::void_) from.emplace_back();
      if (!may_step(row, *workflow, from, figure.status)) return;
    }
    const EntryKind kind = record_.kind == EntryKind::realisation ? EntryKind::correction : record_.kind;
    append(row, cell, figure_entry(row, kind, standing.seq, workflow), RowChange::corrected, standing.figure);
  }

  void plan_validation(const BoundRow& row) {
    CellHistory& cell = history_of(row);
    const Standing standing = cell.latest();
    if (!require_figure(row, standing)) return;
    const Workflow* const workflow = workflow_of(row, standing);
    if (workflow == nullptr) {
      refuse(make_diagnostic(Code::J3026, row.row.figure.places.address()).arg("alamat", row.address));
      return;
    }
    Observation after = standing.figure;
    after.status = row.row.figure.status;
    if (row.row.figure.verified->stated()) after.verified = row.row.figure.verified;
    if (after.status == standing.figure.status && after.verified->says_same(*standing.figure.verified))
      return note(row, RowChange::same, record_.kind, standing.figure, standing.figure);
    if (!may_step(row, *workflow, {standing.figure.status}, after.status)) return;
    Entry entry = decision_entry(row, EntryKind::validation, standing, after);
    entry.figure.workflow = workflow->qualified();
    entry.figure.validated = states_.kind(entry.figure.workflow, after.status) == StateKind::valid;
    append(row, cell, std::move(entry), RowChange::moved, standing.figure);
  }

  // A dispute may move the figure into a state of its own, where the workflow has one.
  void plan_dispute(const BoundRow& row) {
    CellHistory& cell = history_of(row);
    const Standing standing = cell.latest();
    if (!require_figure(row, standing)) return;
    Observation after = standing.figure;
    const Workflow* const workflow = workflow_of(row, standing);
    if (!row.row.figure.status.empty()) {
      if (workflow == nullptr) {
        refuse(make_diagnostic(Code::J3026, row.row.figure.places.address()).arg("alamat", row.address));
        return;
      }
      if (row.row.figure.status != after.status &&
          !may_step(row, *workflow, {standing.figure.status}, row.row.figure.status))
        return;
      after.status = row.row.figure.status;
    }
    Entry entry = decision_entry(row, EntryKind::dispute, standing, after);
    if (said_before(cell, entry)) return note(row, RowChange::same, record_.kind, standing.figure, standing.figure);
    if (after.status == standing.figure.status) return append(row, cell, std::move(entry), RowChange::added, {});
    // The move is an entry of its own, so that every reader of states finds it in one kind.
    Entry move = decision_entry(row, EntryKind::validation, standing, after);
    move.figure.workflow = workflow->qualified();
    move.figure.validated = states_.kind(move.figure.workflow, after.status) == StateKind::valid;
    append(row, cell, std::move(entry), RowChange::moved, standing.figure);
    book_.take(cell, move);
    entries_.push_back(std::move(move));
  }

  // Evidence, notes and signatures add to what is there and move nothing.
  void plan_remark(const BoundRow& row) {
    CellHistory& cell = history_of(row);
    Entry entry = base_entry(row, record_.kind);
    entry.content = row.content;
    if (row.node.valid()) entry.refers = cell.latest().seq;
    if (said_before(cell, entry)) return note(row, RowChange::same, record_.kind, {}, {});
    append(row, cell, std::move(entry), RowChange::added, {});
  }

  void plan_adoption(const BoundRow& row) {
    CellHistory& cell = history_of(row);
    Entry entry = base_entry(row, EntryKind::adoption);
    entry.text = row.row.statement;
    entry.figure.status = row.row.figure.status;
    const Entry* last = nullptr;
    for (const Entry& earlier : cell.remarks) {
      if (earlier.kind == EntryKind::adoption && earlier.text == entry.text) last = &earlier;
    }
    if (last != nullptr && last->figure.status == entry.figure.status)
      return note(row, RowChange::same, record_.kind, last->figure, last->figure);
    const Observation before = last == nullptr ? Observation{} : last->figure;
    if (last != nullptr) entry.refers = last->seq;
    append(row, cell, std::move(entry), last == nullptr ? RowChange::added : RowChange::moved, before);
  }

  // The workflow that the figure stands under already, else that of its feed, else that of its indicator.
  const Workflow* workflow_of(const BoundRow& row, const Standing& standing) const {
    std::string_view name = standing.figure.workflow;
    if (standing.seq == 0 || name.empty()) name = row.row.figure.workflow;
    if (name.empty()) name = model_.item(row.node).spec.workflow;
    return name.empty() ? nullptr : states_.workflow(name);
  }

  // A feed that the manifest puts under a workflow is the extract of the system where the steps were taken: the first
  // figure of a cell may stand in whatever state it has there. What moves it from then on is checked.
  static bool taken_over(const BoundRow& row, const Workflow& workflow) {
    return !row.row.figure.workflow.empty() && workflow.find(row.row.figure.status) != nullptr;
  }

  // From any of these states; the first that allows it counts, and the first refusal is the one that is told.
  bool may_step(const BoundRow& row, const Workflow& workflow, const std::vector<std::string_view>& from,
                std::string_view to) {
    std::optional<StepOutcome> told;
    for (const std::string_view state : from) {
      StepOutcome outcome =
          check_step(workflow, state, to, context_.options.role, !row.row.reason.empty(), !row.evidence.path.empty());
      if (outcome.allowed()) return true;
      // Of two ways the nearer one: a step that only lacks something is better advice than one that is not there.
      if (!told || (told->step == nullptr && outcome.step != nullptr)) told = std::move(outcome);
    }
    refuse(step_finding(row, workflow, std::string(from.front()), std::string(to), context_.options.role, *told));
    return false;
  }

  bool require_figure(const BoundRow& row, const Standing& standing) {
    if (standing.seq != 0) return true;
    refuse(make_diagnostic(Code::J3025, row.row.figure.places.address())
               .arg("alamat", row.address)
               .arg("jenis", to_string(record_.kind)));
    return false;
  }

  void refuse(Diagnostic finding) {
    context_.sink.report(std::move(finding));
    record_.refused = true;
  }

  // True when the journal has these very words about the cell.
  static bool said_before(const CellHistory& cell, const Entry& entry) {
    return std::any_of(cell.remarks.begin(), cell.remarks.end(), [&](const Entry& earlier) {
      return earlier.kind == entry.kind && earlier.text == entry.text && earlier.content == entry.content &&
             earlier.figure.source == entry.figure.source && same_evidence(earlier.evidence, entry.evidence);
    });
  }

  Entry base_entry(const BoundRow& row, EntryKind kind) const {
    Entry entry;
    entry.kind = kind;
    entry.recorded = context_.options.at;
    entry.actor = context_.options.actor;
    entry.role = context_.options.role;
    entry.text = text_of(row.row);
    entry.evidence = row.evidence;
    entry.origin.file = record_.file;
    entry.origin.digest = record_.digest;
    entry.origin.row = row.row.row;
    const Observation& figure = row.row.figure;
    entry.origin.number = place_of(figure.places.number());
    entry.origin.address = place_of(figure.places.address().valid() ? figure.places.address() : row.row.span);
    entry.origin.unit = place_of(figure.places.unit());
    entry.origin.period = place_of(figure.places.period());
    entry.figure.source = row.row.letter.empty() ? figure.source : row.row.letter;
    entry.figure.code = row.row.document;
    if (row.node.valid()) {
      entry.figure.code = figure.code;
      entry.figure.period = figure.period;
      entry.figure.state = CellState::empty;
    }
    return entry;
  }

  Entry figure_entry(const BoundRow& row, EntryKind kind, std::uint64_t refers, const Workflow* workflow) const {
    Entry entry = base_entry(row, kind);
    entry.figure = row.row.figure;
    entry.refers = refers;
    if (workflow != nullptr) {
      entry.figure.workflow = workflow->qualified();
      entry.figure.validated = states_.kind(entry.figure.workflow, entry.figure.status) == StateKind::valid;
    }
    return entry;
  }

  // About a figure that stands: its content beside the new state.
  Entry decision_entry(const BoundRow& row, EntryKind kind, const Standing& standing, const Observation& after) const {
    Entry entry = base_entry(row, kind);
    const SharedText source = entry.figure.source;
    entry.figure = after;
    entry.figure.source = source;
    entry.refers = standing.seq;
    return entry;
  }

  void append(const BoundRow& row, CellHistory& cell, Entry entry, RowChange change, const Observation& before) {
    if (row.node.valid()) {
      entry.figure.unit = cell.unit;
      entry.figure.authority = RegionAuthority::kemendagri;
    }
    note(row, change, entry.kind, before, entry.figure);
    book_.take(cell, entry);
    entries_.push_back(std::move(entry));
  }

  void note(const BoundRow& row, RowChange change, EntryKind kind, const Observation& before,
            const Observation& after) {
    RecordedRow seen;
    seen.line = row.row.span.line;
    seen.change = change;
    seen.kind = kind;
    seen.address = row.address;
    const bool figures = row.node.valid() && form_of(record_.kind) == RecordForm::figure;
    if (figures && !before.code.empty()) seen.before = describe(before);
    if (figures && !after.code.empty()) seen.after = describe(after);
    if (kind == EntryKind::validation && !figures) {
      seen.before = verified_text(before);
      seen.after = verified_text(after);
    }
    seen.status_before = before.status;
    seen.status_after = after.status;
    record_.changes.push_back(std::move(seen));
    ++record_.counts[static_cast<std::size_t>(change)];
  }

  const PlanContext& context_;
  const Model& model_;
  StateReader states_;
  CellBook& book_;
  FileRecord& record_;
  std::uint64_t decided_before_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace

std::vector<Entry> plan_entries(const PlanContext& context, const std::vector<BoundRow>& rows, CellBook& book,
                                FileRecord& record) {
  return EntryPlanner(context, book, record).plan(rows);
}

}  // namespace jenjang::recording
