#include "engine/snapshot/kinds.h"

#include <bit>
#include <cmath>

namespace jenjang::snapshot {
namespace {

using bulk::MeasureClass;

// Fields that no reader of a plan would accept either.
constexpr unsigned kMostPlaces = 6, kMostWeightPlaces = 9, kMostBoundPlaces = Decimal::kMaxScale;
// Bytes that one thing takes at least: a bound for counts that are read.
constexpr std::size_t kLeastClass = 31, kLeastBand = 9, kLeastGrade = 5, kLeastScale = 30, kLeastInput = 40,
                      kBoundBytes = 83;

void write_rounding(ByteWriter& out, const Rounding& rounding) {
  out.byte(static_cast<std::uint8_t>(rounding.mode));
  out.byte(static_cast<std::uint8_t>(rounding.places));
}
Rounding read_rounding(ByteReader& in) {
  const auto mode = in.word(RoundingMode::ceiling);
  return {mode, in.below(Decimal::kMaxScale + 1)};
}

template <class Enum>
void write_word(ByteWriter& out, Enum value) {
  out.byte(static_cast<std::uint8_t>(value));
}

void write_class(ByteWriter& out, const MeasureClass& kind) {
  write_word(out, kind.aggregation);
  write_word(out, kind.carry);
  write_word(out, kind.missing);
  write_word(out, kind.polarity);
  write_word(out, kind.achievement.formula);
  write_word(out, kind.achievement.on_zero_target);
  out.optional(kind.achievement.cap);
  out.optional(kind.achievement.floor);
  write_rounding(out, kind.achievement.rounding);
  out.flag(kind.by_rule);
  out.flag(kind.goal);
  out.byte(static_cast<std::uint8_t>(kind.places));
  out.byte(static_cast<std::uint8_t>(kind.weight_places));
  out.decimal(kind.factor);
  write_word(out, kind.accumulation);
  out.number(kind.scale);
  out.flag(kind.scale_on_value);
  write_word(out, kind.descent);
  out.decimal(kind.frontier);
  out.optional(kind.mark);
  write_word(out, kind.missing_time);
  write_word(out, kind.frequency);
  out.optional(kind.least_possible);
  out.optional(kind.most_possible);
  out.flag(kind.own_first);
}

MeasureClass read_class(ByteReader& in, std::size_t scales) {
  MeasureClass kind;
  kind.aggregation = in.word(Aggregation::share_meeting);
  kind.carry = in.word(Carry::achievement);
  kind.missing = in.word(MissingPolicy::zero);
  kind.polarity = in.word(Polarity::context);
  kind.achievement.formula = in.word(AchievementFormula::ordinal);
  kind.achievement.on_zero_target = in.word(ZeroTargetRule::baseline);
  kind.achievement.cap = in.optional();
  kind.achievement.floor = in.optional();
  kind.achievement.rounding = read_rounding(in);
  kind.by_rule = in.flag();
  kind.goal = in.flag();
  // Kernels know no other.
  const bool plain = kind.achievement.formula <= AchievementFormula::l2;
  if (!plain && !kind.by_rule && !kind.goal) in.refuse();
  kind.places = in.below(kMostPlaces + 1);
  kind.weight_places = in.below(kMostWeightPlaces + 1);
  kind.factor = in.decimal();
  kind.accumulation = in.word(Accumulation::release);
  kind.scale = in.number<std::uint16_t>();
  if (kind.scale != bulk::kNoScale && kind.scale >= scales) in.refuse();
  kind.scale_on_value = in.flag();
  kind.descent = in.word(bulk::Descent::gap);
  kind.frontier = in.decimal();
  kind.mark = in.optional();
  kind.missing_time = in.word(MissingPolicy::zero);
  kind.frequency = in.word(Granularity::month);
  kind.least_possible = in.optional();
  kind.most_possible = in.optional();
  kind.own_first = in.flag();
  return kind;
}

void write_scale(ByteWriter& out, const Scale& scale) {
  write_word(out, scale.kind);
  out.text(scale.id);
  out.count(scale.bands.size());
  for (const Band& band : scale.bands) {
    out.text(band.label);
    out.text(band.name);
    out.optional(band.above);
  }
  out.flag(scale.open_below);
  write_rounding(out, scale.decide_on);
  out.optional(scale.domain_low);
  out.optional(scale.domain_high);
  out.count(scale.grades.size());
  for (const GradePoint& grade : scale.grades) {
    out.text(grade.label);
    out.optional(grade.points);
  }
  out.count(scale.ungraded.size());
  for (const std::string& label : scale.ungraded) out.text(label);
  out.text(scale.article);
  out.flag(scale.unverified);
  out.flag(scale.has_empty_slot);
  out.text(scale.title);
  out.text(scale.note);
  out.text(scale.pack);
}

Scale read_scale(ByteReader& in) {
  Scale scale;
  scale.kind = in.word(Scale::Kind::grades);
  scale.id = in.text();
  scale.bands.resize(in.count(kLeastBand));
  for (Band& band : scale.bands) {
    band.label = in.text();
    band.name = in.text();
    band.above = in.optional();
    // Cuts fall strictly, and only the last may be open: decisions search them.
    const bool last = &band == &scale.bands.back();
    if (!band.above && !last) in.refuse();
    if (&band != &scale.bands.front() && band.above && (&band)[-1].above && !(*band.above < *(&band)[-1].above))
      in.refuse();
  }
  scale.open_below = in.flag();
  scale.decide_on = read_rounding(in);
  scale.domain_low = in.optional();
  scale.domain_high = in.optional();
  scale.grades.resize(in.count(kLeastGrade));
  for (GradePoint& grade : scale.grades) {
    grade.label = in.text();
    grade.points = in.optional();
  }
  scale.ungraded.resize(in.count(4));
  for (std::string& label : scale.ungraded) label = in.text();
  scale.article = in.text();
  scale.unverified = in.flag();
  scale.has_empty_slot = in.flag();
  scale.title = in.text();
  scale.note = in.text();
  scale.pack = in.text();
  return scale;
}

}  // namespace

void write_classes(ByteWriter& out, const std::vector<MeasureClass>& classes) {
  out.count(classes.size());
  for (const MeasureClass& kind : classes) write_class(out, kind);
}

bool read_classes(ByteReader& in, std::size_t scales, std::vector<MeasureClass>& classes) {
  const std::size_t count = in.count(kLeastClass);
  for (std::size_t i = 0; i < count && in.ok(); ++i) classes.push_back(read_class(in, scales));
  return in.finished();
}

void write_bounds(ByteWriter& out, const std::vector<bulk::ClassBounds>& bounds) {
  out.count(bounds.size());
  for (const bulk::ClassBounds& bound : bounds) {
    for (const double steps : {bound.value_steps, bound.achieved_steps, bound.pair_steps, bound.value_offset,
                               bound.achieved_offset, bound.pair_offset}) {
      out.number(std::bit_cast<std::uint64_t>(steps));
    }
    for (const double limit : {bound.least_value, bound.most_value, bound.least_achieved, bound.most_achieved}) {
      out.number(std::bit_cast<std::uint64_t>(limit));
    }
    out.byte(static_cast<std::uint8_t>(bound.places + 1));
    out.byte(static_cast<std::uint8_t>(bound.pair_places + 1));
    out.flag(bound.offered);
  }
}

bool read_bounds(ByteReader& in, std::size_t count, std::vector<bulk::ClassBounds>& bounds) {
  if (in.count(kBoundBytes) != count) in.refuse();
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    bulk::ClassBounds bound;
    for (double* const steps : {&bound.value_steps, &bound.achieved_steps, &bound.pair_steps, &bound.value_offset,
                                &bound.achieved_offset, &bound.pair_offset}) {
      *steps = std::bit_cast<double>(in.number<std::uint64_t>());
      // A bound that no error ever exceeds could not be below nought, nor no number; infinite asks the exact side
      // always.
      if (!(*steps >= 0)) in.refuse();
    }
    for (double* const limit : {&bound.least_value, &bound.most_value, &bound.least_achieved, &bound.most_achieved}) {
      *limit = std::bit_cast<double>(in.number<std::uint64_t>());
      if (std::isnan(*limit)) in.refuse();
    }
    bound.places = static_cast<std::int8_t>(in.below(kMostBoundPlaces + 2) - 1);
    bound.pair_places = static_cast<std::int8_t>(in.below(kMostBoundPlaces + 2) - 1);
    bound.offered = in.flag();
    bounds.push_back(bound);
  }
  return in.finished();
}

