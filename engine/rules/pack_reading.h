// Parts of the pack reader: one function per part of a pack file, and small shared helpers.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/rules/pack.h"
#include "jenjang/source/yaml_fields.h"

#include "engine/rules/basis.h"

namespace jenjang {

// The whole tree of one pack file (with `perluas` already merged in).
std::optional<Pack> read_pack(const YamlNode& root, const std::filesystem::path& folder, DiagnosticSink& sink);

// Parts, each from the value under its key. `pack` already has its id; read_gates and read_cases also
// look at the scales and templates read before.
void read_scales(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink);
void read_templates(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink);
void read_gates(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink);
void read_calendars(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink);
void read_workflows(const YamlNode& map, const Basis& basis, Pack& pack, DiagnosticSink& sink);
void read_holidays(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink);
void read_clocks(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink);  // after read_workflows
void read_proposals(const YamlNode& list, Pack& pack, DiagnosticSink& sink);
void read_formulas(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink);  // after read_scales
void read_spreads(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink);   // after read_scales
void read_cases(const YamlNode& list, Pack& pack, DiagnosticSink& sink);

// Parts of one template.
void read_modes(const YamlNode& list, const Basis& basis, const Pack& pack, PackTemplate& tmpl, DiagnosticSink& sink);
void read_controls(const YamlNode& list, PackTemplate& tmpl, const Basis& basis, DiagnosticSink& sink);
void read_share_tables(const YamlNode& list, const Basis& basis, const Pack& pack, PackTemplate& tmpl,
                       DiagnosticSink& sink);

// True when the node is a list; reports the wrong kind under the name `what` otherwise.
bool expect_list(const YamlNode& node, std::string_view what, DiagnosticSink& sink);
// J1116: a key that `what` must have, where its value is not a plain text.
void report_required(SourceSpan place, std::string_view what, std::string_view key, DiagnosticSink& sink);
// "setengah-ke-atas/2", "tepat"; absent gives `otherwise`.
Rounding read_rounding(FieldReader& fields, std::string_view key, Rounding otherwise, DiagnosticSink& sink);
// Reports J1411 with a near miss and the names that exist.
void report_unknown(SourceSpan place, std::string_view what, std::string_view name,
                    const std::vector<std::string>& known, DiagnosticSink& sink);
// Records a code; reports J1410 when it was there before.
bool note_unique(std::set<std::string, std::less<>>& seen, const LocatedText& code, std::string_view what,
                 DiagnosticSink& sink);
// A share of a whole in whole numbers, at most 1.
struct Fraction {
  std::int64_t num = 0, den = 1;
  SourceSpan span;
};
// "3/4", "1", "0": whole numbers, so that 2 of 8 lies exactly on a quarter.
std::optional<Fraction> read_fraction(FieldReader& fields, std::string_view key, DiagnosticSink& sink);
std::vector<std::string> scale_ids(const Pack& pack);
std::string qualify(const Pack& pack, std::string_view id);  // "sakip-2021/predikat"
// What follows the first slash of a qualified name.
std::string_view local_id(std::string_view qualified);

}  // namespace jenjang
