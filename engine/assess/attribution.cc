#include "jenjang/assess/attribution.h"

#include <algorithm>
#include <map>
#include <set>

namespace jenjang {
namespace {

class Splitter {
public:
  Splitter(const PackTemplate& tmpl, const SheetScore& score, AttributionLevel level)
      : tmpl_(tmpl), score_(score), level_(level) {}

  std::vector<Contribution> split() {
    if (!tmpl_.nodes.empty() && score_.total()) add(0, Rational(1));
    return std::move(parts_);
  }

private:
  [[nodiscard]] std::vector<std::size_t> children(std::size_t index) const {
    std::vector<std::size_t> found;
    for (std::size_t i = index + 1; i < tmpl_.nodes.size(); ++i) {
      if (tmpl_.nodes[i].parent == index) found.push_back(i);
    }
    return found;
  }
  // Whether the points of the node are a weighted sum of those of its parts.
  [[nodiscard]] bool adds_up(std::size_t index) const {
    const TemplateNode& node = tmpl_.nodes[index];
    if (node.rounding || score_.nodes[index].share_row >= 0) return false;
    if (level_ == AttributionLevel::sub_components && node.kind == ItemKind::sub_component) return false;
    return node.aggregation == Aggregation::sum || node.aggregation == Aggregation::weighted_mean;
  }

  void add(std::size_t index, const Rational& share) {
    const std::optional<Rational>& value = score_.nodes[index].value;
    if (!value) return;  // left out, or counted as nought
    const std::vector<std::size_t> parts = children(index);
    if (parts.empty() || !adds_up(index)) {
      parts_.push_back({index, share * *value});
      return;
    }
    const TemplateNode& node = tmpl_.nodes[index];
    Rational scale = share * Rational(node.factor);
    if (node.aggregation == Aggregation::weighted_mean) {
      Rational weight;
      for (const std::size_t part : parts) {
        const bool counts = score_.nodes[part].value || node.missing == MissingPolicy::zero;
        if (counts) weight += Rational(tmpl_.nodes[part].weight);
      }
      if (weight.is_zero()) return;
      scale = scale / weight;
    }
    for (const std::size_t part : parts) add(part, scale * Rational(tmpl_.nodes[part].weight));
  }