void write_scales(ByteWriter& out, const std::vector<Scale>& scales) {
  out.count(scales.size());
  for (const Scale& scale : scales) write_scale(out, scale);
}

bool read_scales(ByteReader& in, std::vector<Scale>& scales) {
  const std::size_t count = in.count(kLeastScale);
  for (std::size_t i = 0; i < count && in.ok(); ++i) scales.push_back(read_scale(in));
  return in.finished();
}

void write_shape(ByteWriter& out, const Shape& shape) {
  out.number(static_cast<std::uint32_t>(shape.year));
  out.flag(shape.validated_lane);
  out.flag(shape.results);
  out.number(shape.pair_rows);
  out.count(shape.level_begin.size());
  for (const std::uint32_t node : shape.level_begin) out.number(node);
}

bool read_shape(ByteReader& in, Shape& shape) {
  shape.year = static_cast<int>(in.number<std::uint32_t>() & 0xFFFFU);
  shape.validated_lane = in.flag();
  shape.results = in.flag();
  shape.pair_rows = in.number<std::uint32_t>();
  shape.level_begin.resize(in.count(4));
  std::uint32_t before = 0;
  for (std::uint32_t& node : shape.level_begin) {
    node = in.number<std::uint32_t>();
    if (node < before || node >= bulk::Edge::kDenominator) in.refuse();
    before = node;
  }
  if (!shape.level_begin.empty() && shape.level_begin.front() != 0) in.refuse();
  return in.finished();
}

