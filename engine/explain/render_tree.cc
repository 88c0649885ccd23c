#include <nlohmann/json.hpp>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rounding.h"
#include "jenjang/explain/explanation.h"

namespace jenjang {
namespace {

// A fraction with its size beside it: "4749000/657421 (~ 7.2237)".
std::string readable(const std::string& exact) {
  const std::size_t bar = exact.find('/');
  if (bar == std::string::npos) return exact;
  const std::optional<Decimal> above = Decimal::parse(exact.substr(0, bar));
  const std::optional<Decimal> below = Decimal::parse(exact.substr(bar + 1));
  if (!above || !below || below->is_zero()) return exact;
  return exact + " (~ " + round(Rational(*above) / Rational(*below), {RoundingMode::half_up, 4}).to_string() + ")";
}

bool same_figure(const std::string& exact, const std::string& printed) {
  const std::optional<Decimal> a = Decimal::parse(exact);
  const std::optional<Decimal> b = Decimal::parse(printed);
  return a && b ? *a == *b : exact == printed;
}

class TextRenderer {
public:
  TextRenderer(const SourceMap& sources, Language language)
      : sources_(sources), indonesian_(language == Language::indonesian) {}

  // `branch` starts this node's first line, `stem` every further line of it and of its inputs.
  void node(const ExplanationNode& tree, const std::string& branch, const std::string& stem) {
    text_ += branch + tree.address + "  " + tree.what;
    if (!tree.value.empty()) text_ += " = " + tree.value;
    if (!tree.labels.empty()) {
      text_ += "  [";
      for (std::size_t i = 0; i < tree.labels.size(); ++i) text_ += (i > 0 ? ", " : "") + tree.labels[i];
      text_ += "]";
    }
    text_ += '\n';
    const std::string detail = stem + (tree.inputs.empty() ? "   " : "│  ");
    const auto line = [&](std::string_view name, const std::string& content) {
      if (!content.empty()) text_ += detail + std::string(name) + content + '\n';
    };
    line("", tree.title);
    line(indonesian_ ? "aturan: " : "rule: ", tree.rule);
    line(indonesian_ ? "masuk sebagai: " : "enters as: ", tree.weight);
    line(indonesian_ ? "kontribusi: " : "contribution: ", readable(tree.contribution));
    // The exact figure is worth a line only where it says more than the printed one.
    if (!same_figure(tree.exact, tree.value.substr(0, tree.value.find(' '))))
      line(indonesian_ ? "tepat: " : "exact: ", readable(tree.exact));
    for (const std::string& note : tree.notes) line("· ", note);
    for (const std::string& article : tree.articles) line("§ ", article);
    for (const SourceSpan& place : tree.places) line("@ ", sources_.to_string(place));
    const bool more = tree.inputs_left_out > 0;
    for (std::size_t i = 0; i < tree.inputs.size(); ++i) {
      const bool last = i + 1 == tree.inputs.size() && !more;
      node(tree.inputs[i], stem + (last ? "└─ " : "├─ "), stem + (last ? "   " : "│  "));
    }
    if (more) {
      text_ += stem + "└─ " + (indonesian_ ? "dan " : "and ") + std::to_string(tree.inputs_left_out) +
               (indonesian_ ? " masukan lagi, tidak ditampilkan\n" : " more inputs, not shown\n");
    }
  }
  std::string take() { return std::move(text_); }

private:
  const SourceMap& sources_;
  bool indonesian_;
  std::string text_;
};

using Json = nlohmann::ordered_json;

Json to_json(const ExplanationNode& tree, const SourceMap& sources) {
  Json node{{"address", tree.address}, {"what", tree.what}, {"value", tree.value}};
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) node[key] = text;
  };
  add("title", tree.title);
  add("exact", tree.exact);
  add("rule", tree.rule);
  add("weight", tree.weight);
  add("contribution", tree.contribution);
  if (!tree.notes.empty()) node["notes"] = tree.notes;
  if (!tree.articles.empty()) node["articles"] = tree.articles;
  if (!tree.labels.empty()) node["labels"] = tree.labels;
  if (!tree.places.empty()) {
    Json places = Json::array();
    for (const SourceSpan& place : tree.places) {
      places.push_back({{"file", sources.name(place.file)}, {"line", place.line}, {"column", place.column}});
    }
    node["places"] = std::move(places);
  }
  if (!tree.inputs.empty()) {
    Json inputs = Json::array();
    for (const ExplanationNode& input : tree.inputs) inputs.push_back(to_json(input, sources));
    node["inputs"] = std::move(inputs);
  }
  if (tree.inputs_left_out > 0) node["inputs_left_out"] = tree.inputs_left_out;
  return node;
}

}  // namespace

std::string render_text(const ExplanationNode& root, const SourceMap& sources, Language language) {
  TextRenderer renderer(sources, language);
  renderer.node(root, "", "");
  return renderer.take();
}

std::string render_json(const ExplanationNode& root, const SourceMap& sources,
                        const std::vector<std::pair<std::string, std::string>>& stated) {
  Json document{{"format_version", 1}, {"kind", "explanation"}};
  for (const auto& [key, text] : stated) document[key] = text;
  document["root"] = to_json(root, sources);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace jenjang
