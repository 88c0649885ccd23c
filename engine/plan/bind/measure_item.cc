#include "engine/plan/bind/measure_item.h"

#include <utility>

#include "jenjang/base/text.h"

#include "engine/plan/bind/references.h"
#include "engine/plan/bind/scales.h"

namespace jenjang {
namespace {

// The formula where none is written. `turun` has two in official use that differ, so it must be written.
std::optional<AchievementFormula> default_formula(Polarity polarity) {
  switch (polarity) {
    case Polarity::higher:
      return AchievementFormula::h1;
    case Polarity::range:
      return AchievementFormula::range;
    case Polarity::stabilise:
      return AchievementFormula::stabilise;
    case Polarity::grade:
      return AchievementFormula::ordinal;
    case Polarity::context:
      return AchievementFormula::none;
    case Polarity::lower:
      break;
  }
  return std::nullopt;
}

class ItemMaker {
public:
  ItemMaker(BindContext& bind, const MeasureEntry& entry) : bind_(bind), entry_(entry), written_(*entry.indicator) {}

  std::optional<Item> make() {
    words();
    behaviour();
    aggregation();
    achievement();
    scales();
    if (!good_) return std::nullopt;
    return std::move(item_);
  }

private:
  void missing(std::string_view key) {
    good_ = false;
    bind_.sink.report(make_diagnostic(Code::J1511, written_.code.span)
                          .arg("alamat", written_.code.value + "@" + bind_.model.units[entry_.unit].path)
                          .arg("kunci", key));
  }

  void words() {
    item_.code = written_.code.value;
    item_.kind = ItemKind::indicator;
    item_.title = written_.title ? written_.title->value : std::string();
    item_.document = entry_.document;
    item_.definition = written_.definition ? written_.definition->value : std::string();
    item_.source = written_.source ? written_.source->value : std::string();
    if (written_.letter) {
      item_.external = true;
      item_.source += (item_.source.empty() ? "" : "; ") + written_.letter->value;
    }
    if (written_.owner) {
      const auto owner = require_unit(bind_, *written_.owner, entry_.unit);
      item_.owner = owner ? bind_.model.units[*owner].path : KeptText(written_.owner->value);
    }
    item_.illustrative = entry_.labels.illustrative;
    item_.unverified = entry_.labels.unverified;
    item_.span = written_.code.span;
    if (written_.definition_version)
      item_.spec.definition_version = static_cast<int>(written_.definition_version->value);
    if (written_.definition_since) item_.spec.definition_since = static_cast<int>(written_.definition_since->value);
  }

  void behaviour() {
    MeasureSpec& spec = item_.spec;
    if (written_.unit_name) {
      spec.unit_name = written_.unit_name->value;
    } else {
      missing("satuan");
    }
    if (written_.polarity) {
      spec.polarity = written_.polarity->value;
    } else {
      missing("polaritas");
    }
    if (written_.accumulation) spec.accumulation = written_.accumulation->value;
    if (written_.frequency) spec.frequency = written_.frequency->value;
    if (written_.step) spec.step = written_.step->value;
    if (written_.rounding) spec.rounding = written_.rounding->value;
    if (const auto& flow = written_.workflow) {
      if (bind_.packs.require_workflow(flow->value, flow->span, bind_.sink) != nullptr) spec.workflow = flow->value;
    }
    for (const PlanSeriesPoint& point : written_.profile_series) {
      spec.profile_series.push_back({point.period, point.value});
    }
    const auto expected = static_cast<std::size_t>(periods_per_year(spec.frequency));
    if (written_.profile.empty()) return;
    if (written_.profile.size() != expected) {
      bind_.sink.report(make_diagnostic(Code::J1523, written_.profile.front().span)
                            .arg("jumlah", std::to_string(written_.profile.size()))
                            .arg("frekuensi", to_string(spec.frequency))
                            .arg("harapan", std::to_string(expected)));
      return;
    }
    for (const LocatedDecimal& weight : written_.profile) spec.profile.push_back(weight.value);
  }

