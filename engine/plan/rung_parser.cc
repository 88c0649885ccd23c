// One rung of a `kaskade` ladder: who gets a part, by which method, by which driver, within which limits.
#include <algorithm>
#include <array>
#include <utility>

#include "jenjang/base/rational.h"
#include "jenjang/measure/reading.h"

#include "engine/plan/document_parser.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 2> kZeroDriverWords{"tolak", "rata"};
constexpr std::string_view kTwoWay = "dua-arah";
constexpr std::string_view kBaseline = "baseline";
constexpr std::string_view kMonthsHeld = "bulan-terisi";

// Everything beyond the common keys belongs to the method; its registry checks it.
void keep_parameters(const YamlNode& node, PlanRung& rung, DiagnosticSink& sink) {
  const auto common = plan_keys("kaskade");
  for (const YamlNode::Entry& entry : node.entries) {
    if (std::find(common.begin(), common.end(), entry.key) != common.end()) continue;
    if (!entry.value.is_scalar()) {
      report_form(sink, entry.value.span, entry.key, "100", kind_word(entry.value.kind));
      continue;
    }
    rung.parameters.push_back({entry.key, entry.value.text, entry.key_span, entry.value.span});
  }
}

// The reserved words, or the name of an attribute.
DriverTerm named_term(const std::string& word, const SourceSpan& span) {
  DriverTerm term;
  term.span = span;
  if (word == kBaseline) {
    term.kind = DriverTerm::Kind::baseline;
  } else if (word == kMonthsHeld) {
    term.kind = DriverTerm::Kind::months;
  } else {
    term.name = word;
  }
  return term;
}

// A term of the list form; nullopt, reported, unless it has exactly one kind.
std::optional<DriverTerm> listed_term(const YamlNode& node, bool alone, DiagnosticSink& sink) {
  SectionReader fields(node, "pemacu", "pemacu", sink);
  if (!fields.is_map()) return std::nullopt;
  DriverTerm term;
  term.span = node.span;
  std::vector<std::pair<std::string_view, SourceSpan>> kinds;
  const auto is_kind = [&](std::string_view key, const SourceSpan& span, DriverTerm::Kind kind) {
    kinds.emplace_back(key, span);
    term.kind = kind;
  };
  static constexpr std::array<std::string_view, 1> kYes{"ya"};
  static constexpr std::array<std::string_view, 1> kHeld{"terisi"};
  if (const auto name = fields.text("atribut")) {
    is_kind("atribut", name->span, DriverTerm::Kind::attribute);
    term.name = name->value;
  }
  if (const auto yes = fields.choice("baseline", kYes)) is_kind("baseline", yes->span, DriverTerm::Kind::baseline);
  if (const auto standard = fields.decimal("kebutuhan")) {
    is_kind("kebutuhan", standard->span, DriverTerm::Kind::need);
    term.standard = standard->value;
  }
  if (const auto code = fields.text("ukuran")) {
    is_kind("ukuran", code->span, DriverTerm::Kind::measure);
    if (!check_code(code->value, code->span, sink)) return std::nullopt;
    term.name = code->value;
  }
  if (const auto held = fields.choice("bulan", kHeld)) is_kind("bulan", held->span, DriverTerm::Kind::months);
  const auto share = fields.decimal("bagian");
  fields.finish();
  if (kinds.empty()) {
    report_form(sink, node.span, "pemacu", "atribut | baseline | kebutuhan | ukuran | bulan", "-");
    return std::nullopt;
  }
  if (kinds.size() > 1) {
    sink.report(make_diagnostic(Code::J1542, kinds[1].second)
                    .arg("kunci", kinds[1].first)
                    .arg("kunci_lain", kinds[0].first)
                    .related(kinds[0].second, "dan ini", "and this"));
    return std::nullopt;
  }
  term.span = kinds.front().second;
  if (share) {
    term.share = share->value;
  } else if (!alone) {
    if (node.find("bagian") == nullptr) report_form(sink, node.span, "bagian", "0.6", "-");
    return std::nullopt;
  }
  return term;
}

// The terms as written; whether every one of them could be read.
bool read_terms(const YamlNode& node, std::vector<DriverTerm>& terms, DiagnosticSink& sink) {
  if (node.is_scalar()) {
    terms.push_back(named_term(node.text, node.span));
    return !node.text.empty();
  }
  bool good = true;
  if (node.is_sequence()) {
    for (const YamlNode& item : node.items) {
      auto term = listed_term(item, node.items.size() == 1, sink);
      good = good && term.has_value();
      if (term) terms.push_back(*std::move(term));
    }
  } else if (node.is_map()) {
    const auto shares = parse_numbers(&node, "pemacu", sink);
    good = shares.size() == node.entries.size();
    for (const auto& [name, share] : shares) {
      terms.push_back(named_term(name.value, name.span));
      terms.back().share = share.value;
    }
  }
  if (good && terms.empty()) {
    report_form(sink, node.span, "pemacu", "penduduk", kind_word(node.kind));
    return false;
  }
  return good;
}

bool shares_are_whole(const std::vector<DriverTerm>& terms, const SourceSpan& span, DiagnosticSink& sink) {
  Rational sum;
  for (const DriverTerm& term : terms) {
    if (term.share.sign() <= 0) {
      report_form(sink, term.span, "bagian", "> 0", term.share.to_string());
      return false;
    }
    sum += Rational(term.share);
  }
  if (sum == Rational(1)) return true;
  const auto written = sum.to_decimal();
  sink.report(make_diagnostic(Code::J1543, span).arg("jumlah", written ? written->to_string() : sum.to_string()));
  return false;
}

