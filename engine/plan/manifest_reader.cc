#include "engine/plan/manifest_reader.h"

#include <array>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

#include "engine/plan/events_reader.h"
#include "engine/plan/formula_sheet_reader.h"
#include "engine/plan/holdings_reader.h"
#include "engine/plan/recommendations_reader.h"
#include "engine/plan/spread_declaration.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 2> kAuthorities{"kemendagri", "bps"};
// For near misses: see Zone::parse.
constexpr std::array<std::string_view, 5> kZones{"Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura",
                                                 "UTC"};

std::optional<FeedDeclaration> read_feed(ReadContext& context, const YamlNode& node) {
  SectionReader fields(node, "realisasi", "realisasi", context.sink);
  if (!fields.is_map()) return std::nullopt;
  FeedDeclaration feed;
  feed.span = node.span;
  const auto file = fields.required_text("berkas");
  feed.format = read_csv_format(fields, context.sink);
  if (const auto authority = fields.word<RegionAuthority>("otoritas", kAuthorities)) feed.authority = authority->value;
  for (LocatedText& state : fields.text_list("tervalidasi")) feed.validated_states.push_back(std::move(state.value));
  for (LocatedText& column : fields.text_list("ambil")) feed.taken.push_back(std::move(column.value));
  if (const auto flow = fields.text("alur")) {
    feed.workflow = flow->value;
    feed.workflow_span = flow->span;
    if (!feed.validated_states.empty()) {
      context.sink.report(make_diagnostic(Code::J3073, flow->span));
      feed.validated_states.clear();
    }
  }
  if (const auto source = fields.text("sumber")) feed.source = source->value;
  const PlanLabels labels = read_labels(fields, context.sink);
  feed.illustrative = labels.illustrative;
  feed.unverified = labels.unverified;
  fields.finish();
  if (!file) return std::nullopt;
  feed.display_name = file->value;
  feed.file = context.folder / file->value;
  feed.span = file->span;
  return feed;
}

std::optional<WorksheetDeclaration> read_worksheet_entry(ReadContext& context, const YamlNode& node) {
  SectionReader fields(node, "lembar_kerja", "lembar_kerja", context.sink);
  if (!fields.is_map()) return std::nullopt;
  WorksheetDeclaration sheet;
  const auto file = fields.required_text("berkas");
  static constexpr std::array<std::string_view, 3> kSeparators{",", ";", "tab"};
  if (const auto separator = fields.choice("pemisah", kSeparators)) {
    sheet.feed.format.separator = separator->value == 2 ? '\t' : kSeparators[separator->value].front();
  }
  const auto pack = fields.required_text("paket");
  const auto mode = fields.required_text("mode");
  const auto code = fields.required_text("kode");
  const auto unit = fields.required_text("unit");
  const auto period = fields.required_text("periode");
  if (const auto title = fields.text("judul")) sheet.title = title->value;
  const PlanLabels labels = read_labels(fields, context.sink);
  sheet.feed.illustrative = labels.illustrative;
  sheet.feed.unverified = labels.unverified;
  fields.finish();
  if (!file || !pack || !mode || !code || !unit || !period) return std::nullopt;
  const auto when = read_period(period->value, period->span, context.sink);
  if (!check_code(code->value, code->span, context.sink) || !when) return std::nullopt;
  sheet.feed.display_name = file->value;
  sheet.feed.file = context.folder / file->value;
  sheet.feed.span = file->span;
  sheet.pack_template = pack->value;
  sheet.mode = mode->value;
  sheet.code = code->value;
  sheet.unit = unit->value;
  sheet.period = *when;
  sheet.pack_span = pack->span;
  sheet.mode_span = mode->span;
  sheet.code_span = code->span;
  sheet.unit_span = unit->span;
  return sheet;
}

void read_waiver(ReadContext& context, const YamlNode& node, std::vector<Waiver>& out) {
  SectionReader fields(node, "keringanan", "keringanan", context.sink);
  if (!fields.is_map()) return;
  const auto rule = fields.required_text("aturan");
  const auto reason = fields.required_text("alasan");
  const auto address = fields.text("alamat");
  fields.finish();
  if (!rule || !reason) return;
  out.push_back({rule->value, address ? address->value : "", reason->value, rule->span});
}

}  // namespace

