// One job on one problem: everybody's answer checked first, then engine, limit and rivals by turns in one run.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bulk/limits.h"
#include "bulk/problem.h"
#include "probe.h"

namespace jenjang::bench {

struct Settings {
  std::uint64_t seed = 1;
  unsigned threads = 2;
  int rounds = 9;
  std::string dump_folder;  // empty: nothing is written
  Bandwidth probe;          // of `threads` threads
};

// A problem in memory, with what the hand-written sweep keeps about it.
struct Case {
  std::string name;  // plain, nation, hard (a nation with cells on target and near cuts)
  std::uint32_t size = 0;
  Problem problem;
  struct Cell {
    std::uint32_t node;
    std::uint8_t month;
  };
  std::vector<Cell> near_cut;
  double seconds_to_make = 0;
  std::unique_ptr<Limits> limit, limit_alone;  // with all threads, with one
};
std::unique_ptr<Case> make_case(const std::string& name, std::uint32_t size, const Settings& settings);

struct Contender {
  std::string name;  // engine, limit, engine_1, limit_1, boost_graph
  unsigned threads = 1;
  std::vector<double> seconds;  // one a round
  double p99 = 0;               // of single calls, where rounds are many calls
};
struct Contest {
  std::string job;  // J2, J2whole, J2own, J3, J3full, J4, J4values
  std::string problem;
  std::uint32_t size = 0;
  double nodes = 0, bytes = 0, exact_decisions = 0, limit_differs = 0, checked_cells = 0, peak = 0, figures_bytes = 0;
  std::vector<Contender> contenders;  // engine first
  [[nodiscard]] const Contender* find(const std::string& name) const;
};
// Ends the program with a message when an answer is wrong.
Contest hold_contest(const std::string& job, Case& on, const Settings& settings);
// Whether the job makes sense there.
bool has_job(const std::string& problem, const std::string& job);
std::vector<std::string> contenders_of(const std::string& job, const std::string& problem, std::uint32_t size);

}  // namespace jenjang::bench
