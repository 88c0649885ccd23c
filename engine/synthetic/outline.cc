#include "engine/synthetic/outline.h"

#include <algorithm>
#include <array>

#include "engine/synthetic/random.h"

namespace jenjang {

std::uint64_t ProvinceSpec::section_count() const {
  return std::uint64_t{governments()} * agencies * fields * sections;
}

ProvinceSpec ProvinceSpec::sized(std::uint64_t measures, bool nation) {
  constexpr std::uint64_t kKinds = 8, kProvinces = 38, kDistricts = 514;
  // A section of some ten positions, and its share of what stands above it.
  const std::uint64_t all_sections = std::max<std::uint64_t>(measures * 2 / 23, 2 * kKinds);
  ProvinceSpec spec;
  spec.varied = true;
  // Governments as long as each may have an agency of every kind.
  const std::uint64_t most = nation ? kProvinces + kDistricts : spec.districts + 1;
  const std::uint64_t governments = std::clamp<std::uint64_t>(all_sections / kKinds, nation ? 4 : 2, most);
  if (nation) {
    spec.provinces = static_cast<std::uint32_t>(std::max<std::uint64_t>(2, governments * kProvinces / most));
  }
  spec.districts = static_cast<std::uint32_t>(governments) - spec.provinces;
  spec.agencies = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(all_sections / governments, 1, 35));
  const std::uint64_t of_an_agency = all_sections / governments / spec.agencies;
  spec.fields = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(of_an_agency / 5, 1, 8));
  spec.sections = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, of_an_agency / spec.fields));
  const std::uint64_t agencies = governments * spec.agencies;
  const std::uint64_t above = std::uint64_t{spec.agencies} * (1 + (nation ? spec.provinces : 0)) + 2 * agencies +
                              agencies * spec.fields + spec.section_count();
  // A position whose measure is a ratio has two operands besides.
  const std::uint64_t ratios = (spec.agencies + 1) / kKinds;
  const std::uint64_t staff = (measures - std::min(measures, above)) * spec.agencies / (spec.agencies + 2 * ratios);
  spec.staff = static_cast<std::uint32_t>(std::max(staff, spec.section_count()));
  return spec;
}

ProvinceSpec ProvinceSpec::fitted() const {
  constexpr std::uint64_t kPositionsOfASection = 9;
  ProvinceSpec smaller = *this;
  for (std::uint32_t* count : {&smaller.sections, &smaller.fields, &smaller.agencies, &smaller.districts}) {
    while (*count > 1 && smaller.section_count() * kPositionsOfASection > staff) {
      --*count;
    }
  }
  smaller.staff = static_cast<std::uint32_t>(std::max<std::uint64_t>(staff, smaller.section_count()));
  return smaller;
}

