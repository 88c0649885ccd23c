#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <thread>

#include "engine/snapshot/columns.h"

namespace jenjang::snapshot {
namespace {

using bulk::FlatPlan;

// Where a roll-up would leave its columns. Checksums say that a file is as it was written; this says that what was
// written is a plan.
class RowCheck {
public:
  explicit RowCheck(const FlatPlan& plan) : plan_(plan) {}

  bool sound(std::uint32_t node) const {
    if (plan_.class_of[node] >= plan_.classes.size()) return false;
    const std::uint32_t owner = plan_.owner[node];
    if (owner != bulk::kNoNode && (owner <= node || owner >= plan_.node_count() || owner < plan_.leaf_count()))
      return false;
    const Aggregation aggregation = plan_.measure(node).aggregation;
    const auto leaves = static_cast<std::uint32_t>(plan_.leaf_count());
    if ((aggregation == Aggregation::leaf) != (node < leaves)) return false;
    if (node < leaves) return true;
    const std::uint32_t first = plan_.edge_begin[node - leaves], last = plan_.edge_begin[node - leaves + 1];
    if (first > last || last > plan_.edges.size()) return false;
    const auto level = std::upper_bound(plan_.level_begin.begin(), plan_.level_begin.end(), node);
    const std::uint32_t below = level[-1];
    for (std::uint32_t edge = first; edge < last; ++edge) {
      if (plan_.edges[edge].child() >= below) return false;
    }
    const std::uint32_t pair = plan_.pair_row[node - leaves];
    return (pair == bulk::kNoNode) == (aggregation != Aggregation::ratio) &&
           (pair == bulk::kNoNode || pair < plan_.pair_rows);
  }

private:
  const FlatPlan& plan_;
};

bool sound_table(const StringTable& table) {
  const bulk::Column<std::uint32_t>& begin = table.begin_column();
  if (begin.empty()) return table.text_column().empty();
  return begin[0] == 0 && std::is_sorted(begin.begin(), begin.end()) &&
         begin[begin.size() - 1] == table.text_column().size();
}

// Sorted, one a cell, and what a report can be.
bool sound_reports(std::span<const bulk::CoarseReport> reports, std::size_t leaves) {
  constexpr unsigned kFlags = bulk::kUnvalidated | bulk::kSigned;
  constexpr unsigned kMarks = bulk::CoarseReport::kInvented | bulk::CoarseReport::kUnproven;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const bulk::CoarseReport& report = reports[i];
    const unsigned rank = report.state & bulk::kStateMask;
    const bool number = rank == 0;
    const bool known = report.leaf < leaves && report.slot < bulk::kCoarse &&
                       rank <= bulk::state_byte(CellState::empty) &&
                       (report.state & ~(kFlags | bulk::kStateMask)) == 0 && (report.marks & ~kMarks) == 0 &&
                       std::isfinite(report.value) && (number || report.value == 0);
    if (!known || (i > 0 && !(reports[i - 1] < report))) return false;
  }
  return true;
}

// Those of some nodes: sorted, one a node, and decimals. A journal's entries ask for one node at a time. The first and
// the last nodes answer for what stands before and behind them.
bool sound_starts(std::span<const FlatPlan::Start> starts, std::uint32_t first, std::uint32_t last, std::size_t nodes) {
  const auto from = first == 0 ? starts.begin() : std::ranges::lower_bound(starts, first, {}, &FlatPlan::Start::node);
  const auto to = last == nodes ? starts.end() : std::ranges::lower_bound(starts, last, {}, &FlatPlan::Start::node);
  for (auto at = from; at < to; ++at) {
    const bool decimal = at->places <= Decimal::kMaxScale && at->invented <= 1 && at->unused == 0;
    if (!decimal || at->node >= nodes || (at != starts.begin() && !(*(at - 1) < *at))) return false;
  }
  return true;
}

bool below(const bulk::Column<std::uint32_t>& column, std::size_t end, std::uint32_t or_this) {
  return std::all_of(column.begin(), column.end(), [&](std::uint32_t id) { return id < end || id == or_this; });
}

bool inside(const bulk::Column<std::uint32_t>& column, std::size_t end) {
  return std::all_of(column.begin(), column.end(), [end](std::uint32_t id) { return id < end; });
}

}  // namespace

