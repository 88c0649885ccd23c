// The best of many figures that are known up to an error: all that may be among the first `count`.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

#include "jenjang/bulk/contributors.h"

namespace jenjang::bulk {

struct Candidate {
  RankedContributor is;
  double error = 0;  // |contribution - exact| is at most this
  [[nodiscard]] double least() const { return is.contribution - error; }
  [[nodiscard]] double most() const { return is.contribution + error; }
};

class BestKept {
public:
  explicit BestKept(std::size_t count) : count_(count) {}

  std::uint64_t seen = 0, untargeted = 0, opened = 0;

  // False only when `most` is surely behind `count` others.
  [[nodiscard]] bool may_place(double most) const { return !(most < floor_); }
  void offer(const Candidate& candidate) {
    ++seen;
    if (may_place(candidate.most())) keep(candidate);
  }
  void keep(const Candidate& candidate) {
    kept_.push_back(candidate);
    if (lowest_.size() < count_) {
      lowest_.push_back(candidate.least());
      std::push_heap(lowest_.begin(), lowest_.end(), std::greater<>());
    } else if (candidate.least() > lowest_.front()) {
      std::pop_heap(lowest_.begin(), lowest_.end(), std::greater<>());
      lowest_.back() = candidate.least();
      std::push_heap(lowest_.begin(), lowest_.end(), std::greater<>());
    }
    if (lowest_.size() == count_) floor_ = lowest_.front();
    if (kept_.size() >= room_) prune();
  }

  // Those of all parts together that may be among the first.
  static std::vector<Candidate> merge(std::vector<BestKept>& parts, std::size_t count) {
    std::vector<double> lowest;
    for (const BestKept& part : parts) lowest.insert(lowest.end(), part.lowest_.begin(), part.lowest_.end());
    double floor = -std::numeric_limits<double>::infinity();
    if (lowest.size() >= count) {
      const auto at = lowest.begin() + static_cast<std::ptrdiff_t>(count - 1);
      std::nth_element(lowest.begin(), at, lowest.end(), std::greater<>());
      floor = *at;
    }
    std::vector<Candidate> all;
    for (BestKept& part : parts) {
      for (const Candidate& each : part.kept_) {
        if (!(each.most() < floor)) all.push_back(each);
      }
      part.kept_.clear();
    }
    return all;
  }

private:
  void prune() {
    std::erase_if(kept_, [this](const Candidate& each) { return each.most() < floor_; });
    room_ = std::max(room_, 2 * kept_.size());
  }
  std::size_t count_;
  std::size_t room_ = 4096;
  double floor_ = -std::numeric_limits<double>::infinity();
  std::vector<double> lowest_;  // the best lower ends, least on top
  std::vector<Candidate> kept_;
};

}  // namespace jenjang::bulk
