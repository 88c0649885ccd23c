#include "jenjang/source/yaml_fields.h"

#include <array>
#include <gtest/gtest.h>

namespace jenjang {
namespace yaml_fields_test {

class Fields : public ::testing::Test {
protected:
  const YamlNode& parse(std::string text) {
    sink_ = DiagnosticSink();
    root_ = parse_yaml(sources_.add("a.yaml", std::move(text)), sources_, {}, sink_);
    EXPECT_TRUE(root_.has_value());
    return *root_;
  }
  // All findings in order, as "J1115 J1116".
  std::string codes() const {
    std::string all;
    for (const Diagnostic& found : sink_.all()) all += (all.empty() ? "" : " ") + to_string(found.code);
    return all;
  }
  const Diagnostic& last() const { return sink_.all().back(); }

  SourceMap sources_;
  DiagnosticSink sink_;
  std::optional<YamlNode> root_;
};

TEST_F(Fields, ReadsWhatIsThere) {
  FieldReader fields(parse("kode: A\nbobot: 12.50\ntahun: 2024\nlangsung: ya\ntanda: [x, y]\nsatu: z\n"), "indikator",
                     sink_);
  EXPECT_TRUE(fields.is_map());
  EXPECT_EQ(fields.required_text("kode")->value, "A");
  EXPECT_EQ(fields.decimal("bobot")->value.to_string(), "12.50");
  EXPECT_EQ(fields.decimal("bobot")->span.line, 2U);
  EXPECT_EQ(fields.whole("tahun")->value, 2024);
  EXPECT_TRUE(fields.flag("langsung")->value);
  ASSERT_EQ(fields.text_list("tanda").size(), 2U);
  EXPECT_EQ(fields.text_list("tanda")[1].value, "y");
  EXPECT_EQ(fields.text_list("satu").at(0).value, "z");
  EXPECT_FALSE(fields.text("tiada"));
  EXPECT_TRUE(fields.text_list("tiada").empty());
  EXPECT_EQ(fields.take("tiada"), nullptr);
  fields.finish();
  EXPECT_EQ(codes(), "");
}

TEST_F(Fields, NotAMap) {
  FieldReader fields(parse("[a, b]"), "indikator", sink_);
  EXPECT_FALSE(fields.is_map());
  EXPECT_FALSE(fields.required_text("kode"));
  fields.finish();
  EXPECT_EQ(codes(), "J1110");  // and nothing about missing keys
}

TEST_F(Fields, UnknownKeysGetTheNearestFreeKey) {
  FieldReader fields(parse("kode: A\nsatuna: persen\nxyz: 1\n"), "indikator", sink_);
  fields.text("kode");
  fields.text("satuan");
  fields.text("sasaran");
  fields.finish();
  EXPECT_EQ(codes(), "J1115 J1115");
  EXPECT_EQ(sink_.all()[0].suggestion, "satuan");
  EXPECT_EQ(sink_.all()[0].primary.line, 2U);
  EXPECT_EQ(sink_.all()[1].suggestion, "");
}

TEST_F(Fields, RequiredAndWrongKinds) {
  FieldReader fields(parse("a: [1]\nb: {x: 1}\nc:\nd: {x: 1}\ne: [x, [y]]\n"), "sasaran", sink_);
  EXPECT_FALSE(fields.required_text("kode"));
  EXPECT_EQ(codes(), "J1116");
  EXPECT_FALSE(fields.required_text("a"));
  EXPECT_FALSE(fields.decimal("b"));
  EXPECT_FALSE(fields.text("c"));
  EXPECT_TRUE(fields.text_list("d").empty());
  EXPECT_EQ(fields.text_list("e").size(), 1U);
  EXPECT_EQ(codes(), "J1116 J1117 J1117 J1117 J1117 J1117");
}

TEST_F(Fields, NumbersInOtherFormatsAreNamedAsSuch) {
  struct Case {
    const char *text, *code;
  };
  for (const Case& c :
       {Case{"12,5", "J1119"}, Case{"1.234,5", "J1119"}, Case{"1,234.5", "J1119"}, Case{"1.000.000", "J1119"},
        Case{"dua", "J1118"}, Case{"1e5", "J1118"}, Case{"12 ton", "J1118"}, Case{"+5", "J1118"}, Case{"1.", "J1118"},
        Case{".5", "J1118"}, Case{"12,", "J1118"}, Case{"0.1234567890123456789", "J1118"}}) {
    FieldReader fields(parse(std::string("n: '") + c.text + "'\n"), "x", sink_);
    EXPECT_FALSE(fields.decimal("n")) << c.text;
    EXPECT_EQ(codes(), c.code) << c.text;
  }
}

TEST_F(Fields, WholeNumbers) {
  struct Case {
    const char *text, *code;
  };
  for (const Case& c : {Case{"1.5", "J1120"}, Case{"9223372036854775808", "J1120"}, Case{"x", "J1118"}}) {
    FieldReader fields(parse(std::string("n: ") + c.text + "\n"), "x", sink_);
    EXPECT_FALSE(fields.whole("n")) << c.text;
    EXPECT_EQ(codes(), c.code) << c.text;
  }
  FieldReader fields(parse("a: 3.0\nb: -9223372036854775807\n"), "x", sink_);
  EXPECT_EQ(fields.whole("a")->value, 3);
  EXPECT_EQ(fields.whole("b")->value, -9223372036854775807LL);
}

TEST_F(Fields, FlagsAreYaOrTidak) {
  struct Case {
    const char *text, *meant;
  };
  for (const Case& c : {Case{"true", "ya"}, Case{"yes", "ya"}, Case{"Ya", "ya"}, Case{"no", "tidak"},
                        Case{"false", "tidak"}, Case{"1", ""}, Case{"mungkin", ""}}) {
    FieldReader fields(parse(std::string("f: ") + c.text + "\n"), "x", sink_);
    EXPECT_FALSE(fields.flag("f")) << c.text;
    EXPECT_EQ(codes(), "J1121") << c.text;
    EXPECT_EQ(last().suggestion, c.meant) << c.text;
  }
  FieldReader fields(parse("f: tidak\n"), "x", sink_);
  EXPECT_FALSE(fields.flag("f")->value);
}

TEST_F(Fields, Choices) {
  constexpr std::array<std::string_view, 3> kWords{"naik", "turun", "rentang"};
  FieldReader fields(parse("a: turun\nb: truun\n"), "x", sink_);
  EXPECT_EQ(fields.choice("a", kWords)->value, 1U);
  EXPECT_FALSE(fields.choice("b", kWords));
  EXPECT_EQ(codes(), "J1122");
  EXPECT_EQ(last().suggestion, "turun");
  EXPECT_NE(message_text(last(), Language::english).find("naik, turun, rentang"), std::string::npos);
}

TEST_F(Fields, AValueThroughAnAliasIsBlamedAtTheAlias) {
  FieldReader fields(parse("a: &x dua\nb: *x\n"), "x", sink_);
  EXPECT_FALSE(fields.decimal("b"));
  EXPECT_EQ(last().primary.line, 2U);
}

}  // namespace yaml_fields_test
}  // namespace jenjang
