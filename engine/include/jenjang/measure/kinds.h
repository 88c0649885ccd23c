// The closed lists of the field: polarity, accumulation, aggregation, edge kinds, documents.
//
// Words are the regulations' own; docs/glossary.md gives the English name of each. Enumerators
// that reach files or snapshots are never renumbered.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace jenjang {

// Which direction is good.
enum class Polarity : std::uint8_t { higher, lower, range, stabilise, grade, context };
// How months make a year, and how a year's target becomes months (planning facts 5.1).
enum class Accumulation : std::uint8_t {
  increments,  // hitungan: increments, summed
  cumulative,  // kumulatif: running total entered; last counts
  position,    // posisi: last value
  average,     // rata-rata
  peak,        // puncak: largest
  release,     // rilis: official figure, never spread
};
// How children make their parent.
enum class Aggregation : std::uint8_t { leaf, sum, weighted_mean, ratio, minimum, maximum, share_meeting, table };
enum class EdgeKind : std::uint8_t { formula, support, crosscut };                  // rumus, pendukung, lintas
enum class Carry : std::uint8_t { value, achievement, score };                      // bawa: nilai, capaian, skor
enum class EdgeRole : std::uint8_t { operand, numerator, denominator, judgement };  // of a formula edge
enum class DocumentKind : std::uint8_t { rpjmd, rpd, renstra, renja, pk, skp, reference };
enum class StatementState : std::uint8_t { adopted, proposed, draft };  // ditetapkan, usulan, draf
// What a vertex is. `operand` is a raw quantity used by ratios (tonnes); `criterion`.. come from packs.
enum class ItemKind : std::uint8_t {
  goal,
  objective,
  programme,
  activity,
  sub_activity,
  work_result,  // tujuan .. rencana hasil kerja
  indicator,
  operand,
  criterion,
  sub_component,
  component,
  pack_total,
};
constexpr bool is_goal(ItemKind kind) {
  return kind <= ItemKind::work_result;
}

// What a roll-up does with children that have no number (algorithms 3.3).
// `carry` fills a hole with the latest earlier figure not older than MeasureSpec::carry_months, then skips the rest.
enum class MissingPolicy : std::uint8_t { strict, skip, zero, carry };  // ketat, lewati, nol, bawa-terakhir

// Where the limit of an achievement bites (algorithms 3.5): on each part before the mean, or on the mean alone.
enum class CapLevel : std::uint8_t { leaf, mean };  // daun, rata

// One table of words per list, in enumerator order: words(Polarity{})[i].
std::span<const std::string_view> polarity_words();      // naik turun rentang stabil tingkat konteks
std::span<const std::string_view> accumulation_words();  // hitungan kumulatif posisi rata-rata puncak rilis
std::span<const std::string_view>
aggregation_words();  // langsung jumlah rata-rata rasio minimum maksimum terpenuhi tabel
std::span<const std::string_view> edge_kind_words();        // rumus pendukung lintas
std::span<const std::string_view> carry_words();            // nilai capaian skor
std::span<const std::string_view> document_words();         // RPJMD RPD Renstra Renja PK SKP Acuan
std::span<const std::string_view> statement_state_words();  // ditetapkan usulan draf
std::span<const std::string_view> item_kind_words();        // tujuan sasaran program kegiatan sub_kegiatan hasil_kerja
                                                      // indikator operan kriteria subkomponen komponen nilai_paket
std::span<const std::string_view> missing_policy_words();  // ketat lewati nol bawa-terakhir
std::span<const std::string_view> cap_level_words();       // daun rata

inline std::string_view to_string(Polarity x) {
  return polarity_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(Accumulation x) {
  return accumulation_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(Aggregation x) {
  return aggregation_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(EdgeKind x) {
  return edge_kind_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(Carry x) {
  return carry_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(DocumentKind x) {
  return document_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(StatementState x) {
  return statement_state_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(ItemKind x) {
  return item_kind_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(CapLevel x) {
  return cap_level_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(MissingPolicy x) {
  return missing_policy_words()[static_cast<std::size_t>(x)];
}

}  // namespace jenjang
