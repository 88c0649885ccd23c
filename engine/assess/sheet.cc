#include "jenjang/assess/sheet.h"

#include <algorithm>
#include <set>

#include "jenjang/measure/share_table.h"
#include "jenjang/rollup/rollup.h"

namespace jenjang {
namespace {

constexpr std::string_view kByShareOfCriteria = "syarat-kriteria";

// What stands where a figure should: the same three cases as in the roll-up of a worksheet.
enum class Standing : std::uint8_t { value, unanswered, not_applicable };

struct Figure {
  Standing standing = Standing::unanswered;
  Rational value;
  std::string missing;  // unanswered: the first answer it lacks
};

// How an absent part counts: the presence rule of the roll-up, for the two reasons a worksheet knows.
enum class Part : std::uint8_t { present, zero, absent, excluded };
Part part_of(Standing standing, MissingPolicy policy) {
  switch (standing) {
    case Standing::value:
      return Part::present;
    case Standing::not_applicable:
      return Part::excluded;
    case Standing::unanswered:
      break;
  }
  return policy == MissingPolicy::zero ? Part::zero : Part::absent;
}

// Above zero; on a scale without points the better half ("ya" before "tidak").
bool is_yes(const Scale* scale, std::size_t grade, const Rational& value) {
  if (scale != nullptr && !scale->grades.empty() && !scale->grades.front().points) {
    return 2 * grade < scale->grades.size();
  }
  return value.sign() > 0;
}

class SheetScorer {
public:
  SheetScorer(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode, const SheetAnswers& answers)
      : pack_(pack), tmpl_(tmpl), mode_(mode), answers_(answers), children_(tmpl.nodes.size()) {
    for (std::size_t i = 1; i < tmpl.nodes.size(); ++i) children_[tmpl.nodes[i].parent].push_back(i);
    figures_.resize(tmpl.nodes.size());
    aggregates_.resize(tmpl.nodes.size());
    made_.resize(tmpl.nodes.size(), false);
    yes_.resize(tmpl.nodes.size(), false);
    sheet_.nodes.resize(tmpl.nodes.size());
  }

  SheetScore score() {
    if (tmpl_.nodes.empty()) return std::move(sheet_);
    for (std::size_t i = 0; i < tmpl_.nodes.size(); ++i) sheet_.nodes[i].node = i;
    find_unknown();
    make(0);
    for (std::size_t i = 0; i < tmpl_.nodes.size(); ++i) {
      SheetNode& node = sheet_.nodes[i];
      if (figures_[i].standing == Standing::value) node.value = figures_[i].value;
      node.missing = figures_[i].missing;
      if (node.value && node.label.empty()) node.label = band_label(tmpl_.nodes[i], *node.value);
    }
    if (const std::optional<Rational>& total = sheet_.total()) {
      sheet_.printed = tmpl_.rounding.mode == RoundingMode::exact ? total->to_decimal()
                                                                  : std::optional(round(*total, tmpl_.rounding));
      sheet_.predicate = band_label(tmpl_.nodes.front(), *total);
    }
    return std::move(sheet_);
  }

private:
  [[nodiscard]] const ShareTable* table_of(std::size_t index) const {
    const bool by_share = mode_ != nullptr && mode_->rule == kByShareOfCriteria;
    return by_share && !children_[index].empty() ? tmpl_.share_table_for(tmpl_.nodes[index].code) : nullptr;
  }

  [[nodiscard]] const Scale* answer_scale(const TemplateNode& node) const {
    if (node.own_scale) return pack_.scale(node.scale);
    if (mode_ != nullptr && !mode_->answers.empty()) return pack_.scale(mode_->answers);
    const Scale* scale = node.scale.empty() ? nullptr : pack_.scale(node.scale);
    return scale != nullptr && scale->kind == Scale::Kind::grades ? scale : nullptr;
  }

  [[nodiscard]] std::string band_label(const TemplateNode& node, const Rational& value) const {
    const Scale* scale = node.scale.empty() ? nullptr : pack_.scale(node.scale);
    if (scale == nullptr || scale->kind != Scale::Kind::bands) return {};
    const int band = band_of(*scale, value);
    return band < 0 ? std::string() : scale->bands[static_cast<std::size_t>(band)].label;
  }

