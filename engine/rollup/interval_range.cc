#include "engine/rollup/interval_range.h"

#include <algorithm>
#include <array>

#include "engine/rollup/number.h"

namespace jenjang::rollup {
namespace {

// Units of measure that count or weigh something: never below zero. An index or a score says nothing of the kind.
constexpr std::array<std::string_view, 38> kCounted{
    "ton",  "kg",        "kilogram",  "gram",      "liter",       "m3",           "m2",     "m",
    "km",   "km2",       "hektare",   "hektar",    "ha",          "orang",        "jiwa",   "kk",
    "unit", "buah",      "dokumen",   "laporan",   "kegiatan",    "kali",         "lokasi", "titik",
    "desa", "kelurahan", "kecamatan", "kabupaten", "sekolah",     "puskesmas",    "rumah",  "rumah tangga",
    "hari", "jam",       "bulan",     "rupiah",    "juta rupiah", "miliar rupiah"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return out;
}

PossibleRange between(const std::optional<Decimal>& least, const std::optional<Decimal>& most) {
  PossibleRange range;
  if (least) range.least = Rational(*least);
  if (most) range.most = Rational(*most);
  return range;
}

PossibleRange grades_of(const Scale& scale) {
  PossibleRange range;
  for (std::size_t i = 0; i < scale.grades.size(); ++i) {
    const Rational stands_for(scale.grades[i].points.value_or(Decimal(scale.rank(i))));
    if (!range.least || stands_for < *range.least) range.least = stands_for;
    if (!range.most || *range.most < stands_for) range.most = stands_for;
  }
  return range;
}

}  // namespace

PossibleRange point(const Rational& value) {
  PossibleRange range;
  range.least = range.most = value;
  return range;
}

PossibleRange plus(const PossibleRange& a, const PossibleRange& b) {
  PossibleRange sum;
  if (a.least && b.least) sum.least = *a.least + *b.least;
  if (a.most && b.most) sum.most = *a.most + *b.most;
  sum.attained = a.attained && b.attained;
  return sum;
}

PossibleRange times(const PossibleRange& range, const Rational& factor) {
  if (factor.is_zero()) return point(Rational());
  PossibleRange product;
  product.attained = range.attained;
  if (range.least) product.least = *range.least * factor;
  if (range.most) product.most = *range.most * factor;
  if (factor.sign() < 0) std::swap(product.least, product.most);
  return product;
}

PossibleRange extremum(const PossibleRange& a, const PossibleRange& b, bool largest) {
  // The end that an open side wins, and the one where only the closed side can.
  const auto open_wins = [&](const std::optional<Rational>& x, const std::optional<Rational>& y) {
    std::optional<Rational> end;
    if (x && y) end = largest ? std::max(*x, *y) : std::min(*x, *y);
    return end;
  };
  const auto closed_wins = [&](const std::optional<Rational>& x, const std::optional<Rational>& y) {
    return x && y ? open_wins(x, y) : x ? x : y;
  };
  PossibleRange best;
  best.least = largest ? closed_wins(a.least, b.least) : open_wins(a.least, b.least);
  best.most = largest ? open_wins(a.most, b.most) : closed_wins(a.most, b.most);
  best.attained = a.attained && b.attained;
  return best;
}

PossibleRange range_of(const Model& model, const Item& item) {
  const MeasureSpec& spec = item.spec;
  if (spec.least_possible || spec.most_possible) return between(spec.least_possible, spec.most_possible);
  if (spec.grade_scale.valid()) return grades_of(model.scale(spec.grade_scale));
  const std::string unit = lower(spec.unit_name);
  if (unit == "persen" || unit == "%") return between(Decimal(0), Decimal(100));
  const bool counted =
      item.kind == ItemKind::operand || std::find(kCounted.begin(), kCounted.end(), unit) != kCounted.end();
  return counted ? between(Decimal(0), std::nullopt) : PossibleRange{};
}

std::vector<Rational> samples(const PossibleRange& range, std::vector<Rational> cuts) {
  if (range.least) cuts.push_back(*range.least);
  if (range.most) cuts.push_back(*range.most);
  std::erase_if(cuts, [&](const Rational& cut) {
    return (range.least && cut < *range.least) || (range.most && *range.most < cut);
  });
  if (cuts.empty()) cuts.emplace_back();
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<Rational> points;
  if (!range.least) {
    points.push_back(cuts.front() - Rational(2));
    points.push_back(cuts.front() - Rational(1));
  }
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    points.push_back(cuts[i]);
    if (i + 1 < cuts.size()) points.push_back((cuts[i] + cuts[i + 1]) / Rational(2));
  }
  if (!range.most) {
    points.push_back(cuts.back() + Rational(1));
    points.push_back(cuts.back() + Rational(2));
  }
  return points;
}

}  // namespace jenjang::rollup
