#include "engine/cascade/conflict/hold_conflict.h"

#include <algorithm>

namespace jenjang::cascade {

std::vector<FixedMember> least_overfull(std::vector<FixedMember> fixed, const Rational& due) {
  std::stable_sort(fixed.begin(), fixed.end(),
                   [](const FixedMember& a, const FixedMember& b) { return a.weight * a.value > b.weight * b.value; });
  Rational sum;
  std::size_t count = 0;
  while (count < fixed.size() && sum <= due) {
    sum += fixed[count].weight * fixed[count].value;
    ++count;
  }
  fixed.resize(count);
  return fixed;
}

}  // namespace jenjang::cascade