std::optional<Diagnostic> Snapshot::verify_nodes(std::uint32_t first, std::uint32_t last) const {
  last = std::min<std::uint32_t>(last, static_cast<std::uint32_t>(plan_.node_count()));
  if (first >= last) return std::nullopt;
  const auto leaves = static_cast<std::uint32_t>(plan_.leaf_count());
  const std::uint32_t inner_first = std::max(first, leaves) - leaves, inner_last = std::max(last, leaves) - leaves;
  std::optional<Diagnostic> wrong;
  const auto pages = [&](const std::string& name, std::uint64_t from, std::uint64_t to, std::size_t bytes) {
    const Section* const section = wrong ? nullptr : container_.find(name);
    // What was not stored has no pages.
    if (section != nullptr && from < to) wrong = container_.verify(*section, from * bytes, (to - from) * bytes);
  };
  const auto along = [&]<class T>(const std::string& name, const bulk::Column<T>&, Along what, std::size_t each) {
    const std::size_t bytes = each * sizeof(T);
    if (what == Along::node) pages(name, first, last, bytes);
    if (what == Along::inner) pages(name, inner_first, inner_last, bytes);
    if (what == Along::inner_and_one && inner_first < inner_last) pages(name, inner_first, inner_last + 1, bytes);
    // Rows of pairs follow the numbers of their nodes, but where they begin is not known without looking.
    if (what == Along::pair && inner_first < inner_last) pages(name, 0, plan_.pair_rows, bytes);
  };
  for_each_structure(plan_, along);
  constexpr std::size_t kM = bulk::kMonths;
  along("target", figures_.target, Along::node, kM);
  along("value", figures_.value, Along::node, kM);
  along("state", figures_.state, Along::node, kM);
  along("baseline", figures_.baseline, Along::node, 1);
  pages("plan.shared", 0, plan_.shared.size(), sizeof(bulk::FlatPlan::Shared));
  pages("plan.start", 0, plan_.starts.size(), sizeof(bulk::FlatPlan::Start));
  if (rows_) pages("row.report", 0, rows_->reports.size(), sizeof(bulk::CoarseReport));
  if (has_results_) for_each_result(figures_, figures_.has_validated_lane(), along);
  if (rows_) {
    const auto rows = [&]<class T>(const std::string& name, const bulk::Column<T>& column, Along what,
                                   std::size_t each) {
      along(name, column, what, each);
      if (what == Along::leaf) pages(name, std::min(first, leaves), std::min(last, leaves), each * sizeof(T));
    };
    for_each_row_column(*rows_, rows);
    for_each_rare_column(*rows_, rows);
  }
  if (wrong) return wrong;

  const auto unsound = [this](const std::string& what) {
    return make_diagnostic(Code::J3203, {}).arg("berkas", container_.name()).arg("bagian", what);
  };
  if (inner_first < inner_last) {
    const std::uint32_t from = plan_.edge_begin[inner_first], to = plan_.edge_begin[inner_last];
    if (from > to || to > plan_.edges.size()) return unsound("plan.row");
    pages("plan.edge", from, to, sizeof(bulk::Edge));
    if (wrong) return wrong;
  }
  const auto begin =
      std::lower_bound(plan_.shared.begin(), plan_.shared.end(), first,
                       [](const FlatPlan::Shared& shared, std::uint32_t node) { return shared.child < node; });
  for (auto shared = begin; shared != plan_.shared.end() && shared->child < last; ++shared) {
    const bool sorted = shared == begin || !(*shared < shared[-1]);
    if (!sorted || shared->parent <= shared->child || shared->parent < leaves || shared->parent >= plan_.node_count()) {
      return unsound("plan.shared");
    }
  }
  if (!sound_starts(plan_.starts.view(), first, last, plan_.node_count())) return unsound("plan.start");
  const RowCheck check(plan_);
  for (std::uint32_t node = first; node < last; ++node) {
    if (!check.sound(node)) return unsound("plan " + std::to_string(node));
  }
  if (rows_ && !rows_->reports.empty() && first < leaves) {
    const auto& reports = rows_->reports;
    const auto from = std::lower_bound(reports.begin(), reports.end(), bulk::CoarseReport{first});
    const auto to = std::lower_bound(from, reports.end(), bulk::CoarseReport{std::min(last, leaves)});
    if (!sound_reports({from, to}, leaves)) return unsound("row.report");
  }
  return std::nullopt;
}

