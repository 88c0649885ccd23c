#include "engine/synthetic/nation_classes.h"

#include <string>
#include <utility>

namespace jenjang::synthetic {
namespace {

using bulk::Descent;
using bulk::MeasureClass;

enum ScaleIndex : std::uint16_t { kPredicate, kRealisation, kTrack };

// Cuts, sides and rounding as models/sakip-2021, models/permendagri-86-2017 and models/100-0-100 have them.
Scale bands(std::string id, bool open_below, Rounding decide_on,
            const std::vector<std::pair<std::string, std::optional<int>>>& cuts) {
  Scale scale;
  scale.id = std::move(id);
  scale.open_below = open_below;
  scale.decide_on = decide_on;
  for (const auto& [label, cut] : cuts) {
    Band band;
    band.label = label;
    if (cut) band.above = Decimal(*cut);
    scale.bands.push_back(std::move(band));
  }
  return scale;
}

std::vector<Scale> all_scales() {
  constexpr Rounding kPrinted{RoundingMode::half_up, 2};
  std::vector<Scale> scales;
  scales.push_back(bands("sakip-2021/predikat", true, kPrinted,
                         {{"AA", 90}, {"A", 80}, {"BB", 70}, {"B", 60}, {"CC", 50}, {"C", 30}, {"D", std::nullopt}}));
  scales.back().domain_low = Decimal(0);
  scales.back().domain_high = Decimal(100);
  scales.push_back(
      bands("permendagri-86-2017/B-86", false, kPrinted,
            {{"Sangat Tinggi", 91}, {"Tinggi", 76}, {"Sedang", 66}, {"Rendah", 51}, {"Sangat Rendah", std::nullopt}}));
  scales.push_back(bands("100-0-100/jalur", false, Rounding{RoundingMode::exact, 0},
                         {{"memenuhi jalur", 100}, {"di bawah jalur", std::nullopt}}));
  return scales;
}

MeasureClass measure(Aggregation aggregation, Accumulation accumulation, int places) {
  MeasureClass made;
  made.aggregation = aggregation;
  made.accumulation = accumulation;
  made.places = places;
  return made;
}

void grade(MeasureClass& made, AchievementFormula formula, std::optional<int> cap, std::uint16_t scale) {
  made.achievement.formula = formula;
  if (formula != AchievementFormula::h1) made.polarity = Polarity::lower;
  if (cap) made.achievement.cap = Decimal(*cap);
  made.scale = scale;
}

MeasureClass leaf_class(Work work) {
  const auto leaf = [](Accumulation accumulation, int places, AchievementFormula formula, std::optional<int> cap,
                       std::uint16_t scale) {
    MeasureClass made = measure(Aggregation::leaf, accumulation, places);
    grade(made, formula, cap, scale);
    return made;
  };
  using A = Accumulation;
  using F = AchievementFormula;
  switch (work) {
    case Work::count:
      return leaf(A::increments, 0, F::h1, 120, kRealisation);
    case Work::cost:
      return leaf(A::cumulative, 2, F::l1, 120, kRealisation);
    case Work::tally:
      return leaf(A::increments, 2, F::h1, 100, kPredicate);
    case Work::index: {
      MeasureClass made = leaf(A::position, 3, F::h1, 120, kPredicate);
      made.scale_on_value = true;
      return made;
    }
    case Work::average:
      return leaf(A::average, 3, F::h1, std::nullopt, bulk::kNoScale);
    case Work::numerator:
    case Work::denominator:
      return measure(Aggregation::leaf, A::increments, 1);
    case Work::lowest:
      return leaf(A::position, 1, F::h1, 120, kRealisation);
    case Work::waiting:
      return leaf(A::peak, 0, F::l1, 120, kRealisation);
    case Work::standard:
      return leaf(A::position, 2, F::h1, 100, kTrack);
    case Work::pieces:
      return leaf(A::increments, 0, F::h1, 120, kRealisation);
    case Work::delay:
      return leaf(A::position, 1, F::l1, 120, kRealisation);
    case Work::duration:
      return leaf(A::average, 2, F::l2, 120, kRealisation);
    case Work::incidents: {
      MeasureClass made = leaf(A::cumulative, 0, F::l1, 100, kRealisation);
      made.achievement.on_zero_target = ZeroTargetRule::met_or_missed;
      return made;
    }
    case Work::released:
      return leaf(A::release, 2, F::h1, 120, kRealisation);
    case Work::peak:
      return leaf(A::peak, 0, F::h1, std::nullopt, kRealisation);
    case Work::budget:
      // Whole rupiah: with decimals, neighbours among figures as large would be one double.
      return leaf(A::cumulative, 0, F::h1, 100, kPredicate);
    case Work::none:
      break;
  }
  return {};
}

MeasureClass goal_class(int weight_places, MissingPolicy missing) {
  MeasureClass made = measure(Aggregation::weighted_mean, Accumulation::position, 2);
  made.carry = Carry::achievement;
  made.goal = true;
  made.missing = missing;
  made.weight_places = weight_places;
  made.scale = kRealisation;
  return made;
}

// The class of a strand above its persons, who differ in some strands.
MeasureClass strand_class(Strand strand) {
  using A = Accumulation;
  using F = AchievementFormula;
  MeasureClass made;
  switch (strand) {
    case Strand::goal:
      return goal_class(0, MissingPolicy::skip);
    case Strand::graded:
      made = measure(Aggregation::weighted_mean, A::average, 2);
      made.carry = Carry::achievement;
      made.missing = MissingPolicy::zero;
      grade(made, F::h1, 110, kRealisation);
      made.descent = Descent::same;
      break;
    case Strand::total_whole:
      made = measure(Aggregation::sum, A::increments, 0);
      grade(made, F::h1, 120, kRealisation);
      made.descent = Descent::whole;
      break;
    case Strand::total_relative:
      made = measure(Aggregation::sum, A::cumulative, 2);
      made.missing = MissingPolicy::zero;
      grade(made, F::l1, 120, kRealisation);
      made.descent = Descent::proportional;
      break;
    case Strand::total_own:
      made = measure(Aggregation::sum, A::increments, 2);
      grade(made, F::h1, 100, kPredicate);
      break;
    case Strand::mean_same:
      made = measure(Aggregation::weighted_mean, A::position, 3);
      made.weight_places = 2;
      grade(made, F::h1, 120, kPredicate);
      made.scale_on_value = true;
      made.descent = Descent::same;
      break;
    case Strand::mean_gap:
      made = measure(Aggregation::weighted_mean, A::average, 3);
      grade(made, F::h1, std::nullopt, kRealisation);
      made.descent = Descent::gap;
      break;
    case Strand::ratio:
      made = measure(Aggregation::ratio, A::increments, 2);
      made.factor = Decimal(100);
      grade(made, F::h1, 100, kTrack);
      made.descent = Descent::same;
      break;
    case Strand::rate:
      made = measure(Aggregation::ratio, A::increments, 2);
      made.factor = Decimal(1000);
      grade(made, F::l2, 120, kRealisation);
      break;
    case Strand::least:
      made = measure(Aggregation::minimum, A::position, 1);
      grade(made, F::h1, 120, kRealisation);
      made.descent = Descent::same;
      break;
    case Strand::most:
      made = measure(Aggregation::maximum, A::peak, 0);
      grade(made, F::l1, 120, kRealisation);
      made.descent = Descent::same;
      break;
    case Strand::meeting:
      made = measure(Aggregation::share_meeting, A::position, 2);
      made.factor = Decimal(100);
      grade(made, F::h1, 120, kRealisation);
      break;
  }
  return made;
}

}  // namespace

ClassBook::ClassBook() : scales(all_scales()) {
  add_leaves();
  for (std::size_t s = 0; s < kStrands; ++s) add_strand(static_cast<Strand>(s));
  goal_ = add(goal_class(2, MissingPolicy::skip), {Work::none, Strand::goal, false});
}

std::uint16_t ClassBook::add(const bulk::MeasureClass& measure, ClassNote note) {
  classes.push_back(measure);
  notes.push_back(note);
  return static_cast<std::uint16_t>(classes.size() - 1);
}

void ClassBook::add_leaves() {
  constexpr std::array<Strand, kWorks> kStrandOf{Strand::total_whole, Strand::total_relative, Strand::total_own,
                                                 Strand::mean_same,   Strand::mean_gap,       Strand::ratio,
                                                 Strand::ratio,       Strand::least,          Strand::most,
                                                 Strand::meeting};  // the rest: goal
  for (std::size_t w = 0; w < kWorks; ++w) {
    const auto work = static_cast<Work>(w);
    const bool operand = work == Work::numerator || work == Work::denominator;
    leaf_[w] = add(leaf_class(work), {work, kStrandOf[w], !operand});
  }
}

void ClassBook::add_strand(Strand strand) {
  const auto s = static_cast<std::size_t>(strand);
  const bool goal = strand == Strand::goal;
  for (std::size_t r = 0; r < kRungs; ++r) {
    bulk::MeasureClass made = strand_class(strand);
    ClassNote note{Work::none, strand, !goal};
    const auto rung = static_cast<Rung>(r);
    if (rung == Rung::person) {
      if (strand == Strand::graded) {
        made = goal_class(0, MissingPolicy::skip);  // weights of a person's results are percents
        note.targeted = false;
      }
      // Operands have no targets; a person's own rate and lowest standard need every report.
      if (strand == Strand::ratio) made.descent = Descent::none;
      if (strand == Strand::rate || strand == Strand::least) made.missing = MissingPolicy::strict;
    }
    if (rung == Rung::section && strand == Strand::graded) made.descent = Descent::none;  // below are goals
    inner_[s][r] = add(made, note);
  }
  held_[s] = inner(strand, Rung::section);
  bulk::MeasureClass held = classes[held_[s]];
  if (held.descent == Descent::none) return;
  held.descent = Descent::none;
  held_[s] = add(held, {Work::none, strand, true});
}

}  // namespace jenjang::synthetic