  // Codes that nothing here asks for.
  void find_unknown() {
    std::set<std::string, std::less<>> asked;
    for (std::size_t i = 0; i < tmpl_.nodes.size(); ++i) {
      if (children_[i].empty()) asked.insert(tmpl_.nodes[i].code);
      if (const ShareTable* table = table_of(i)) {
        for (const ShareRow& row : table->rows) {
          for (const std::string& key : row.judgements) asked.insert(tmpl_.nodes[i].code + "/" + key);
        }
      }
    }
    for (const auto& [code, answer] : answers_) {
      if (!answer.empty() && !asked.contains(code)) sheet_.unknown_answers.push_back(code);
    }
  }

  // One answer on its scale. `yes`: it counts as met.
  Figure read(const std::string& code, const Scale* scale, bool& yes, std::string* label) {
    Figure figure;
    figure.missing = code;
    yes = false;
    const auto found = answers_.find(code);
    if (found == answers_.end() || found->second.empty()) return figure;
    const std::string& answer = found->second;
    if (scale == nullptr) {
      const std::optional<Decimal> number = Decimal::parse(answer);
      if (!number) {
        sheet_.unknown_answers.push_back(code);
        return figure;
      }
      yes = number->sign() > 0;
      return {Standing::value, Rational(*number), {}};
    }
    if (std::ranges::find(scale->ungraded, answer) != scale->ungraded.end()) {
      if (label != nullptr) *label = answer;
      return {Standing::not_applicable, Rational(), {}};
    }
    const std::optional<std::size_t> grade = scale->find_grade(answer);
    if (!grade) {
      sheet_.unknown_answers.push_back(code);
      return figure;
    }
    if (label != nullptr) *label = answer;
    figure.standing = Standing::value;
    figure.missing.clear();
    figure.value = Rational(scale->grades[*grade].points.value_or(Decimal(scale->rank(*grade))));
    yes = is_yes(scale, *grade, figure.value);
    return figure;
  }

  const Figure& make(std::size_t index) {
    if (made_[index]) return figures_[index];
    made_[index] = true;
    const TemplateNode& node = tmpl_.nodes[index];
    Figure figure;
    if (children_[index].empty()) {
      bool yes = false;
      figure = read(node.code, answer_scale(node), yes, &sheet_.nodes[index].label);
      if (figure.standing == Standing::value) hold_down(index, figure);
      yes_[index] = yes;
      aggregates_[index] = figure;
    } else {
      for (const std::size_t child : children_[index]) make(child);
      figure = combine(index);
      aggregates_[index] = figure;
      if (figure.standing == Standing::value) {
        figure.value *= Rational(node.factor);
        if (node.rounding) figure.value = Rational(round(figure.value, *node.rounding));
      }
    }
    figures_[index] = std::move(figure);
    return figures_[index];
  }

  // Kontrol: an answer counts at most what the node it rests on is worth, before that becomes points. The reader has
  // refused rings, so this ends.
  void hold_down(std::size_t leaf, Figure& figure) {
    for (const TemplateControl& control : tmpl_.controls) {
      if (leaf == control.on || !lies_under(leaf, control.dependent)) continue;
      (void)make(control.on);
      const Figure& on = aggregates_[control.on];
      if (on.standing == Standing::not_applicable) continue;
      if (on.standing == Standing::unanswered) {
        // Nobody can say yet how far it counts.
        figure = {Standing::unanswered, Rational(), on.missing};
        return;
      }
      if (figure.value <= on.value) continue;
      figure.value = on.value;
      sheet_.nodes[leaf].held_by = control.on;
    }
  }

  [[nodiscard]] bool lies_under(std::size_t index, std::size_t above) const {
    for (; index != SIZE_MAX; index = tmpl_.nodes[index].parent) {
      if (index == above) return true;
    }
    return false;
  }

