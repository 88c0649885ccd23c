#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>

#include "jenjang/base/decimal.h"
#include "jenjang/synthetic/province.h"

namespace jenjang {
namespace sized_test {

using Folder = std::map<std::string, std::string>;

Folder folder(const ProvinceSpec& spec) {
  Folder files;
  for (const GeneratedFile& file : write_province(spec)) files[file.path] += file.text;
  return files;
}

std::vector<std::vector<std::string>> rows(const std::string& text) {
  std::vector<std::vector<std::string>> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    all.push_back(std::move(cells));
  }
  return all;
}

ProvinceSpec with_facts(std::uint64_t measures, bool nation) {
  ProvinceSpec spec = ProvinceSpec::sized(measures, nation);
  spec.facts = true;
  return spec;
}

// Measures of a sized plan, counted anew: one for every affair at the top, at each province below a nation and at each
// government; one for every unit from the agencies down; two operands more at a position of a seventh affair in eight.
double measures_of(const ProvinceSpec& spec, const Folder& files) {
  double count = spec.agencies * (1 + (spec.provinces > 1 ? spec.provinces : 0) + spec.governments());
  for (const char* path : {"data/unit.csv", "data/jabatan.csv"}) {
    for (const auto& row : rows(files.at(path))) {
      if (row[0] == "kode" || row[4].empty()) continue;
      const bool ratio = row[2] == "jabatan" && std::stoi(row[4]) % 8 == 7;
      count += ratio ? 3 : 1;
    }
  }
  return count;
}

TEST(Sized, HasAboutTheMeasuresAskedFor) {
  for (const bool nation : {false, true}) {
    for (const std::uint64_t wanted : {1'000U, 5'000U, 30'000U}) {
      const ProvinceSpec spec = ProvinceSpec::sized(wanted, nation);
      EXPECT_EQ(spec.provinces > 1, nation);
      EXPECT_GE(spec.staff, spec.section_count());
      const double made = measures_of(spec, folder(spec));
      EXPECT_NEAR(made, static_cast<double>(wanted), 0.05 * static_cast<double>(wanted)) << nation;
    }
  }
  const ProvinceSpec whole = ProvinceSpec::sized(1'000'000, true);
  EXPECT_EQ(whole.provinces, 38U);
  EXPECT_EQ(whole.districts, 514U);
  EXPECT_EQ(whole.agencies, 35U);
}

TEST(Sized, EveryKindStandsInTheDocument) {
  const std::string document = folder(ProvinceSpec::sized(1'000, false)).at("dokumen/rpd-99.yaml");
  for (const char* words : {"cara: jumlah}",
                            "cara: rata-rata}",
                            "cara: minimum}",
                            "cara: maksimum}",
                            "cara: rasio, pembilang: selesai_07, ",
                            "penyebut: diminta_07}",
                            "cara: terpenuhi, ambang: 70}",
                            "data_hilang: nol}",
                            "akumulasi: hitungan",
                            "akumulasi: kumulatif",
                            "akumulasi: posisi",
                            "akumulasi: rata-rata",
                            "akumulasi: puncak",
                            "akumulasi: rilis",
                            "polaritas: turun",
                            "rumus: L1, batas: 120",
                            "cara: proporsional, pemacu: beban_kerja",
                            "cara: rata}",
                            "cara: sama}",
                            "cara: tutup-selisih",
                            "cara: pilih",
                            "tahan: {2026: {nilai: ",
                            "lintas_sektor: [{unit: "}) {
    EXPECT_NE(document.find(words), std::string::npos) << words;
  }
}

TEST(Sized, PiecesAreTheFilesWhateverTheirSize) {
  const ProvinceSpec spec = with_facts(3'000, false);
  Folder streamed;
  std::vector<std::string> order;
  std::size_t largest = 0;
  EXPECT_TRUE(stream_province(spec, [&](const std::string& path, std::string_view piece) {
    if (order.empty() || order.back() != path) order.push_back(path);
    streamed[path] += piece;
    largest = std::max(largest, piece.size());
    return true;
  }));
  EXPECT_EQ(streamed, folder(spec));
  EXPECT_EQ(std::set<std::string>(order.begin(), order.end()).size(), order.size()) << "no file is taken up again";
  EXPECT_LT(largest, std::size_t{1} << 17U);  // the document of eight affairs too
  EXPECT_GT(streamed.at("realisasi/99.csv").size(), std::size_t{1} << 17U);
  ProvinceSpec other = spec;
  other.seed = 2;
  EXPECT_NE(folder(other).at("realisasi/99.csv"), streamed.at("realisasi/99.csv"));
}

TEST(Sized, StopsWhenNobodyTakes) {
  int taken = 0;
  EXPECT_FALSE(
      stream_province(with_facts(3'000, false), [&](const std::string&, std::string_view) { return ++taken < 4; }));
  EXPECT_EQ(taken, 4);
}

TEST(Sized, ReportsAreMissingAndWaitingAsAskedFor) {
  const Folder files = folder(with_facts(20'000, false));
  double positions = 0, ratios = 0;
  for (const auto& row : rows(files.at("data/jabatan.csv"))) {
    if (row[0] == "kode") continue;
    ++positions;
    ratios += std::stoi(row[4]) % 8 == 7 ? 1 : 0;
  }
  double reported = 0, figures = 0, waiting = 0, blank = 0, awaited = 0;
  std::map<std::string, std::int64_t> running;
  for (const auto& row : rows(files.at("realisasi/99.csv"))) {
    ASSERT_EQ(row.size(), 7U);
    if (row[0] == "kode" || row[0] == "LAYANAN-BAIK") continue;
    ++reported;
    if (row[3].empty()) {
      ASSERT_FALSE(row[6].empty());
      (row[6] == "menunggu-rilis" ? awaited : blank) += 1;
      continue;
    }
    ++figures;
    ASSERT_TRUE(Decimal::parse(row[3]).has_value());
    waiting += row[4] == "diajukan" ? 1 : 0;
    const bool released = row[0].rfind("IND-", 0) == 0 && std::stoi(row[0].substr(4)) % 8 == 0;
    ASSERT_EQ(row[5].empty(), !released);
    // A running total never falls.
    if (row[0] == "IND-03") {
      std::int64_t& total = running[row[1]];
      ASSERT_GE(std::stoll(row[3]), total);
      total = std::stoll(row[3]);
    }
  }
  const double cells = (positions + ratios) * 12;
  EXPECT_NEAR(reported / cells, 0.97, 0.005);
  EXPECT_NEAR(blank / cells, 0.02, 0.004);
  EXPECT_NEAR(waiting / figures, 0.08, 0.01);
  EXPECT_GT(awaited, 0);
  EXPECT_FALSE(running.empty());
}

TEST(Sized, ANationHasAFileOfReportsForEveryProvince) {
  const ProvinceSpec spec = with_facts(5'000, true);
  const Folder files = folder(spec);
  std::size_t reports = 0;
  for (const auto& [path, text] : files) {
    if (path.rfind("realisasi/", 0) != 0) continue;
    ++reports;
    const std::string province = path.substr(10, 2);
    EXPECT_NE(files.at("jenjang.yaml").find("berkas: " + path), std::string::npos);
    for (const auto& row : rows(text)) {
      ASSERT_TRUE(row[0] == "kode" || row[1].substr(0, 2) == province) << row[1];
    }
  }
  EXPECT_EQ(reports, spec.provinces);
  // Codes that no province of Indonesia has (11..21, 31..36, 51..53, 61..65, 71..76, 81, 82, 91..96).
  for (const auto& row : rows(files.at("data/unit.csv"))) {
    if (row[2] != "provinsi") continue;
    const int code = std::stoi(row[0]);
    EXPECT_TRUE((code > 21 && code < 31) || (code > 36 && code < 51) || (code > 53 && code < 61) ||
                (code > 65 && code < 71) || (code > 76 && code < 81))
        << code;
  }
}

}  // namespace sized_test
}  // namespace jenjang
