// Explanation: why a cell has its value, as a tree down to file:line and article.
//
// One tree, several writers (text, JSON). Contributions of the children of a linear node add up to
// its value exactly (they are rationals). Built on request from kept inputs; costs nothing
// otherwise. What cannot be traced is said in a note, never filled in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jenjang/base/source_map.h"
#include "jenjang/cascade/cascade.h"
#include "jenjang/rollup/rollup.h"

namespace jenjang {

enum class ExplainWhat : std::uint8_t { realisation, achievement, target };

struct ExplanationNode {
  std::string address;                // KODE@UNIT:PERIODE
  std::string title;                  // uraian
  std::string what;                   // "nilai", "capaian", "target", "fakta", "dokumen"
  std::string value;                  // printed figure with its unit, or the state's word
  std::string exact;                  // exact value: decimal, or fraction
  std::string rule;                   // "rata-rata tertimbang", "H1 = 100 R/T", "proporsional menurut penduduk"
  std::string weight;                 // on the edge to the node above; empty at the root
  std::string contribution;           // exact contribution to the node above; empty when not linear
  std::vector<std::string> notes;     // policy outcomes: capped, rounded from/to, band row, coverage, lane, gate
  std::vector<std::string> articles;  // regulation and article, pack
  std::vector<std::string> labels;    // ilustratif, belum-diverifikasi
  std::vector<SourceSpan> places;     // file:line:column of the statement, fact, rule, weight
  std::vector<ExplanationNode> inputs;
  std::size_t inputs_left_out = 0;  // when limited
};

struct ExplainOptions {
  Language language = Language::indonesian;
  Lane lane = Lane::all;
  std::size_t max_depth = 32;
  std::size_t max_inputs = 1000;  // per node; what is left out is counted
};

struct ExplainContext {
  const Model& model;
  const TargetTable& targets;
  const Facts& facts;
  const RollupResult& result;
};

// nullopt when the node has no such cell in that period.
std::optional<ExplanationNode> explain(const ExplainContext& context, NodeId node, Period period, ExplainWhat what,
                                       const ExplainOptions& options);
// What one document says about one measure in one period, which need not be the target in force.
std::optional<ExplanationNode> explain_statement(const ExplainContext& context, NodeId node, Period period,
                                                 std::string_view document, const ExplainOptions& options);
// What `explain` of an address without a period answers: the latest period with a realisation, else
// with a target. nullopt when the node has neither.
std::optional<Period> latest_period(const ExplainContext& context, NodeId node);

std::string render_text(const ExplanationNode& root, const SourceMap& sources, Language language);
// `stated`: what holds for the whole answer, key and text, as in WriteOptions.
std::string render_json(const ExplanationNode& root, const SourceMap& sources,
                        const std::vector<std::pair<std::string, std::string>>& stated = {});

}  // namespace jenjang
