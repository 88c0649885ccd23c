// What is wanted of a measure: a predicate of its value, a predicate of its achievement, or its target met, or a figure
// reached.
#pragma once

#include <optional>
#include <string>

#include "jenjang/assess/reach_measure.h"

namespace jenjang {

struct ReachWish {
  bool of_achievement = false;
  std::string name, words;        // "A"; "80.01", ">= 75"
  std::optional<HalfLine> least;  // figures that have it; empty with a scale: every figure does
  bool below = false;             // lower is better: figures outside `least` have it
  std::optional<Target> target;   // the target met, instead of a predicate
  bool is_figure = false;         // `target` is a figure that was asked for
  const Scale* scale = nullptr;   // of the predicate
  int band = 0;
  Polarity polarity = Polarity::higher;
  std::optional<Decimal> reference;  // the target's number, for measures that are good near it

  [[nodiscard]] bool holds(const Rational& figure) const;
  // Whether the value has to rise for it, from where it stands.
  [[nodiscard]] bool raises(const Rational& value) const;
  // Which of two figures that do not have it is nearer.
  [[nodiscard]] bool is_nearer(const Rational& a, const Rational& b) const;
  [[nodiscard]] bool has_label(std::string_view label) const;
  [[nodiscard]] bool holds_at_value(const Model& model, const TargetTable& targets, NodeId node, Period period,
                                    const Rational& value) const;
};

// nullopt with the cause in one word when the measure has no such thing.
std::optional<ReachWish> make_wish(const Model& model, const TargetTable& targets, NodeId node, Period period,
                                   const MeasureWish& wish, std::string& cause);

}  // namespace jenjang
