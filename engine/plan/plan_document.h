// The plan as written: structs that mirror the YAML, every field with its place. Nothing here is
// resolved: units are paths, references are text, selectors are words.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/base/arena.h"
#include "jenjang/base/decimal.h"
#include "jenjang/base/rounding.h"
#include "jenjang/base/source_map.h"
#include "jenjang/measure/achievement.h"
#include "jenjang/measure/address.h"
#include "jenjang/measure/cascade_rule.h"
#include "jenjang/measure/holding.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/measure/org_unit.h"
#include "jenjang/measure/period.h"
#include "jenjang/measure/statement.h"
#include "jenjang/source/yaml_fields.h"

namespace jenjang {

// `tanda`: what a reader must be told about a figure. Labels only ever add up on the way down.
struct PlanLabels {
  bool illustrative = false;
  bool unverified = false;
  [[nodiscard]] PlanLabels with(const PlanLabels& outer) const {
    return {illustrative || outer.illustrative, unverified || outer.unverified};
  }
};

using LocatedView = Located<KeptText>;
// A roster may have a million rows, so texts stand in the file they were read from or in PlanDocumentSet::kept; lists
// and the names in them always there, for the model takes them over.
struct PlanUnit {
  LocatedView path;
  KeptText name;
  KeptText kind;
  std::optional<LocatedView> parent;
  KeptText bps_code;
  KeptText cluster;
  std::span<UnitAttribute> attributes;  // by name; of two with one name the first counts, and only it is here
  std::span<UnitLabel> classes;         // likewise: words by which units are grouped
  PlanLabels labels;                    // also of every attribute

