// Rows of sheets scored in bulk: one row a sheet, in the order of its file.
//
// CSV is made by several threads in parts and handed over in order, so that millions of rows are never held; an aligned
// table and JSON are made as a whole, like those of every other command.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/assess/bulk_formula.h"
#include "jenjang/assess/bulk_reader.h"
#include "jenjang/assess/bulk_score.h"
#include "jenjang/report/table.h"

namespace jenjang {

// What the rows say together. Counts of two parts add up; the first is that of the earlier part.
struct BulkTally {
  struct Seen {
    std::size_t count = 0, first = SIZE_MAX;  // row
    void add(std::size_t row) {
      ++count;
      first = std::min(first, row);
    }
  };
  std::size_t listed = 0;
  Seen incomplete;                                         // sheets without a total for an answer that is missing
  std::map<std::size_t, Seen> refused, failed;             // by step of a formula: refusals that begin there, checks
  std::map<std::string, std::size_t, std::less<>> labels;  // how many have each predicate
  void add(const BulkTally& later);
};

class BulkListing {
public:
  explicit BulkListing(const BulkSheets& sheets) : sheets_(sheets) {}
  virtual ~BulkListing() = default;
  BulkListing(const BulkListing&) = delete;
  BulkListing& operator=(const BulkListing&) = delete;

  [[nodiscard]] virtual std::string kind() const = 0;
  [[nodiscard]] const std::vector<TableColumn>& columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return sheets_.keys.size(); }  // those left out counted
  [[nodiscard]] bool is_listed(std::size_t row) const { return sheets_.left_out[row] == 0; }
  // Whether a row may end in a predicate; otherwise the labels of a tally say nothing.
  [[nodiscard]] virtual bool has_labels() const = 0;
  virtual void cells(std::size_t row, std::vector<std::string>& into, BulkTally& tally) const = 0;
  // The same as a line of CSV.
  virtual void csv(std::size_t row, CsvDialect dialect, std::string& into, BulkTally& tally) const;

protected:
  void declare_place();  // kunci, unit and periode as far as the file has them
  void place(std::size_t row, std::vector<std::string>& into) const;
  const BulkSheets& sheets_;
  std::vector<TableColumn> columns_;
};

// kunci, unit, periode, nilai_CODE of each part of the total (`detailed`: of every node), nilai, predikat, gerbang,
// terjawab, kriteria, status, tanda. Gates are not looked at, and column gerbang says which were not.
class BulkWorksheetListing : public BulkListing {
public:
  BulkWorksheetListing(const BulkProgram& program, const BulkSheets& sheets, const BulkScores& scores, bool detailed,
                       Language language);
  [[nodiscard]] std::string kind() const override { return "score_bulk"; }
  [[nodiscard]] bool has_labels() const override;
  void cells(std::size_t row, std::vector<std::string>& into, BulkTally& tally) const override;

private:
  // A column of a node: an inner one, or the answer of a criterion.
  struct Part {
    bool inner;
    std::size_t place;
  };
  const BulkProgram& program_;
  const BulkScores& scores_;
  std::vector<Part> parts_;
  std::map<std::string, std::string, std::less<>> gates_;  // by predicate
  std::string marks_;
};

// kunci, unit, periode, one column a result that the formula shows, status, alasan, tanda. `status` is the worst of
// those of the results: ditolak, kosong, periksa-gagal, nilai.
class BulkFormulaListing : public BulkListing {
public:
  BulkFormulaListing(const BulkFormula& formula, const BulkSheets& sheets, const BulkResults& results,
                     Language language);
  [[nodiscard]] std::string kind() const override { return "formula_bulk"; }
  [[nodiscard]] bool has_labels() const override;
  void cells(std::size_t row, std::vector<std::string>& into, BulkTally& tally) const override;
  void csv(std::size_t row, CsvDialect dialect, std::string& into, BulkTally& tally) const override;

private:
  struct Ending {
    std::vector<std::string> cells;
    std::string standard, excel;  // behind the place, as CSV
    std::vector<std::size_t> refused, failed;
    std::string label;
  };
  [[nodiscard]] Ending ending_of(const std::vector<FormulaResult>& results) const;
  void count(const Ending& ending, std::size_t row, BulkTally& tally) const;

  const BulkFormula& formula_;
  const BulkResults& results_;
  Language language_;
  std::vector<std::size_t> steps_;  // shown
  std::vector<Ending> endings_;     // by outcome of a flat formula
};

// The whole text through `take`, in parts and in order; false as soon as `take` says so.
bool write_bulk(const BulkListing& listing, const WriteOptions& options, unsigned threads,
                const std::function<bool(std::string_view)>& take, BulkTally& tally);

// What the rows leave open: sheets without a total (J3113), steps that refuse (J3175), checks that do not hold (J3176,
// the first row of each), years in which the pack is not in force (J3108).
void report_bulk(const BulkProgram& program, const BulkSheets& sheets, const BulkScores& scores, const BulkTally& tally,
                 std::string_view file, DiagnosticSink& sink);
void report_bulk(const BulkFormula& formula, const BulkSheets& sheets, const BulkResults& results,
                 const BulkTally& tally, std::string_view file, DiagnosticSink& sink);

}  // namespace jenjang