  // The key of the aggregation speaks last.
  void missing_figures(const PlanMissing& written) {
    MeasureSpec& spec = item_.spec;
    if (written.units) spec.missing = written.units->value;
    if (written.time) spec.missing_time = written.time->value;
    if (written.age) spec.carry_months = static_cast<int>(written.age->value);
    if (written.least_coverage) spec.least_coverage = written.least_coverage->value;
  }

  void aggregation() {
    missing_figures(written_.missing);
    if (written_.possible) {
      if (written_.possible->least) item_.spec.least_possible = written_.possible->least->value;
      if (written_.possible->most) item_.spec.most_possible = written_.possible->most->value;
    }
    if (!written_.aggregation) return;
    const PlanAggregation& aggregation = *written_.aggregation;
    MeasureSpec& spec = item_.spec;
    if (aggregation.way) spec.aggregation = aggregation.way->value;
    // A composite with named weights is another figure without one of its parts.
    if (!aggregation.weights.empty() && !written_.missing.units) spec.missing = MissingPolicy::strict;
    missing_figures(aggregation.missing);
    if (spec.aggregation == Aggregation::ratio) {
      if (aggregation.numerators.empty()) missing("agregasi.pembilang");
      if (aggregation.denominators.empty()) missing("agregasi.penyebut");
      if (spec.unit_name == "persen") spec.factor = Decimal(100);
    }
    if (aggregation.mark) spec.mark = aggregation.mark->value;
    if (spec.aggregation == Aggregation::share_meeting && spec.unit_name == "persen") spec.factor = Decimal(100);
    if (aggregation.factor) spec.factor = aggregation.factor->value;
  }

  void achievement() {
    AchievementSpec& spec = item_.spec.achievement;
    const PlanAchievement written = written_.achievement.value_or(PlanAchievement{});
    if (written.formula) {
      spec.formula = written.formula->value;
    } else if (const auto formula = default_formula(item_.spec.polarity)) {
      spec.formula = *formula;
    } else if (!written_.targets.empty() || !written_.ladder.empty() || written_.achievement) {
      missing("capaian.rumus");
    }
    if (written.cap) spec.cap = written.cap->value;
    if (written.floor) spec.floor = written.floor->value;
    if (written.on_zero_target) spec.on_zero_target = written.on_zero_target->value;
    if (written.rounding) spec.rounding = written.rounding->value;
  }

  void scales() {
    MeasureSpec& spec = item_.spec;
    const auto use = [&](const std::optional<LocatedText>& name, std::string_view key, ScaleUse kind, ScaleId& into) {
      if (!name) return;
      into = require_scale(bind_, name->value, name->span, key, kind);
    };
    use(written_.grade_scale, "skala", ScaleUse::grades, spec.grade_scale);
    use(written_.value_bands, "pita.nilai", ScaleUse::bands, spec.value_bands);
    use(written_.achievement_bands, "pita.capaian", ScaleUse::bands, spec.achievement_bands);
    if (spec.polarity == Polarity::grade && !written_.grade_scale) missing("skala");
  }

  BindContext& bind_;
  const MeasureEntry& entry_;
  const PlanIndicator& written_;
  Item item_;
  bool good_ = true;
};

// One comparison after the other; the first difference is reported.
class Comparison {
public:
  Comparison(BindContext& bind, const MeasureEntry& entry, VertexId vertex)
      : bind_(bind), entry_(entry), written_(*entry.indicator), vertex_(vertex), item_(bind.item_of(vertex)) {}