void read_driver(SectionReader& fields, PlanRung& rung, DiagnosticSink& sink) {
  fields.take("pemacu");
  const YamlNode::Entry* written = fields.take_entry("pemacu");
  if (written == nullptr || written->value.is_null()) return;
  rung.driver_is_good =
      read_terms(written->value, rung.driver, sink) &&
      shares_are_whole(rung.driver, written->value.is_scalar() ? written->value.span : written->key_span, sink);
  if (const YamlNode* shares = fields.take("bagian"); shares != nullptr && !shares->is_null()) {
    sink.report(make_diagnostic(Code::J1542, written->key_span).arg("kunci", "pemacu").arg("kunci_lain", "bagian"));
    rung.driver_is_good = false;
  }
}

// `minimal` or `maksimal` of every child: a number, or its own baseline.
std::optional<RuleLimit> read_limit(SectionReader& fields, std::string_view key, DiagnosticSink& sink) {
  const YamlNode* node = fields.take(key);
  if (node == nullptr || node->is_null()) return std::nullopt;
  RuleLimit limit;
  limit.span = node->span;
  if (node->is_scalar() && node->text == kBaseline) {
    limit.baseline = true;
    return limit;
  }
  if (node->is_scalar() && !Decimal::parse(node->text) && node->text.find_first_of("0123456789") == std::string::npos) {
    sink.report(make_diagnostic(Code::J1503, node->span)
                    .arg("kunci", key)
                    .arg("harapan", "90 | baseline")
                    .arg("ditemukan", node->text)
                    .suggest(kBaseline));
    return std::nullopt;
  }
  const auto value = read_decimal(*node, key, sink);
  if (!value) return std::nullopt;
  limit.value = *value;
  return limit;
}

void read_limits(SectionReader& fields, PlanRung& rung, DiagnosticSink& sink) {
  rung.least = read_limit(fields, "minimal", sink);
  rung.most = read_limit(fields, "maksimal", sink);
  if (!rung.least || !rung.most || rung.least->baseline || rung.most->baseline) return;
  if (rung.least->value > rung.most->value) {
    report_beyond(sink, {"minimal", rung.least->value.to_string(), rung.least->span},
                  {"maksimal", rung.most->value.to_string(), rung.most->span});
    rung.least.reset();
    rung.most.reset();
  }
}

// `baris` and `cara: dua-arah` go together. False when the rung cannot stand.
bool read_margin(SectionReader& fields, const LocatedText& method, PlanRung& rung, DiagnosticSink& sink) {
  rung.margin = fields.text("baris");
  const bool two_way = method.value == kTwoWay;
  if (rung.margin && !two_way) {
    sink.report(make_diagnostic(Code::J1545, rung.margin->span)
                    .arg("kunci", "baris")
                    .arg("syarat", "cara: dua-arah")
                    .arg("ditemukan", "cara: " + method.value)
                    .related(method.span, "caranya", "its method"));
    rung.margin.reset();
    return true;
  }
  if (rung.margin) return check_code(rung.margin->value, rung.margin->span, sink);
  if (!two_way) return true;
  sink.report(make_diagnostic(Code::J1545, method.span)
                  .arg("kunci", "cara: dua-arah")
                  .arg("syarat", "baris")
                  .arg("ditemukan", "-"));
  return false;
}

std::optional<PlanRung> parse_rung(const YamlNode& node, DiagnosticSink& sink) {
  SectionReader fields(node, "kaskade", "kaskade", sink);
  if (!fields.is_map()) return std::nullopt;
  PlanRung rung;
  rung.span = node.span;
  const YamlNode* to = fields.take("ke");
  if (to == nullptr) report_form(sink, node.span, "ke", "kabkota", "-");
  rung.to = parse_selector(to, "ke", sink);
  const auto method = fields.required_text("cara");
  read_driver(fields, rung, sink);
  rung.shares = parse_numbers(fields.take("bagian"), "bagian", sink);
  if (const auto policy = fields.word<ZeroDriverPolicy>("pemacu_nol", kZeroDriverWords)) {
    rung.on_zero_driver = policy->value;
  }
  if (const auto word = fields.word<PartRounding>("pembulatan", part_rounding_words())) rung.rounding = word->value;
  rung.on_expired = fields.word<ExpiredPolicy>("berakhir", expired_policy_words());
  rung.calendar = fields.text("kalender");
  rung.step = fields.decimal("langkah");
  if (rung.step && rung.step->value.sign() <= 0) {
    report_form(sink, rung.step->span, "langkah", "0.01", rung.step->value.to_string());
    rung.step.reset();
  }
  read_limits(fields, rung, sink);
  rung.bounds = parse_unit_bounds(fields.take("batas"), sink);
  const bool margin_is_good = !method || read_margin(fields, *method, rung, sink);
  keep_parameters(node, rung, sink);
  if (!method || rung.to.empty() || !margin_is_good) return std::nullopt;
  rung.method = *method;
  rung.span = method->span;
  return rung;
}

}  // namespace

std::vector<PlanRung> parse_ladder(const YamlNode* list, DiagnosticSink& sink) {
  std::vector<PlanRung> ladder;
  for (const YamlNode& node : list_items(list, "kaskade", sink)) {
    auto rung = parse_rung(node, sink);
    // The rungs below stand on this one.
    if (!rung) break;
    ladder.push_back(*std::move(rung));
  }
  return ladder;
}

}  // namespace jenjang
