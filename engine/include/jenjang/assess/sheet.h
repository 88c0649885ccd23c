// Sheet: a pack template scored from its answers alone, wholly in exact rationals.
//
// The roll-up scores the same worksheet as part of the plan's graph, in doubles with exact decisions; a property test
// holds the two together. This form is what `reach`, `score --against` and the certificate compute with: it needs no
// model, and its figures are fractions that anybody can add again. Cost: one pass over the nodes of the template.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/rational.h"
#include "jenjang/rules/pack.h"

namespace jenjang {

// Code of a leaf (or "1.a/dipertahankan-1-tahun" for a judgement) -> answer as written. Blank or absent: not answered.
using SheetAnswers = std::map<std::string, std::string, std::less<>>;

struct SheetNode {
  std::size_t node = 0;  // index in PackTemplate::nodes
  std::optional<Rational>
      value;                    // exact: grade value of a leaf, points of an inner node; empty: nothing to compute from
  std::string label;            // grade of a leaf, grade found in a share table, band of a node with a scale
  std::string missing;          // code of the first answer it lacks
  int share_row = -1;           // row of the share table that held
  std::size_t met = 0, of = 0;  // criteria met, where a share table decides
  std::size_t held_by = SIZE_MAX;  // node of the control that held this answer down
};

struct SheetScore {
  std::vector<SheetNode> nodes;              // as PackTemplate::nodes
  std::optional<Decimal> printed;            // total under PackTemplate::rounding
  std::string predicate;                     // of the total, by score alone (gates are not looked at)
  std::vector<std::string> unknown_answers;  // codes or labels that the template or its scale does not have
  [[nodiscard]] const std::optional<Rational>& total() const { return nodes.front().value; }
};

// `mode` nullptr: a template without modes. The template has no empty slot and the mode is available (require_mode).
SheetScore score_sheet(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                       const SheetAnswers& answers);

}  // namespace jenjang
