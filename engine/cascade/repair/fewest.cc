// The fewest cells changed in one family: sorted by room, the largest take the difference (exact, since
// any k cells cover at most what the k with the most room cover).
#include <algorithm>
#include <numeric>

#include "jenjang/cascade/repair.h"

namespace jenjang {
namespace {

// How far the cell's part in the parent can go in the wanted direction; nullopt: without end.
std::optional<Rational> room(const RepairCell& cell, const Rational& from, bool up) {
  if (cell.willingness.sign() <= 0 || cell.weight.is_zero()) return Rational();
  const std::optional<Rational>& limit = (cell.weight.sign() > 0) == up ? cell.upper : cell.lower;
  if (!limit) return std::nullopt;
  return (cell.weight * (*limit - from)).absolute();
}

Rational clamped(const RepairCell& cell) {
  if (cell.willingness.sign() <= 0) return cell.value;
  if (cell.lower && cell.value < *cell.lower) return *cell.lower;
  if (cell.upper && cell.value > *cell.upper) return *cell.upper;
  return cell.value;
}

}  // namespace

RepairResult repair_fewest(std::span<const RepairCell> cells, const Rational& target) {
  // The least-squares repair finds the same conflicts; what is left for us can be met.
  RepairResult feasible = repair_family(cells, target);
  if (std::holds_alternative<RepairConflict>(feasible)) return feasible;
  Repair repair;
  Rational missing = target;
  for (const RepairCell& cell : cells) {
    repair.values.push_back(clamped(cell));
    missing -= cell.weight * repair.values.back();
  }
  const bool up = missing.sign() > 0;
  std::vector<std::optional<Rational>> rooms;
  rooms.reserve(cells.size());
  std::vector<std::size_t> order(cells.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = 0; i < cells.size(); ++i) rooms.push_back(room(cells[i], repair.values[i], up));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    // A cell that a limit moves already costs no further change.
    const bool moved_a = repair.values[a] != cells[a].value, moved_b = repair.values[b] != cells[b].value;
    if (moved_a != moved_b) return moved_a;
    if (rooms[a].has_value() != rooms[b].has_value()) return !rooms[a].has_value();
    if (rooms[a] && *rooms[a] != *rooms[b]) return *rooms[a] > *rooms[b];
    return cells[a].willingness > cells[b].willingness;
  });
  for (const std::size_t i : order) {
    if (missing.is_zero()) break;
    const bool takes_all = !rooms[i] || *rooms[i] >= missing.absolute();
    const Rational part = takes_all ? missing : (up ? *rooms[i] : rooms[i]->negated());
    if (part.is_zero()) continue;
    repair.values[i] += part / cells[i].weight;
    missing -= part;
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].willingness.sign() <= 0) continue;
    const Rational moved = repair.values[i] - cells[i].value;
    repair.objective += moved * moved / cells[i].willingness;
  }
  return repair;
}

}  // namespace jenjang
