// The parts of flatten_model: what is refused, what each kind of measure is, its ties, its columns.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "jenjang/bulk/from_model.h"

#include "engine/rollup/semantics.h"

namespace jenjang::bulk {

inline constexpr std::size_t kFlatLimits = static_cast<std::size_t>(FlatLimit::classes) + 1;
inline constexpr int kMostPlaces = 6;

class Refusals {
public:
  void add(FlatLimit limit, NodeId node) {
    FlatRefusal& entry = entries_[static_cast<std::size_t>(limit)];
    if (entry.count++ == 0 || node < entry.node) entry.node = node;
  }
  [[nodiscard]] bool any() const;
  [[nodiscard]] std::vector<FlatRefusal> list() const;

private:
  std::array<FlatRefusal, kFlatLimits> entries_{};
};

// One run of flatten_model.
class ModelReader {
public:
  ModelReader(const Model& model, const TargetTable& targets, const Facts& facts, const RollupOptions& options,
              int year);
  FlatOutcome run();

private:
  // What the figures and ties of an item's nodes ask of its classes.
  struct ItemDigits {
    int places = 0, weight_places = 0;
    bool zero_target = false;  // in some slot of the year
  };
  struct ClassKey {
    std::tuple<Aggregation, Carry, MissingPolicy, Polarity, Accumulation, bool, bool, std::uint16_t> kinds;
    std::tuple<AchievementFormula, ZeroTargetRule, RoundingMode, int, bool> formula;
    std::tuple<MissingPolicy, Granularity, bool> in_time;
    std::optional<Decimal> cap, floor, mark, least_possible, most_possible;
    Decimal factor;
    int places = 0, weight_places = 0;
    friend auto operator<=>(const ClassKey&, const ClassKey&) = default;
  };

  [[nodiscard]] bool is_leaf(NodeId node) const { return node.index() < leaves_; }
  [[nodiscard]] Period month(std::size_t index) const { return months_[index]; }
  // Ties that the flat plan takes, in their order; weight as it holds all year.
  template <class Visit>
  void for_each_taken_tie(NodeId node, Visit&& visit) const;
  [[nodiscard]] std::optional<Decimal> weight_all_year(const rollup::Tie& tie) const;

  // from_model.cc: what cannot be said, node by node.
  void check_nodes();
  void check_item(NodeId node);
  void check_ties(NodeId node);
  void check_life(NodeId node);
  void check_targets();
  [[nodiscard]] const ItemDigits& digits_of(NodeId node) const {
    return digits_[model_.node_item[node.index()].index()];
  }
  void check_facts(NodeId node);
  void note_digits(const Decimal& figure, NodeId node);
  // from_model_classes.cc
  void check_starts();
  // Whether an achievement of the node may be measured from its baseline.
  [[nodiscard]] bool asks_baseline(NodeId node) const;
  std::uint16_t class_for(NodeId node);
  void set_possible(const Item& item, bool leaf, MeasureClass& made) const;
  std::uint16_t scale_for(NodeId node, const MeasureSpec& spec, bool* on_value);
  void number_classes();
  [[nodiscard]] FlatPlan make_plan();
  void add_crosscuts(FlatPlan& plan) const;
  [[nodiscard]] Edge edge_for(NodeId parent, const rollup::Tie& tie) const;
  // from_model_columns.cc
  void fill_targets(Figures& figures);
  void fill_leaves(FlatModel& made);
  void fill_leaf(NodeId node, FlatModel& made);
  void note_coarse(NodeId node, std::size_t slot, const Fact& fact, CellState state);
  // from_model_rows.cc
  void make_rows(FlatModel& made);
  void note_report(RowFacts& rows, NodeId node, std::size_t at, const Observation& observation, bool is_number);
  void note_targets(FlatModel& made);
  void find_obstacle(RowFacts& rows) const;
  void note_facts(RowFacts& rows, NodeId node) const;
  [[nodiscard]] bool fits_digits(NodeId node, double figure) const;

  const Model& model_;
  const TargetTable& targets_;
  const Facts& facts_;
  const RollupOptions& options_;
  const int year_;
  std::array<Period, kMonths> months_;
  std::size_t leaves_ = 0;
  bool crosscuts_ = false;  // some accepted crosscut is an edge
  bool lanes_ = false;      // the lanes are to be told apart
  Refusals refusals_;
  std::vector<ItemDigits> digits_;           // by ItemId
  std::vector<std::uint32_t> target_begin_;  // by node, into targets_.cells
  std::vector<bool> said_scales_;            // by ScaleId
  std::vector<Carry> carry_;                 // by inner node
  std::vector<MeasureClass> classes_;
  std::vector<Scale> scales_;
  std::vector<std::uint16_t> class_of_;
  std::vector<CoarseReport> reports_;    // in order of leaves
  std::vector<FlatPlan::Start> starts_;  // in order of nodes
  std::map<ClassKey, std::uint16_t> known_classes_;
  // A class is asked for by (item, leaf, carry): the keys above are made once for each.
  std::map<std::tuple<ItemId, bool, Carry>, std::uint16_t> class_of_item_;
  std::map<ScaleId, std::uint16_t> known_scales_;
};

template <class Visit>
void ModelReader::for_each_taken_tie(NodeId node, Visit&& visit) const {
  rollup::for_each_tie(model_, node, [&](rollup::Tie tie) {
    if (tie.overlap != nullptr) return;
    tie.weight = weight_all_year(tie).value_or(tie.weight);
    visit(tie);
  });
}

}  // namespace jenjang::bulk