std::optional<Diagnostic> Snapshot::verify_plan(unsigned threads) const {
  // Large enough that a part is worth a turn, small enough that threads end together.
  constexpr std::uint32_t kPart = 1U << 15;
  const auto nodes = static_cast<std::uint32_t>(plan_.node_count());
  const std::uint32_t parts = (nodes + kPart - 1) / kPart;
  std::atomic<std::uint32_t> next{0};
  std::mutex mutex;
  std::optional<std::pair<std::uint32_t, Diagnostic>> first;
  const auto work = [&] {
    for (std::uint32_t part = next++; part < parts; part = next++) {
      auto wrong = verify_nodes(part * kPart, std::min(nodes, (part + 1) * kPart));
      if (!wrong) continue;
      const std::lock_guard lock(mutex);
      // The lowest of all, so that the message does not depend on the threads.
      if (!first || part < first->first) first.emplace(part, *std::move(wrong));
    }
  };
  std::vector<std::thread> others;
  for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  if (!first) return std::nullopt;
  return std::move(first->second);
}

std::optional<Diagnostic> Snapshot::verify_names() const {
  std::optional<Diagnostic> wrong;
  const auto pages = [&](const std::string& name) {
    const Section* const section = wrong ? nullptr : container_.find(name);
    if (section != nullptr) wrong = container_.verify(*section, 0, section->bytes);
  };
  for_each_table(names_, [&](const std::string& name, const StringTable&) {
    pages(name);
    pages(name + ".begin");
  });
  const auto column = [&](const std::string& name, const auto&, Along, std::size_t) { pages(name); };
  for_each_name_column(names_, column);
  for_each_row_name(names_, column);
  return wrong;
}

// The name of a section with a number that stands for nothing; empty when there is none.
std::string Snapshot::wrong_number() const {
  std::string what;
  for_each_table(names_, [&what](const std::string& name, const StringTable& table) {
    if (!sound_table(table)) what = name;
  });
  if (!below(names_.item_unit_word, names_.unit_words.size(), 0)) what = "item.unit_word";
  if (!below(names_.item_workflow, names_.workflows.size(), kNoWorkflow)) what = "item.workflow";
  if (!below(names_.node_item, names_.item_codes.size(), bulk::kNoNode)) what = "node.item";
  if (!below(names_.node_unit, names_.unit_paths.size(), bulk::kNoNode)) what = "node.unit";
  if (!below(names_.node_document, names_.documents.size(), kNoDocument)) what = "node.document";
  if (!rows_) return what;
  // Rows look these up without asking again.
  if (!inside(names_.node_item, names_.item_codes.size())) what = "node.item";
  if (!inside(names_.node_unit, names_.unit_paths.size())) what = "node.unit";
  if (!inside(names_.reading_order, plan_.node_count())) what = "node.order";
  if (!below(names_.item_document, names_.documents.size(), kNoDocument)) what = "item.document";
  if (!below(names_.unit_parent, names_.unit_paths.size(), kNoUnit)) what = "unit.parent";
  const auto known = [](std::uint8_t formula) { return formula <= static_cast<unsigned>(AchievementFormula::ordinal); };
  if (!std::all_of(names_.item_formula.begin(), names_.item_formula.end(), known)) what = "item.formula";
  const auto decimal = [](std::uint8_t places) { return places <= Decimal::kMaxScale; };
  if (!std::all_of(rows_->target_places.begin(), rows_->target_places.end(), decimal)) what = "row.places";
  if (!sound_reports(rows_->reports.view(), plan_.leaf_count())) what = "row.report";
  constexpr int kFirstYear = 1900, kLastYear = 2199;
  if (year_ < kFirstYear || year_ > kLastYear) what = kShapeSection;
  return what;
}

std::optional<Diagnostic> Snapshot::verify_rows(unsigned threads) const {
  if (auto wrong = verify_plan(threads)) return wrong;
  if (auto wrong = verify_names()) return wrong;
  const std::string what = wrong_number();
  if (what.empty()) return std::nullopt;
  return make_diagnostic(Code::J3203, {}).arg("berkas", container_.name()).arg("bagian", what);
}

std::optional<Diagnostic> Snapshot::verify_all(unsigned threads) const {
  if (auto wrong = container_.verify_all(threads)) return wrong;
  if (auto wrong = verify_plan(threads)) return wrong;
  std::string what;
  if (!std::is_sorted(plan_.shared.begin(), plan_.shared.end())) what = "plan.shared";
  if (std::any_of(plan_.shared.begin(), plan_.shared.end(),
                  [this](const FlatPlan::Shared& shared) { return shared.parent >= plan_.node_count(); })) {
    what = "plan.shared";
  }
  if (what.empty()) what = wrong_number();
  if (what.empty()) return std::nullopt;
  return make_diagnostic(Code::J3203, {}).arg("berkas", container_.name()).arg("bagian", what);
}

}  // namespace jenjang::snapshot
