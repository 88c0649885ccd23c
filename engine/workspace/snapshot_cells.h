// One slot of one leaf in the columns of a snapshot: what stands there, what a replayed cell would put there (as
// flatten_model does from the plan), and putting it there.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "jenjang/bulk/sweep.h"
#include "jenjang/measure/observation.h"
#include "jenjang/snapshot/snapshot.h"

namespace jenjang {

struct SlotContent {
  // A number or a reason was reported; else the state says why there is none, and of a coarse slot nothing.
  bool reported = false;
  std::uint8_t marks = 0;     // CoarseReport's, of numbers
  bulk::StateByte state = 0;  // as the column of the slot holds it
  double value = 0;
  friend bool operator==(const SlotContent&, const SlotContent&) = default;
};

// Nothing is asked of a snapshot without rows. It outlives this.
class SnapshotCells {
public:
  explicit SnapshotCells(snapshot::Snapshot& snapshot) : snapshot_(snapshot) {}

  // J3203. To be asked of a leaf before anything else.
  [[nodiscard]] std::optional<Diagnostic> verify(std::uint32_t node) const {
    return trusted_ ? std::nullopt : snapshot_.verify_nodes(node, node + 1);
  }
  void trust_nodes() { trusted_ = true; }  // all were verified
  // A number or a reason of the leaf in one lane or both, that its class can hold: by its item's own workflow, in the
  // digits of its class, of a period that it may have.
  [[nodiscard]] bool can_hold(std::uint32_t leaf, const Observation& figure) const;
  [[nodiscard]] SlotContent content_of(std::uint32_t leaf, std::size_t slot,
                                       const std::optional<Observation>& standing) const;
  [[nodiscard]] SlotContent content_in(std::uint32_t leaf, std::size_t slot) const;
  // A first figure that waits gives the snapshot its second lane; results that it holds are brought up to date. J3203
  // where the nodes above are damaged.
  [[nodiscard]] std::optional<Diagnostic> put(std::uint32_t leaf, std::size_t slot, const SlotContent& content);
  // To be called behind the last `put`: reports of coarse periods go to their table all at once.
  void finish();

private:
  [[nodiscard]] bool fits_year(std::uint32_t leaf, std::size_t slot, double figure) const;
  [[nodiscard]] bulk::StateByte silence(std::uint32_t leaf, std::size_t month) const;
  void put_month(std::uint32_t leaf, unsigned month, const SlotContent& content);
  [[nodiscard]] std::vector<bulk::CoarseReport> reports_of(std::uint32_t leaf) const;
  void put_report(std::uint32_t leaf, std::size_t slot, const SlotContent& content);
  [[nodiscard]] std::optional<Diagnostic> find_slots(std::uint32_t leaf);
  [[nodiscard]] std::uint32_t slots_of(std::uint32_t node) const;
  [[nodiscard]] bulk::RowFacts& rows() const { return *snapshot_.rows(); }

  snapshot::Snapshot& snapshot_;
  bool trusted_ = false;
  std::unique_ptr<bulk::LiveFigures> live_;  // from the first change of results on
  // By leaf and slot, none: taken back.
  std::map<std::pair<std::uint32_t, std::size_t>, std::optional<bulk::CoarseReport>> put_reports_;
};

}  // namespace jenjang
