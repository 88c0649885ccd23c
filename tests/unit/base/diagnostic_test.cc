#include "jenjang/base/diagnostic.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace jenjang {
namespace diagnostic_test {

std::set<std::string> places_in(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const std::size_t end = text.find('}', at);
    EXPECT_NE(end, std::string_view::npos) << text;
    if (end == std::string_view::npos) break;
    names.emplace(text.substr(at + 1, end - at - 1));
  }
  return names;
}

TEST(Catalogue, NumbersAreUniqueAndRising) {
  const auto codes = all_codes();
  ASSERT_FALSE(codes.empty());
  for (std::size_t i = 1; i < codes.size(); ++i) EXPECT_LT(codes[i - 1].code, codes[i].code);
  for (const CodeInfo& info : codes) {
    EXPECT_EQ(&code_info(info.code), &info);
    EXPECT_EQ(to_string(info.code).size(), 5U) << "J and four digits";
  }
}

TEST(Catalogue, BothLanguagesNameTheSameArguments) {
  for (const CodeInfo& info : all_codes()) {
    const std::string code = to_string(info.code);
    EXPECT_FALSE(info.id_text.empty()) << code;
    EXPECT_FALSE(info.en_text.empty()) << code;
    EXPECT_EQ(places_in(info.id_text), places_in(info.en_text)) << code;
    EXPECT_EQ(places_in(info.id_repair), places_in(info.en_repair)) << code;
    EXPECT_EQ(info.id_repair.empty(), info.en_repair.empty()) << code;
    // A repair may repeat what the message names, never ask for more; but the ways out of a conflict stand in
    // the repair alone, and so do a separator as one types it (`';'` for the titik koma of the message) and the command
    // whose help is pointed to.
    for (const std::string& name : places_in(info.id_repair)) {
      EXPECT_TRUE(name == "jalan" || name == "tanda" || name == "perintah" || places_in(info.id_text).contains(name))
          << code << " repair names {" << name << '}';
    }
  }
}

// Members are initialised in order of declaration, so the file comes after the map.
class Render : public ::testing::Test {
protected:
  SourceMap sources_;
  FileId file_ = sources_.add("rpd-64.yaml", "jenjang: 1\n\tsatuna: \xE6\xB0\xB4 persen\r\nkode: A\nkode: A\n");
};

TEST_F(Render, TextInBothLanguages) {
  const Diagnostic found = make_diagnostic(Code::J1107, {file_, 4, 1, 4})
                               .arg("kunci", "kode")
                               .related({file_, 3, 1, 4}, "pertama ditulis di sini", "first written here")
                               .rule("CAS-TGT-04")
                               .article("PermenPANRB 88/2021")
                               .suggest("kodo");
  EXPECT_EQ(render_text(found, sources_, {}),
            "galat[J1107]: kunci `kode` ditulis dua kali dalam satu peta\n"
            " --> rpd-64.yaml:4:1\n"
            "  |\n"
            "4 | kode: A\n"
            "  | ^^^^\n"
            " ::: rpd-64.yaml:3:1: pertama ditulis di sini\n"
            "  |\n"
            "3 | kode: A\n"
            "  | ----\n"
            "  = aturan: CAS-TGT-04\n"
            "  = dasar: PermenPANRB 88/2021\n"
            "  = mungkin maksudnya: `kodo`\n"
            "  = perbaikan: hapus atau gabungkan salah satunya\n"
            "  = yang dapat memperbaiki: admin unit\n");
  RenderOptions english;
  english.language = Language::english;
  const std::string text = render_text(found, sources_, english);
  EXPECT_EQ(text.substr(0, text.find('\n')), "error[J1107]: key `kode` is written twice in one map");
  EXPECT_NE(text.find("  = repair: delete or merge one of them\n"), std::string::npos);
  EXPECT_NE(text.find("  = who can repair: unit admin\n"), std::string::npos);
}

TEST_F(Render, CaretStandsUnderTabsAndWideLetters) {
  // Line 2: tab, "satuna: ", one letter two columns wide, " persen". The place is "persen":
  // bytes 1 + 8 + 3 + 1 = 13 before it, so column 14.
  const Diagnostic found = make_diagnostic(Code::J1115, {file_, 2, 14, 6}).arg("kunci", "x").arg("apa", "y");
  const std::string text = render_text(found, sources_, {});
  EXPECT_NE(text.find("2 | \tsatuna: \xE6\xB0\xB4 persen\n  | \t           ^^^^^^\n"), std::string::npos) << text;
  // The wide letter itself takes two carets.
  const Diagnostic wide = make_diagnostic(Code::J1115, {file_, 2, 10, 3});
  EXPECT_NE(render_text(wide, sources_, {}).find("  | \t        ^^\n"), std::string::npos);
}

TEST_F(Render, PlaceBeyondTheLineIsOneCaretAtItsEnd) {
  const Diagnostic found = make_diagnostic(Code::J1115, {file_, 1, 99, 5});
  EXPECT_NE(render_text(found, sources_, {}).find("1 | jenjang: 1\n  |           ^\n"), std::string::npos);
}

TEST_F(Render, NoPlaceMeansNoExcerpt) {
  const Diagnostic found = make_diagnostic(Code::J1001, {}).arg("berkas", "a.yaml");
  EXPECT_EQ(render_text(found, sources_, {}),
            "galat[J1001]: berkas tidak ditemukan: a.yaml\n"
            "  = perbaikan: periksa ejaan nama dan letak berkas\n"
            "  = yang dapat memperbaiki: admin unit\n");
}

