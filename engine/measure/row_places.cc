#include "jenjang/measure/row_places.h"

#include <limits>

namespace jenjang {
namespace {

constexpr std::uint32_t kMost = std::numeric_limits<std::uint16_t>::max();

}  // namespace

RowPlaces::RowPlaces(const SourceSpan& number, const SourceSpan& address, const SourceSpan& unit,
                     const SourceSpan& period) {
  set_all({number, address, unit, period});
}

void RowPlaces::set(std::size_t cell, const SourceSpan& span) {
  Spans spans{number(), address(), unit(), period()};
  spans[cell] = span;
  release();
  forget();
  set_all(spans);
}

// On places that are forgotten.
void RowPlaces::set_all(const Spans& spans) {
  const SourceSpan* line = nullptr;
  for (const SourceSpan& span : spans) {
    if (span == SourceSpan{}) continue;
    if (line == nullptr) line = &span;
    const bool near = span.valid() && span.file == line->file && span.line == line->line && span.column != 0 &&
                      span.column <= kMost && span.length <= kMost;
    if (near) continue;
    cells_.far = new Spans(spans);
    line_ = 1;
    return;
  }
  if (line == nullptr) return;
  file_ = line->file;
  line_ = line->line;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    cells_.near[i] = {static_cast<std::uint16_t>(spans[i].column), static_cast<std::uint16_t>(spans[i].length)};
  }
}

void RowPlaces::copy(const RowPlaces& other) {
  if (other.is_far()) {
    cells_.far = new Spans(*other.cells_.far);
    file_ = FileId();
  } else {
    file_ = other.file_;
    cells_ = other.cells_;
  }
  line_ = other.line_;
}

}  // namespace jenjang
