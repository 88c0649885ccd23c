#include "jenjang/rules/pack.h"

#include <algorithm>
#include <charconv>

#include "jenjang/base/text.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

// Pack part of "sakip-2021/predikat".
std::string_view pack_part(std::string_view qualified) {
  return qualified.substr(0, qualified.find('/'));
}

// The year of an ISO date that was checked when it was read.
int year_of(const std::string& date) {
  int year = 0;
  std::from_chars(date.data(), date.data() + date.size(), year);
  return year;
}

// What is to be loaded before the template can score.
std::string slot_of(const PackTemplate& tmpl) {
  if (tmpl.unscaled.empty()) return "bobot templat " + tmpl.id;
  std::string what = "skala " + std::to_string(tmpl.unscaled.size()) + " pertanyaan templat " + tmpl.id;
  return what + " (" + tmpl.unscaled.front() + (tmpl.unscaled.size() > 1 ? ", ..." : "") +
         (tmpl.note.empty() ? ")" : "; " + tmpl.note + ")");
}

void report_slot(SourceSpan use, const std::string& what, std::string_view pack, DiagnosticSink& sink) {
  sink.report(make_diagnostic(Code::J1412, use).arg("apa", what).arg("paket", pack));
}

}  // namespace

std::size_t PackTemplate::find_node(std::string_view code) const {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].code == code) return i;
  }
  return SIZE_MAX;
}

const ScoringMode* PackTemplate::find_mode(std::string_view mode_id) const {
  const auto found = std::find_if(modes.begin(), modes.end(), [&](const auto& mode) { return mode.id == mode_id; });
  return found == modes.end() ? nullptr : &*found;
}

const ShareTable* PackTemplate::share_table_for(std::string_view code) const {
  const auto use = share_table_of.find(code);
  if (use == share_table_of.end()) return nullptr;
  const auto found = std::find_if(share_tables.begin(), share_tables.end(),
                                  [&](const auto& table) { return table.id == use->second; });
  return found == share_tables.end() ? nullptr : &*found;
}

const Scale* Pack::scale(std::string_view scale_id) const {
  const auto found =
      std::find_if(scales.begin(), scales.end(), [&](const auto& scale) { return local_id(scale.id) == scale_id; });
  return found == scales.end() ? nullptr : &*found;
}

const PackTemplate* Pack::find_template(std::string_view template_id) const {
  const auto found =
      std::find_if(templates.begin(), templates.end(), [&](const auto& tmpl) { return tmpl.id == template_id; });
  return found == templates.end() ? nullptr : &*found;
}

const PackFormula* Pack::formula(std::string_view formula_id) const {
  const auto found = std::find_if(formulas.begin(), formulas.end(), [&](const auto& x) { return x.id == formula_id; });
  return found == formulas.end() ? nullptr : &*found;
}

const PackSpread* Pack::spread(std::string_view spread_id) const {
  const auto found = std::find_if(spreads.begin(), spreads.end(), [&](const auto& x) { return x.id == spread_id; });
  return found == spreads.end() ? nullptr : &*found;
}

const PackClock* Pack::clock(std::string_view clock_id) const {
  const auto found = std::find_if(clocks.begin(), clocks.end(), [&](const auto& x) { return x.id == clock_id; });
  return found == clocks.end() ? nullptr : &*found;
}

bool Pack::valid_in(int year) const {
  // A pack in force on any day of the year may be used for it.
  return (valid_from.empty() || year_of(valid_from) <= year) && (valid_until.empty() || year <= year_of(valid_until));
}

const Pack* PackLibrary::find(std::string_view id) const {
  const auto found = std::find_if(packs_.begin(), packs_.end(), [&](const Pack& pack) { return pack.id == id; });
  return found == packs_.end() ? nullptr : &*found;
}

std::vector<std::string> PackLibrary::ids() const {
  return texts_of(packs_, &Pack::id);
}

const Scale* PackLibrary::scale(std::string_view qualified) const {
  const Pack* pack = find(pack_part(qualified));
  const Scale* scale = pack == nullptr ? nullptr : pack->scale(local_id(qualified));
  return scale == nullptr || scale->has_empty_slot ? nullptr : scale;
}

const PackTemplate* PackLibrary::find_template(std::string_view qualified) const {
  const Pack* pack = find(pack_part(qualified));
  const PackTemplate* tmpl = pack == nullptr ? nullptr : pack->find_template(local_id(qualified));
  return tmpl == nullptr || tmpl->has_empty_slot ? nullptr : tmpl;
}