TEST_F(Render, LongLinesAreClippedAroundThePlace) {
  const std::string line = std::string(5000, 'a') + "SALAH" + std::string(5000, 'b');
  const FileId file = sources_.add("panjang.yaml", line);
  const std::string text = render_text(make_diagnostic(Code::J1115, {file, 1, 5001, 5}), sources_, {});
  const std::size_t excerpt = text.find("1 | ");
  ASSERT_NE(excerpt, std::string::npos);
  const std::size_t end = text.find('\n', excerpt);
  const std::string shown = text.substr(excerpt, end - excerpt);
  EXPECT_LT(shown.size(), 130U);
  const std::size_t place = shown.find("SALAH");
  ASSERT_NE(place, std::string::npos);
  // The ellipsis before is three bytes and one column.
  const std::string marks = text.substr(end + 1, text.find('\n', end + 1) - end - 1);
  EXPECT_EQ(marks.find("^^^^^"), place - 2);
  EXPECT_EQ(marks.size(), place - 2 + 5);
}

TEST_F(Render, ControlBytesDoNotReachTheTerminal) {
  const FileId file = sources_.add("a\x1b[31m.yaml", "x\x1b[2Jy\xFFz");
  const Diagnostic found =
      make_diagnostic(Code::J1115, {file, 1, 8, 1}).arg("kunci", "\x1b]0;judul\x07").arg("apa", "\xC2\x9B");
  const std::string text = render_text(found, sources_, {});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos);
  EXPECT_EQ(text.find('\xFF'), std::string::npos);
  // x U+FFFD [ 2 J y U+FFFD z: the eighth byte is the eighth column.
  EXPECT_NE(text.find("  |        ^\n"), std::string::npos) << text;
}

TEST_F(Render, TruncationIsAnnouncedAndErrorsGoFirst) {
  std::vector<Diagnostic> found;
  for (int i = 0; i < 5; ++i) {
    found.push_back(make_diagnostic(Code::J1115, {file_, 1, 1, 1}).severity(Severity::warning));
  }
  found.push_back(make_diagnostic(Code::J1107, {file_, 4, 1, 4}).arg("kunci", "kode"));
  RenderOptions options;
  options.max_shown = 2;
  const std::string text = render_text(found, sources_, options);
  EXPECT_NE(text.find("galat[J1107]"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\nditampilkan 2 dari 6: 1 galat, 5 peringatan, 0 info\n")) << text;
  options.max_shown = 6;
  EXPECT_EQ(render_text(found, sources_, options).find("ditampilkan"), std::string::npos);
  EXPECT_EQ(render_text(std::span<const Diagnostic>(), sources_, options), "");
}

TEST_F(Render, ColorIsOnlyAnAddition) {
  const Diagnostic found = make_diagnostic(Code::J1107, {file_, 4, 1, 4}).arg("kunci", "kode");
  RenderOptions color;
  color.color = true;
  std::string painted = render_text(found, sources_, color);
  EXPECT_NE(painted.find("\x1b["), std::string::npos);
  for (std::size_t at = painted.find('\x1b'); at != std::string::npos; at = painted.find('\x1b')) {
    painted.erase(at, painted.find('m', at) - at + 1);
  }
  EXPECT_EQ(painted, render_text(found, sources_, {}));
}

TEST_F(Render, Json) {
  const std::vector<Diagnostic> found{make_diagnostic(Code::J1107, {file_, 4, 1, 4})
                                          .arg("kunci",
                                               "ko\xFF"
                                               "de")
                                          .related({file_, 3, 1, 4}, "pertama", "first"),
                                      make_diagnostic(Code::J1001, {}).arg("berkas", "x").rule("CAS-A")};
  const auto document = nlohmann::json::parse(render_json(found, sources_));
  EXPECT_EQ(document["format_version"], 1);
  ASSERT_EQ(document["diagnostics"].size(), 2U);
  const auto& first = document["diagnostics"][0];
  EXPECT_EQ(first["code"], "J1107");
  EXPECT_EQ(first["severity"], "error");
  EXPECT_TRUE(first["rule"].is_null());
  EXPECT_EQ(first["message"]["id"],
            "kunci `ko\xEF\xBF\xBD"
            "de` ditulis dua kali dalam satu peta");
  EXPECT_EQ(first["primary"], (nlohmann::json{{"file", "rpd-64.yaml"}, {"line", 4}, {"column", 1}, {"length", 4}}));
  EXPECT_EQ(first["related"][0]["label"]["en"], "first");
  EXPECT_EQ(first["related"][0]["place"]["line"], 3);
  EXPECT_EQ(first["fix_by"], "unit_admin");
  EXPECT_TRUE(document["diagnostics"][1]["primary"].is_null());
  EXPECT_EQ(document["diagnostics"][1]["rule"], "CAS-A");
}

TEST_F(Render, SinkCountsAndSorts) {
  DiagnosticSink sink;
  EXPECT_FALSE(sink.has_errors());
  sink.report(make_diagnostic(Code::J1115, {file_, 3, 1, 1}).severity(Severity::warning));
  EXPECT_FALSE(sink.has_errors());
  sink.report(make_diagnostic(Code::J1117, {file_, 2, 5, 1}));
  sink.report(make_diagnostic(Code::J1115, {file_, 2, 5, 1}));
  sink.report(make_diagnostic(Code::J1116, {file_, 2, 1, 1}));
  EXPECT_TRUE(sink.has_errors());
  EXPECT_EQ(sink.count(Severity::error), 3U);
  EXPECT_EQ(sink.count(Severity::warning), 1U);
  const auto sorted = sink.sorted();
  ASSERT_EQ(sorted.size(), 4U);
  EXPECT_EQ(sorted[0].code, Code::J1116);
  EXPECT_EQ(sorted[1].code, Code::J1115);
  EXPECT_EQ(sorted[2].code, Code::J1117);
  EXPECT_EQ(sorted[3].primary.line, 3U);
}

}  // namespace diagnostic_test
}  // namespace jenjang
