// The plan as written: structs that mirror the YAML, every field with its place. Nothing here is
// resolved: units are paths, references are text, selectors are words.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rounding.h"
#include "jenjang/base/source_map.h"
#include "jenjang/measure/achievement.h"
#include "jenjang/measure/cascade_rule.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/measure/period.h"
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

struct PlanUnit {
  LocatedText path;
  std::string name;
  std::string kind;
  std::optional<LocatedText> parent;
  std::string bps_code;
  std::string cluster;
  std::vector<std::pair<std::string, LocatedDecimal>> attributes;
  PlanLabels labels;
};

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

// One figure of a `target`, `baseline` or `pagu` map. A bare value has neither period nor range.
struct PlanFigure {
  std::optional<Period> period;
  std::optional<PeriodRange> range;  // 2024..2026: the end-of-plan cell
  LocatedText text;
  SourceSpan period_span;
};
struct PlanHold {
  PlanFigure figure;
  std::string reason;
  PlanLabels labels;
};

// One rung of a `kaskade` ladder.
struct PlanRung {
  PlanSelector to;
  LocatedText method;
  std::optional<LocatedText> driver;
  std::vector<std::pair<LocatedText, LocatedDecimal>> shares;  // bagian: unit path, share
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

struct PlanAggregation {
  std::optional<Located<Aggregation>> way;
  PlanSelector from;
  std::optional<LocatedText> weight_attribute;
  std::vector<std::pair<LocatedText, LocatedDecimal>> weights;  // by address or unit path
  std::vector<LocatedText> numerators, denominators;
  std::optional<LocatedDecimal> factor;
  std::optional<Located<MissingPolicy>> missing;
  std::vector<PlanOperand> operands;
  SourceSpan span;
};

struct PlanAchievement {
  std::optional<Located<AchievementFormula>> formula;
  std::optional<LocatedDecimal> cap, floor;
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
  std::optional<LocatedText> unit_name;
  std::optional<Located<Polarity>> polarity;
  std::optional<Located<Accumulation>> accumulation;
  std::optional<Located<Granularity>> frequency;
  std::vector<LocatedDecimal> profile;
  std::optional<PlanAggregation> aggregation;
  std::optional<PlanAchievement> achievement;
  std::optional<LocatedText> value_bands, achievement_bands, grade_scale;
  std::optional<LocatedDecimal> step;
  std::optional<Located<Rounding>> rounding;
  std::vector<PlanFigure> baselines, targets;
  std::vector<PlanHold> holds;
  std::vector<PlanRung> ladder;
  std::vector<PlanDenominatorRow> planned_denominators;
  std::optional<LocatedText> pack;
  std::vector<std::pair<LocatedText, LocatedText>> components;  // template code, address
  std::vector<PlanCrosscut> crosscuts;
  std::optional<LocatedDecimal> weight;
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

struct PlanDocumentSet {
  std::vector<PlanUnit> units;
  std::vector<PlanDocument> documents;
};

}  // namespace jenjang
