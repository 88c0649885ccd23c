// The limit: hand-written sweeps over the very columns of jenjang/bulk, deciding with plain doubles.
//
// They read and write what roll_up, cascade and change_fact read and write, and know nothing of error bounds, exact
// sides, progress or cancelling. What the engine may cost is a multiple of these; that both agree is an independent
// check of the engine, cell by cell, but for cells within a rounding error of a cut.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "bulk/limit_view.h"
#include "bulk/team.h"

namespace jenjang::bench {

class Limits {
public:
  Limits(const bulk::FlatPlan& plan, unsigned threads);
  // Classes may have changed since (their descents).
  void read_classes();

  void roll_up(bulk::Figures& figures, bool full);
  void split(bulk::Figures& figures) { descend(figures, false); }
  void split_whole(bulk::Figures& figures) { descend(figures, true); }
  // Writes one fact and recomputes that month of everything above.
  void change(bulk::Figures& figures, std::uint32_t leaf, unsigned month, double value, bulk::StateByte state,
              bool full);
  [[nodiscard]] static bool wide();  // whether the kernels for AVX-512 run

private:
  void find_parents();
  struct Level {
    std::vector<std::uint32_t> bounds;  // of chunks, nodes
    std::atomic<std::uint32_t> next = 0, done = 0;
  };
  LimitView view(bulk::Figures& figures, std::size_t month = 0) const;
  void descend(bulk::Figures& figures, bool whole);
  void sweep_levels(const LimitView& view, void (*kernel)(const LimitView&, std::uint32_t, std::uint32_t), bool down);

  const bulk::FlatPlan& plan_;
  const LimitKernels& kernels_;
  std::vector<LimitClass> classes_;
  std::vector<std::unique_ptr<Level>> levels_;  // from the one above the leaves
  std::vector<std::uint32_t> lone_leaves_;
  std::vector<std::uint32_t> parent_begin_, parents_;  // by node, for changes
  std::vector<std::uint32_t> ancestors_;
  Team team_;
};

}  // namespace jenjang::bench
