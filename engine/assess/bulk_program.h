// The program that a template compiles into: steps over whole numbers, children before parents.
#pragma once

#include "jenjang/assess/bulk_score.h"

#include "engine/assess/bulk_fraction.h"

namespace jenjang {

// What a node has: a figure, nothing because an answer is missing, or nothing because nothing applies.
enum class BulkStanding : std::uint8_t { value, unanswered, not_applicable };

// A look-up of an answer says three things in one number, so that criteria are added up with one addition each: its
// points in the step's unit, whether it is missing, whether it does not count.
inline constexpr int kPointBits = 44, kCountBits = 10;
inline constexpr std::int64_t kPointHalf = std::int64_t{1} << (kPointBits - 1);  // points may be negative
inline constexpr std::int64_t kPointMask = (std::int64_t{1} << kPointBits) - 1;
inline constexpr std::int64_t kCountMask = (std::int64_t{1} << kCountBits) - 1;
inline constexpr std::int64_t kOneMissing = std::int64_t{1} << kPointBits;
inline constexpr std::int64_t kOneExcluded = std::int64_t{1} << (kPointBits + kCountBits);
inline constexpr std::size_t kMostChildren = 500;  // excluded ones are counted below the sign

struct BulkTerm {
  std::size_t from = 0;  // column of numbers, or place of an inner child
  std::int64_t times = 1;
  std::size_t question = SIZE_MAX;  // of a number
};

struct BulkStep {
  enum class Kind : std::uint8_t { sum, mean, least, most, table } kind = Kind::sum;
  std::size_t inner = 0;     // place of the result
  std::size_t children = 0;  // all of them
  bool strict = false;       // one missing answer leaves it without a figure
  bool zero = false;         // a missing figure counts as nought
  struct Run {
    std::size_t first = 0, count = 0;  // questions side by side
  };
  std::vector<Run> runs;
  std::vector<BulkTerm> numbers, inners;
  // A mean of as many: what the sum is multiplied by. Empty: only a mean of all children is a whole number of the unit.
  std::vector<std::int64_t> by_present;
  // Share table: questions of judgements, and per set of them, of and met the row counted from 1 (0: no row).
  std::size_t first_judgement = 0, judgements = 0;
  std::vector<std::uint8_t> rows;
  std::vector<std::int64_t> row_units;  // by row counted from 1
};

struct BulkProgramParts {
  const Pack* pack = nullptr;
  const PackTemplate* tmpl = nullptr;
  const ScoringMode* mode = nullptr;
  BulkLimit limit = BulkLimit::none;
  BulkForm form;
  std::vector<const Scale*> scales;  // by question; nullptr: a number
  std::vector<std::size_t> nodes;    // by question: of the template (of a judgement, its part)
  std::vector<std::size_t> inner;
  std::vector<std::size_t> inner_of;  // by node; SIZE_MAX: a leaf

  std::size_t stride = 0;             // entries of a question
  std::vector<std::int64_t> entries;  // [question][code]
  std::vector<BulkStep> steps;
  std::vector<ReducedFraction> units;  // by inner node
  // Of the total: a band's figures begin at its cut, best first; the range outside of which there is no label.
  std::vector<std::int64_t> cuts;
  std::int64_t low = INT64_MIN, end = INT64_MAX;  // low <= units < end
  bool open_end = false;                          // the last cut is open below
};

inline constexpr std::uint8_t kNoBand = 255;

// Any sum or product of a step; half of what 64 bits hold.
inline constexpr Int128 kMostBulkSum = Int128{1} << 62;

// Fills in the steps, and the cuts of the total once it has its unit; the limit where it cannot.
BulkLimit compile_steps(BulkProgramParts& parts);
BulkLimit cut_total(BulkProgramParts& parts);
// The scale that a leaf or a part's judgements are answered on; nullptr: a number.
const Scale* bulk_answer_scale(const Pack& pack, const TemplateNode& node, const ScoringMode* mode);
// The share table that grades the node under this mode; nullptr: it is added up.
const ShareTable* bulk_share_table(const PackTemplate& tmpl, const TemplateNode& node, const ScoringMode* mode);

// Rows of so many sheets, answers and results, are some 15 KB for a worksheet of 80 criteria: the nearest cache.
inline constexpr std::size_t kBulkBlock = 64;
// Rows of some sheets, at most a block, side by side.
struct BulkRows {
  std::size_t sheets = 0;
  const BulkCode* codes = nullptr;        // [sheet][question]
  const std::int64_t* numbers = nullptr;  // [sheet][column]
  std::int64_t* units = nullptr;          // [sheet][inner]
  std::uint8_t* standings = nullptr;      // [sheet][inner]
  std::uint8_t* bands = nullptr;          // by sheet
  std::uint8_t* beyond = nullptr;         // by sheet: set where the program has no figure for what was answered
};
void run_steps(const BulkProgramParts& parts, const BulkRows& rows);

}  // namespace jenjang
