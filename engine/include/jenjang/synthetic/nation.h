// A synthetic nation straight into the columns of jenjang/bulk: for measuring at 10^3 to 3x10^7 measures.
//
// Nation, provinces, governments (a province's own and its districts), agencies, fields, sections, persons, and at the
// bottom the work results of each person. A government has one agency for every affair; the measure of an affair is a
// pyramid from the persons over section, field and agency to province and nation, of one of twelve kinds in turn
// (engine/synthetic/nation_classes.h). Beside the pyramids stand the goals of governments, provinces and nation over
// the achievements of their affairs. Every name, weight and figure is invented; scales and cuts are those of
// regulations.
//
// Same spec, same bytes, for any number of threads and on any machine: the shape comes from one sequence of random
// numbers, a figure from seed, node and month alone.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "jenjang/bulk/figures.h"
#include "jenjang/bulk/flat_plan.h"

namespace jenjang {

struct NationSpec {
  std::uint64_t seed = 1;
  std::uint32_t provinces = 38;
  std::uint32_t districts = 514;        // of all provinces, as even as can be
  std::uint32_t agencies = 35;          // of each government, four more or less
  std::uint32_t fields = 6;             // of each agency at most
  std::uint64_t sections = 0;           // of the whole plan; agencies differ by up to a half. At least one each.
  std::array<int, 2> staff{8, 12};      // of a section
  std::array<int, 2> indicators{4, 6};  // of a person
  int year = 2026;

  // Shares of 1. Of persons' results, persons and sections: those with a second parent; a fifth of them have a third.
  double crosscut = 0.05;
  // Of leaf cells: no report, and a measure that does not apply. Of cells of official figures: not yet released.
  double empty = 0.03, not_applicable = 0.01, awaiting_release = 0.10;
  double unvalidated = 0.08;  // of facts
  // Of facts: exactly on target. Only where the target is known before a cascade, at most all of these.
  double on_target = 0.30;
  double held = 0.03;    // of sections in a cascaded pyramid: those whose persons have targets of their own
  int as_of_month = 12;  // later months are not due
  // Cells whose exact figure lies on a cut, on its rounding pre-image, or less than one unit in the last place of a
  // double from it, spread over all levels; fewer where a level has no room.
  std::uint64_t near_cut = 0;
  bool validated_lane = true;

  // Of roughly so many measures, within 5 %. From 1,000.
  static NationSpec province(std::uint64_t measures = 1'000'000);  // at most 10 districts
  static NationSpec nation(std::uint64_t measures = 30'000'000);   // 38 provinces, 514 districts; from 1,300,000
  static NationSpec sized(std::uint64_t measures);                 // a province, parts of a nation, the nation
  [[nodiscard]] std::uint32_t governments() const { return provinces + districts; }
};

// A cell put where a decision is hard.
struct NearCut {
  std::uint32_t node = 0;
  std::uint8_t month = 0;
  std::int8_t side = 0;    // of the point: -1 below it, 0 on it, +1 above
  std::int32_t point = 0;  // the cut or pre-image in half hundredths: 18001 is 90.005
  bool on_value = false;   // else on the achievement
};

struct FlatNation {
  bulk::FlatPlan plan;
  bulk::Figures figures;          // leaves filled; targets of nodes that no parent gives one
  std::vector<NearCut> near_cut;  // by level
};

// Requires every count above 0 (districts may be 0), sections at least the number of agencies, at most 2^30 measures.
FlatNation make_nation(const NationSpec& spec, unsigned threads = 1);

}  // namespace jenjang
