#include <algorithm>

#include "jenjang/synthetic/nation.h"

namespace jenjang {
namespace {

constexpr std::uint64_t kProvinces = 38, kDistricts = 514;  // Kemendagri, since 2022
constexpr std::uint64_t kProvinceDistricts = 10;            // as Kalimantan Timur
constexpr std::uint64_t kSectionsOfAnAgency = 25;

std::uint64_t ends_of(const std::array<int, 2>& range) {
  return static_cast<std::uint64_t>(range[0]) + static_cast<std::uint64_t>(range[1]);
}

// Measures of a section: itself, and on average ten persons with five results each.
std::uint64_t measures_of_a_section(const NationSpec& spec) {
  return 1 + ends_of(spec.staff) * (2 + ends_of(spec.indicators)) / 4;
}

// Agencies, fields and sections so that the whole has `measures`.
NationSpec filled(NationSpec spec, std::uint64_t measures) {
  const std::uint64_t governments = spec.governments(), each = measures_of_a_section(spec);
  const std::uint64_t most = std::max<std::uint64_t>(1, measures / each / governments);
  spec.agencies = static_cast<std::uint32_t>(std::min<std::uint64_t>(35, most));
  const std::uint64_t agencies = governments * spec.agencies;
  const std::uint64_t above =
      agencies + std::uint64_t{spec.agencies} * (spec.provinces + 1) + governments + spec.provinces + 1;
  std::uint64_t sections = (measures - std::min(measures, above)) / each;
  // A field for some five sections is a measure too.
  const std::uint64_t fields = agencies * std::clamp<std::uint64_t>(sections / agencies / 5, 1, spec.fields);
  sections -= std::min(sections, fields / each);
  spec.sections = std::max(sections, agencies);
  spec.near_cut = measures / 300;
  return spec;
}

}  // namespace

NationSpec NationSpec::province(std::uint64_t measures) {
  NationSpec spec;
  spec.provinces = 1;
  // A district needs an agency for every affair before there is a further one.
  const std::uint64_t governments = measures / measures_of_a_section(spec) / 35;
  spec.districts =
      static_cast<std::uint32_t>(std::min(kProvinceDistricts, std::max<std::uint64_t>(1, governments) - 1));
  return filled(spec, measures);
}

NationSpec NationSpec::nation(std::uint64_t measures) {
  return filled(NationSpec{}, measures);
}

NationSpec NationSpec::sized(std::uint64_t measures) {
  NationSpec spec;
  const std::uint64_t governments = measures / measures_of_a_section(spec) / (35 * kSectionsOfAnAgency);
  // Up to twice the districts of a province, one large province.
  if (governments <= 2 * (kProvinceDistricts + 1)) return province(measures);
  const std::uint64_t all = std::min(governments, kProvinces + kDistricts);
  spec.provinces = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, all * kProvinces / (kProvinces + kDistricts)));
  spec.districts = static_cast<std::uint32_t>(all) - spec.provinces;
  return filled(spec, measures);
}

}  // namespace jenjang
