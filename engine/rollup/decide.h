// Decisions on doubles: an error bound by structure, and cuts prepared on their pre-image.
//
// When every figure below a node is non-negative, its rounding error is at most (operations on the
// longest way up) x 2^-53 x its own size, whatever the data. The counts depend on the graph alone,
// so they are made once. A cut inside the bound is decided by the exact side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "jenjang/graph/model.h"

#include "engine/rollup/number.h"

namespace jenjang::rollup {

// Roundings on the longest way from the facts to a figure, per node.
class ErrorBounds {
public:
  // `slots` of the grid: at most so many own facts make one figure. Not the facts themselves, so that the bounds, and
  // with them what is decided exactly, stay as they are when a fact comes or goes.
  ErrorBounds(const Model& model, std::size_t slots);
  // Bounds of |double - exact| for a figure that nothing negative touched.
  [[nodiscard]] double value_error(NodeId node, double value) const;
  // `terms` as in Achieved.
  [[nodiscard]] double achievement_error(NodeId node, double terms) const;
  // An achievement this small against its terms has lost too many digits for its parent's bound.
  static bool cancels(double raw, double terms) { return raw * kCancellation < terms; }

private:
  static constexpr double kCancellation = 16;
  std::vector<float> value_steps_, achievement_steps_;
};

// A band table with the pre-image of each cut as a double.
class BandCuts {
public:
  explicit BandCuts(const Scale& scale);
  // Index of the band, -1 outside the domain; nullopt when the error straddles a cut.
  [[nodiscard]] std::optional<int> find(double value, double error) const;

private:
  const Scale* scale_;
  std::vector<double> cuts_;          // by band that has one
  std::optional<double> low_, high_;  // pre-images of the domain's ends
};

}  // namespace jenjang::rollup
