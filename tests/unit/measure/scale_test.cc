#include "jenjang/measure/scale.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace scale_test {

TEST(Scale, GradesRankFromTheBestDown) {
  Scale scale;
  scale.kind = Scale::Kind::grades;
  for (const char* label : {"Sangat Baik", "Baik", "Cukup", "Kurang"}) scale.grades.push_back({label, {}, {}});
  ASSERT_EQ(scale.find_grade("Baik"), 1U);
  EXPECT_EQ(scale.rank(*scale.find_grade("Sangat Baik")), 4);
  EXPECT_EQ(scale.rank(*scale.find_grade("Kurang")), 1);
  EXPECT_FALSE(scale.find_grade("baik"));  // labels are exact: "A" and "a" may differ
  EXPECT_FALSE(scale.find_grade(""));
}

}  // namespace scale_test
}  // namespace jenjang