const Scale* PackLibrary::require_scale(std::string_view qualified, SourceSpan use, DiagnosticSink& sink) const {
  const Pack* pack = find(pack_part(qualified));
  const Scale* scale = pack == nullptr ? nullptr : pack->scale(local_id(qualified));
  if (scale == nullptr) {
    std::vector<std::string> known;
    for (const Pack& candidate : packs_) {
      for (const Scale& one : candidate.scales) known.push_back(one.id);
    }
    report_unknown(use, "skala", qualified, known, sink);
    return nullptr;
  }
  if (scale->has_empty_slot) {
    report_slot(use, "skala " + std::string(local_id(qualified)), pack->id, sink);
    return nullptr;
  }
  return scale;
}

const PackTemplate* PackLibrary::require_template(std::string_view qualified, SourceSpan use,
                                                  DiagnosticSink& sink) const {
  const Pack* pack = find(pack_part(qualified));
  const PackTemplate* tmpl = pack == nullptr ? nullptr : pack->find_template(local_id(qualified));
  if (tmpl == nullptr) {
    std::vector<std::string> known;
    for (const Pack& candidate : packs_) {
      for (const PackTemplate& one : candidate.templates) known.push_back(candidate.id + "/" + one.id);
    }
    report_unknown(use, "templat", qualified, known, sink);
    return nullptr;
  }
  if (tmpl->has_empty_slot) {
    report_slot(use, slot_of(*tmpl), pack->id, sink);
    return nullptr;
  }
  return tmpl;
}

const PackCalendar* PackLibrary::require_calendar(std::string_view qualified, SourceSpan use,
                                                  DiagnosticSink& sink) const {
  std::vector<std::string> known;
  for (const Pack& pack : packs_) {
    for (const PackCalendar& calendar : pack.calendars) {
      std::string name = qualify(pack, calendar.id);
      if (name == qualified) return &calendar;
      known.push_back(std::move(name));
    }
  }
  report_unknown(use, "penyelarasan", qualified, known, sink);
  return nullptr;
}

const Workflow* PackLibrary::workflow(std::string_view qualified) const {
  const Pack* pack = find(pack_part(qualified));
  if (pack == nullptr) return nullptr;
  const auto found = std::find_if(pack->workflows.begin(), pack->workflows.end(),
                                  [&](const Workflow& flow) { return flow.id == local_id(qualified); });
  return found == pack->workflows.end() ? nullptr : &*found;
}

const Workflow* PackLibrary::require_workflow(std::string_view qualified, SourceSpan use, DiagnosticSink& sink) const {
  if (const Workflow* found = workflow(qualified)) return found;
  std::vector<std::string> known;
  for (const Pack& pack : packs_) {
    for (const Workflow& flow : pack.workflows) known.push_back(flow.qualified());
  }
  report_unknown(use, "alur", qualified, known, sink);
  return nullptr;
}

const PackFormula* PackLibrary::require_formula(std::string_view qualified, SourceSpan use,
                                                DiagnosticSink& sink) const {
  const Pack* pack = find(pack_part(qualified));
  const PackFormula* formula = pack == nullptr ? nullptr : pack->formula(local_id(qualified));
  if (formula == nullptr) {
    std::vector<std::string> known;
    for (const Pack& candidate : packs_) {
      for (const PackFormula& one : candidate.formulas) known.push_back(qualify(candidate, one.id));
    }
    report_unknown(use, "rumus", qualified, known, sink);
  }
  return formula;
}

const PackSpread* PackLibrary::require_spread(std::string_view qualified, SourceSpan use, DiagnosticSink& sink) const {
  const Pack* pack = find(pack_part(qualified));
  const PackSpread* spread = pack == nullptr ? nullptr : pack->spread(local_id(qualified));
  if (spread == nullptr) {
    std::vector<std::string> known;
    for (const Pack& candidate : packs_) {
      for (const PackSpread& one : candidate.spreads) known.push_back(qualify(candidate, one.id));
    }
    report_unknown(use, "sebaran", qualified, known, sink);
  }
  return spread;
}

const ScoringMode* PackLibrary::require_mode(const PackTemplate& tmpl, std::string_view mode_id, SourceSpan use,
                                             DiagnosticSink& sink) const {
  const ScoringMode* mode = tmpl.find_mode(mode_id);
  if (mode == nullptr) {
    const std::vector<std::string> known = texts_of(tmpl.modes, &ScoringMode::id);
    report_unknown(use, "mode", mode_id, known, sink);
    return nullptr;
  }
  if (!mode->available) {
    std::string_view owner;
    for (const Pack& pack : packs_) {
      if (pack.find_template(tmpl.id) == &tmpl) owner = pack.id;
    }
    report_slot(use, "mode " + mode->id + (mode->note.empty() ? "" : " (" + mode->note + ")"), owner, sink);
    return nullptr;
  }
  return mode;
}

}  // namespace jenjang
