// Parts of the reader of `rumus`.
#pragma once

#include <set>

#include "engine/rules/formula_check.h"
#include "engine/rules/pack_reading.h"

namespace jenjang {

using FormulaCodes = std::set<std::string, std::less<>>;

// `langkah`: adds the steps to `formula` and their names to `scope`, which holds the inputs.
void read_formula_steps(const YamlNode& list, const Basis& basis, FormulaScope& scope, FormulaCodes& codes,
                        PackFormula& formula, DiagnosticSink& sink);

// A code that an expression can spell, and that nothing above has; false after a report.
bool take_formula_code(const LocatedText& code, std::string_view what, FormulaCodes& codes, DiagnosticSink& sink);
// The scale named under `skala`; nullptr when there is none or it is unknown.
const Scale* take_formula_scale(FieldReader& fields, const Pack& pack, std::string& id, DiagnosticSink& sink);
// J1438: none or several of the keys of which one is needed.
void report_formula_forms(SourceSpan place, std::string_view what, std::string_view found, std::string_view allowed,
                          DiagnosticSink& sink);

}  // namespace jenjang
