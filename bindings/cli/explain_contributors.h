// explain --teratas: which facts carry most of a figure, or cost it most of its gap to target.
#pragma once

#include <functional>
#include <string>

#include "jenjang/measure/address.h"

#include "session.h"

namespace jenjang::cli {

int explain_contributors(const Options& options, const Session& session, NodeId node, const Address& address,
                         const std::optional<Period>& period);
// The periods in which something is known of a measure, for J1908; of them those that `holds` says, or "-".
std::string known_periods(const ExplainContext& context, NodeId node,
                          const std::function<bool(Period)>& holds = nullptr);

}  // namespace jenjang::cli
