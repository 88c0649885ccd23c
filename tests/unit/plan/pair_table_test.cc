#include "engine/plan/bind/pair_table.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

namespace jenjang {
namespace pair_table_test {

// Few different pairs, so that most are put in and taken out many times and stand in each other's way.
TEST(PairTable, DoesWhatAMapDoes) {
  PairTable table;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> slow;
  std::uint64_t state = 1;
  const auto below = [&](std::uint32_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state >> 33) % n;
  };
  for (int step = 0; step < 60000; ++step) {
    const std::uint32_t range = step < 30000 ? 12 : 60;
    const std::pair pair{below(range), below(range)};
    const std::uint32_t value = below(1000);
    if (below(5) < 3) {
      ASSERT_EQ(table.insert(pair.first, pair.second, value), slow.emplace(pair, value).second);
    } else {
      table.erase(pair.first, pair.second);
      slow.erase(pair);
    }
    const std::pair asked{below(range), below(range)};
    const auto expected = slow.find(asked);
    const std::uint32_t* const found = table.find(asked.first, asked.second);
    ASSERT_EQ(found != nullptr, expected != slow.end());
    if (found != nullptr) {
      ASSERT_EQ(*found, expected->second);
    }
  }
  for (const auto& [pair, value] : slow) {
    const std::uint32_t* const found = table.find(pair.first, pair.second);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(*found, value);
  }
}

TEST(PairTable, IsEmptyAtFirst) {
  PairTable table;
  EXPECT_EQ(table.find(0, 0), nullptr);
  table.erase(0, 0);
  EXPECT_TRUE(table.insert(0, UINT32_MAX, 7));
  EXPECT_EQ(*table.find(0, UINT32_MAX), 7U);
}

// Siblings stand side by side in the table; numbers far apart that fall on one place still do not meet.
TEST(PairTable, HoldsRunsAndStrides) {
  for (const std::uint32_t stride : {1U, 8U, 4096U}) {
    PairTable table;
    table.reserve(5000);
    for (std::uint32_t i = 0; i < 20000; ++i) ASSERT_TRUE(table.insert(i % 7, i * stride, i));
    for (std::uint32_t i = 0; i < 20000; ++i) {
      const std::uint32_t* const found = table.find(i % 7, i * stride);
      ASSERT_NE(found, nullptr);
      ASSERT_EQ(*found, i);
      ASSERT_EQ(table.find(7, i * stride), nullptr);
    }
  }
}

// Oracle: a set of pairs. A few children with many parents, most with one.
TEST(ParentTable, DoesWhatASetDoes) {
  ParentTable table;
  std::set<std::pair<std::uint32_t, std::uint32_t>> slow;
  std::uint64_t state = 3;
  const auto random = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state >> 33);
  };
  for (int step = 0; step < 40000; ++step) {
    const std::uint32_t child = random() % 3 == 0 ? random() % 4 : random() % 3000;
    const std::pair<std::uint32_t, std::uint32_t> pair{random() % 9, child};
    if (random() % 3 != 0) {
      ASSERT_EQ(table.insert(pair.first, pair.second), slow.insert(pair).second);
    } else {
      table.erase(pair.first, pair.second);
      slow.erase(pair);
    }
    const std::pair<std::uint32_t, std::uint32_t> asked{random() % 9, child};
    ASSERT_EQ(table.contains(asked.first, asked.second), slow.contains(asked));
  }
}

}  // namespace pair_table_test
}  // namespace jenjang