  bool run() {
    const MeasureSpec& spec = item_.spec;
    text("satuan", written_.unit_name, spec.unit_name);
    word("polaritas", written_.polarity, spec.polarity);
    word("akumulasi", written_.accumulation, spec.accumulation);
    word("frekuensi", written_.frequency, spec.frequency);
    number("langkah", written_.step, spec.step);
    if (written_.aggregation && written_.aggregation->way)
      word("agregasi.cara", written_.aggregation->way, spec.aggregation);
    if (written_.aggregation && written_.aggregation->mark)
      number("agregasi.ambang", written_.aggregation->mark, spec.mark.value_or(Decimal(0)));
    if (written_.achievement) {
      word("capaian.rumus", written_.achievement->formula, spec.achievement.formula);
      number("capaian.batas", written_.achievement->cap, spec.achievement.cap.value_or(Decimal(0)));
    }
    scale("skala", written_.grade_scale, spec.grade_scale);
    scale("pita.nilai", written_.value_bands, spec.value_bands);
    scale("pita.capaian", written_.achievement_bands, spec.achievement_bands);
    text("alur", written_.workflow, spec.workflow);
    text("uraian", written_.title, item_.title);
    definition();
    // Another unit may have its own source and owner of the same measure.
    if (declared_here()) text("sumber", written_.source, item_.external ? std::string() : item_.source);
    return good_;
  }

private:
  [[nodiscard]] bool declared_here() const {
    const MeasureEntry* first = bind_.declaration[bind_.nodes[vertex_.index()].item.index()];
    return first != nullptr && first->unit == entry_.unit;
  }

  void differ(std::string_view key, std::string_view first, std::string_view second, SourceSpan place) {
    if (!good_) return;
    good_ = false;
    bind_.sink.report(make_diagnostic(Code::J1512, place)
                          .arg("alamat", bind_.address(vertex_))
                          .arg("kunci", key)
                          .arg("nilai_pertama", first.empty() ? "-" : first)
                          .arg("nilai_kedua", second)
                          .related(item_.span, "pertama di sini", "first here"));
  }
  void text(std::string_view key, const std::optional<LocatedText>& written, const std::string& first) {
    if (written && !first.empty() && written->value != first) differ(key, first, written->value, written->span);
  }
  template <class Enum>
  void word(std::string_view key, const std::optional<Located<Enum>>& written, Enum first) {
    if (written && written->value != first) differ(key, to_string(first), to_string(written->value), written->span);
  }
  void number(std::string_view key, const std::optional<LocatedDecimal>& written, const Decimal& first) {
    if (written && written->value != first) differ(key, first.to_string(), written->value.to_string(), written->span);
  }
  void scale(std::string_view key, const std::optional<LocatedText>& written, ScaleId first) {
    if (!written) return;
    const std::string known = first.valid() ? bind_.model.scales[first.index()].id : std::string("-");
    if (written->value != known) differ(key, known, written->value, written->span);
  }
  void definition() {
    MeasureSpec& spec = item_.spec;
    const int version =
        written_.definition_version ? static_cast<int>(written_.definition_version->value) : spec.definition_version;
    if (version == spec.definition_version) {
      text("definisi.uraian", written_.definition, item_.definition);
      return;
    }
    // A later version with its first year is a break in the series, not a contradiction.
    const bool newer = version > spec.definition_version;
    if (newer ? !written_.definition_since : !spec.definition_since) {
      differ("definisi.versi", std::to_string(spec.definition_version), std::to_string(version),
             written_.definition_version->span);
    } else if (newer) {
      spec.definition_version = version;
      spec.definition_since = static_cast<int>(written_.definition_since->value);
      if (written_.definition) item_.definition = written_.definition->value;
    }
  }

  BindContext& bind_;
  const MeasureEntry& entry_;
  const PlanIndicator& written_;
  VertexId vertex_;
  Item& item_;
  bool good_ = true;
};

}  // namespace

std::optional<Item> make_measure_item(BindContext& bind, const MeasureEntry& entry) {
  return ItemMaker(bind, entry).make();
}

bool agrees_with(BindContext& bind, const MeasureEntry& entry, VertexId vertex) {
  const bool agrees = Comparison(bind, entry, vertex).run();
  Item& item = bind.item_of(vertex);
  if (agrees && item.title.empty() && entry.indicator->title) item.title = entry.indicator->title->value;
  return agrees;
}

}  // namespace jenjang
