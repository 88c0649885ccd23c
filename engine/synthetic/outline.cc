#include "engine/synthetic/outline.h"

#include <algorithm>

#include "engine/synthetic/random.h"

namespace jenjang {

std::uint64_t ProvinceSpec::section_count() const {
  return std::uint64_t{districts + 1} * agencies * fields * sections;
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
    const std::uint32_t province = add("99", "provinsi", kNone, 0);
    outline_.governments.push_back(add("99/pemprov", "pemprov", province, 0));
    for (std::uint32_t d = 1; d <= spec_.districts; ++d) {
      outline_.governments.push_back(add(numbered("99.", d, 2), "kabkota", province, 0));
    }
    for (const std::uint32_t government : outline_.governments) {
      for (std::uint32_t affair = 1; affair <= spec_.agencies; ++affair) {
        add_agency(government, affair);
      }
    }
    sum_workloads();
    for (std::uint32_t affair = 1; affair <= spec_.agencies; ++affair) {
      outline_.measures.push_back(measure(affair));
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
      const std::uint32_t position = add(below(section, numbered("p-", p, 3)), "jabatan", section, affair);
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

Outline make_outline(const ProvinceSpec& spec) {
  return Builder(spec).build();
}

}  // namespace synthetic
}  // namespace jenjang