ManifestFiles read_manifest(ReadContext& context, const YamlNode& root, ParsedPlan& plan) {
  ManifestFiles files;
  SectionReader fields(root, "manifes", "manifes", context.sink);
  if (!fields.is_map()) return files;
  fields.take("jenjang");
  if (const auto keys = fields.text("kunci_pegawai")) {
    plan.key_table = KeyTableDeclaration{context.folder / keys->value, keys->value, keys->span};
    context.key_table = plan.key_table->file;
  }
  if (const auto code = fields.required_text("rencana")) plan.code = code->value;
  if (const auto title = fields.text("judul")) plan.title = title->value;
  if (const auto zone = fields.text("zona")) {
    if (const auto known = Zone::parse(zone->value)) {
      plan.zone = *known;
    } else {
      context.sink.report(make_diagnostic(Code::J3055, zone->span)
                              .arg("ditemukan", zone->value)
                              .suggest(nearest(zone->value, std::span<const std::string_view>(kZones)).value_or("")));
    }
  }
  if (const auto journal = fields.text("jurnal")) plan.journal = context.folder / journal->value;
  if (const auto day = fields.text("per_tanggal")) plan.as_of = read_date(day->value, day->span, context.sink);
  for (const YamlNode& entry : list_items(fields.take("unit"), "unit", context.sink)) files.units.push_back(&entry);
  files.documents = fields.text_list("dokumen");
  for (const YamlNode& entry : list_items(fields.take("realisasi"), "realisasi", context.sink)) {
    auto feed = read_feed(context, entry);
    if (feed && may_be_input(context, feed->display_name, feed->span)) plan.feeds.push_back(*std::move(feed));
  }
  for (const YamlNode& entry : list_items(fields.take("lembar_kerja"), "lembar_kerja", context.sink)) {
    auto sheet = read_worksheet_entry(context, entry);
    if (sheet && may_be_input(context, sheet->feed.display_name, sheet->feed.span)) {
      plan.worksheets.push_back(*std::move(sheet));
    }
  }
  for (const YamlNode& entry : list_items(fields.take("peristiwa"), "peristiwa", context.sink)) {
    auto events = read_events_entry(context, entry);
    if (events && may_be_input(context, events->feed.display_name, events->feed.span)) {
      plan.events.push_back(*std::move(events));
    }
  }
  for (const YamlNode& entry : list_items(fields.take("lembar_hitung"), "lembar_hitung", context.sink)) {
    auto sheet = read_formula_sheet_entry(context, entry);
    if (sheet && may_be_input(context, sheet->feed.display_name, sheet->feed.span)) {
      plan.formula_sheets.push_back(*std::move(sheet));
    }
  }
  for (const YamlNode& entry : list_items(fields.take("sebaran"), "sebaran", context.sink)) {
    auto spread = read_spread_entry(context, entry);
    if (spread && may_be_input(context, spread->feed.display_name, spread->feed.span)) {
      plan.spreads.push_back(*std::move(spread));
    }
  }
  for (const LocatedText& folder : fields.text_list("paket"))
    plan.pack_folders.push_back(context.folder / folder.value);
  for (const YamlNode& entry : list_items(fields.take("keringanan"), "keringanan", context.sink)) {
    read_waiver(context, entry, plan.waivers);
  }
  for (const YamlNode& entry : list_items(fields.take("pemangku"), "pemangku", context.sink)) {
    read_holdings_file(context, entry, plan.documents->holdings);
  }
  for (const YamlNode& entry : list_items(fields.take("rekomendasi"), "rekomendasi", context.sink)) {
    read_recommendation_file(context, entry, plan.recommendations);
  }
  for (const LocatedText& name : fields.text_list("kartu_praktik")) read_card_file(context, name, plan.cards);
  if (const auto rule = fields.word<TransferRule>("aturan_mutasi", transfer_rule_words())) {
    plan.documents->transfer_rule = rule->value;
  }
  fields.finish();
  return files;
}

}  // namespace jenjang
