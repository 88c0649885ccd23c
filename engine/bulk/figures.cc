#include "jenjang/bulk/figures.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "engine/base/side_by_side.h"

namespace jenjang::bulk {
namespace {

// Bytes a cell: of every node, of an inner node's lane, of the validated lane besides, of a ratio's lane.
constexpr std::size_t kEvery = 8 + 8 + 1 + 1, kLane = 8 + 1 + 4 + 4 + 8 + 8, kValidated = 8 + 1 + 1, kPair = 16;

InnerLane make_lane(std::size_t inner, std::size_t pairs) {
  InnerLane lane;
  lane.achievement = Column<double>(inner * kMonths);
  lane.achieved = Column<StateByte>(inner * kMonths);
  lane.covered = Column<std::uint32_t>(inner * kMonths);
  lane.expected = Column<std::uint32_t>(inner * kMonths);
  lane.covered_weight = Column<double>(inner * kMonths);
  lane.expected_weight = Column<double>(inner * kMonths);
  lane.numerator = Column<double>(pairs * kMonths);
  lane.denominator = Column<double>(pairs * kMonths);
  return lane;
}

// A column's bytes in blocks of fixed size, each with a digest of its own: threads take blocks, the order joins them.
constexpr std::size_t kBlock = std::size_t{1} << 20;

std::uint64_t mix(std::uint64_t state, std::uint64_t word) {
  state ^= word * 0x9e3779b97f4a7c15ULL;
  return std::rotl(state, 27) * 0x94d049bb133111ebULL + 0x2545f4914f6cdd1dULL;
}

std::uint64_t digest_block(const std::byte* first, std::size_t size) {
  std::uint64_t lanes[4] = {1, 2, 3, 4};
  std::size_t at = 0;
  const auto word_at = [first](std::size_t place) {
    std::uint64_t word = 0;
    __builtin_memcpy(&word, first + place, sizeof word);
    return word;
  };
  for (; at + 32 <= size; at += 32) {
    for (std::size_t lane = 0; lane < 4; ++lane) lanes[lane] = mix(lanes[lane], word_at(at + 8 * lane));
  }
  std::uint64_t state = mix(mix(lanes[0], lanes[1]), mix(lanes[2], lanes[3]));
  for (; at < size; ++at) state = mix(state, std::to_integer<std::uint64_t>(first[at]));
  return mix(state, size);
}

struct Bytes {
  const std::byte* first;
  std::size_t size;
};

template <class T>
void add_blocks(std::vector<Bytes>& blocks, const Column<T>& column) {
  const auto* const first = reinterpret_cast<const std::byte*>(column.data());
  for (std::size_t at = 0; at < column.bytes(); at += kBlock) {
    blocks.push_back({first + at, std::min(kBlock, column.bytes() - at)});
  }
}

void add_lane(std::vector<Bytes>& blocks, const InnerLane& lane) {
  add_blocks(blocks, lane.achievement);
  add_blocks(blocks, lane.achieved);
  add_blocks(blocks, lane.covered);
  add_blocks(blocks, lane.expected);
  add_blocks(blocks, lane.covered_weight);
  add_blocks(blocks, lane.expected_weight);
  add_blocks(blocks, lane.numerator);
  add_blocks(blocks, lane.denominator);
}

}  // namespace

std::size_t Figures::bytes(const FlatPlan& plan, bool validated_lane) {
  const std::size_t lanes = validated_lane ? 2 : 1;
  return kMonths * (plan.node_count() * kEvery + plan.inner_count() * (lanes * kLane + (lanes - 1) * kValidated) +
                    plan.pair_rows * lanes * kPair);
}

Figures make_figures(const FlatPlan& plan, bool validated_lane, bool blank) {
  const std::size_t nodes = plan.node_count(), inner = plan.inner_count();
  Figures figures;
  figures.target = Column<double>(nodes * kMonths);
  figures.value = Column<double>(nodes * kMonths);
  figures.state = Column<StateByte>(nodes * kMonths);
  figures.band = Column<std::int8_t>(nodes * kMonths);
  figures.all = make_lane(inner, plan.pair_rows);
  if (validated_lane) add_validated_lane(plan, figures);
  // Values of fresh memory are nought already.
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const std::size_t leaf_cells = plan.leaf_count() * kMonths;
  if (blank) std::fill_n(figures.state.data(), leaf_cells, state_byte(CellState::empty));
  std::fill(figures.target.begin() + (blank ? 0 : leaf_cells), figures.target.end(), kNone);
  return figures;
}

void add_validated_lane(const FlatPlan& plan, Figures& figures) {
  const std::size_t cells = plan.inner_count() * kMonths;
  figures.validated = make_lane(plan.inner_count(), plan.pair_rows);
  figures.validated_value = Column<double>(cells);
  figures.validated_state = Column<StateByte>(cells);
  figures.validated_band = Column<std::int8_t>(cells);
}

std::uint64_t digest(const FlatPlan& plan, const Figures& figures, unsigned threads) {
  std::vector<Bytes> blocks;
  add_blocks(blocks, figures.target);
  add_blocks(blocks, figures.value);
  add_blocks(blocks, figures.state);
  add_blocks(blocks, figures.band);
  add_lane(blocks, figures.all);
  add_lane(blocks, figures.validated);
  add_blocks(blocks, figures.validated_value);
  add_blocks(blocks, figures.validated_state);
  add_blocks(blocks, figures.validated_band);
  std::vector<std::uint64_t> parts(blocks.size());
  side_by_side(threads, blocks.size(), [&] {
    return [&](std::size_t part) { parts[part] = digest_block(blocks[part].first, blocks[part].size); };
  });
  std::uint64_t state = plan.node_count();
  for (const std::uint64_t part : parts) state = mix(state, part);
  return state;
}

}  // namespace jenjang::bulk
