// `rekomendasi` and `kartu_praktik` of the manifest.
#pragma once

#include "jenjang/measure/practice_card.h"
#include "jenjang/measure/recommendation.h"

#include "engine/plan/read_parts.h"

namespace jenjang {

// One file of recommendations, as the manifest names it.
void read_recommendation_file(ReadContext& context, const YamlNode& entry, std::vector<Recommendation>& out);
// One file with one practice card.
void read_card_file(ReadContext& context, const LocatedText& name, std::vector<PracticeCard>& out);

}  // namespace jenjang
