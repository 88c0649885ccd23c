// Which goals stand in the evaluation of one year, and in which order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/graph/target_table.h"

namespace jenjang::evaluation {

// From the outside in; the order of the enumerators is that of nesting.
enum class Level : std::uint8_t { unit, affair, field, programme, activity, sub_activity };
std::string_view to_string(Level level);  // unit urusan bidang program kegiatan sub_kegiatan

struct Entry {
  Level level = Level::unit;
  UnitId unit;
  std::string code;  // path of a unit, code of all else
  NodeId goal;       // invalid above programmes
  std::string from;  // urusan and bidang: the code they were read from
};

// Documents of these kinds plan programmes: RPJMD, RPD, Renstra, Renja. Agreements of persons repeat them.
bool plans_programmes(DocumentKind kind);
// Adopted, of such a kind, about that year, and not replaced in it.
bool in_force(const Model& model, DocumentId document, int year);
// Indicators of a goal as declared: what its achievement is made of, then what only stands beside it.
std::vector<NodeId> indicators_of(const Model& model, NodeId goal);
// The ceiling of a goal, a measure of its own.
std::optional<NodeId> budget_of(const Model& model, NodeId goal);

// Units in tree order; in each its goals by code, those without a nomenclature code first, as declared.
std::vector<Entry> outline(const Model& model, std::string_view unit, int year);

}  // namespace jenjang::evaluation
