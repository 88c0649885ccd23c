// Parts of an LHE: figures and cells as Markdown, and the scores every section looks at.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/report/lhe.h"

namespace jenjang::report {

inline constexpr std::size_t kReviewLanes = kReviewLaneWords.size();

struct LheScores {
  explicit LheScores(const LheInput& input);

  SheetScore counted;                                         // what counts in the end
  std::array<std::optional<SheetScore>, kReviewLanes> lanes;  // each lane with those before it; empty: has not spoken
  std::optional<ReviewLane> furthest;                         // that spoke

  [[nodiscard]] bool is_decided() const { return furthest == ReviewLane::assessor; }
};

// One cell of a Markdown table: no line break, bars escaped.
std::string cell(std::string_view text);
// A decimal comma, as the reports print it.
std::string comma(std::string text);
// Points of an inner node, the grade of a leaf; "belum ada" when there is nothing to compute from.
std::string figure(const PackTemplate& tmpl, const SheetNode& node);
// What a part may give at most; empty when nobody says.
std::string weight_of(const PackTemplate& tmpl, std::size_t index);
bool is_leaf(const PackTemplate& tmpl, std::size_t index);

class Markdown {
public:
  void heading(int level, std::string_view text);
  void paragraph(std::string_view text);
  void item(std::string_view text);
  void row(const std::vector<std::string>& cells);
  // The header of a table and its rule; `right`: columns of figures.
  void header(const std::vector<std::string>& names, const std::vector<std::size_t>& right = {});
  void end_block();
  [[nodiscard]] std::string take() { return std::move(text_); }

private:
  std::string text_;
};

void write_annexes(Markdown& out, const LheInput& input, const LheScores& scores);  // lhe_annex.cc
// Parts that rest on something unverified or invented, one line each.
std::vector<std::string> lhe_marks(const LheInput& input);

}  // namespace jenjang::report
