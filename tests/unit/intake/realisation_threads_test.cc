// A feed large enough for several threads gives the rows and findings of one row at a time.
#include <gtest/gtest.h>
#include <sstream>
#include <tuple>

#include "jenjang/intake/intake.h"

namespace jenjang {
namespace realisation_threads_test {

auto content(const Observation& row) {
  return std::tuple(row.code, row.unit, row.period, row.released, row.state, row.number.to_string(), row.grade,
                    row.status, row.validated, row.definition_version, row.source, row.illustrative, row.unverified);
}

auto places(const Observation& row, std::uint32_t line_shift) {
  const auto place = [&](const SourceSpan& span) {
    return std::tuple(span.line + line_shift, span.column, span.length);
  };
  return std::tuple(place(row.places.address()), place(row.places.unit()), place(row.places.period()),
                    place(row.places.number()));
}

// One line each, so that a line can also be read as a file of its own.
std::vector<std::string> feed_lines(std::size_t count) {
  std::vector<std::string> lines;
  std::uint64_t state = 5;
  const auto below = [&](std::size_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state >> 33) % n);
  };
  for (std::size_t i = 0; i < count; ++i) {
    std::string line = below(50) == 0 ? " " : "IND-" + std::to_string(below(40));
    line += ";\"64.0" + std::to_string(below(9)) + "/dinas-lingkungan-hidup/bidang-" + std::to_string(below(4)) + "\";";
    line += below(60) == 0 ? "2026-13;" : "2026-0" + std::to_string(1 + below(9)) + ";";
    switch (below(12)) {
      case 0:
        line += "1.234,5;;";  // grouped: no number
        break;
      case 1:
        line += ";kosong;";
        break;
      case 2:
        line += "Sangat Baik;;";
        break;
      case 3:
        line += "1;kosong;";
        break;
      default:
        line += std::to_string(below(100000)) + "," + std::to_string(10 + below(90)) + ";;";
    }
    line += below(3) == 0 ? "divalidasi;='=SIPSN\n" : "terkirim; SIPSN, triwulan berjalan \n";
    if (below(200) == 0) line = "x;y\n";  // too few cells
    lines.push_back(line);
  }
  return lines;
}

TEST(RealisationThreads, RowsAndFindingsAreThoseOfOneRowAtATime) {
  const std::string header = "kode;unit;periode;nilai;keadaan;status;sumber\n";
  FeedFormat format;
  format.csv = {';', ',', true};
  format.validated_states = {"divalidasi"};
  const std::vector<std::string> lines = feed_lines(15000);
  std::string text = header;
  std::vector<decltype(content(Observation()))> contents;
  std::vector<decltype(places(Observation(), 0))> rows_at;
  std::vector<std::tuple<Code, std::uint32_t, std::uint32_t>> form, expected;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += lines[i];
    SourceMap sources;
    DiagnosticSink sink;
    const auto one = read_realisations(sources.add("a.csv", header + lines[i]), sources, format, sink);
    const auto shift = static_cast<std::uint32_t>(i);
    for (const Observation& row : one) {
      contents.push_back(content(row));
      rows_at.push_back(places(row, shift));
    }
    for (const Diagnostic& found : sink.all()) {
      (found.code == Code::J1131 ? form : expected)
          .emplace_back(found.code, found.primary.line + shift, found.primary.column);
    }
  }
  // What is wrong with the form of the file comes before what its cells say.
  expected.insert(expected.begin(), form.begin(), form.end());
  ASSERT_GT(text.size(), std::size_t{1} << 19) << "too small for two stretches";
  ASSERT_GT(expected.size(), 500U);
  for (const unsigned threads : {1U, 2U, 3U, 4U}) {
    SourceMap sources;
    DiagnosticSink sink;
    const auto rows = read_realisations(sources.add("a.csv", text), sources, format, sink, threads);
    ASSERT_EQ(rows.size(), contents.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ASSERT_EQ(content(rows[i]), contents[i]) << i;
      ASSERT_EQ(places(rows[i], 0), rows_at[i]) << i;
    }
    std::vector<std::tuple<Code, std::uint32_t, std::uint32_t>> found;
    for (const Diagnostic& one : sink.all()) found.emplace_back(one.code, one.primary.line, one.primary.column);
    ASSERT_EQ(found, expected);
  }
}

}  // namespace realisation_threads_test
}  // namespace jenjang
