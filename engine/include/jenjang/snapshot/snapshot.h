// Snapshot: a FlatPlan, its figures and its names in one mapped file, ready for the first sweep.
//
//   write_snapshot(path, {plan, figures, names, identity, year, false});
//   Result<Snapshot> opened = Snapshot::open(path);         // the small parts only
//   opened.value().verify_nodes(first, last);               // in parallel, before or in the first sweep
//   bulk::roll_up(opened.value().plan(), opened.value().figures(), options);
//
// Opening costs the same for a thousand nodes and for ten million: columns are views of the mapping. Structure and
// names are read only, figures may be written (the file never changes), columns of results are fresh memory unless the
// file holds results.
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "jenjang/bulk/figures.h"
#include "jenjang/bulk/flat_plan.h"
#include "jenjang/bulk/row_facts.h"
#include "jenjang/snapshot/container.h"
#include "jenjang/snapshot/identity.h"
#include "jenjang/snapshot/names.h"

namespace jenjang::snapshot {

struct SnapshotParts {
  const bulk::FlatPlan& plan;
  const bulk::Figures& figures;
  const PlanNames& names;
  const Identity& identity;
  int year = 0;
  bool results = false;                  // with the columns that a roll-up makes
  const bulk::RowFacts* rows = nullptr;  // none: a file that figures can be computed from, but no rows be written
};
// J3212. The plan, the figures and the names belong together, or std::invalid_argument.
std::optional<Diagnostic> write_snapshot(const std::filesystem::path& path, const SnapshotParts& parts);

class Snapshot {
public:
  // J3201, J3202, J3203, J3207. Whether the inputs are still the same is for check_inputs to say.
  static Result<Snapshot> open(const std::filesystem::path& path);

  [[nodiscard]] const Container& container() const { return container_; }
  [[nodiscard]] const Identity& identity() const { return identity_; }
  [[nodiscard]] int year() const { return year_; }
  [[nodiscard]] bool has_results() const { return has_results_; }
  [[nodiscard]] const bulk::FlatPlan& plan() const { return plan_; }
  [[nodiscard]] const PlanNames& names() const { return names_; }
  // What rows say besides; nullptr in a file without.
  [[nodiscard]] const bulk::RowFacts* rows() const { return rows_ ? &*rows_ : nullptr; }
  [[nodiscard]] bulk::RowFacts* rows() { return rows_ ? &*rows_ : nullptr; }
  [[nodiscard]] bulk::Figures& figures() { return figures_; }
  [[nodiscard]] const bulk::Figures& figures() const { return figures_; }
  // Room for a validated lane that the file does not have. Its results are those of one lane: from now on there are
  // none, and whoever needs them rolls up.
  void add_validated_lane() {
    bulk::add_validated_lane(plan_, figures_);
    has_results_ = false;
  }

  // J3203 when something about nodes [first, last) is not what was written, or leads outside the plan: their pages of
  // structure, figures and results, their rows and their classes. To be asked about every node before a roll-up reads
  // it; from any number of threads. Costs a pass over these bytes once.
  [[nodiscard]] std::optional<Diagnostic> verify_nodes(std::uint32_t first, std::uint32_t last) const;
  // verify_nodes for all of them, in parts, on several threads.
  [[nodiscard]] std::optional<Diagnostic> verify_plan(unsigned threads = 1) const;
  // J3203 when pages of the names are not what was written. To be asked before names are read.
  [[nodiscard]] std::optional<Diagnostic> verify_names() const;
  // J3203 when something that result rows are made of is not what was written, or leads outside: verify_plan,
  // verify_names, and every number in the names. Requires rows().
  [[nodiscard]] std::optional<Diagnostic> verify_rows(unsigned threads = 1) const;
  // Every byte of the file, every row, and the names.
  [[nodiscard]] std::optional<Diagnostic> verify_all(unsigned threads = 1) const;

private:
  explicit Snapshot(Container container) : container_(std::move(container)) {}
  friend class SnapshotLoader;
  Container container_;
  Identity identity_;
  int year_ = 0;
  bool has_results_ = false;
  bulk::FlatPlan plan_;
  bulk::Figures figures_;
  PlanNames names_;
  std::optional<bulk::RowFacts> rows_;

  [[nodiscard]] std::string wrong_number() const;
};

}  // namespace jenjang::snapshot