  const PackTemplate& tmpl_;
  const SheetScore& score_;
  AttributionLevel level_;
  std::vector<Contribution> parts_;
};

// Every code that a template may be answered under.
std::set<std::string, std::less<>> questions(const RuleSet& rules) {
  std::set<std::string, std::less<>> codes;
  for (std::size_t i = 0; i < rules.tmpl->nodes.size(); ++i) {
    const TemplateNode& node = rules.tmpl->nodes[i];
    const bool leaf =
        std::ranges::none_of(rules.tmpl->nodes, [&](const TemplateNode& other) { return other.parent == i; });
    if (leaf) codes.insert(node.code);
    if (const ShareTable* table = rules.tmpl->share_table_for(node.code)) {
      for (const ShareRow& row : table->rows) {
        for (const std::string& key : row.judgements) codes.insert(node.code + "/" + key);
      }
    }
  }
  return codes;
}

// `data`, with the answers of `other` to what the rules behind `data` never asked; only what `rules` ask.
SheetAnswers answers_for(const std::set<std::string, std::less<>>& asked, const SheetAnswers& data,
                         const std::set<std::string, std::less<>>& known, const SheetAnswers& other) {
  SheetAnswers answers;
  for (const std::string& code : asked) {
    const SheetAnswers& from = known.contains(code) ? data : other;
    if (const auto found = from.find(code); found != from.end()) answers.emplace(code, found->second);
  }
  return answers;
}

std::map<std::string, Rational, std::less<>> by_code(const RuleSet& rules, const SheetScore& score,
                                                     AttributionLevel level) {
  std::map<std::string, Rational, std::less<>> points;
  for (const Contribution& part : contributions(*rules.tmpl, score, level)) {
    points[rules.tmpl->nodes[part.node].code] += part.points;
  }
  return points;
}

}  // namespace

std::vector<Contribution> contributions(const PackTemplate& tmpl, const SheetScore& score, AttributionLevel level) {
  return Splitter(tmpl, score, level).split();
}

Result<RuleComparison> compare_rules(const RuleSet& old_rules, const SheetAnswers& old_data, const RuleSet& new_rules,
                                     const SheetAnswers& new_data, AttributionLevel level) {
  const auto old_asks = questions(old_rules), new_asks = questions(new_rules);
  if (std::ranges::none_of(old_asks, [&](const std::string& code) { return new_asks.contains(code); })) {
    return Diagnostic(make_diagnostic(Code::J3131, {}).arg("lama", old_rules.pack->id).arg("baru", new_rules.pack->id));
  }
  struct Corner {
    const RuleSet* rules;
    bool new_data;
    SheetScore score;
    std::map<std::string, Rational, std::less<>> points;
  };
  Corner corners[2][2];  // [data][rules]
  for (const bool data : {false, true}) {
    for (const bool rules : {false, true}) {
      Corner& corner = corners[data][rules];
      corner.rules = rules ? &new_rules : &old_rules;
      const auto& asked = rules ? new_asks : old_asks;
      const SheetAnswers answers =
          data ? answers_for(asked, new_data, new_asks, old_data) : answers_for(asked, old_data, old_asks, new_data);
      corner.score = score_sheet(*corner.rules->pack, *corner.rules->tmpl, corner.rules->mode, answers);
      const std::vector<std::string>& unknown = corner.score.unknown_answers;
      if (!corner.score.total() || !unknown.empty()) {
        return Diagnostic(make_diagnostic(Code::J3130, {})
                              .arg("paket", corner.rules->pack->id)
                              .arg("kode", unknown.empty() ? corner.score.nodes.front().missing : unknown.front()));
      }
      corner.points = by_code(*corner.rules, corner.score, level);
    }
  }
  RuleComparison comparison;
  std::vector<std::pair<std::string, std::string>> order;  // code, title
  std::set<std::string, std::less<>> placed;
  for (const RuleSet* rules : {&new_rules, &old_rules}) {
    for (const TemplateNode& node : rules->tmpl->nodes) {
      const bool is_item = std::ranges::any_of(corners, [&](const auto& row) {
        return std::ranges::any_of(row, [&](const Corner& corner) { return corner.points.contains(node.code); });
      });
      if (is_item && placed.insert(node.code).second) order.emplace_back(node.code, node.title);
    }
  }
  const auto differ = [](RuleDifference& item, const Rational& p00, const Rational& p10, const Rational& p01,
                         const Rational& p11) {
    item.before = p00;
    item.after = p11;
    item.data = p10 - p00;
    item.rule = p01 - p00;
    item.interaction = p11 - p10 - p01 + p00;
  };
  const auto points = [&](bool data, bool rules, const std::string& code) {
    const auto& all = corners[data][rules].points;
    const auto found = all.find(code);
    return found == all.end() ? Rational() : found->second;
  };
  for (auto& [code, title] : order) {
    RuleDifference item{code, title, {}, {}, {}, {}, {}};
    differ(item, points(false, false, code), points(true, false, code), points(false, true, code),
           points(true, true, code));
    comparison.items.push_back(std::move(item));
  }
  comparison.total.code = new_rules.tmpl->nodes.front().code;
  comparison.total.title = new_rules.tmpl->nodes.front().title;
  differ(comparison.total, *corners[0][0].score.total(), *corners[1][0].score.total(), *corners[0][1].score.total(),
         *corners[1][1].score.total());
  comparison.before = std::move(corners[0][0].score);
  comparison.after = std::move(corners[1][1].score);
  return comparison;
}

}  // namespace jenjang
