// One plan document from YAML to PlanDocument. Resolves nothing; refuses unknown keys.
#pragma once

#include "engine/plan/read_parts.h"

namespace jenjang {

// nullopt when the head of the document (kind, code, years) cannot be read. Units declared inside
// the document go to `set`, and so do changes of them.
std::optional<PlanDocument> parse_document(ReadContext& context, const YamlNode& root, PlanDocumentSet& set);

// Parts, one file each.
void parse_goals(ReadContext& context, const YamlNode* list, ItemKind kind, std::vector<PlanGoal>& out);
void parse_indicators(ReadContext& context, const YamlNode* list, std::vector<PlanIndicator>& out);
std::vector<PlanHold> parse_holds(const YamlNode* node, DiagnosticSink& sink);
// `batas`: by unit, and there for all years or by period.
std::vector<std::pair<LocatedText, std::vector<PlanHold>>> parse_unit_bounds(const YamlNode* node,
                                                                             DiagnosticSink& sink);
std::vector<PlanRung> parse_ladder(const YamlNode* list, DiagnosticSink& sink);
PlanSelector parse_selector(const YamlNode* node, std::string_view key, DiagnosticSink& sink);
// nullopt when it is not readable (reported).
std::optional<PlanWeight> parse_weight(const YamlNode& node, std::string_view key, DiagnosticSink& sink);
std::vector<std::pair<LocatedText, PlanWeight>> parse_weights(const YamlNode* node, std::string_view key,
                                                              DiagnosticSink& sink);
PlanAggregation parse_aggregation(const YamlNode& node, DiagnosticSink& sink);
// A word alone names the policy for units; `alone_for_time` also the one for periods.
PlanMissing parse_missing(SectionReader& fields, bool alone_for_time, DiagnosticSink& sink);
std::optional<PlanPossible> parse_possible(SectionReader& fields, DiagnosticSink& sink);
void parse_operands(const YamlNode* node, std::vector<PlanOperand>& out, DiagnosticSink& sink);
std::vector<PlanCrosscut> parse_crosscuts(const YamlNode* list, DiagnosticSink& sink);
std::vector<PlanDenominatorRow> parse_denominators(ReadContext& context, const YamlNode& node);
// Sorted by period, one granularity, all above zero.
std::vector<PlanSeriesPoint> parse_profile_series(ReadContext& context, const YamlNode& node);
// `{a: 0.6, b: 0.4}`
std::vector<std::pair<LocatedText, LocatedDecimal>> parse_numbers(const YamlNode* node, std::string_view key,
                                                                  DiagnosticSink& sink);

}  // namespace jenjang
