#include <array>

#include "jenjang/base/text.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {

std::optional<Fraction> read_fraction(FieldReader& fields, std::string_view key, DiagnosticSink& sink) {
  const auto text = fields.text(key);
  if (!text) return std::nullopt;
  const auto parts = split(text->value, '/');
  Fraction fraction{0, 1, text->span};
  std::array<std::int64_t*, 2> into{&fraction.num, &fraction.den};
  bool good = parts.size() <= 2;
  for (std::size_t i = 0; good && i < parts.size(); ++i) {
    const auto part = Decimal::parse(parts[i]);
    // A share is at most 1 and its parts are small; the bound keeps later products inside 64 bits.
    good = part && part->is_whole() && !part->is_negative() && *part <= Decimal{1'000'000};
    if (good) *into[i] = static_cast<std::int64_t>(part->normalised().mantissa());
    if (good && part->normalised().scale() != 0) good = false;
  }
  if (good && fraction.den > 0 && fraction.num <= fraction.den) return fraction;
  sink.report(
      make_diagnostic(Code::J1413, text->span).arg("apa", key).arg("nilai", text->value).arg("boleh", "0, 3/4, 1"));
  return std::nullopt;
}

}  // namespace jenjang
