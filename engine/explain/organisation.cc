#include "jenjang/explain/organisation.h"

#include <algorithm>

#include "jenjang/base/diagnostic.h"

namespace jenjang {
namespace {

bool holds(const std::vector<UnitId>& units, UnitId unit) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

std::string paths_of(const Model& model, const std::vector<UnitId>& units) {
  std::string text;
  for (const UnitId unit : units) text += (text.empty() ? "" : ", ") + model.units[unit].path;
  return text;
}

std::string_view english(UnitChangeKind kind) {
  switch (kind) {
    case UnitChangeKind::rename:
      return "renamed";
    case UnitChangeKind::move:
      return "moved";
    case UnitChangeKind::split:
      return "split";
    case UnitChangeKind::merge:
      break;
  }
  return "merged";
}

std::string text_of(const Model& model, const UnitChange& change, Language language) {
  const bool indonesian = language == Language::indonesian;
  const bool named = !change.old_path.empty();
  std::string text = change.since.to_string() + " ";
  text += indonesian ? to_string(change.kind) : english(change.kind);
  text += ": " + (named ? change.old_path : paths_of(model, change.from));
  text += indonesian ? " menjadi " : " into ";
  text += named ? change.new_path : paths_of(model, change.into);
  if (!change.basis.empty()) text += " (" + change.basis + ")";
  return text;
}

}  // namespace

std::vector<OrganisationNote> organisation_notes(const Model& model, UnitId unit, Language language) {
  std::vector<OrganisationNote> notes;
  // From the last change back: a unit that something came from is followed further back, and what became of the unit
  // itself is told as well.
  std::vector<UnitId> line{unit};
  for (auto change = model.unit_changes.rbegin(); change != model.unit_changes.rend(); ++change) {
    const bool came = std::any_of(line.begin(), line.end(), [&](UnitId one) { return holds(change->into, one); });
    if (!came && !holds(change->from, unit)) continue;
    notes.push_back({text_of(model, *change, language), change->span});
    if (!came) continue;
    for (const UnitId one : change->from) {
      if (!holds(line, one)) line.push_back(one);
    }
  }
  std::reverse(notes.begin(), notes.end());
  return notes;
}

}  // namespace jenjang
