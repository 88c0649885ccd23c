// A synthetic province of any size: governments, agencies, fields, sections, positions, and one
// measure for every position, cascaded from the governor down by a mixture of methods.
//
// Deterministic: the same spec gives the same province on any machine. Every figure is invented and
// marked `ilustratif`; codes start with 99, which no Indonesian province has.
//
// Each of the `agencies` affairs has one measure, IND-01 .. : governor -> governments -> agency of
// that affair -> fields -> sections -> positions. By affair number modulo 4:
//   1  jumlah, proporsional by beban_kerja, whole numbers, hitungan
//   2  rata-rata, sama, akumulasi rata-rata
//   3  jumlah, rata, whole numbers, hitungan
//   0  rata-rata, tutup-selisih from baselines of the governments, then sama; akumulasi posisi
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "jenjang/graph/model.h"

namespace jenjang {

// The default is the size of Kalimantan Timur: some 60,000 civil servants of one provincial and ten
// district governments.
struct ProvinceSpec {
  std::uint64_t seed = 1;
  std::uint32_t staff = 61000;   // positions at the bottom: one measure each
  std::uint32_t districts = 10;  // besides the provincial government itself
  std::uint32_t agencies = 35;   // of each government
  std::uint32_t fields = 4;      // of each agency
  std::uint32_t sections = 4;    // of each field
  Granularity frequency = Granularity::month;
  int year = 2026;
  bool holdings = false;  // persons for every position, some of them moving within the year

  [[nodiscard]] std::uint64_t section_count() const;
  // The same spec with as few sections, fields, agencies and districts as leave about ten positions to a section; never
  // less than one position each.
  [[nodiscard]] ProvinceSpec fitted() const;
};

// Requires every count above 0, at most 99 districts and agencies, and staff >= section_count().
// O(staff); about 0.7 kB a position.
Model make_province(const ProvinceSpec& spec);

// The same province as a plan folder. Paths are relative to it; nothing is written.
struct GeneratedFile {
  std::string path, text;
};
std::vector<GeneratedFile> write_province(const ProvinceSpec& spec);

}  // namespace jenjang
