#include "jenjang/assess/proposals.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/assess/proposal_scope.h"

namespace jenjang {
namespace {

using assess::ProposalScope;

struct Check {
  std::string_view name;
  Proposal (*run)(const ProposalScope& scope, const Pack& pack);
};

template <Proposal (*run)(const ProposalScope&)>
Proposal plain(const ProposalScope& scope, const Pack&) {
  return run(scope);
}

template <std::size_t kind>
Proposal comparison(const ProposalScope& scope, const Pack&) {
  return assess::check_comparison(scope, kind);
}

constexpr std::array<Check, 25> kChecks{{
    {"dokumen-menengah", plain<assess::check_medium_term>},
    {"dokumen-tahunan", plain<assess::check_annual>},
    {"rencana-aktivitas", plain<assess::check_activities>},
    {"rencana-anggaran", plain<assess::check_ceilings>},
    {"dokumen-formal", plain<assess::check_formal>},
    {"smart-lengkap", plain<assess::check_smart>},
    {"target-menantang", plain<assess::check_challenging>},
    {"selaras-berjenjang", plain<assess::check_cascading>},
    {"lintas-unit", plain<assess::check_crosscuts>},
    {"setiap-unit", plain<assess::check_every_unit>},
    {"setiap-pegawai", plain<assess::check_every_employee>},
    {"anggaran-berkinerja", plain<assess::check_ceilings_perform>},
    {"tercapai-atau-jalur", plain<assess::check_on_track>},
    {"definisi-operasional", plain<assess::check_definitions>},
    {"berkala", plain<assess::check_periodic>},
    {"berjenjang-pantau", plain<assess::check_tiers>},
    {"anggaran-efisien", plain<assess::check_frugal>},
    {"capaian-lengkap", plain<assess::check_complete>},
    {"banding-tahunan", comparison<0>},
    {"banding-menengah", comparison<1>},
    {"banding-tahun-lalu", comparison<2>},
    {"banding-nasional", comparison<3>},
    {"efisiensi", plain<assess::check_efficiency>},
    {"seluruh-unit-dinilai",
     [](const ProposalScope& scope, const Pack& pack) { return assess::check_all_assessed(scope, pack.id); }},
    {"tindak-lanjut", plain<assess::check_followed_up>},
}};

}  // namespace

std::vector<Proposal> propose(const Pack& pack, const PackTemplate& tmpl, const ProposalInput& input) {
  const ProposalScope scope(input);
  std::vector<std::pair<std::size_t, Proposal>> found;
  for (const ProposalRule& rule : pack.proposals) {
    if (rule.template_id != tmpl.id) continue;
    const auto check = std::ranges::find(kChecks, rule.check, &Check::name);
    if (check == kChecks.end()) continue;  // the reader takes known names only
    Proposal made = check->run(scope, pack);
    made.criterion = rule.criterion;
    made.check = rule.check;
    made.note = rule.note;
    made.article = rule.article;
    made.unverified = rule.unverified;
    found.emplace_back(tmpl.find_node(rule.criterion), std::move(made));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Proposal> proposals;
  proposals.reserve(found.size());
  for (auto& [node, made] : found) proposals.push_back(std::move(made));
  return proposals;
}

std::string proposed_word(const Proposal& proposal, bool yes_no) {
  if (proposal.answer == ProposedAnswer::none) return {};
  if (yes_no) return proposal.answer == ProposedAnswer::yes ? "ya" : "tidak";
  return std::to_string(proposal.met) + "/" + std::to_string(proposal.of);
}

}  // namespace jenjang
