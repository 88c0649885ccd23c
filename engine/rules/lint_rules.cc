#include "jenjang/rules/lint_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "jenjang/base/result.h"
#include "jenjang/base/text.h"
#include "jenjang/source/yaml_fields.h"

namespace jenjang {

namespace {

constexpr std::array<std::string_view, 3> kSeverityWords{"galat", "peringatan", "info"};
constexpr std::array<std::string_view, 2> kCheckedBy{"pemeriksa", "mesin"};
constexpr std::array<Severity, 3> kSeverities{Severity::error, Severity::warning, Severity::info};

// Words of one of the closed lists, as enumerators; unknown ones are J1411.
template <class Enum>
std::vector<Enum> read_words(FieldReader& fields, std::string_view key, std::span<const std::string_view> words,
                             DiagnosticSink& sink) {
  std::vector<Enum> values;
  for (const LocatedText& text : fields.text_list(key)) {
    const auto found = std::find(words.begin(), words.end(), text.value);
    if (found != words.end()) {
      values.push_back(static_cast<Enum>(found - words.begin()));
      continue;
    }
    std::string known;
    for (const auto word : words) known += (known.empty() ? "" : ", ") + std::string(word);
    sink.report(make_diagnostic(Code::J1411, text.span)
                    .arg("apa", key)
                    .arg("nama", text.value)
                    .arg("daftar", known)
                    .suggest(nearest(text.value, words).value_or("")));
  }
  return values;
}

std::optional<LintRule> read_rule(const YamlNode& item, DiagnosticSink& sink) {
  FieldReader fields(item, "aturan", sink);
  if (!fields.is_map()) return std::nullopt;
  LintRule rule;
  const auto code = fields.required_text("kode");
  if (code) {
    rule.id = code->value;
    rule.span = code->span;
  }
  if (const auto severity = fields.choice("keparahan", kSeverityWords)) rule.severity = kSeverities[severity->value];
  rule.applies_to = read_words<DocumentKind>(fields, "berlaku_untuk", document_words(), sink);
  if (const auto basis = fields.required_text("dasar")) rule.basis = basis->value;
  if (const auto by = fields.choice("oleh", kCheckedBy)) rule.by_construction = by->value == 1;
  if (const auto enabled = fields.flag("aktif")) rule.enabled = enabled->value;
  fields.finish();
  return code ? std::optional(std::move(rule)) : std::nullopt;
}

bool covers(const Waiver& waiver, std::string_view rule, std::string_view address) {
  return waiver.rule == rule && (waiver.address.empty() || waiver.address == address);
}

bool has_word(std::string_view text, std::span<const std::string_view> known) {
  std::string word;
  const auto is_known = [&] { return std::find(known.begin(), known.end(), word) != known.end(); };
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (is_known()) return true;
    word.clear();
  }
  return is_known();
}

}  // namespace

bool names_growth(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kWords{"laju", "pertumbuhan", "kenaikan", "kasar", "apk"};
  return has_word(text, kWords);
}

bool may_exceed_hundred(std::string_view text) {
  static constexpr std::array<std::string_view, 1> kWords{"peningkatan"};
  return names_growth(text) || has_word(text, kWords);
}

LintRules LintRules::load(const std::filesystem::path& models_folder, std::span<const std::string_view> known,
                          SourceMap& sources, DiagnosticSink& sink, const FileSource& files) {
  LintRules rules;
  const bool is_file = files.exists(models_folder) && !files.is_folder(models_folder);
  const auto path = is_file ? models_folder : models_folder / "lint" / "aturan.yaml";
  const YamlLimits limits;
  auto text = files.read(path, limits.max_bytes);
  if (!text.ok()) {
    sink.report(text.failure());
    return rules;
  }
  const std::string shown = (path.parent_path().filename() / path.filename()).generic_string();
  const FileId file = sources.add(is_file ? shown : "models/" + shown, std::move(text).value());
  const auto tree = parse_yaml(file, sources, limits, sink);
  if (!tree) return rules;

  FieldReader fields(*tree, "aturan", sink);
  if (!fields.is_map()) return rules;
  if (const auto version = fields.required_text("jenjang"); version && version->value != "1") {
    sink.report(make_diagnostic(Code::J1401, version->span).arg("versi", version->value));
  }
  if (const YamlNode* levels = fields.take("tingkat_dokumen")) {
    FieldReader by_kind(*levels, "tingkat_dokumen", sink);
    const auto words = document_words();
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (by_kind.take(words[i]) == nullptr) continue;
      rules.levels_.push_back(
          {static_cast<DocumentKind>(i), read_words<ItemKind>(by_kind, words[i], item_kind_words(), sink)});
    }
    by_kind.finish();
  }
  std::set<std::string, std::less<>> seen;
  const YamlNode* list = fields.take("aturan");
  if (list != nullptr && list->is_sequence()) {
    for (const YamlNode& item : list->items) {
      auto rule = read_rule(item, sink);
      if (!rule) continue;
      if (!seen.insert(rule->id).second) {
        sink.report(make_diagnostic(Code::J1410, rule->span).arg("apa", "aturan").arg("kode", rule->id));
      } else if (!known.empty() && !rule->by_construction &&
                 std::find(known.begin(), known.end(), rule->id) == known.end()) {
        sink.report(make_diagnostic(Code::J1420, rule->span)
                        .arg("aturan", rule->id)
                        .suggest(nearest(rule->id, known).value_or("")));
      } else {
        rules.add(std::move(*rule));
      }
    }
  }
  fields.finish();
  return rules;
}

const LintRule* LintRules::find(std::string_view id) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const LintRule& rule) { return rule.id == id; });
  return found == rules_.end() ? nullptr : &*found;
}

bool LintRules::holds(DocumentKind kind, ItemKind level) const {
  const auto found = std::find_if(levels_.begin(), levels_.end(), [&](const Levels& one) { return one.kind == kind; });
  return found == levels_.end() || std::find(found->levels.begin(), found->levels.end(), level) != found->levels.end();
}

const LintRule* LintRules::applicable(std::string_view id, DocumentKind kind) const {
  const LintRule* rule = find(id);
  if (rule == nullptr || !rule->enabled) return nullptr;
  const auto& kinds = rule->applies_to;
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end() ? rule : nullptr;
}

void LintRules::report(const LintRule& rule, std::string_view address, Diagnostic finding, DiagnosticSink& sink) const {
  finding.rule = rule.id;
  if (finding.article.empty()) finding.article = rule.basis;
  finding.severity = rule.severity;
  const auto waiver =
      std::find_if(waivers_.begin(), waivers_.end(), [&](const Waiver& one) { return covers(one, rule.id, address); });
  if (waiver == waivers_.end()) {
    sink.report(std::move(finding));
    return;
  }
  // A waived finding stays visible: what it was, where, and why it is accepted.
  sink.report(make_diagnostic(Code::J2001, finding.primary)
                  .arg("aturan", rule.id)
                  .arg("alamat", address)
                  .arg("alasan", waiver->reason)
                  .related(finding.primary, message_text(finding, Language::indonesian),
                           message_text(finding, Language::english))
                  .related(waiver->span, "keringanan", "waiver")
                  .rule(rule.id)
                  .article(finding.article));
}

}  // namespace jenjang
