#include "jenjang/source/yaml_reader.h"

#include <gtest/gtest.h>
#include <string>

namespace jenjang {
namespace yaml_reader_test {

class Yaml : public ::testing::Test {
protected:
  std::optional<YamlNode> parse(std::string text, const YamlLimits& limits = {}) {
    sink_ = DiagnosticSink();
    file_ = sources_.add("a.yaml", std::move(text));
    return parse_yaml(file_, sources_, limits, sink_);
  }
  // The only finding, as "J1107 4:1+4".
  std::string only_finding() {
    if (sink_.all().size() != 1) return std::to_string(sink_.all().size()) + " findings";
    const Diagnostic& found = sink_.all().front();
    return to_string(found.code) + ' ' + place(found.primary);
  }
  std::string refusal(std::string text, const YamlLimits& limits = {}) {
    EXPECT_FALSE(parse(std::move(text), limits).has_value());
    return only_finding();
  }
  static std::string place(const SourceSpan& span) {
    return std::to_string(span.line) + ':' + std::to_string(span.column) + '+' + std::to_string(span.length);
  }

  SourceMap sources_;
  FileId file_;
  DiagnosticSink sink_;
};

TEST_F(Yaml, ScalarsStayText) {
  const auto root = parse("a: no\nb: 08\nc: 76.30\nd: 2024..2026\ne: 'ya'\nf: 2024-05-31\ng: 1e5\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->text, "no");
  EXPECT_EQ(root->find("b")->text, "08");
  EXPECT_EQ(root->find("c")->text, "76.30");
  EXPECT_EQ(root->find("d")->text, "2024..2026");
  EXPECT_EQ(root->find("f")->text, "2024-05-31");
  EXPECT_EQ(root->find("g")->text, "1e5");
  EXPECT_TRUE(root->find("e")->quoted);
  EXPECT_FALSE(root->find("a")->quoted);
  EXPECT_EQ(root->find("z"), nullptr);
}

TEST_F(Yaml, PlacesOfKeysAndValues) {
  const auto root = parse("kode: RPD-64   # catatan\nunit: \"6\\u0034\"\ntujuan:\n- kode: T1\n  t: {2026: 50.00}\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(place(root->span), "1:1+1");
  EXPECT_EQ(place(root->find_entry("kode")->key_span), "1:1+4");
  EXPECT_EQ(place(root->find("kode")->span), "1:7+6");
  EXPECT_EQ(root->find("unit")->text, "64");
  EXPECT_EQ(place(root->find("unit")->span), "2:7+9");  // quotes and escape included
  const YamlNode& goal = root->find("tujuan")->items.at(0);
  EXPECT_EQ(place(root->find("tujuan")->span), "4:1+1");
  EXPECT_EQ(place(goal.span), "4:3+1");
  EXPECT_EQ(place(goal.find("t")->span), "5:6+1");
  EXPECT_EQ(place(goal.find("t")->find_entry("2026")->key_span), "5:7+4");
  EXPECT_EQ(place(goal.find("t")->find("2026")->span), "5:13+5");
}

TEST_F(Yaml, ByteOrderMarkCrlfAndWideLettersKeepPlaces) {
  const auto root = parse("\xEF\xBB\xBFkode: A\r\n\xC3\xA9: b # \xE6\xB0\xB4\r\nc: d\r\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(place(root->find_entry("kode")->key_span), "1:4+4");  // three bytes of the mark before it
  EXPECT_EQ(place(root->find("kode")->span), "1:10+1");
  EXPECT_EQ(root->find("kode")->text, "A");
  EXPECT_EQ(place(root->find("\xC3\xA9")->span), "2:5+1");
  EXPECT_EQ(place(root->find("c")->span), "3:4+1");
}

TEST_F(Yaml, TextOverSeveralLines) {
  const auto root = parse("a: |\n  satu\n   dua\nb: >-\n  tiga\n  empat\nc: lima enam\n   tujuh\nd: 'x\n  y'\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->text, "satu\n dua\n");
  EXPECT_TRUE(root->find("a")->quoted);
  EXPECT_EQ(place(root->find("a")->span), "1:4+1");
  EXPECT_EQ(root->find("b")->text, "tiga empat");
  EXPECT_EQ(place(root->find("b")->span), "4:4+2");
  EXPECT_EQ(root->find("d")->text, "x y");
  EXPECT_EQ(root->find("c")->text, "lima enam tujuh");
  EXPECT_EQ(place(root->find("c")->span), "7:4+9");  // its first line
  EXPECT_EQ(place(root->find("d")->span), "9:4+7");
}

TEST_F(Yaml, NothingIsNullWithAPlace) {
  const auto root = parse("a:\nb: ~\nc: null\nd: \"\"\ne:\n-\n- x\n");
  ASSERT_TRUE(root);
  for (const char* key : {"a", "b", "c"}) EXPECT_TRUE(root->find(key)->is_null()) << key;
  EXPECT_EQ(place(root->find("a")->span), "1:1+1");  // its key: nothing else was written
  EXPECT_EQ(place(root->find("b")->span), "2:4+1");
  EXPECT_EQ(place(root->find("c")->span), "3:4+4");
  EXPECT_TRUE(root->find("d")->is_scalar());
  EXPECT_EQ(root->find("d")->text, "");
  EXPECT_TRUE(root->find("e")->items.at(0).is_null());
  EXPECT_EQ(place(root->find("e")->items.at(0).span), "6:1+1");  // the dash
}

TEST_F(Yaml, EmptyFilesAreNull) {
  for (const char* text : {"", "\n\n", "# hanya komentar\n", "---\n", "\xEF\xBB\xBF"}) {
    const auto root = parse(text);
    ASSERT_TRUE(root) << text;
    EXPECT_TRUE(root->is_null()) << text;
    EXPECT_TRUE(root->span.valid()) << text;
  }
}

TEST_F(Yaml, AliasesKeepBothPlaces) {
  const auto root = parse("a: &x {k: [1, 2]}\nb: *x\n");
  ASSERT_TRUE(root);
  const YamlNode& b = *root->find("b");
  EXPECT_EQ(b.find("k")->items.size(), 2U);
  EXPECT_EQ(place(b.alias_span), "2:4+2");
  EXPECT_EQ(place(b.span), "1:7+1");  // the value behind its anchor
  EXPECT_FALSE(root->find("a")->alias_span.valid());
}

TEST_F(Yaml, DuplicateKeysNameBothPlaces) {
  EXPECT_EQ(refusal("kode: A\nunit: 1\nkode: B\n"), "J1107 3:1+4");
  ASSERT_EQ(sink_.all().front().related.size(), 1U);
  EXPECT_EQ(place(sink_.all().front().related.front().span), "1:1+4");
  // All of them in one run, also where one is quoted.
  EXPECT_FALSE(parse("a: {x: 1, 'x': 2}\nb: 1\nb: 2\nb: 3\n"));
  EXPECT_EQ(sink_.count(Severity::error), 3U);
}

TEST_F(Yaml, TabsAsIndentation) {
  EXPECT_EQ(refusal("a:\n\tb: 1\n"), "J1103 2:1+1");
  EXPECT_EQ(refusal("a:\n\tb\n"), "J1103 2:1+1");
  EXPECT_EQ(refusal("a:\n- x\n \t- y\n"), "J1103 3:2+1");
  // A tab elsewhere is only a blank.
  EXPECT_TRUE(parse("a:\tb\t# c\nd: |\n  \tx\n\ne: \"x\n\ty\"\n"));
}

TEST_F(Yaml, DepthIsLimitedInEveryStyle) {
  const auto repeat = [](const std::string& part, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += part;
    return all;
  };
  EXPECT_TRUE(parse(repeat("[", 64) + repeat("]", 64)));
  EXPECT_TRUE(refusal(repeat("[", 65) + repeat("]", 65)).starts_with("J1109 1:65"));
  EXPECT_TRUE(refusal(repeat("[", 100000)).starts_with("J1109"));
  EXPECT_TRUE(refusal(repeat("{a: ", 100000)).starts_with("J1109"));
  EXPECT_TRUE(refusal(repeat("- ", 100000)).starts_with("J1109"));
  EXPECT_TRUE(refusal(repeat("? ", 100000)).starts_with("J1109"));
  std::string stairs;
  for (int i = 0; i < 2000; ++i) stairs += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_TRUE(refusal(stairs).starts_with("J1109"));
}

TEST_F(Yaml, DepthCountsThroughAliases) {
  // Each line is one level on top of the line before; the text itself is flat.
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 80; ++i) {
    const std::string name = "a" + std::to_string(i);
    text += name + ": &" + name + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_TRUE(refusal(text).starts_with("J1109 64:"));  // root 1, a_i is 1 + i + 1 <= 64 up to a62 on line 63
}

TEST_F(Yaml, ALaughThatWouldTakeAllMemory) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) text += (j > 0 ? ", " : "") + before;
    text += "]\n";
  }
  EXPECT_TRUE(refusal(text).starts_with("J1111"));
}

TEST_F(Yaml, NodesAreCounted) {
  YamlLimits limits;
  limits.max_nodes = 10;
  // A list and nine items are ten nodes.
  EXPECT_TRUE(parse("[1, 2, 3, 4, 5, 6, 7, 8, 9]", limits));
  EXPECT_TRUE(refusal("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", limits).starts_with("J1111"));
}

TEST_F(Yaml, SizeIsCheckedBeforeParsing) {
  YamlLimits limits;
  limits.max_bytes = 10;
  EXPECT_TRUE(parse("a: 3456789", limits));
  EXPECT_EQ(refusal("a: 34567890", limits), "J1003 1:1+0");
}

TEST_F(Yaml, BytesThatAreNotText) {
  EXPECT_EQ(refusal(std::string("a: \0b\n", 6)), "J1102 1:4+1");
  EXPECT_EQ(refusal("a: 1\nb: \xFF\n"), "J1101 2:4+1");
  EXPECT_EQ(refusal("a: \x04\n"), "J1102 1:4+1");
  EXPECT_EQ(refusal("a: 1\rb: 2\r"), "J1102 1:5+1");
}

TEST_F(Yaml, OneDocumentInOneFile) {
  EXPECT_TRUE(parse("---\na: 1\n...\n"));
  EXPECT_TRUE(parse("%YAML 1.2\n---\na: 1\n"));
  EXPECT_TRUE(refusal("a: 1\n---\nb: 2\n").starts_with("J1112 "));
  EXPECT_EQ(sink_.all().front().primary.line, 2U);
}

TEST_F(Yaml, TagsAndMergeKeysAreRefused) {
  EXPECT_EQ(refusal("a: !!int 08\n"), "J1113 1:4+5");
  EXPECT_EQ(refusal("a: !punya {x: 1}\n"), "J1113 1:4+6");
  EXPECT_EQ(refusal("a: ! z\n"), "J1113 1:4+1");
  EXPECT_EQ(refusal("a: &x {k: 1}\nb:\n  <<: *x\n"), "J1113 3:3+2");
  EXPECT_TRUE(parse("a: \"!bukan tag\"\nb: 'x!'\n"));
}

TEST_F(Yaml, KeysAreText) {
  EXPECT_TRUE(refusal("? [a, b]\n: 1\n").starts_with("J1114 1:3"));
  EXPECT_TRUE(refusal("{x: 1}: 2\n").starts_with("J1114 1:"));
  EXPECT_TRUE(refusal("~: 3\n").starts_with("J1114 1:1"));
  EXPECT_TRUE(refusal("a: &k x\n*k : 3\n").starts_with("J1114 2:1"));
}

TEST_F(Yaml, AliasesNeedAnAnchorBefore) {
  EXPECT_EQ(refusal("a: *tiada\n"), "J1108 1:4+6");
  EXPECT_EQ(refusal("a: &a [*a]\n"), "J1108 1:8+2");
  EXPECT_FALSE(parse("a: &a {*a : 1}\n"));
  for (const Diagnostic& found : sink_.all()) EXPECT_EQ(place(found.primary), "1:8+2");
}

TEST_F(Yaml, SyntaxErrorsHaveAPlace) {
  EXPECT_EQ(refusal("a: [1, 2\nb: 3\n"), "J1104 1:4+1");
  // What is not closed is shown where it opens.
  EXPECT_EQ(refusal("a: \"tidak ditutup\nb: 1\n"), "J1104 1:4+1");
  EXPECT_EQ(refusal("a: 'tidak ditutup\nb: 1"), "J1104 1:4+1");
  EXPECT_EQ(refusal("a: {x: [1, 2], y: 3"), "J1104 1:4+1");
  EXPECT_EQ(refusal("  a: 1\nb: 2\n"), "J1105 2:1+1");  // not a second document
  EXPECT_TRUE(refusal("a: b: c\n").starts_with("J1105 1:5"));
  EXPECT_TRUE(refusal("a: 1\n  b: 2\n").starts_with("J1105 2:"));
  EXPECT_EQ(refusal("a: \"\\q\"\n").substr(0, 7), "J1106 1");
  EXPECT_TRUE(refusal("a: @x\n").starts_with("J1105 1:4"));
  EXPECT_TRUE(refusal("]\n").starts_with("J1105 1:1"));
}

TEST_F(Yaml, LargeMapsStayQuick) {
  // 10^5 keys: a quadratic search for duplicates would take minutes.
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "k" + std::to_string(i) + ": 1\n";
  const auto root = parse(text);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries.size(), 100000U);
}

}  // namespace yaml_reader_test
}  // namespace jenjang
