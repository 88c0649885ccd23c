// The jobs whose instructions are counted: what is made first, and the one call that counts.
//
// Sizes are small, because everything runs some fifty times slower under the counter; threads are one, vectors are
// those of every x86-64, so that a count is the same on any machine of one build.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace jenjang::guard {

struct Prepared {
  std::uint64_t units = 0;     // what there is to do, for the growth: nodes, rows, entries
  std::function<bool()> work;  // once; false when the answer is wrong. What it makes lives as long as it does.
};

struct Job {
  const char* name;
  const char* unit;
  std::uint32_t size;  // of the smaller run; the other is twice as large
  // The most that twice the work may cost. 2.3 where the work is linear: one sort of 10^4 rows or a wider tree among it
  // stays below.
  double most;
  Prepared (*make)(std::uint32_t size);
};

std::vector<Job> flat_jobs();
std::vector<Job> general_jobs();
std::vector<Job> text_jobs();
std::vector<Job> storage_jobs();

// This job cannot run here: a vector width that the processor (or its imitation) lacks.
struct NotHere {};

}  // namespace jenjang::guard
