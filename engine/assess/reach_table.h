// The table of undominated pairs over the classes of a reach problem, prerequisites left aside.
#pragma once

#include <optional>
#include <vector>

#include "jenjang/assess/reach.h"

namespace jenjang {

// What can be chosen in one class: an item by itself, or a set with (members raised, judgements given).
struct ReachChoice {
  std::int64_t cost = 0, gain = 0;
  int level = 0;                     // of an item by itself
  std::size_t raised = 0, mask = 0;  // of a set
};
struct ReachClass {
  std::size_t item = SIZE_MAX, set = SIZE_MAX;  // one of the two
};

// Sets first, in order, then the items that are in none: the order of the lists of a table.
std::vector<ReachClass> reach_classes(const ReachProblem& problem);

class ReachTable {
public:
  explicit ReachTable(const ReachProblem& problem);

  struct Row {
    std::int64_t cost = 0, gain = 0;
    std::uint32_t before = 0, choice = 0;  // row of the list before, and the choice that led here
  };
  struct Filled {
    std::vector<std::vector<Row>> lists;  // after each class; costs and gains both rise along a list
    std::vector<std::vector<ReachChoice>> choices;
    bool stopped = false;  // more points than allowed
    std::size_t points = 0;
    [[nodiscard]] const Row* cheapest(std::int64_t need) const;  // nullptr when the need is out of reach
  };
  // Plans within `domain` of cost at most `budget`. With `useful_only` rows are dropped from which even the best of
  // the classes left cannot come to the need.
  [[nodiscard]] Filled fill(const ReachDomain& domain, std::int64_t budget, bool useful_only,
                            std::size_t most_points) const;
  // The levels of the plan that ends in `row` of the last list.
  [[nodiscard]] ReachPlan plan(const ReachDomain& domain, const Filled& filled, const Row& row) const;
  // Cheapest way for each number of members raised and each mask, within the domain.
  [[nodiscard]] std::vector<ReachChoice> choices_of(const ReachClass& which, const ReachDomain& domain) const;
  [[nodiscard]] const std::vector<ReachClass>& classes() const { return classes_; }

private:
  [[nodiscard]] std::vector<ReachChoice> choices_of_set(const ReachSet& set, const ReachDomain& domain) const;
  // Members that may be raised but need not be, cheapest first, then by place.
  [[nodiscard]] std::vector<std::size_t> free_members(const ReachSet& set, const ReachDomain& domain) const;

  const ReachProblem& problem_;
  std::vector<ReachClass> classes_;
};

ReachDomain whole_domain(const ReachProblem& problem);
// The first prerequisite that the plan breaks: (item, level, index of the need); nullopt when it breaks none.
struct BrokenNeed {
  std::size_t item = 0;
  int level = 0;
  std::size_t need = 0;
};
std::optional<BrokenNeed> broken_need(const ReachProblem& problem, const std::vector<int>& level);

}  // namespace jenjang
