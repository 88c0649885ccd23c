// Demands that cannot hold together: an irreducible set, the smallest for a single family
// (algorithms 1.12 and 8.1).
#pragma once

#include <unordered_map>
#include <vector>

#include "engine/cascade/conflict/interval_tree.h"

namespace jenjang::cascade {

// The demands at and below one node in one period, each of which can be let go or moved, with the
// interval of the node kept up to date. A change costs O(depth), and O(siblings) under minimum and maximum.
class DemandTree {
public:
  // Nodes below that are broken themselves are taken with their own demands alone, but for `mended`.
  DemandTree(IntervalTree& tree, NodeId top, Period period, NodeId mended = NodeId());

  [[nodiscard]] std::size_t size() const { return demands_.size(); }
  [[nodiscard]] const Demand& operator[](std::size_t demand) const { return demands_[demand].demand; }
  [[nodiscard]] bool is_at_top(std::size_t demand) const;
  void enable(std::size_t demand, bool on);
  [[nodiscard]] bool is_enabled(std::size_t demand) const { return demands_[demand].on; }
  void move(std::size_t demand, const Rational& value);

  [[nodiscard]] bool is_too_high() const;  // the least that is demanded is more than the top may be
  [[nodiscard]] bool is_too_low() const;
  [[nodiscard]] bool is_broken() const { return is_too_high() || is_too_low(); }
  // What the top is at least and at most by all that stands.
  [[nodiscard]] const Interval& top() const { return locals_.front().value; }
  [[nodiscard]] const Interval& own() const { return locals_.front().own_value; }
  // True when no node from the demand's own up to the top is empty.
  [[nodiscard]] bool fits_on_the_way(std::size_t demand) const;
  // How far the demand, alone in its branch, moves the top from where it would be without any (in the parent's unit).
  [[nodiscard]] Rational contribution(std::size_t demand) const;
  // Every demand below the top stands at a direct member of one linear family, and each at another member.
  [[nodiscard]] bool is_single_family() const;
  // Children that one demand binds: more than one for a rule's number.
  [[nodiscard]] std::size_t reach_of(std::size_t demand) const { return demands_[demand].places.size(); }
  // Multiples in which the demand's value is written: the step of the family that gives it, else the digits in use.
  [[nodiscard]] Decimal step_of(std::size_t demand) const;

private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Slot {
    Demand demand;
    bool on = true;
    std::vector<std::uint32_t> places;  // locals; a shared result may stand in two
  };
  struct Local {
    NodeId node;
    std::uint32_t group = kNone;  // that it is a member of
    std::size_t place = 0;        // there
    Rational weight;
    std::vector<std::uint32_t> own;  // slots
    std::vector<std::uint32_t> groups;
    std::optional<Decimal> step;
    Interval own_value, value;
  };
  // Members of one family below one local.
  struct Group {
    const FamilySetup* setup = nullptr;
    std::uint32_t parent = kNone;
    Rational factor{1};
    std::vector<std::uint32_t> members;
    std::vector<bool> floor_at_zero;             // by member
    std::size_t open_below = 0, open_above = 0;  // members without that limit
    Rational lower, upper;                       // sums over the others
  };

  std::uint32_t add_local(NodeId node, std::uint32_t group, const Rational& weight);
  void add_demand(std::uint32_t local, Demand demand);
  void expand(std::uint32_t local);
  void add_group(std::uint32_t local, const FamilySetup& setup);
  [[nodiscard]] Interval evaluate(Local& local) const;
  [[nodiscard]] Interval of_group(const Group& group) const;
  void account(Group& group, std::uint32_t member, int sign);
  void update(std::uint32_t local);

  IntervalTree& tree_;
  Period period_;
  NodeId mended_;
  std::vector<Slot> demands_;
  std::vector<Local> locals_;
  std::vector<Group> groups_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> slots_of_;  // by node
  int digits_ = 0;
};

struct Conflict {
  NodeId node;
  Period period;
  bool too_high = true;  // the demands make at least `reached`, more than `against` lets stand; else at most, less
  std::vector<Demand> demands;  // irreducible together with `against`; the least binding first
  Demand against;               // at the node itself
  Rational reached;
  bool settled_elsewhere = false;  // nobody is free, and every figure below was adopted by another government
};
// nullopt when the node is not broken.
std::optional<Conflict> find_conflict(IntervalTree& tree, NodeId node, Period period);

}  // namespace jenjang::cascade
