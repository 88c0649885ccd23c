#include "engine/cascade/registry.h"

#include <algorithm>
#include <array>

#include "jenjang/base/text.h"
#include "jenjang/cascade/cascade.h"

#include "engine/cascade/methods/methods.h"

namespace jenjang {
namespace cascade {

std::span<const AllocationMethod* const> all_methods() {
  static const std::array<const AllocationMethod*, 15> methods{
      &replicate_method(),     &equal_method(),  &proportional_method(),  &fixed_shares_method(),
      &gap_closing_method(),   &lift_method(),   &floor_gap_method(),     &geometric_method(),
      &shift_method(),         &scale_method(),  &least_squares_method(), &entropy_method(),
      &fall_together_method(), &choose_method(), &two_way_method()};
  return methods;
}

namespace {

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    text += text.empty() ? "" : ", ";
    text += word;
  }
  return text;
}

// What may stand there, for messages: words, or a range, or examples of numbers.
std::string asked_for(const ParameterSpec& spec) {
  if (!spec.words.empty()) {
    return joined(spec.words);
  }
  if (!spec.least && !spec.most) {
    return "1, 0.5, 100";
  }
  return (spec.least ? std::to_string(*spec.least) : "") + ".." + (spec.most ? std::to_string(*spec.most) : "");
}

void report_unknown(const AllocationMethod& method, const CascadeRule::Parameter& written, DiagnosticSink& sink) {
  std::vector<std::string_view> known{"ke",         "cara",    "pemacu",   "bagian",   "pemacu_nol", "langkah",
                                      "pembulatan", "minimal", "maksimal", "berakhir", "baris",      "batas"};
  for (const ParameterSpec& spec : method.parameters()) {
    known.push_back(spec.key);
  }
  Diagnostic finding =
      make_diagnostic(Code::J1602, written.key_span).arg("kunci", written.key).arg("cara", method.name());
  finding.suggestion = nearest(written.key, known).value_or("");
  sink.report(std::move(finding));
}

// The value of one written parameter; nullopt when it is not of the kind asked for.
std::optional<ParameterValue> read_value(const ParameterSpec& spec, const CascadeRule::Parameter& written,
                                         DiagnosticSink* sink) {
  if (spec.words.empty()) {
    const std::optional<Decimal> number = Decimal::parse(trim(written.text));
    if (number && !(spec.least && *number < Decimal(*spec.least)) && !(spec.most && *number > Decimal(*spec.most))) {
      return ParameterValue{spec.key, Rational(*number), {}};
    }
  } else {
    const auto word = std::find(spec.words.begin(), spec.words.end(), trim(written.text));
    if (word != spec.words.end()) {
      return ParameterValue{spec.key, std::nullopt, *word};
    }
  }
  if (sink != nullptr) {
    Diagnostic finding = make_diagnostic(Code::J1603, written.span)
                             .arg("kunci", written.key)
                             .arg("ditemukan", "\"" + written.text + "\"")
                             .arg("diminta", asked_for(spec));
    finding.suggestion = nearest(written.text, spec.words).value_or("");
    sink->report(std::move(finding));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<ParameterValue>> read_parameters(const AllocationMethod& method, const CascadeRule& rule,
                                                           DiagnosticSink* sink) {
  std::vector<ParameterValue> values;
  bool good = true;
  for (const CascadeRule::Parameter& written : rule.parameters) {
    const auto specs = method.parameters();
    const auto spec = std::find_if(specs.begin(), specs.end(),
                                   [&written](const ParameterSpec& known) { return known.key == written.key; });
    if (spec == specs.end()) {
      good = false;
      if (sink != nullptr) {
        report_unknown(method, written, *sink);
      }
      continue;
    }
    if (std::optional<ParameterValue> value = read_value(*spec, written, sink)) {
      values.push_back(*std::move(value));
    } else {
      good = false;
    }
  }
  for (const ParameterSpec& spec : method.parameters()) {
    const bool written = std::any_of(rule.parameters.begin(), rule.parameters.end(),
                                     [&spec](const CascadeRule::Parameter& p) { return p.key == spec.key; });
    if (spec.required && !written) {
      good = false;
      if (sink != nullptr) {
        sink->report(make_diagnostic(Code::J1603, rule.span)
                         .arg("kunci", spec.key)
                         .arg("ditemukan", "-")
                         .arg("diminta", asked_for(spec)));
      }
    }
  }
  if (!good) {
    return std::nullopt;
  }
  return values;
}

}  // namespace cascade

std::string_view to_string(AllocationError error) {
  switch (error) {
    case AllocationError::zero_driver:
      return "E_ZERO_DRIVER";
    case AllocationError::negative_driver:
      return "E_NEGATIVE_DRIVER";
    case AllocationError::hold_conflict:
      return "E_HOLD_CONFLICT";
    case AllocationError::bounds:
      return "E_BOUNDS";
    case AllocationError::zero_denominator:
      return "E_ZERO_DENOMINATOR";
    case AllocationError::needs_baseline:
      return "E_NEEDS_BASELINE";
    case AllocationError::shares_do_not_sum:
      return "E_SHARES_DO_NOT_SUM";
    case AllocationError::floor_overshoots:
      return "E_FLOOR_OVERSHOOTS";
    case AllocationError::margins_unreachable:
      return "E_MARGINS_UNREACHABLE";
    case AllocationError::unsupported_aggregation:
      return "E_UNSUPPORTED_AGGREGATION";
    case AllocationError::no_children:
      return "E_NO_CHILDREN";
  }
  return "E_UNKNOWN";
}

const ParameterValue* AllocationProblem::parameter(std::string_view key) const {
  for (const ParameterValue& value : parameters) {
    if (value.key == key) {
      return &value;
    }
  }
  return nullptr;
}

const AllocationMethod* find_allocation_method(std::string_view name) {
  for (const AllocationMethod* method : cascade::all_methods()) {
    if (method->name() == name) {
      return method;
    }
  }
  return nullptr;
}

std::vector<std::string_view> allocation_method_names() {
  std::vector<std::string_view> names;
  for (const AllocationMethod* method : cascade::all_methods()) {
    names.push_back(method->name());
  }
  return names;
}

}  // namespace jenjang
