// What-if changes as written: on the command line, or in a scenario file.
#include "jenjang/base/text.h"
#include "jenjang/source/yaml_fields.h"
#include "jenjang/workspace/scenario.h"

#include "engine/plan/read_parts.h"

namespace jenjang {
namespace {

constexpr std::string_view kForm = "[DOK#]KODE@UNIT:PERIODE=TARGET";
constexpr std::string_view kAddressForm = "[DOK#]KODE@UNIT:PERIODE";

void unreadable(DiagnosticSink& sink, const SourceSpan& span, std::string_view text, std::string_view wanted) {
  sink.report(make_diagnostic(Code::J1911, span).arg("nilai", text).arg("diminta", wanted));
}

// An address of one cell: a period, or a span of years that ends in it.
std::optional<Address> parse_cell(std::string_view text) {
  std::optional<Address> address = Address::parse(trim(text));
  if (!address || (!address->period && !address->range)) return std::nullopt;
  if (!address->period) address->period = Period::year(address->range->last_year);
  address->range.reset();
  return address;
}

// One entry of `ubah`.
class EntryReader {
public:
  EntryReader(const YamlNode& node, Scenario& scenario, DiagnosticSink& sink)
      : fields_(node, "ubah", sink), scenario_(scenario), sink_(sink) {}

  void read() {
    if (!fields_.is_map()) return;
    const auto address = fields_.text("alamat");
    const auto target = fields_.text("target");
    const auto release = fields_.flag("lepas");
    const auto least = fields_.decimal("minimal");
    const auto most = fields_.decimal("maksimal");
    const auto unit = fields_.text("unit");
    const auto attribute = fields_.text("atribut");
    const auto value = fields_.decimal("nilai");
    const auto reason = fields_.text("alasan");
    const auto basis = fields_.text("dasar");
    fields_.finish();
    const std::string why = reason ? reason->value : std::string();
    if (unit || attribute || value) {
      if (!unit || !attribute || !value || address || target || release || least || most) {
        wrong_mix("unit + atribut + nilai");
        return;
      }
      scenario_.attributes.push_back(
          {unit->value, attribute->value, value->value, why, unit->span, attribute->span, value->span});
      return;
    }
    const int kinds = (target ? 1 : 0) + (release ? 1 : 0) + (least || most ? 1 : 0);
    if (!address || kinds != 1 || (release && !release->value)) {
      wrong_mix("alamat + target | alamat + lepas: ya | alamat + minimal, maksimal | unit + atribut + nilai");
      return;
    }
    Override change;
    const std::optional<Address> cell = parse_cell(address->value);
    if (!cell) {
      unreadable(sink_, address->span, address->value, kAddressForm);
      return;
    }
    change.address = *cell;
    change.text = address->value;
    change.span = address->span;
    change.grounds.reason = why;
    if (basis) change.grounds.citation = basis->value;
    if (target) {
      const std::optional<Target> parsed = Target::parse(target->value);
      if (!parsed) {
        unreadable(sink_, target->span, target->value, "76.5 | 80..90 | <= 49 | BB");
        return;
      }
      change.target = *parsed;
      change.span = target->span;
    } else if (release) {
      change.kind = Override::Kind::release;
    } else {
      change.kind = Override::Kind::limits;
      if (least) change.least = least->value;
      if (most) change.most = most->value;
      if (least && most && least->value > most->value) {
        unreadable(sink_, least->span, least->value.to_string(), "<= " + most->value.to_string());
        return;
      }
    }
    scenario_.changes.push_back(std::move(change));
  }

private:
  void wrong_mix(std::string_view wanted) {
    std::string found;
    for (const char* key : {"alamat", "target", "lepas", "minimal", "maksimal", "unit", "atribut", "nilai"}) {
      if (fields_.take(key) != nullptr) found += (found.empty() ? "" : ", ") + std::string(key);
    }
    sink_.report(make_diagnostic(Code::J1914, fields_.span())
                     .arg("ditemukan", found.empty() ? "-" : found)
                     .arg("diminta", wanted));
  }

  FieldReader fields_;
  Scenario& scenario_;
  DiagnosticSink& sink_;
};

}  // namespace

std::optional<Override> parse_override(std::string_view text, DiagnosticSink& sink) {
  // The address itself holds no '='; a target may begin with one of its own ("<=49", ">=80").
  const std::size_t equals = text.find('=');
  if (equals != std::string_view::npos) {
    const std::optional<Address> address = parse_cell(text.substr(0, equals));
    const std::optional<Target> target = Target::parse(trim(text.substr(equals + 1)));
    if (address && target) {
      Override change;
      change.address = *address;
      change.target = *target;
      change.text = text;
      return change;
    }
  }
  unreadable(sink, {}, text, kForm);
  return std::nullopt;
}

std::optional<Scenario> read_scenario(FileId file, const SourceMap& sources, const YamlLimits& limits,
                                      DiagnosticSink& sink) {
  const std::size_t errors = sink.count(Severity::error);
  const std::optional<YamlNode> root = parse_yaml(file, sources, limits, sink);
  if (!root || !check_version(*root, sink)) return std::nullopt;
  Scenario scenario;
  FieldReader fields(*root, "skenario", sink);
  fields.take("jenjang");
  if (const auto code = fields.required_text("skenario")) {
    scenario.code = code->value;
    scenario.span = code->span;
    if (!is_valid_code(code->value)) unreadable(sink, code->span, code->value, "BASIS-2026");
  }
  if (const auto title = fields.text("judul")) scenario.title = title->value;
  for (const YamlNode& entry : list_items(fields.take("ubah"), "ubah", sink)) {
    EntryReader(entry, scenario, sink).read();
  }
  fields.finish();
  if (sink.count(Severity::error) != errors) return std::nullopt;
  return scenario;
}

}  // namespace jenjang
