#include "jenjang/assess/spread_units.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 3> kRequired{"unit", "periode", "predikat"};
constexpr std::array<std::string_view, 1> kOptional{"catatan"};

bool at_or_below(std::string_view unit, std::string_view above) {
  return unit == above ||
         (unit.size() > above.size() && unit.substr(0, above.size()) == above && unit[above.size()] == '/');
}

std::vector<std::string> labels_of(const Scale* scale) {
  std::vector<std::string> labels;
  if (scale == nullptr) return labels;
  for (const GradePoint& grade : scale->grades) labels.push_back(grade.label);
  return labels;
}

std::string listed(const std::vector<std::string>& labels) {
  std::string text;
  for (const std::string& label : labels) text += (text.empty() ? "" : ", ") + label;
  return text;
}

void report_label(const std::string& label, const std::string& whose, const Scale& scale, SourceSpan place,
                  DiagnosticSink& sink) {
  const std::vector<std::string> known = labels_of(&scale);
  std::vector<std::string_view> views(known.begin(), known.end());
  sink.report(make_diagnostic(Code::J3150, place)
                  .arg("label", label)
                  .arg("siapa", whose)
                  .arg("skala", scale.id)
                  .arg("daftar", listed(known))
                  .suggest(nearest(label, views).value_or("")));
}

class Judge {
public:
  Judge(const Pack& pack, const PackSpread& spread, DiagnosticSink& sink)
      : spread_(spread),
        organisation_scale_(pack.scale(spread.organisation_scale)),
        staff_scale_(pack.scale(spread.staff_scale)),
        sink_(sink) {
    sheet_.pack = &pack;
    sheet_.spread = &spread;
    sheet_.labels = labels_of(staff_scale_);
  }

  SpreadSheet judge(const FormulaSheet& staff, std::string_view result,
                    std::span<const OrganisationGrade> organisations) {
    sheet_.illustrative = staff.illustrative;
    sheet_.unverified = staff.unverified || spread_.unverified;
    read_staff(staff, result);
    std::set<std::pair<std::string, std::string>> seen;
    for (const OrganisationGrade& one : organisations) {
      if (!seen.emplace(one.unit, one.period.to_string()).second) {
        sink_.report(make_diagnostic(Code::J3153, one.unit_span).arg("unit", one.unit));
        continue;
      }
      add_unit(one);
    }
    report_uncovered(organisations, staff);
    return std::move(sheet_);
  }

private:
  struct Member {
    std::string unit;
    std::optional<Period> period;
    std::optional<std::size_t> label;
  };

  void read_staff(const FormulaSheet& staff, std::string_view result) {
    for (const FormulaRow& row : staff.rows) {
      Member member{row.unit.empty() ? row.key : row.unit, row.period, std::nullopt};
      const auto found = std::ranges::find(row.results, result, &FormulaResult::code);
      if (found != row.results.end() && found->value) {
        const auto label = std::ranges::find(sheet_.labels, found->value->label);
        if (label != sheet_.labels.end()) {
          member.label = static_cast<std::size_t>(label - sheet_.labels.begin());
        } else if (staff_scale_ != nullptr) {
          report_label(found->value->label, row.key, *staff_scale_, row.span, sink_);
        }
      }
      members_.push_back(std::move(member));
    }
  }

  // Of one period and one unit; a row without a period counts in every one.
  [[nodiscard]] static bool belongs(const Member& member, const OrganisationGrade& to) {
    return at_or_below(member.unit, to.unit) && (!member.period || *member.period == to.period);
  }

  void add_unit(const OrganisationGrade& one) {
    const SpreadRow* row = spread_.row(one.label);
    if (row == nullptr) {
      if (organisation_scale_ != nullptr)
        report_label(one.label, one.unit, *organisation_scale_, one.label_span, sink_);
      return;
    }
    SpreadUnit unit{one.unit, one.label, one.period, {}, 0};
    std::vector<std::int64_t> counts(sheet_.labels.size());
    for (const Member& member : members_) {
      if (!belongs(member, one)) continue;
      if (member.label) {
        ++counts[*member.label];
      } else {
        ++unit.ungraded;
      }
    }
    unit.check = check_spread(*row, sheet_.labels, counts);
    sheet_.units.push_back(std::move(unit));
  }

  // Staff whom no organisation row speaks for, by the unit around them.
  void report_uncovered(std::span<const OrganisationGrade> organisations, const FormulaSheet& staff) {
    std::map<std::string, std::size_t> uncovered;
    for (const Member& member : members_) {
      const bool covered =
          std::ranges::any_of(organisations, [&](const OrganisationGrade& one) { return belongs(member, one); });
      if (!covered && member.label) ++uncovered[member.unit.substr(0, member.unit.rfind('/'))];
    }
    for (const auto& [unit, count] : uncovered) {
      sink_.report(
          make_diagnostic(Code::J3151, staff.pack_span).arg("unit", unit).arg("jumlah", std::to_string(count)));
    }
  }

  const PackSpread& spread_;
  const Scale* organisation_scale_;
  const Scale* staff_scale_;
  DiagnosticSink& sink_;
  SpreadSheet sheet_;
  std::vector<Member> members_;
};

}  // namespace

std::vector<OrganisationGrade> read_organisation_grades(FileId file, const SourceMap& sources, const CsvFormat& format,
                                                        DiagnosticSink& sink) {
  std::vector<OrganisationGrade> grades;
  const std::optional<CsvTable> table = parse_csv(file, sources, format, sink);
  if (!table || !table->expect_columns(kRequired, kOptional, sink)) return grades;
  const auto unit = *table->column("unit"), period = *table->column("periode"), label = *table->column("predikat");
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    const CsvCell& where = table->cell(row, unit);
    const CsvCell& when = table->cell(row, period);
    const CsvCell& what = table->cell(row, label);
    const std::optional<Period> parsed = read_period(trim(when.text), when.span, sink);
    if (!parsed) continue;
    grades.push_back(
        {std::string(trim(where.text)), std::string(trim(what.text)), *parsed, where.span, where.span, what.span});
  }
  return grades;
}

SpreadSheet judge_spread(const Pack& pack, const PackSpread& spread, const FormulaSheet& staff, std::string_view result,
                         std::span<const OrganisationGrade> organisations, DiagnosticSink& sink) {
  return Judge(pack, spread, sink).judge(staff, result, organisations);
}

}  // namespace jenjang
