#include "engine/rules/pack_reading.h"

#include <array>
#include <fmt/format.h>

#include "jenjang/base/text.h"
#include "jenjang/measure/period.h"

namespace jenjang {

bool expect_list(const YamlNode& node, std::string_view what, DiagnosticSink& sink) {
  if (node.is_sequence()) return true;
  sink.report(make_diagnostic(Code::J1418, node.span).arg("apa", what).arg("ditemukan", kind_word(node.kind)));
  return false;
}

void report_required(SourceSpan place, std::string_view what, std::string_view key, DiagnosticSink& sink) {
  sink.report(make_diagnostic(Code::J1116, place).arg("apa", what).arg("kunci", key));
}

Rounding read_rounding(FieldReader& fields, std::string_view key, Rounding otherwise, DiagnosticSink& sink) {
  const auto text = fields.text(key);
  if (!text) return otherwise;
  const std::string_view written = text->value;
  const auto slash = written.find('/');
  const auto mode = parse_rounding_mode(written.substr(0, slash));
  const bool exact = mode == RoundingMode::exact;
  if (mode && exact && slash == std::string_view::npos) return {RoundingMode::exact, 0};
  if (mode && !exact && slash != std::string_view::npos) {
    const auto places = Decimal::parse(written.substr(slash + 1));
    if (places && places->is_whole() && *places >= Decimal{0} && *places <= Decimal{Decimal::kMaxScale}) {
      return {*mode, static_cast<int>(places->mantissa())};
    }
  }
  sink.report(make_diagnostic(Code::J1415, text->span).arg("nilai", written));
  return otherwise;
}

void report_unknown(SourceSpan place, std::string_view what, std::string_view name,
                    const std::vector<std::string>& known, DiagnosticSink& sink) {
  const auto near = nearest(name, std::span<const std::string>(known));
  sink.report(make_diagnostic(Code::J1411, place)
                  .arg("apa", what)
                  .arg("nama", name)
                  .arg("daftar", known.empty() ? "-" : fmt::format("{}", fmt::join(known, ", ")))
                  .suggest(near.value_or("")));
}

bool note_unique(std::set<std::string, std::less<>>& seen, const LocatedText& code, std::string_view what,
                 DiagnosticSink& sink) {
  if (seen.insert(code.value).second) return true;
  sink.report(make_diagnostic(Code::J1410, code.span).arg("apa", what).arg("kode", code.value));
  return false;
}

std::vector<std::string> scale_ids(const Pack& pack) {
  std::vector<std::string> ids;
  ids.reserve(pack.scales.size());
  for (const Scale& scale : pack.scales) ids.emplace_back(local_id(scale.id));
  return ids;
}

std::string qualify(const Pack& pack, std::string_view id) {
  return pack.id + "/" + std::string(id);
}

std::string_view local_id(std::string_view qualified) {
  const auto slash = qualified.find('/');
  return slash == std::string_view::npos ? qualified : qualified.substr(slash + 1);
}

namespace {

constexpr std::array<std::string_view, 3> kPackStatus{"terverifikasi", "belum-diverifikasi", "sebagian"};

void read_validity(FieldReader& fields, Pack& pack, DiagnosticSink& sink) {
  const YamlNode* node = fields.take("berlaku");
  if (node == nullptr) return;
  FieldReader validity(*node, "berlaku", sink);
  const auto date = [&](std::string_view key, std::string& into) {
    const auto text = validity.text(key);
    if (!text) return std::optional<Date>{};
    const auto parsed = Date::parse(text->value);
    if (parsed) {
      into = text->value;
    } else {
      sink.report(make_diagnostic(Code::J1416, text->span).arg("nilai", text->value));
    }
    return parsed;
  };
  const auto from = date("mulai", pack.valid_from);
  const auto until = date("sampai", pack.valid_until);
  validity.finish();
  if (from && until && *until < *from) {
    sink.report(make_diagnostic(Code::J1416, node->span).arg("nilai", pack.valid_from + " .. " + pack.valid_until));
  }
}

}  // namespace

std::optional<Pack> read_pack(const YamlNode& root, const std::filesystem::path& folder, DiagnosticSink& sink) {
  const std::size_t errors_before = sink.count(Severity::error);
  FieldReader fields(root, "paket", sink);
  if (!fields.is_map()) return std::nullopt;

  Pack pack;
  pack.folder = folder;
  if (const auto version = fields.required_text("jenjang"); version && version->value != "1") {
    sink.report(make_diagnostic(Code::J1401, version->span).arg("versi", version->value));
  }
  const auto code = fields.required_text("paket");
  if (!code) return std::nullopt;
  pack.id = code->value;
  pack.span = code->span;
  const std::string folder_name = folder.filename().string();
  if (pack.id != folder_name) {
    sink.report(
        make_diagnostic(Code::J1402, code->span).arg("kode", pack.id).arg("folder", folder_name).suggest(folder_name));
  }
  if (const auto extends = fields.text("perluas")) pack.extends = extends->value;
  if (const auto title = fields.required_text("judul")) pack.title = title->value;
  if (const auto instrument = fields.text("instrumen")) pack.instrument = instrument->value;
  if (const auto note = fields.text("catatan")) pack.note = note->value;
  read_validity(fields, pack, sink);

  // The status of a whole pack has a third word, so it is read here and not by read_basis. "sebagian"
  // says nothing about a single value: each must then speak for itself.
  Basis basis;
  if (const auto article = fields.text("pasal")) {
    basis.article = pack.article = article->value;
    basis.stated = true;
  }
  if (const auto status = fields.choice("status", kPackStatus)) {
    pack.status = std::string(kPackStatus[status->value]);
    basis.unverified = status->value == 1;
    basis.stated = basis.stated || basis.unverified;
  } else if (fields.take("status") == nullptr) {
    sink.report(make_diagnostic(Code::J1409, code->span).arg("apa", "paket " + pack.id));
  }

  if (const YamlNode* node = fields.take("skala")) read_scales(*node, basis, pack, sink);
  if (const YamlNode* node = fields.take("templat")) read_templates(*node, basis, pack, sink);
  if (const YamlNode* node = fields.take("gerbang")) read_gates(*node, basis, pack, sink);
  if (const YamlNode* node = fields.take("penyelarasan")) read_calendars(*node, basis, pack, sink);
  if (const YamlNode* node = fields.take("alur")) read_workflows(*node, basis, pack, sink);
  if (const YamlNode* node = fields.take("hari_libur")) read_holidays(*node, basis, pack, sink);
  if (const YamlNode* node = fields.take("jam")) read_clocks(*node, basis, pack, sink);
  if (const YamlNode* node = fields.take("usul")) read_proposals(*node, pack, sink);
  if (const YamlNode* node = fields.take("rumus")) read_formulas(*node, basis, pack, sink);
  if (const YamlNode* node = fields.take("sebaran")) read_spreads(*node, basis, pack, sink);
  if (const YamlNode* node = fields.take("kasus")) read_cases(*node, pack, sink);
  fields.finish();
  if (sink.count(Severity::error) > errors_before) return std::nullopt;
  return pack;
}

}  // namespace jenjang