  Figure combine(std::size_t index) {
    if (const ShareTable* table = table_of(index)) return look_up(index, *table);
    const TemplateNode& node = tmpl_.nodes[index];
    Rational sum, weight, best;
    std::size_t present = 0;
    Figure lacking{Standing::not_applicable, Rational(), {}};
    bool absent = false;
    for (const std::size_t child : children_[index]) {
      const Figure& part = figures_[child];
      const Part as = part_of(part.standing, node.missing);
      if (as == Part::excluded) continue;
      if (as == Part::absent) {
        absent = true;
        if (lacking.missing.empty()) lacking = {Standing::unanswered, Rational(), part.missing};
        continue;
      }
      const Rational value = as == Part::zero ? Rational() : part.value;
      const Rational share(tmpl_.nodes[child].weight);
      const bool better = node.aggregation == Aggregation::maximum ? best < value : value < best;
      if (present == 0 || better) best = value;
      ++present;
      sum += value * share;
      weight += share;
    }
    if (present == 0 || (absent && node.missing == MissingPolicy::strict)) return lacking;
    switch (node.aggregation) {
      case Aggregation::sum:
        return {Standing::value, std::move(sum), {}};
      case Aggregation::minimum:
      case Aggregation::maximum:
        return {Standing::value, std::move(best), {}};
      case Aggregation::ratio:
      case Aggregation::table:
        // Criteria carry no pairs, and a table that nothing names finds no row.
        return {Standing::not_applicable, Rational(), {}};
      default:
        break;
    }
    if (weight.is_zero()) return {Standing::unanswered, Rational(), tmpl_.nodes[index].code};
    return {Standing::value, sum / weight, {}};
  }

  // Criteria met of those that count, looked up with the judgements that were given.
  Figure look_up(std::size_t index, const ShareTable& table) {
    const TemplateNode& node = tmpl_.nodes[index];
    SheetNode& shown = sheet_.nodes[index];
    Figure lacking{Standing::not_applicable, Rational(), {}};
    bool absent = false;
    for (const std::size_t child : children_[index]) {
      const Figure& part = figures_[child];
      switch (part_of(part.standing, node.missing)) {
        case Part::present:
          ++shown.of;
          if (yes_[child]) ++shown.met;
          break;
        case Part::zero:
          ++shown.of;
          break;
        case Part::absent:
          absent = true;
          if (lacking.missing.empty()) lacking = {Standing::unanswered, Rational(), part.missing};
          break;
        case Part::excluded:
          break;
      }
    }
    const std::vector<std::string> given = judgements(node, table);
    if (shown.of == 0 || (absent && node.missing == MissingPolicy::strict)) return lacking;
    shown.share_row = table.find(static_cast<std::int64_t>(shown.met), static_cast<std::int64_t>(shown.of), given);
    if (shown.share_row < 0) return {Standing::not_applicable, Rational(), {}};
    const ShareRow& row = table.rows[static_cast<std::size_t>(shown.share_row)];
    shown.label = row.grade;
    return {Standing::value, Rational(row.points), {}};
  }

  // A judgement nobody made is not given; it never makes the grade missing.
  std::vector<std::string> judgements(const TemplateNode& node, const ShareTable& table) {
    std::vector<std::string> given, asked;
    for (const ShareRow& row : table.rows) {
      for (const std::string& key : row.judgements) {
        if (std::ranges::find(asked, key) != asked.end()) continue;
        asked.push_back(key);
        bool yes = false;
        const Figure figure = read(node.code + "/" + key, answer_scale(node), yes, nullptr);
        if (figure.standing == Standing::value && yes) given.push_back(key);
      }
    }
    return given;
  }

  const Pack& pack_;
  const PackTemplate& tmpl_;
  const ScoringMode* mode_;
  const SheetAnswers& answers_;
  std::vector<std::vector<std::size_t>> children_;
  std::vector<Figure> figures_, aggregates_;  // points; before the factor
  std::vector<bool> made_, yes_;
  SheetScore sheet_;
};

}  // namespace

SheetScore score_sheet(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                       const SheetAnswers& answers) {
  return SheetScorer(pack, tmpl, mode, answers).score();
}

}  // namespace jenjang
