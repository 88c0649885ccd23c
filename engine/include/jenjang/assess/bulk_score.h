// Many worksheets of one template at once: the template compiled into a program over whole numbers.
//
//   const BulkProgram program = BulkProgram::compile(pack, tmpl, mode);
//   BulkAnswers answers(program.form());     // one row of small codes a sheet
//   const BulkScores scores(program, std::move(answers), threads);
//   scores.predicate(0);
//
// Every node is a whole number of a unit of its own, a fraction found once: points of grades, weights and numbers of
// criteria are all in it, so that a sheet costs additions and look-ups. A cut of a band is a whole number of the
// total's unit. That no sum leaves 64 bits follows from the weights and is shown when the template is compiled; a
// template that cannot be held so, or whose rules are others than sums, means and share tables (`limit`), is scored
// sheet by sheet with score_sheet, and so is a single sheet with a figure or a gap that the program has no room for.
// Results are the same to the last fraction either way, and for any number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/assess/bulk_answers.h"
#include "jenjang/assess/sheet.h"
#include "jenjang/assess/worksheet.h"
#include "jenjang/base/watch.h"

namespace jenjang {

// Why a template has no program.
enum class BulkLimit : std::uint8_t {
  none,
  rule,         // another aggregation than sums, means, extremes and share tables
  control,      // kontrol
  rounding,     // pembulatan_antara
  share_table,  // criteria that are no grades, or too many of them
  labels,       // more than 250 answers on one scale
  too_large,    // weights whose sums might leave 64 bits
};
std::string_view to_string(BulkLimit limit);

struct BulkProgramParts;

class BulkProgram {
public:
  // The template has no empty slot and the mode is available. `pack`, `tmpl` and `mode` outlive the program.
  static BulkProgram compile(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode);
  BulkProgram(BulkProgram&&) noexcept;
  BulkProgram& operator=(BulkProgram&&) noexcept;
  ~BulkProgram();

  [[nodiscard]] const Pack& pack() const;
  [[nodiscard]] const PackTemplate& tmpl() const;
  [[nodiscard]] const ScoringMode* mode() const;
  [[nodiscard]] BulkLimit limit() const;
  // Questions in the order of the codes of a sheet; criteria and judgements as worksheet_questions has them.
  [[nodiscard]] const BulkForm& form() const;
  // Inner nodes in the order of the template, as indices into PackTemplate::nodes; the total is the first.
  [[nodiscard]] const std::vector<std::size_t>& inner() const;
  // Bytes of answers and results of one sheet.
  [[nodiscard]] std::size_t bytes_per_sheet() const;
  [[nodiscard]] const BulkProgramParts& parts() const { return *parts_; }

private:
  BulkProgram();
  std::unique_ptr<BulkProgramParts> parts_;
};

// What one sheet came to, in words and figures as `score` prints them.
struct BulkRow {
  std::vector<std::string> values;  // by inner node, under the template's rounding; empty: none
  std::string predicate;            // by score alone (gates are not looked at)
  std::size_t answered = 0;
  enum class Total : std::uint8_t { there, incomplete, not_applicable } total = Total::there;
};

class BulkScores {
public:
  // Scores all sheets. `answers` are of the program's form; the program outlives this.
  BulkScores(const BulkProgram& program, BulkAnswers answers, unsigned threads = 1, const Watch* watch = nullptr);

  [[nodiscard]] std::size_t sheets() const { return answers_.sheets(); }
  [[nodiscard]] const BulkAnswers& answers() const { return answers_; }
  // Whether the program scored it; the others are scored by score_sheet whenever they are asked about.
  [[nodiscard]] bool is_flat(std::size_t sheet) const { return flat_ && beyond_[sheet] == 0; }
  [[nodiscard]] std::size_t flat_sheets() const;

  // Exact, by place in BulkProgram::inner(). From several threads at once, too.
  [[nodiscard]] std::optional<Rational> value(std::size_t sheet, std::size_t inner) const;
  [[nodiscard]] BulkRow row(std::size_t sheet) const;
  [[nodiscard]] SheetScore general(std::size_t sheet) const;

private:
  [[nodiscard]] std::string printed(std::size_t sheet, std::size_t inner) const;

  const BulkProgram* program_;
  BulkAnswers answers_;
  bool flat_ = false;
  // Written first by the thread that scores the sheet, and so on pages of its own.
  std::unique_ptr<std::int64_t[]> units_;      // [sheet][inner]
  std::unique_ptr<std::uint8_t[]> standings_;  // [sheet][inner]
  std::unique_ptr<std::uint8_t[]> bands_;      // by sheet, of the total
  std::unique_ptr<std::uint8_t[]> beyond_;     // by sheet: score_sheet has to
};

}  // namespace jenjang
