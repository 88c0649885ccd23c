// Proposals (usul): criteria of a worksheet that the plan itself can answer, by a named check.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "jenjang/base/source_map.h"

namespace jenjang {

// Which check of the engine speaks to which criterion. The checks are a closed list (assess/proposals.h); what follows
// from them for the grade stays with the evaluator.
struct ProposalRule {
  std::string template_id, criterion, check;  // "lke", "1.b.5", "smart-lengkap"
  std::string note, article;
  bool unverified = false;
  SourceSpan span;
};

// The names that a pack may use, in the order of the worksheet; what each looks at stands in assess/proposals.h.
std::span<const std::string_view> proposal_checks();

}  // namespace jenjang
