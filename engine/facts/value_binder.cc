#include "engine/facts/value_binder.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/base/text.h"

namespace jenjang::facts {
namespace {

// Points of a label, or its rank where the scale gives none; J1704 when it is no label of the scale.
std::optional<Decimal> grade_number(const Scale& scale, std::string_view label, const SourceSpan& span,
                                    DiagnosticSink& sink) {
  const std::optional<std::size_t> index = scale.find_grade(label);
  if (!index) {
    std::vector<std::string> labels;
    std::string choices;
    for (const GradePoint& grade : scale.grades) {
      labels.push_back(grade.label);
      choices += (choices.empty() ? "" : ", ") + grade.label;
    }
    labels.insert(labels.end(), scale.ungraded.begin(), scale.ungraded.end());
    Diagnostic finding =
        make_diagnostic(Code::J1704, span).arg("predikat", label).arg("skala", scale.id).arg("pilihan", choices);
    finding.suggestion = nearest(label, labels).value_or("");
    sink.report(std::move(finding));
    return std::nullopt;
  }
  const GradePoint& grade = scale.grades[*index];
  return grade.points ? *grade.points : Decimal(scale.rank(*index));
}

bool bind_grade(const Model& model, NodeId node, Observation& row, DiagnosticSink& sink) {
  const ScaleId scale_id = model.item(node).spec.grade_scale;
  const bool grade_due = scale_id.valid();
  // Written only for a message: a feed has millions of rows.
  const auto address = [&] { return model.address(node, row.period); };
  if (!grade_due) {
    if (row.grade.empty()) {
      return true;
    }
    sink.report(make_diagnostic(Code::J1705, row.places.number())
                    .arg("alamat", address())
                    .arg("ditemukan", "predikat \"" + row.grade + "\"")
                    .arg("diminta", "nilai (" + model.item(node).spec.unit_name + ")"));
    return false;
  }
  const Scale& scale = model.scale(scale_id);
  if (row.grade.empty()) {
    sink.report(make_diagnostic(Code::J1705, row.places.number())
                    .arg("alamat", address())
                    .arg("ditemukan", "nilai " + row.number.to_string())
                    .arg("diminta", "predikat (" + scale.id + ")"));
    return false;
  }
  if (std::find(scale.ungraded.begin(), scale.ungraded.end(), row.grade) != scale.ungraded.end()) {
    row.state = CellState::not_applicable;
    return true;
  }
  const std::optional<Decimal> number = grade_number(scale, row.grade, row.places.number(), sink);
  if (!number) return false;
  row.number = *number;
  // A verified grade that the scale does not know verifies nothing; the claim stands.
  if (!row.verified->grade.empty()) {
    row.verified.change().number = grade_number(scale, row.verified->grade, row.places.number(), sink);
  }
  return true;
}

bool bind_definition(const Model& model, NodeId node, Observation& row, DiagnosticSink& sink) {
  const MeasureSpec& spec = model.item(node).spec;
  const bool before_change = spec.definition_since && row.period.year() < *spec.definition_since;
  const bool stated = row.definition_version != 0;
  if (stated && row.definition_version == spec.definition_version) {
    return true;
  }
  if (!before_change) {
    if (!stated) {
      return true;
    }
    Diagnostic finding = make_diagnostic(Code::J1709, row.places.number())
                             .arg("alamat", model.address(node, row.period))
                             .arg("ditemukan", std::to_string(row.definition_version))
                             .arg("diminta", std::to_string(spec.definition_version));
    finding.related.push_back(
        {model.item(node).span, "definisi dinyatakan di sini", "the definition is declared here"});
    sink.report(std::move(finding));
    return false;
  }
  if (row.state == CellState::value) {
    row.state = CellState::redefined;
    if (!stated) {
      sink.report(make_diagnostic(Code::J1711, row.places.number())
                      .arg("alamat", model.address(node, row.period))
                      .arg("versi", std::to_string(spec.definition_version))
                      .arg("sejak", std::to_string(*spec.definition_since)));
    }
  }
  return true;
}

}  // namespace

bool bind_value(const Model& model, NodeId node, Observation& row, DiagnosticSink& sink) {
  const MeasureSpec& spec = model.item(node).spec;
  if (row.period.granularity() > spec.frequency) {
    sink.report(make_diagnostic(Code::J1707, row.places.period())
                    .arg("alamat", model.address(node, row.period))
                    .arg("ditemukan", to_string(row.period.granularity()))
                    .arg("diminta", to_string(spec.frequency)));
    return false;
  }
  if (row.state == CellState::value && !bind_grade(model, node, row, sink)) {
    return false;
  }
  return bind_definition(model, node, row, sink);
}

std::string describe_content(const Observation& row) {
  if (!row.grade.empty()) {
    return row.grade.str();
  }
  if (row.state == CellState::value || row.state == CellState::redefined) {
    return row.number.to_string();
  }
  return std::string(to_string(row.state));
}

}  // namespace jenjang::facts
