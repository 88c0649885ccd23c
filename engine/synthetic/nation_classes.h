// The kinds of measures of a synthetic nation: twelve kinds of pyramids, their leaves, and the goals.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "jenjang/bulk/flat_plan.h"

namespace jenjang::synthetic {

// What the measure of an affair is, from the persons up.
enum class Strand : std::uint8_t {
  goal,            // mean by weight of achievements, all the way
  graded,          // persons are goals; above, measures over their achievements with targets of their own
  total_whole,     // sum, target split into whole pieces
  total_relative,  // sum of costs, lower is better, target split in proportion
  total_own,       // sum, every target set by hand
  mean_same,       // index: mean by weight, one target for all, graded on its value
  mean_gap,        // index: mean by weight, the same share of the gap to 100 for all
  ratio,           // percent: persons have operands, above sums of pairs
  rate,            // per thousand, lower is better
  least,
  most,
  meeting,  // share of children that meet their targets
};
inline constexpr std::size_t kStrands = 12;
// By affair in turn; goals are what most persons have.
inline constexpr std::array<Strand, 16> kStrandOfAffair{
    Strand::goal,   Strand::total_own, Strand::graded, Strand::mean_same, Strand::total_whole, Strand::ratio,
    Strand::goal,   Strand::mean_gap,  Strand::graded, Strand::meeting,   Strand::least,       Strand::total_relative,
    Strand::graded, Strand::rate,      Strand::most,   Strand::goal};

enum class Rung : std::uint8_t { person, section, field, agency, province, nation };
inline constexpr std::size_t kRungs = 6;

enum class Work : std::uint8_t {
  count,      // of total_whole
  cost,       // of total_relative: a running total
  tally,      // of total_own
  index,      // of mean_same
  average,    // of mean_gap
  numerator,  // of ratio and rate
  denominator,
  lowest,     // of least
  waiting,    // of most
  standard,   // of meeting
  pieces,     // from here on of goals
  delay,      // lower is better, L1
  duration,   // lower is better, L2
  incidents,  // lower is better, often none planned
  released,   // an official figure
  peak,
  budget,  // of state enterprises: the largest figures a plan may hold
  none,    // of an inner node
};
inline constexpr std::size_t kWorks = 17;
inline constexpr std::array<Work, 7> kWorksOfGoals{Work::pieces,   Work::delay, Work::duration, Work::incidents,
                                                   Work::released, Work::peak,  Work::budget};

struct ClassNote {
  Work work = Work::none;
  Strand strand = Strand::goal;
  bool targeted = true;  // has a target at all
};

struct ClassBook {
  std::vector<bulk::MeasureClass> classes;
  std::vector<Scale> scales;
  std::vector<ClassNote> notes;  // by class

  ClassBook();
  [[nodiscard]] std::uint16_t leaf(Work work) const { return leaf_[static_cast<std::size_t>(work)]; }
  [[nodiscard]] std::uint16_t inner(Strand strand, Rung rung) const {
    return inner_[static_cast<std::size_t>(strand)][static_cast<std::size_t>(rung)];
  }
  // A section whose persons have targets of their own; the same as inner where they have them anyway.
  [[nodiscard]] std::uint16_t held_section(Strand strand) const { return held_[static_cast<std::size_t>(strand)]; }
  [[nodiscard]] std::uint16_t goal() const { return goal_; }  // of governments, provinces and the nation

private:
  std::uint16_t add(const bulk::MeasureClass& measure, ClassNote note);
  void add_leaves();
  void add_strand(Strand strand);

  std::array<std::uint16_t, kWorks> leaf_{};
  std::array<std::array<std::uint16_t, kRungs>, kStrands> inner_{};
  std::array<std::uint16_t, kStrands> held_{};
  std::uint16_t goal_ = 0;
};

// Cuts of the scales used above that are whole percents, for near_cut.
inline constexpr std::array<int, 6> kPredicateCuts{90, 80, 70, 60, 50, 30};  // sakip-2021/predikat, open below
inline constexpr std::array<int, 4> kRealisationCuts{91, 76, 66, 51};        // permendagri-86-2017/B-86, closed below

}  // namespace jenjang::synthetic
