// Bands of a total as whole numbers of its unit.
#include "engine/assess/bulk_program.h"

namespace jenjang {
namespace {

// The least whole number of the total's unit in a half line; INT64_MAX where that is beyond them.
std::int64_t least_in(const HalfLine& line, const ReducedFraction& unit) {
  const Rational bound = line.bound / unit.to_rational();
  const std::optional<Int128> below = bound.floor();
  if (!below) return line.bound.sign() > 0 ? INT64_MAX : INT64_MIN;
  const bool on_it = Rational(Decimal::from_parts(*below, 0)) == bound;
  const Int128 least = *below + (on_it && line.inclusive ? 0 : 1);
  if (least > kMostBulkSum) return INT64_MAX;
  return least < -kMostBulkSum ? INT64_MIN : static_cast<std::int64_t>(least);
}

}  // namespace

BulkLimit cut_total(BulkProgramParts& parts) {
  const TemplateNode& root = parts.tmpl->nodes.front();
  const ReducedFraction& unit = parts.units.front();
  const Scale* const scale = root.scale.empty() ? nullptr : parts.pack->scale(root.scale);
  if (scale == nullptr || scale->kind != Scale::Kind::bands) return BulkLimit::none;
  if (scale->bands.size() >= kNoBand) return BulkLimit::rule;
  if (scale->domain_low) parts.low = least_in(preimage_above(*scale->domain_low, false, scale->decide_on), unit);
  if (scale->domain_high) parts.end = least_in(preimage_above(*scale->domain_high, true, scale->decide_on), unit);
  for (const Band& band : scale->bands) {
    if (!band.above) {
      parts.open_end = true;
      break;
    }
    parts.cuts.push_back(least_in(preimage_above(*band.above, scale->open_below, scale->decide_on), unit));
  }
  return BulkLimit::none;
}

}  // namespace jenjang