  void add_labels(const PlanLabels& outer) {
    labels = labels.with(outer);
    for (UnitAttribute& attribute : attributes) attribute.illustrative = labels.illustrative;
  }
};
// Puts an attribute or a label where it belongs in the list of a unit.
template <class Entry>
void put_by_name(std::vector<Entry>& list, const Entry& entry) {
  const auto at = std::ranges::lower_bound(list, entry.name, {}, &Entry::name);
  if (at == list.end() || at->name != entry.name) list.insert(at, entry);
}

// One term of a selector: a word (kind, path or address), or the map form.
struct PlanSelectorTerm {
  LocatedText word;                                             // empty in the map form
  std::optional<LocatedText> kind;                              // jenis
  std::optional<LocatedText> inside;                            // di
  std::vector<LocatedText> except;                              // kecuali
  std::vector<std::pair<LocatedText, LocatedText>> conditions;  // dengan: attribute, value
  SourceSpan span;
};
using PlanSelector = std::vector<PlanSelectorTerm>;

// When a figure counts. A bare value has none of the three.
struct PlanWhen {
  std::optional<Period> period;
  std::optional<PeriodRange> range;  // 2024..2026: the end-of-plan cell
  std::optional<int> plan_year;      // ke-3: counted from the first plan year of the document
  SourceSpan span;
};
// One figure of a `target`, `baseline` or `pagu` map.
struct PlanFigure : PlanWhen {
  LocatedText text;
};
// A figure or limits set by hand, with the grounds they stand on: `tahan` and `batas`.
struct PlanHold {
  PlanWhen when;                              // of `batas` without periods: every year of the document
  std::optional<LocatedText> value;           // nilai; without it there are limits
  std::optional<LocatedDecimal> least, most;  // minimal, maksimal
  Grounds grounds;
  PlanLabels labels;
  SourceSpan span;
};
struct PlanPath {
  PathShape shape = PathShape::linear;
  std::vector<Decimal> shares;  // given: fractions of the way
};
struct PlanSeriesPoint {
  Period period;
  Decimal value;
};

// One rung of a `kaskade` ladder.
struct PlanRung {
  PlanSelector to;
  LocatedText method;
  std::vector<DriverTerm> driver;                              // pemacu; names as written
  bool driver_is_good = true;                                  // false: written, but no family can be made of it
  std::vector<std::pair<LocatedText, LocatedDecimal>> shares;  // bagian: unit path, share
  std::optional<LocatedText> margin;                           // baris
  std::optional<PartRounding> rounding;
  std::optional<Located<ExpiredPolicy>> on_expired;
  std::optional<LocatedText> calendar;  // kalender: PACK/CODE that says what an ended plan shows
  std::optional<RuleLimit> least, most;
  std::vector<std::pair<LocatedText, std::vector<PlanHold>>> bounds;  // batas: unit path, limits
  std::optional<ZeroDriverPolicy> on_zero_driver;
  std::optional<LocatedDecimal> step;
  std::vector<CascadeRule::Parameter> parameters;
  SourceSpan span;
};

struct PlanOperand {
  LocatedText code;
  std::optional<LocatedText> unit_name;
  std::optional<Located<Accumulation>> accumulation;
  std::optional<Located<Granularity>> frequency;
};

// data_hilang: what units and periods without a figure do.
struct PlanMissing {
  std::optional<Located<MissingPolicy>> units, time;
  std::optional<Located<std::int64_t>> age;      // umur, months
  std::optional<LocatedDecimal> least_coverage;  // cakupan_minimal, 0..1
  SourceSpan span;
};
// rentang_nilai
struct PlanPossible {
  std::optional<LocatedDecimal> least, most;
};

// bobot: one number, or by the first year from which each holds.
struct PlanYearWeight {
  int from = 0;
  LocatedDecimal weight;
};
struct PlanWeight {
  Decimal value{1};  // with years: the latest
  SourceSpan span;
  std::vector<PlanYearWeight> years;  // rising; empty: `value` in every year
};

struct PlanAggregation {
  std::optional<Located<Aggregation>> way;
  std::optional<LocatedDecimal> mark;  // ambang: the value that a child of `terpenuhi` must reach
  PlanSelector from;
  std::optional<LocatedText> weight_attribute;
  std::vector<std::pair<LocatedText, PlanWeight>> weights;            // by address or unit path
  std::optional<LocatedText> group;                                   // kelompok: the unit label that makes the classes
  std::vector<std::pair<LocatedText, LocatedDecimal>> group_weights;  // bobot_kelompok: by class
  std::vector<LocatedText> numerators, denominators;
  std::optional<LocatedDecimal> factor;
  PlanMissing missing;
  std::vector<PlanOperand> operands;
  SourceSpan span;
};

struct PlanAchievement {
  std::optional<Located<AchievementFormula>> formula;
  std::optional<LocatedDecimal> cap, floor;
  std::optional<Located<CapLevel>> cap_level;  // batas_pada
  std::optional<Located<ZeroTargetRule>> on_zero_target;
  std::optional<Located<Rounding>> rounding;
};

struct PlanDenominatorRow {
  LocatedText code, unit;
  int year = 0;
  LocatedDecimal value;
  bool illustrative = false;
};

struct PlanCrosscut {
  LocatedText unit;
  std::optional<LocatedText> serves;  // untuk: the goal or measure of that unit which sees the result
  std::optional<LocatedDecimal> share;
  bool accepted = false;
  SourceSpan span;
};

struct PlanIndicator {
  LocatedText code;
  std::optional<LocatedText> unit;
  std::optional<LocatedText> title;
  std::optional<Located<std::int64_t>> definition_version, definition_since;
  std::optional<LocatedText> definition;
  std::optional<LocatedText> source, letter, owner;
  std::optional<LocatedText> national;  // pembanding.nasional
  std::optional<LocatedText> unit_name;
  std::optional<Located<Polarity>> polarity;
  std::optional<Located<Accumulation>> accumulation;
  std::optional<Located<Granularity>> frequency;
  std::vector<LocatedDecimal> profile;
  std::optional<PlanAggregation> aggregation;
  PlanMissing missing;
  std::optional<PlanPossible> possible;
  std::optional<PlanAchievement> achievement;
  std::optional<LocatedText> value_bands, achievement_bands, grade_scale;
  std::optional<LocatedText> workflow;  // alur
  std::optional<LocatedDecimal> step;
  std::optional<Located<Rounding>> rounding;
  std::vector<PlanSeriesPoint> profile_series;
  std::vector<PlanFigure> baselines, targets;
  std::optional<PlanPath> path;
  std::vector<PlanHold> holds;
  std::vector<PlanRung> ladder;
  std::vector<PlanDenominatorRow> planned_denominators;
  std::optional<LocatedText> pack;
  std::vector<std::pair<LocatedText, LocatedText>> components;  // template code, address
  std::vector<PlanCrosscut> crosscuts;
  std::optional<PlanWeight> weight;
  std::vector<LocatedText> supports;
  std::optional<Located<bool>> direct;
  PlanLabels labels;
  SourceSpan span;

