// What the checks of proposals look at: the unit's part of the plan in one year, found once.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/assess/proposals.h"

namespace jenjang::assess {

struct ProposalScope {
  explicit ProposalScope(const ProposalInput& given);

  const ProposalInput& input;
  const Model& model;
  Period year;
  std::vector<bool> inside;           // by UnitId: the unit or below it, in the same government, existing in the year
  std::vector<bool> is_position;      // by UnitId
  std::vector<NodeId> measures;       // indicators of the year
  std::vector<NodeId> goals;          // of documents in force in the year
  std::vector<NodeId> ceilings;       // PAGU-... with a target in the year
  std::vector<DocumentId> documents;  // of units inside, for the year, not replaced

  [[nodiscard]] const ResultCell* cell(NodeId node, Period period) const;
  [[nodiscard]] bool has_target(NodeId node) const;  // in the year or a part of it
  [[nodiscard]] bool has_figure(NodeId node, Period period) const;
  [[nodiscard]] UnitId unit_of(const Document& document) const;  // invalid when unknown
  // The goal that a ceiling belongs to; invalid when it cannot be told.
  [[nodiscard]] NodeId goal_of_ceiling(NodeId ceiling) const;
  [[nodiscard]] bool has_performance(NodeId goal) const;  // an indicator of its own with a target in the year
};

// Counts one side and the other, with places.
class Tally {
public:
  explicit Tally(const ProposalScope& scope) : scope_(scope) {}
  void add(bool met, NodeId node, std::string note = {});
  void add(bool met, Proof proof, bool illustrative);
  // Proof that counts for neither side of the share.
  void mention(Proof proof) { supporting_.push_back(std::move(proof)); }

  [[nodiscard]] std::size_t met() const { return met_; }
  [[nodiscard]] std::size_t of() const { return of_; }
  // "9 dari 12 ", and what follows.
  [[nodiscard]] std::string counted(std::string_view what) const;
  // ya when all are met, none without anything counted.
  Proposal finish(std::string reason);

private:
  const ProposalScope& scope_;
  std::size_t met_ = 0, of_ = 0;
  bool illustrative_ = false;
  std::vector<Proof> supporting_, against_;
};

// One file a group of checks.
Proposal check_medium_term(const ProposalScope& scope);  // proposals_documents.cc
Proposal check_annual(const ProposalScope& scope);
Proposal check_activities(const ProposalScope& scope);
Proposal check_ceilings(const ProposalScope& scope);
Proposal check_formal(const ProposalScope& scope);
Proposal check_every_unit(const ProposalScope& scope);
Proposal check_every_employee(const ProposalScope& scope);
Proposal check_smart(const ProposalScope& scope);  // proposals_planning.cc
Proposal check_challenging(const ProposalScope& scope);
Proposal check_cascading(const ProposalScope& scope);
Proposal check_crosscuts(const ProposalScope& scope);
Proposal check_ceilings_perform(const ProposalScope& scope);
Proposal check_definitions(const ProposalScope& scope);
Proposal check_on_track(const ProposalScope& scope);  // proposals_results.cc
Proposal check_periodic(const ProposalScope& scope);
Proposal check_tiers(const ProposalScope& scope);
Proposal check_frugal(const ProposalScope& scope);
Proposal check_complete(const ProposalScope& scope);
Proposal check_comparison(const ProposalScope& scope, std::size_t kind);  // index of MeasureComparisons::against
Proposal check_efficiency(const ProposalScope& scope);
Proposal check_all_assessed(const ProposalScope& scope, std::string_view pack);  // proposals_follow_up.cc
Proposal check_followed_up(const ProposalScope& scope);

}  // namespace jenjang::assess