namespace synthetic {
namespace {

std::string numbered(const std::string& word, std::uint32_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return word + std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

class Builder {
public:
  explicit Builder(const ProvinceSpec& spec) : spec_(spec), random_(spec.seed) {}

  Outline build() {
    outline_.units.reserve(spec_.staff + spec_.section_count() * 2);
    if (spec_.provinces == 1) {
      outline_.provinces.push_back(add("99", "provinsi", kNone, 0));
      add_governments(outline_.provinces.front(), spec_.districts);
    } else {
      const std::uint32_t nation = add("99", "negara", kNone, 0);
      for (std::uint32_t p = 0; p < spec_.provinces; ++p) {
        outline_.provinces.push_back(add(std::to_string(kFreeCodes[p]), "provinsi", nation, 0));
        const auto below = [this](std::uint32_t count) { return spec_.districts * count / spec_.provinces; };
        add_governments(outline_.provinces.back(), below(p + 1) - below(p));
      }
    }
    for (const std::uint32_t government : outline_.governments) {
      outline_.units_of.push_back(static_cast<std::uint32_t>(outline_.units.size()));
      for (std::uint32_t affair = 1; affair <= spec_.agencies; ++affair) {
        add_agency(government, affair);
      }
    }
    outline_.units_of.push_back(static_cast<std::uint32_t>(outline_.units.size()));
    sum_workloads();
    for (std::uint32_t affair = 1; affair <= spec_.agencies; ++affair) {
      outline_.measures.push_back(spec_.varied ? varied_measure(affair) : measure(affair));
    }
    if (spec_.holdings) {
      add_holdings();
    }
    return std::move(outline_);
  }

private:
  std::uint32_t add(std::string path, std::string_view kind, std::uint32_t parent, std::uint32_t affair) {
    outline_.units.push_back({std::move(path), kind, parent, affair, 0});
    return static_cast<std::uint32_t>(outline_.units.size() - 1);
  }

  // Two digits that no Indonesian province has.
  static constexpr std::array<int, 38> kFreeCodes{22, 23, 24, 25, 26, 27, 28, 29, 30, 37, 38, 39, 40,
                                                  41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 54, 55, 56,
                                                  57, 58, 59, 60, 66, 67, 68, 69, 70, 77, 78, 79};

  void add_governments(std::uint32_t province, std::uint32_t districts) {
    const std::string code = outline_.units[province].path;
    outline_.governments.push_back(add(code + "/pemprov", "pemprov", province, 0));
    for (std::uint32_t d = 1; d <= districts; ++d) {
      outline_.governments.push_back(add(numbered(code + ".", d, 2), "kabkota", province, 0));
    }
  }

  std::string below(std::uint32_t parent, const std::string& part) const {
    return outline_.units[parent].path + "/" + part;
  }

  void add_agency(std::uint32_t government, std::uint32_t affair) {
    const std::uint32_t agency = add(below(government, numbered("dinas-", affair, 2)), "opd", government, affair);
    for (std::uint32_t f = 1; f <= spec_.fields; ++f) {
      const std::uint32_t field = add(below(agency, numbered("bidang-", f, 1)), "bidang", agency, affair);
      for (std::uint32_t s = 1; s <= spec_.sections; ++s) {
        add_section(field, s, affair);
      }
    }
  }

  // Sections differ in size by up to a half around the mean; the last takes what is left.
  void add_section(std::uint32_t field, std::uint32_t number, std::uint32_t affair) {
    const std::uint32_t section = add(below(field, numbered("seksi-", number, 1)), "seksi", field, affair);
    const std::uint64_t sections_left = spec_.section_count() - sections_made_;
    const std::uint64_t staff_left = spec_.staff - staff_made_;
    const std::uint64_t mean = staff_left / sections_left;
    std::uint64_t size = staff_left;
    if (sections_left > 1) {
      size = mean + random_.below(static_cast<std::uint32_t>(mean) + 1) - mean / 2;
      size = std::clamp<std::uint64_t>(size, 1, staff_left - (sections_left - 1));
    }
    for (std::uint32_t p = 1; p <= size; ++p) {
      const std::uint32_t position = add(numbered("p-", p, 3), "jabatan", section, affair);
      outline_.units[position].workload = 1 + random_.below(20);
    }
    ++sections_made_;
    staff_made_ += size;
  }

  void sum_workloads() {
    for (std::size_t u = outline_.units.size(); u-- > 1;) {
      outline_.units[outline_.units[u].parent].workload += outline_.units[u].workload;
    }
  }

  // Between `low` and `high` hundredths.
  Decimal percent(std::uint32_t low, std::uint32_t high) {
    return Decimal::from_parts(low + random_.below(high - low), 2);
  }

  // By affair number modulo 8:
  //   1  jumlah, proporsional by beban_kerja, hitungan      5  minimum, sama, posisi
  //   2  rata-rata, sama, akumulasi rata-rata               6  maksimum, sama, puncak; lower is better, L1
  //   3  jumlah, rata, kumulatif                            7  rasio of two counts, sama
  //   4  rata-rata, tutup-selisih, then sama; posisi        0  rata-rata, sama, rilis; missing counts as nought
  OutlineMeasure varied_measure(std::uint32_t affair) {
    OutlineMeasure varied = measure(affair % 8 == 1 || affair % 8 == 3 ? affair : affair % 8 == 4 ? affair : 2);
    varied.code = numbered("IND-", affair, 2);
    if (varied.aggregation == Aggregation::sum) {
      // Ten times as many pieces: no position is left without one in a month.
      varied.target = Decimal::from_parts(varied.target.mantissa() * 10, 0);
      varied.baseline = Decimal::from_parts(varied.baseline.mantissa() * 10, 0);
    }
    switch (affair % 8) {
      case 3:
        varied.accumulation = Accumulation::cumulative;
        break;
      case 5:
        varied.aggregation = Aggregation::minimum;
        varied.accumulation = Accumulation::position;
        varied.step = Decimal::from_parts(1, 1);
        varied.target = Decimal::from_parts(700, 1);
        varied.baseline = Decimal::from_parts(600, 1);
        break;
      case 6:
        varied.aggregation = Aggregation::maximum;
        varied.accumulation = Accumulation::peak;
        varied.unit_name = "menit";
        varied.lower = true;
        varied.cap = 120;
        varied.step = Decimal(1);
        varied.target = Decimal(45);
        varied.baseline = Decimal(60);
        break;
      case 7:
        varied.aggregation = Aggregation::ratio;
        break;
      case 0:
        varied.accumulation = Accumulation::release;
        varied.cap = 110;
        varied.missing_as_zero = true;
        break;
      default:
        break;
    }
    return varied;
  }

  OutlineMeasure measure(std::uint32_t affair) {
    OutlineMeasure measure;
    measure.code = numbered("IND-", affair, 2);
    const bool counted = affair % 2 == 1;
    if (counted) {
      // Some forty pieces of work a position and year.
      const std::uint64_t positions = spec_.staff / spec_.agencies + 1;
      measure.target = Decimal(static_cast<std::int64_t>(positions * 40 + random_.below(1000)));
      measure.baseline = Decimal(static_cast<std::int64_t>(positions * 36));
      measure.step = Decimal(1);
      measure.unit_name = "berkas";
      measure.method = affair % 4 == 1 ? "proporsional" : "rata";
      measure.top_method = measure.method;
      return measure;
    }
    measure.aggregation = Aggregation::weighted_mean;
    measure.accumulation = affair % 4 == 2 ? Accumulation::average : Accumulation::position;
    measure.step = Decimal::from_parts(1, 2);
    measure.target = percent(8000, 9500);
    measure.baseline = percent(7000, 8000);
    measure.method = "sama";
    measure.top_method = measure.method;
    if (affair % 4 == 0) {
      measure.top_method = "tutup-selisih";
      for (std::size_t g = 0; g < outline_.governments.size(); ++g) {
        measure.baselines.push_back(percent(5500, 8000));
      }
    }
    return measure;
  }

  // Three in four positions are held all year by one person, the others change hands, some with a gap.
  void add_holdings() {
    std::uint32_t person = 0;
    for (std::uint32_t u = 0; u < outline_.units.size(); ++u) {
      if (outline_.units[u].kind != "jabatan") {
        continue;
      }
      const Date start{spec_.year - 1 - static_cast<int>(random_.below(5)), 1 + static_cast<int>(random_.below(12)), 1};
      if (random_.below(4) != 0) {
        outline_.holdings.push_back({u, numbered("P", ++person, 7), start, std::nullopt});
        continue;
      }
      const int month = 1 + static_cast<int>(random_.below(10));
      const int day = 1 + static_cast<int>(random_.below(27));
      outline_.holdings.push_back({u, numbered("P", ++person, 7), start, Date{spec_.year, month, day}});
      const bool gap = random_.below(3) == 0;
      outline_.holdings.push_back({u, numbered("P", ++person, 7),
                                   gap ? Date{spec_.year, month + 2, 1} : Date{spec_.year, month, day + 1},
                                   std::nullopt});
    }
  }

  const ProvinceSpec& spec_;
  Random random_;
  Outline outline_;
  std::uint64_t sections_made_ = 0, staff_made_ = 0;
};

}  // namespace

std::string Outline::path(std::uint32_t unit) const {
  const OutlineUnit& entry = units[unit];
  return entry.kind == "jabatan" ? units[entry.parent].path + "/" + entry.path : entry.path;
}

Outline make_outline(const ProvinceSpec& spec) {
  return Builder(spec).build();
}

}  // namespace synthetic
}  // namespace jenjang
