// Classes, scales, the shape of the graph and the identity as streams of fields.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "jenjang/bulk/flat_plan.h"
#include "jenjang/bulk/row_facts.h"
#include "jenjang/snapshot/identity.h"

#include "engine/snapshot/bytes.h"

namespace jenjang::snapshot {

// Of each reader: false when the bytes are no such thing.
void write_classes(ByteWriter& out, const std::vector<bulk::MeasureClass>& classes);
bool read_classes(ByteReader& in, std::size_t scales, std::vector<bulk::MeasureClass>& classes);
void write_bounds(ByteWriter& out, const std::vector<bulk::ClassBounds>& bounds);
bool read_bounds(ByteReader& in, std::size_t count, std::vector<bulk::ClassBounds>& bounds);
void write_scales(ByteWriter& out, const std::vector<Scale>& scales);
bool read_scales(ByteReader& in, std::vector<Scale>& scales);

struct Shape {
  int year = 0;
  bool validated_lane = false, results = false;
  std::uint32_t pair_rows = 0;
  std::vector<std::uint32_t> level_begin;
};
void write_shape(ByteWriter& out, const Shape& shape);
bool read_shape(ByteReader& in, Shape& shape);

// The day of the figures, and what keeps rows from being written.
void write_row_facts(ByteWriter& out, const bulk::RowFacts& rows);
bool read_row_facts(ByteReader& in, std::size_t nodes, bulk::RowFacts& rows);

void write_identity(ByteWriter& out, const Identity& identity);
bool read_identity(ByteReader& in, Identity& identity);

}  // namespace jenjang::snapshot
