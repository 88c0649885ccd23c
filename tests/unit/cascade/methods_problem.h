// One family as a method sees it, written as text: figures by child, parted by blanks, "-" for none.
#pragma once

#include <gtest/gtest.h>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/cascade/allocation.h"

#include "engine/cascade/rounding/rounding.h"

namespace jenjang::testing {

// "12.5", "-3", "25/3".
inline Rational num(const std::string& text) {
  const std::size_t stroke = text.find('/');
  if (stroke == std::string::npos) {
    return Rational(Decimal::parse(text).value());
  }
  return num(text.substr(0, stroke)) / num(text.substr(stroke + 1));
}
inline std::vector<std::optional<Rational>> maybe_nums(const std::string& text) {
  std::vector<std::optional<Rational>> out;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    out.push_back(word == "-" ? std::nullopt : std::optional(num(word)));
  }
  return out;
}
inline std::vector<Rational> nums(const std::string& text) {
  std::vector<Rational> out;
  for (const std::optional<Rational>& value : maybe_nums(text)) {
    out.push_back(value.value());
  }
  return out;
}

struct Case {
  std::string method;
  std::string target;
  std::string weights;
  Aggregation aggregation = Aggregation::sum;
  std::string drivers = "";
  std::string baselines = "";
  std::string lower = "", upper = "";
  std::vector<std::pair<std::string, std::string>> parameters = {};  // a number or a word
  Polarity polarity = Polarity::higher;
  ZeroDriverPolicy on_zero_driver = ZeroDriverPolicy::refuse;
  int years = 1;
  std::string already_met = "0";

  // Keys are "a", "b", ... in the order of the children. Views into `parameters` stay with the case.
  [[nodiscard]] AllocationProblem problem() const {
    static const std::string letters = "abcdefghijklmnopqrstuvwxyz";
    AllocationProblem out;
    out.aggregation = aggregation;
    out.polarity = polarity;
    out.target = num(target);
    out.weights = nums(weights);
    out.drivers = nums(drivers);
    out.baselines = maybe_nums(baselines);
    out.lower = maybe_nums(lower);
    out.upper = maybe_nums(upper);
    out.years = years;
    out.already_met = num(already_met);
    out.on_zero_driver = on_zero_driver;
    for (std::size_t i = 0; i < out.weights.size(); ++i) {
      out.keys.push_back(std::string_view(letters).substr(i, 1));
    }
    for (const auto& [key, value] : parameters) {
      const std::optional<Decimal> number = Decimal::parse(value);
      out.parameters.push_back({key, number ? std::optional(Rational(*number)) : std::nullopt,
                                number ? std::string_view() : std::string_view(value)});
    }
    return out;
  }
  [[nodiscard]] AllocationResult run() const {
    const AllocationMethod* const found = find_allocation_method(method);
    if (found == nullptr) {
      ADD_FAILURE() << "no method " << method;
      return AllocationFailure{};
    }
    return found->allocate(problem());
  }
  [[nodiscard]] Allocation allocation() const {
    AllocationResult result = run();
    if (const AllocationFailure* failure = std::get_if<AllocationFailure>(&result)) {
      ADD_FAILURE() << method << ": " << to_string(failure->error);
      return {};
    }
    return std::get<Allocation>(result);
  }
  [[nodiscard]] AllocationFailure failure() const {
    AllocationResult result = run();
    if (std::holds_alternative<Allocation>(result)) {
      ADD_FAILURE() << method << " found shares";
      return {};
    }
    return std::get<AllocationFailure>(result);
  }
  [[nodiscard]] std::vector<Rational> shares() const { return allocation().shares; }
  // Shares of a plain sum in steps.
  [[nodiscard]] std::vector<std::string> rounded(const std::string& step,
                                                 PartRounding rounding = PartRounding::largest_remainder) const {
    const AllocationProblem asked = problem();
    const Allocation found = allocation();
    const std::optional<std::vector<Decimal>> cells = cascade::round_to_total(
        {found.shares, Decimal::parse(step).value(), found.tie_drivers, asked.keys, found.lower, found.upper},
        asked.target, rounding, found.apportion_weights);
    std::vector<std::string> out;
    for (const Decimal& cell : cells.value_or(std::vector<Decimal>{})) {
      out.push_back(cell.to_string());
    }
    return out;
  }
};

using Words = std::vector<std::string>;
using Places = std::vector<std::size_t>;

}  // namespace jenjang::testing

namespace jenjang {
// Found by argument-dependent lookup: failures print fractions, not bytes.
inline void PrintTo(const Rational& value, std::ostream* out) {
  *out << value.to_string();
}
}  // namespace jenjang