  // An entry without properties only cites a measure that another entry declares.
  [[nodiscard]] bool declares_properties() const;
};

struct PlanGoal {
  ItemKind kind = ItemKind::goal;
  LocatedText code;
  std::string raw_code;  // as written, where a nomenclature code was tidied; equal to `code` otherwise
  std::optional<LocatedText> unit, title, success_factor, owner;
  std::vector<LocatedText> supports;
  std::optional<Located<bool>> direct;
  std::optional<bool> main;  // hasil_kerja: utama or tambahan
  std::vector<PlanFigure> budget;
  std::optional<LocatedText> budget_unit;
  std::optional<Located<Granularity>> budget_frequency;
  std::optional<PlanAchievement> achievement;  // capaian: cap, floor and where the cap bites
  std::vector<PlanCrosscut> crosscuts;
  PlanLabels labels;
  std::vector<PlanIndicator> indicators;
  std::vector<PlanGoal> goals;
  SourceSpan span;
};

struct PlanRole {
  LocatedText unit, result;
};

struct PlanDocument {
  DocumentKind kind = DocumentKind::rpd;
  LocatedText code;
  std::string title;
  std::optional<LocatedText> unit;
  PeriodRange years;
  int first_plan_year = 0;  // tahun_ke_1; 0: the first of `years`
  std::string valid_from, replaces;
  StatementState state = StatementState::adopted;
  PlanLabels labels;
  std::vector<LocatedText> first_party, second_party;
  std::optional<LocatedText> employee;
  std::optional<LocatedText> vision;
  std::vector<LocatedText> missions;
  std::vector<PlanRole> roles;
  std::vector<PlanGoal> goals;
  std::vector<PlanIndicator> indicators;
  SourceSpan span;
};

// One entry of `perubahan_organisasi`.
struct PlanUnitChange {
  UnitChangeKind kind = UnitChangeKind::rename;
  Located<Date> since;
  std::vector<LocatedText> from, into;
  std::string basis;
  SourceSpan span;
};

struct PlanHolding {
  LocatedText position, person;
  Located<Date> from;
  std::optional<Located<Date>> until;
};

// Standing of targets that is not their document's, as the journal has it.
struct PlanStanding {
  Address address;  // of one target, with its period
  StatementState state = StatementState::adopted;
};
struct PlanStandings {
  std::optional<StatementState> others;  // of the targets not listed; empty: the document's
  std::vector<PlanStanding> targets;
};

struct PlanDocumentSet {
  // In order of reading; a list for every file and, of a large roster, for every stretch of it.
  std::deque<std::vector<PlanUnit>> units;
  Arena kept;  // what units say beyond the bytes of their files
  std::vector<PlanDocument> documents;
  std::vector<PlanHolding> holdings;
  std::vector<PlanUnitChange> unit_changes;
  TransferRule transfer_rule = TransferRule::longest;
  std::map<std::string, PlanStandings, std::less<>> standings;  // by code of the document
};

}  // namespace jenjang
