// Scales: a band table (cut points to labels) or a grade list (labels to ranks and points).
//
// Bands are one list of cut points from the top down, never from-to pairs: they tile by
// construction. `open_below` says that a cut belongs to the band beneath it ("above 80" is A, 80
// itself is BB). The decision is made on the exact value against the pre-image of the cut under
// `decide_on`; docs/decisions explains why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rounding.h"
#include "jenjang/base/source_map.h"

namespace jenjang {

struct Band {
  std::string label;             // "BB"
  std::string name;              // "Sangat Baik"; may be empty
  std::optional<Decimal> above;  // lower cut; empty for the lowest band
  SourceSpan span;
};

struct GradePoint {
  std::string label;              // "Sangat Baik", "BB"
  std::optional<Decimal> points;  // value of the grade (AA = 100); empty when a rank only
  SourceSpan span;
};

struct Scale {
  enum class Kind : std::uint8_t { bands, grades } kind = Kind::bands;
  std::string id;           // "sakip-2021/predikat"
  std::vector<Band> bands;  // best or highest first, cuts strictly falling
  bool open_below = true;   // value on a cut belongs to the band beneath
  Rounding decide_on{RoundingMode::half_up, 2};
  std::optional<Decimal> domain_low, domain_high;  // outside: no label, finding J1706
  std::vector<GradePoint> grades;                  // best first; rank of grades[i] is size - i
  std::vector<std::string> ungraded;               // labels that mean "not assessed": never a rank
  std::string article;
  bool unverified = false;
  // A cut or a grade value that nobody knows: the scale may be listed, never decided on (J1412).
  bool has_empty_slot = false;
  std::string title;  // judul; may be empty
  std::string note;   // catatan: choices made, conflicts between sources
  SourceSpan span;
  std::string pack;

  [[nodiscard]] std::optional<std::size_t> find_grade(std::string_view label) const;  // exact label
  // Index of the band that owns an exact value; nullopt outside the range, and on a grade list.
  [[nodiscard]] std::optional<std::size_t> find_band(const Rational& value) const;
  [[nodiscard]] int rank(std::size_t grade_index) const { return static_cast<int>(grades.size() - grade_index); }
};

}  // namespace jenjang
