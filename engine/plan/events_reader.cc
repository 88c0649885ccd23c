#include "engine/plan/events_reader.h"

#include "jenjang/measure/reading.h"

namespace jenjang {

namespace {

std::optional<EventDeclaration::Fact> read_fact(ReadContext& context, const YamlNode& node) {
  SectionReader fields(node, "fakta", "fakta", context.sink);
  if (!fields.is_map()) return std::nullopt;
  EventDeclaration::Fact fact;
  const auto rate = fields.required_text("tingkat");
  const auto take = [&](std::string_view key, std::string& into) {
    const auto code = fields.text(key);
    if (code && check_code(code->value, code->span, context.sink)) into = code->value;
  };
  take("kode", fact.code);
  take("pembilang", fact.numerator);
  take("penyebut", fact.denominator);
  fields.finish();
  if (!rate) return std::nullopt;
  fact.rate = rate->value;
  fact.span = rate->span;
  return fact;
}

}  // namespace

std::optional<EventDeclaration> read_events_entry(ReadContext& context, const YamlNode& node) {
  SectionReader fields(node, "peristiwa", "peristiwa", context.sink);
  if (!fields.is_map()) return std::nullopt;
  EventDeclaration events;
  const auto file = fields.required_text("berkas");
  events.feed.format = read_csv_format(fields, context.sink);
  const auto pack = fields.required_text("paket");
  const auto code = fields.required_text("kode");
  if (const auto unit = fields.text("unit")) {
    events.unit = unit->value;
    events.unit_span = unit->span;
  }
  if (const auto title = fields.text("judul")) events.title = title->value;
  const PlanLabels labels = read_labels(fields, context.sink);
  events.feed.illustrative = labels.illustrative;
  events.feed.unverified = labels.unverified;
  for (const YamlNode& entry : list_items(fields.take("fakta"), "fakta", context.sink)) {
    if (auto fact = read_fact(context, entry)) events.facts.push_back(*std::move(fact));
  }
  fields.finish();
  if (!file || !pack || !code || !check_code(code->value, code->span, context.sink)) return std::nullopt;
  events.feed.display_name = file->value;
  events.feed.file = context.folder / file->value;
  events.feed.span = file->span;
  events.pack_clock = pack->value;
  events.pack_span = pack->span;
  events.code = code->value;
  return events;
}

}  // namespace jenjang
