// Word tables, each in the order of its enumeration. A static_assert ties the two together.
#include "jenjang/measure/kinds.h"

#include <array>

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 6> kPolarity{"naik", "turun", "rentang", "stabil", "tingkat", "konteks"};
static_assert(kPolarity.size() == static_cast<std::size_t>(Polarity::context) + 1);

constexpr std::array<std::string_view, 6> kAccumulation{"hitungan",  "kumulatif", "posisi",
                                                        "rata-rata", "puncak",    "rilis"};
static_assert(kAccumulation.size() == static_cast<std::size_t>(Accumulation::release) + 1);

constexpr std::array<std::string_view, 8> kAggregation{"langsung", "jumlah",   "rata-rata", "rasio",
                                                       "minimum",  "maksimum", "terpenuhi", "tabel"};
static_assert(kAggregation.size() == static_cast<std::size_t>(Aggregation::table) + 1);

constexpr std::array<std::string_view, 3> kEdgeKind{"rumus", "pendukung", "lintas"};
static_assert(kEdgeKind.size() == static_cast<std::size_t>(EdgeKind::crosscut) + 1);

constexpr std::array<std::string_view, 3> kCarry{"nilai", "capaian", "skor"};
static_assert(kCarry.size() == static_cast<std::size_t>(Carry::score) + 1);

constexpr std::array<std::string_view, 7> kDocument{"RPJMD", "RPD", "Renstra", "Renja", "PK", "SKP", "Acuan"};
static_assert(kDocument.size() == static_cast<std::size_t>(DocumentKind::reference) + 1);

constexpr std::array<std::string_view, 3> kStatementState{"ditetapkan", "usulan", "draf"};
static_assert(kStatementState.size() == static_cast<std::size_t>(StatementState::draft) + 1);

constexpr std::array<std::string_view, 12> kItemKind{"tujuan",       "sasaran",     "program",   "kegiatan",
                                                     "sub_kegiatan", "hasil_kerja", "indikator", "operan",
                                                     "kriteria",     "subkomponen", "komponen",  "nilai_paket"};
static_assert(kItemKind.size() == static_cast<std::size_t>(ItemKind::pack_total) + 1);

constexpr std::array<std::string_view, 4> kMissingPolicy{"ketat", "lewati", "nol", "bawa-terakhir"};
static_assert(kMissingPolicy.size() == static_cast<std::size_t>(MissingPolicy::carry) + 1);

constexpr std::array<std::string_view, 2> kCapLevel{"daun", "rata"};
static_assert(kCapLevel.size() == static_cast<std::size_t>(CapLevel::mean) + 1);

}  // namespace

std::span<const std::string_view> polarity_words() {
  return kPolarity;
}
std::span<const std::string_view> accumulation_words() {
  return kAccumulation;
}
std::span<const std::string_view> aggregation_words() {
  return kAggregation;
}
std::span<const std::string_view> edge_kind_words() {
  return kEdgeKind;
}
std::span<const std::string_view> carry_words() {
  return kCarry;
}
std::span<const std::string_view> document_words() {
  return kDocument;
}
std::span<const std::string_view> statement_state_words() {
  return kStatementState;
}
std::span<const std::string_view> item_kind_words() {
  return kItemKind;
}
std::span<const std::string_view> missing_policy_words() {
  return kMissingPolicy;
}
std::span<const std::string_view> cap_level_words() {
  return kCapLevel;
}

}  // namespace jenjang
