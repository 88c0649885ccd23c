// What one document says about one measure: the period it means, and limits.
#pragma once

#include "engine/plan/bind/bind_context.h"

namespace jenjang {

// Who says it, about what, under which labels.
struct Saying {
  VertexId node;
  DocumentId document;
  PlanLabels labels;
};

// The period of a figure: as written, the last year of a span, a plan year counted in the calendar of the
// document, or the only year of the document. nullopt with J1513 when it says none of these.
std::optional<Period> period_of(BindContext& bind, DocumentId document, const PlanWhen& when, const SourceSpan& place);
// False, with J1514 or J1515, when the period lies outside the document or is finer than the measure.
bool check_period(BindContext& bind, const Saying& saying, Period period, const SourceSpan& place);
// Limits of one period, or of every year of the document when they say none.
void bind_bound(BindContext& bind, const Saying& saying, const PlanHold& hold);
// The state of what is said: that of the document, unless the journal adopted single targets of it. With `target` that
// of the target of this period, otherwise of the limits.
StatementState standing_of(const BindContext& bind, const Saying& saying, std::optional<Period> target = std::nullopt);

}  // namespace jenjang
