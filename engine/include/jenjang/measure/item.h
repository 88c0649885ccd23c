// Item: the declaration of an indicator or a goal. A node is an item at an org unit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/source_map.h"
#include "jenjang/base/strong_id.h"
#include "jenjang/measure/achievement.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/measure/period.h"

namespace jenjang {

using ItemId = StrongId<struct ItemTag>;
using DocumentId = StrongId<struct DocumentTag>;
// A band table or grade scale held by the Model (from a pack or the plan).
using ScaleId = StrongId<struct ScaleTag>;

// Everything that says how a measure behaves. Goals use aggregation, carry and missing only.
struct MeasureSpec {
  std::string unit_name;  // satuan: persen, indeks, ton ...
  Polarity polarity = Polarity::context;
  Accumulation accumulation = Accumulation::position;
  Aggregation aggregation = Aggregation::leaf;
  // ambang: the value that a child of `terpenuhi` must reach, by its polarity; empty: its own target.
  std::optional<Decimal> mark;
  MissingPolicy missing = MissingPolicy::skip;           // children without a figure
  MissingPolicy missing_time = MissingPolicy::skip;      // periods of a year without a figure (own facts)
  int carry_months = 0;                                  // bawa-terakhir: the age at which a figure is too old
  std::optional<Decimal> least_coverage;                 // cakupan_minimal: below this share (0..1) there is no result
  std::optional<Decimal> least_possible, most_possible;  // rentang_nilai: between these lies any figure not reported
  CapLevel cap_level = CapLevel::leaf;                   // batas_pada, of a parent that carries achievements
  std::string workflow;  // alur: "PACK/ID" of the state machine of its facts; empty: none
  AchievementSpec achievement;
  Granularity frequency = Granularity::year;  // finest period of its targets and facts
  std::vector<Decimal> profile;               // weights of the periods of one year at `frequency`; empty = equal
  // profil_seri: an indicator series by period whose movement the parts of the years follow (Denton
  // proportional first differences); empty: `profile` decides. Sorted by period, one granularity.
  struct SeriesPoint {
    Period period;
    Decimal value;
  };
  std::vector<SeriesPoint> profile_series;
  Decimal step{};                               // smallest unit of a target; zero = derive from the digits written
  Rounding rounding{RoundingMode::half_up, 2};  // of the printed value
  Decimal factor{1};  // value = factor x aggregate: 100 for a percent ratio, bobot/100 for a SAKIP sub-component
  std::uint32_t share_table = UINT32_MAX;  // tabel: index into Model::share_tables
  int definition_version = 1;              // definisi.versi; values of different versions never mix
  std::optional<int> definition_since;     // first year the current version applies to
  ScaleId grade_scale;                     // labels of a `tingkat` measure (rank numbers as values)
  ScaleId value_bands;                     // predicate from the value
  ScaleId achievement_bands;               // predicate from the achievement
};

struct Item {
  std::string code;
  ItemKind kind = ItemKind::indicator;
  std::string title;    // uraian
  DocumentId document;  // where it is declared (not where it is merely cited)
  MeasureSpec spec;
  std::string definition;      // definisi.uraian
  std::string source;          // sumber
  std::string owner;           // pengampu: unit path relative or absolute, as written
  std::string success_factor;  // faktor_kunci (CSF)
  std::string article;         // from a pack: regulation and article
  std::string pack;            // from a pack: its id; empty otherwise
  bool illustrative = false;   // tanda: ilustratif
  bool unverified = false;     // tanda: belum-diverifikasi
  bool external = false;       // figure fixed outside (surat: number and date in `source`)
  std::string national;        // pembanding.nasional: address of the figure to compare with; empty: same code at "00"
  SourceSpan span;             // of its code
  [[nodiscard]] bool is_measure() const { return !is_goal(kind); }
};

struct Document {
  DocumentKind kind = DocumentKind::rpd;
  std::string code;  // "RPD-64"
  std::string title;
  std::string unit;  // path
  PeriodRange years;
  int first_plan_year = 0;  // tahun_ke_1: the calendar year of plan year 1; 0: the first of `years`
  std::string replaces;     // menggantikan: code of another document; empty otherwise
  std::string valid_from;   // berlaku: ISO date; empty when not stated
  StatementState state = StatementState::adopted;
  bool illustrative = false;
  SourceSpan span;
};

}  // namespace jenjang