void write_row_facts(ByteWriter& out, const bulk::RowFacts& rows) {
  out.flag(rows.as_of.has_value());
  const Date day = rows.as_of.value_or(Date{});
  out.number(static_cast<std::uint16_t>(day.year));
  out.byte(static_cast<std::uint8_t>(day.month));
  out.byte(static_cast<std::uint8_t>(day.day));
  out.flag(rows.obstacle.has_value());
  write_word(out, rows.obstacle ? rows.obstacle->limit : bulk::RowLimit{});
  out.number(rows.obstacle ? rows.obstacle->node : 0);
}

bool read_row_facts(ByteReader& in, std::size_t nodes, bulk::RowFacts& rows) {
  const bool has_day = in.flag();
  Date day;
  day.year = in.number<std::uint16_t>();
  day.month = in.below(13);
  day.day = in.below(32);
  if (has_day) rows.as_of = day;
  const bool has_obstacle = in.flag();
  bulk::RowFacts::Obstacle obstacle;
  obstacle.limit = in.word(bulk::RowLimit::documents);
  obstacle.node = in.number<std::uint32_t>();
  if (has_obstacle && obstacle.node >= nodes) in.refuse();
  if (has_obstacle) rows.obstacle = obstacle;
  return in.finished();
}

void write_identity(ByteWriter& out, const Identity& identity) {
  out.text(identity.engine);
  out.number(identity.result_version);
  out.text(identity.as_of);
  out.flag(identity.until.has_value());
  out.number(static_cast<std::uint64_t>(identity.until.value_or(0)));
  out.text(identity.gate);
  out.count(identity.files.size());
  for (const InputFile& file : identity.files) {
    out.number(file.root);
    out.text(file.path);
    out.number(file.size);
    out.number(static_cast<std::uint64_t>(file.modified));
    out.raw(file.digest);
  }
  out.count(identity.folders.size());
  for (const InputFolder& folder : identity.folders) {
    out.number(folder.root);
    out.text(folder.path);
    out.raw(folder.names);
  }
  out.text(identity.journal);
  out.flag(identity.has_journal);
  out.number(identity.journal_seq);
  out.raw(identity.journal_hash);
  out.count(identity.states.size());
  for (const KnownState& state : identity.states) {
    out.text(state.workflow);
    out.text(state.status);
    write_word(out, state.count);
  }
  out.text(identity.plan);
}

bool read_identity(ByteReader& in, Identity& identity) {
  identity.engine = in.text();
  identity.result_version = in.number<std::uint32_t>();
  identity.as_of = in.text();
  const bool cut = in.flag();
  const auto until = static_cast<std::int64_t>(in.number<std::uint64_t>());
  if (cut) identity.until = until;
  identity.gate = in.text();
  identity.files.resize(in.count(kLeastInput));
  for (InputFile& file : identity.files) {
    file.root = in.number<std::uint32_t>();
    file.path = in.text();
    file.size = in.number<std::uint64_t>();
    file.modified = static_cast<std::int64_t>(in.number<std::uint64_t>());
    in.raw(file.digest);
  }
  identity.folders.resize(in.count(24));
  for (InputFolder& folder : identity.folders) {
    folder.root = in.number<std::uint32_t>();
    folder.path = in.text();
    in.raw(folder.names);
  }
  identity.journal = in.text();
  identity.has_journal = in.flag();
  identity.journal_seq = in.number<std::uint64_t>();
  in.raw(identity.journal_hash);
  identity.states.resize(in.count(9));
  for (KnownState& state : identity.states) {
    state.workflow = in.text();
    state.status = in.text();
    state.count = in.word(StateCount::void_);
  }
  identity.plan = in.text();
  return in.finished();
}

}  // namespace jenjang::snapshot
