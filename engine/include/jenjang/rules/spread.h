// Spread (sebaran): how the predicates of a unit's staff may be distributed, given the unit's own predicate.
//
// Data of a pack: rows by the organisation's label, each a list of demands on the shares of groups of labels. Shares
// are whole-number fractions of the staff assessed, compared in integers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/source_map.h"

namespace jenjang {

struct SpreadShare {
  std::int64_t num = 0, den = 1;
};

// The labels together.
struct SpreadDemand {
  std::vector<std::string> labels;
  bool largest = false;                        // terbesar: no other single label has more
  std::optional<SpreadShare> at_most;          // paling_banyak
  std::optional<SpreadShare> at_least;         // paling_sedikit
  std::optional<std::int64_t> at_least_count;  // paling_sedikit_orang
  std::string article;
  bool unverified = false;
  SourceSpan span;
};

struct SpreadRow {
  std::string organisation;  // label of the organisation's predicate
  std::vector<SpreadDemand> demands;
  SourceSpan span;
};

struct PackSpread {
  std::string id, title, article, note;
  bool unverified = false;
  std::string organisation_scale, staff_scale;  // inside the pack
  std::vector<SpreadRow> rows;
  SourceSpan span;

  [[nodiscard]] const SpreadRow* row(std::string_view organisation) const;
};

}  // namespace jenjang
