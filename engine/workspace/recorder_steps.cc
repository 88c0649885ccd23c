#include "engine/workspace/recorder_steps.h"

namespace jenjang::recording {

Diagnostic step_finding(const BoundRow& row, const Workflow& workflow, const std::string& from, const std::string& to,
                        const std::string& role, const StepOutcome& outcome) {
  const auto shown = [](const std::string& state) { return state.empty() ? std::string("-") : state; };
  std::string choices;
  // A word that is no state asks the same question as a state out of reach: where may one go from here?
  const std::vector<std::string> listed =
      outcome.problem == StepProblem::unknown_state ? workflow.next(from) : outcome.choices;
  for (const std::string& choice : listed) choices += (choices.empty() ? "" : ", ") + choice;
  if (choices.empty()) choices = "-";
  const auto finding = [&](Code code, const SourceSpan& span) {
    Diagnostic made =
        make_diagnostic(code, span).arg("alamat", row.address).arg("dari", shown(from)).arg("ke", shown(to));
    if (outcome.step != nullptr)
      made.article = outcome.step->article.empty() ? workflow.article : outcome.step->article;
    return made;
  };
  switch (outcome.problem) {
    case StepProblem::role_not_allowed: {
      Diagnostic made = finding(Code::J3028, row.row.status_span);
      made.args.push_back({"pilihan", choices});
      made.args.push_back({"peran", shown(role)});
      return made;
    }
    case StepProblem::reason_missing:
    case StepProblem::evidence_missing: {
      const bool reason = outcome.problem == StepProblem::reason_missing;
      Diagnostic made = finding(Code::J3029, reason ? row.row.reason_span : row.row.evidence_span);
      made.args.push_back({"kolom", reason ? "alasan" : "bukti"});
      return made;
    }
    default: {
      Diagnostic made = finding(Code::J3027, row.row.status_span);
      made.args.push_back({"alur", workflow.qualified()});
      made.args.push_back({"pilihan", choices});
      made.suggestion = outcome.near;
      return made;
    }
  }
}

}  // namespace jenjang::recording
