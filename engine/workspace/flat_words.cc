#include "jenjang/workspace/flat_words.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace jenjang {
namespace {

constexpr std::pair<std::string_view, std::string_view> kWords[] = {
    {"table", "tabel tingkat"},
    {"judgement", "pertimbangan sebagai operan"},
    {"polarity", "polaritas rentang atau stabil di bawah terpenuhi"},
    {"mark", "ambang terpenuhi yang terlalu halus"},
    {"carry-forward", "bawa-terakhir"},
    {"least-coverage", "cakupan minimal"},
    {"cap-on-mean", "batas pada rata-rata"},
    {"grades", "skala tingkat"},
    {"leaf-above", "ukuran yang dilaporkan langsung tetapi punya turunan"},
    {"no-ties", "agregasi tanpa turunan yang dihitung"},
    {"mixed-carry", "turunan yang membawa nilai di samping yang membawa capaian"},
    {"mixed-ratio", "rasio dari operan di samping rasio lain"},
    {"zero-pair", "rasio yang menghitung pasangan hilang sebagai nol"},
    {"dated-tie", "bobot yang berubah di tengah tahun"},
    {"overlap", "tumpang tindih hasil bersama"},
    {"definitions", "dua definisi satu ukuran"},
    {"unit-life", "unit yang tidak ada sepanjang tahun"},
    {"weight", "bobot negatif atau terlalu halus"},
    {"target-form", "target yang bukan satu angka"},
    {"baseline", "baseline menurut definisi lama"},
    {"own-figure", "angka sendiri di atas turunannya"},
    {"verified-figure", "angka pemeriksa di samping klaim"},
    {"unvalidated-beside", "angka belum sah di samping angka lain"},
    {"digits", "angka yang terlalu panjang"},
    {"classes", "terlalu banyak jenis ukuran"},
    {"gates", "predikat yang bergerbang pada unit lain"},
    {"documents", "target sebagian tahun dari dokumen lain"},
};

}  // namespace

std::string_view indonesian_limit(std::string_view limit) {
  const auto* const found =
      std::find_if(std::begin(kWords), std::end(kWords), [&](const auto& word) { return word.first == limit; });
  return found == std::end(kWords) ? std::string_view() : found->second;
}

std::string indonesian_limits(std::string_view limits) {
  std::string text;
  while (!limits.empty()) {
    const std::size_t comma = limits.find(',');
    const std::string_view part = limits.substr(0, comma);
    const std::string_view name = part.substr(0, part.find(' '));
    const std::string_view word = indonesian_limit(name);
    text += word.empty() ? name : word;
    text += part.substr(name.size());
    if (comma == std::string_view::npos) break;
    text += ", ";
    limits.remove_prefix(std::min(comma + 2, limits.size()));
  }
  return text;
}

}  // namespace jenjang
