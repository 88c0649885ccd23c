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
//
// A varied one has eight kinds in turn, one measure more for all governments, holds and crosscutting ties, and may have
// several provinces below a nation (engine/synthetic/outline.cc).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/graph/model.h"

namespace jenjang {

// The default is the size of Kalimantan Timur: some 60,000 civil servants of one provincial and ten
// district governments.
struct ProvinceSpec {
  std::uint64_t seed = 1;
  std::uint32_t staff = 61000;   // positions at the bottom: one measure each
  std::uint32_t provinces = 1;   // more than one: below a nation
  std::uint32_t districts = 10;  // of all provinces, besides their own governments; at least one each
  std::uint32_t agencies = 35;   // of each government
  std::uint32_t fields = 4;      // of each agency
  std::uint32_t sections = 4;    // of each field
  Granularity frequency = Granularity::month;
  int year = 2026;
  bool holdings = false;  // persons for every position, some of them moving within the year
  bool varied = false;    // every kind of measure; for plan folders only
  // Reports for every position and period, for plan folders only: 30 % exactly on a target that all share, 3 % missing,
  // 2 % with a state instead of a figure, 8 % not validated; half the official figures of the last periods awaited.
  bool facts = false;

  // A varied one of about so many measures, 1,000 to 11,000,000; `nation`: up to 38 provinces and 514 districts.
  static ProvinceSpec sized(std::uint64_t measures, bool nation);
  [[nodiscard]] std::uint32_t governments() const { return provinces + districts; }

  [[nodiscard]] std::uint64_t section_count() const;
  // The same spec with as few sections, fields, agencies and districts as leave about ten positions to a section; never
  // less than one position each.
  [[nodiscard]] ProvinceSpec fitted() const;
};

// Requires every count above 0, at most 99 districts of a province and 99 agencies, staff >= section_count(), one
// province, and neither `varied` nor `facts`. O(staff); about 0.7 kB a position.
Model make_province(const ProvinceSpec& spec);

// The same province as a plan folder. Paths are relative to it; nothing is written.
struct GeneratedFile {
  std::string path, text;
};
std::vector<GeneratedFile> write_province(const ProvinceSpec& spec);

// The same without holding the texts: `take` gets them piece by piece, all pieces of a file before the next file, and
// stops the writing with false. Some 70 bytes a position stay in memory, whatever the number of reports. False when
// stopped. At most 38 provinces.
using TakePiece = std::function<bool(const std::string& path, std::string_view piece)>;
bool stream_province(const ProvinceSpec& spec, const TakePiece& take);

}  // namespace jenjang
