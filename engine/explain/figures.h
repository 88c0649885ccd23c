// Printed figures: each rounded once, from the exact value where the printed digit is in doubt.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/explain/explanation.h"

namespace jenjang {

// `approximate` printed under `rounding`. Where it lies so close to a rounding cut that a kernel's
// error could change a digit, `exact` decides (and where that gives nothing, the double itself).
// `may_cancel`: the double may be off by any number of digits, and is not looked at.
std::string print_rounded(double approximate, Rounding rounding, const std::function<std::optional<Rational>()>& exact,
                          bool may_cancel = false);

// The exact value for readers: a finite decimal, else a fraction.
std::string print_exact(const Rational& value);

// Label of a grade by its number (points where the scale has them, else rank); empty when the number
// is no grade of the scale.
std::string grade_label(const Scale& scale, double value);

// Coverage in percent with two decimals. A half of the last digit goes to the even neighbour, also where sums of
// weights miss it by a rounding, so that no way of adding them up shows.
std::string coverage_text(double covered, double expected);

// Not further apart than roundings make one figure.
inline bool is_near(double a, double b) {
  return a == b || std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

// "setengah-ke-atas/2".
std::string print_rounding(Rounding rounding);

// Figures of result cells in one lane.
class FigurePrinter {
public:
  FigurePrinter(const ExplainContext& context, Lane lane);

  // Empty when the cell holds no number. A graded measure prints its label.
  std::string value(NodeId node, SlotId slot);
  std::string achievement_raw(NodeId node, SlotId slot);
  std::string achievement(NodeId node, SlotId slot);
  // Made on first use: most figures lie clear of every cut.
  ExactEvaluator& exact();

private:
  const ExplainContext& context_;
  Lane lane_;
  std::optional<ExactEvaluator> exact_;
};

// True when months of the period are not reported although the cell is a number.
bool is_partial_in_time(const ResultCell& cell);
// "9 dari 12 bulan", of one unit; "21 dari 24 bulan-unit" where the months are those of several figures: of units, or
// of both sides of a ratio. Result columns are data: Indonesian in every language.
std::string months_text(const ResultCell& cell, Period period, Language language);
// The state as a result column says it: "nilai", "sebagian (9 dari 12 bulan)", "terbawa", "kosong (cakupan 50.00 % di
// bawah 60 %)".
std::string state_text(const ResultCell& cell, const MeasureSpec& spec, Period period);

// The predicate of a cell with the verdict of its gate.
struct PredicateView {
  std::string numeric;  // label by the figure alone; empty: none
  std::string printed;  // what a reader may be told: the label, or that the gate leaves it open
  GateOutcome gate;     // of `numeric`
  const Scale* scale = nullptr;
};
PredicateView predicate_of(const ExplainContext& context, NodeId node, SlotId slot, Lane lane, Language language);

// A predicate that rests on figures not validated: it is official on the validated lane only.
bool predicate_is_unofficial(const ResultCell& cell);
inline constexpr std::string_view kUnofficialLabel = "belum-resmi";

// Marks of a cell: "ilustratif", "belum-diverifikasi". Of the realisation alone, or of all that stands
// in its row (target, achievement and predicate too: "belum-resmi").
enum class LabelScope : std::uint8_t { value, row };
std::vector<std::string> cell_labels(const ExplainContext& context, NodeId node, SlotId slot, Lane lane,
                                     LabelScope scope);
std::string join(const std::vector<std::string>& words, std::string_view separator);

}  // namespace jenjang
