// Rows of a large CSV file read by several threads, in stretches of the file.
//
// A row may hold line ends in quotes, so where the rows of a stretch begin is known only when all before it are read.
// It is guessed, from the number of quotes before; the stretches are read side by side; then each is held against where
// the one before it really ended, and read again from there when the guess was wrong. So the rows are those of
// parse_csv for any bytes, and with one thread there is no guess at all.
#pragma once

#include <cstddef>

#include "jenjang/base/watch.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

class CsvRows {
public:
  virtual ~CsvRows() = default;
  // Once, before any row; `header` has none and lives as long as the reading. False: no rows are wanted, and the file
  // is only checked for form.
  virtual bool begin(const CsvTable& header, std::size_t stretches, DiagnosticSink& sink) = 0;
  // Some rows of a stretch (0 .. stretches - 1), in order of the file; the table is good for the call only. Two
  // stretches may come at once, in two threads; one never does.
  virtual void rows(std::size_t stretch, const CsvTable& rows, DiagnosticSink& sink) = 0;
  // What came of this stretch was no good: it comes again, or holds no row.
  virtual void again(std::size_t stretch) = 0;
  // After the last row, before what `rows` reported is handed on.
  virtual void end(DiagnosticSink&) {}
};

struct CsvThreads {
  unsigned threads = 1;
  std::size_t least_stretch = std::size_t{1} << 18;  // bytes; smaller files take fewer threads
  const Watch* watch = nullptr;
  Stage stage = Stage::plan;  // that the watch is told
};

// False when there is no usable header. `sink` gets the same in the same order for any number of threads: the form of
// the file, then what `begin` and `end` found, then what `rows` found, each by place in the file.
bool read_csv_rows(FileId file, const SourceMap& sources, const CsvFormat& format, const CsvThreads& threads,
                   CsvRows& reader, DiagnosticSink& sink);

}  // namespace jenjang
