#include "tests/unit/rules/pack_fixture.h"

namespace jenjang {
namespace scale_reader_test {

using Codes = std::vector<Code>;
using Places = std::vector<std::string>;

class ScaleReaderTest : public PackTest {
protected:
  bool load_scale(const std::string& parts) {
    write("models", "uji", pack_text("uji", parts));
    return load();
  }
};

TEST_F(ScaleReaderTest, BandsKeepCutsLabelsAndPlaces) {
  ASSERT_TRUE(
      load_scale("skala:\n"
                 "- kode: p\n"
                 "  jenis: pita\n"
                 "  batas_milik: atas\n"
                 "  putus_pada: potong/1\n"
                 "  rentang: {dari: 0, sampai: 100}\n"
                 "  pasal: Perwal 1/2020 pasal 3\n"
                 "  pita:\n"
                 "  - {label: A, nama: Baik, batas: 80.50}\n"
                 "  - {label: B, batas: terbuka}\n"));
  const Scale* scale = library_.scale("uji/p");
  ASSERT_NE(scale, nullptr);
  EXPECT_EQ(scale->id, "uji/p");
  EXPECT_FALSE(scale->open_below);
  EXPECT_EQ(scale->decide_on, (Rounding{RoundingMode::truncate, 1}));
  EXPECT_EQ(scale->domain_high, Decimal{100});
  // An own article lifts the status that the pack as a whole has.
  EXPECT_EQ(scale->article, "Perwal 1/2020 pasal 3");
  EXPECT_FALSE(scale->unverified);
  ASSERT_EQ(scale->bands.size(), 2U);
  EXPECT_EQ(scale->bands[0].above->to_string(), "80.50");
  EXPECT_EQ(scale->bands[0].name, "Baik");
  EXPECT_FALSE(scale->bands[1].above.has_value());
  // Four lines of head, then the band on the ninth line of the parts, after "  - {label: ".
  EXPECT_EQ(sources_.to_string(scale->bands[0].span), "models/uji/pack.yaml:13:13");
}

TEST_F(ScaleReaderTest, CutsMustFallStrictly) {
  EXPECT_FALSE(
      load_scale(bands("  - {label: A, batas: 80}\n  - {label: B, batas: 80.0}\n  - {label: C, batas: terbuka}\n")));
  EXPECT_EQ(places(), (Places{"J1406 models/uji/pack.yaml:11:23"}));
  EXPECT_EQ(library_.find("uji"), nullptr);
}

TEST_F(ScaleReaderTest, PairsAreRefusedWithTheRepair) {
  EXPECT_FALSE(load_scale(bands("  - {label: A, dari: 91, sampai: 100}\n  - {label: B, di_atas: 0}\n")));
  EXPECT_EQ(codes(), (Codes{Code::J1407, Code::J1407}));
  EXPECT_EQ(first(Code::J1407)->suggestion, "batas");
}

TEST_F(ScaleReaderTest, OnlyTheLowestBandIsOpenAndSaysSo) {
  EXPECT_FALSE(load_scale(bands("  - {label: A, batas: terbuka}\n  - {label: B, batas: 5}\n  - {label: C}\n")));
  // A is open though not lowest, C lowest though not open.
  EXPECT_EQ(codes(), (Codes{Code::J1417, Code::J1417}));
}

TEST_F(ScaleReaderTest, AnEmptyCutIsASlotThatRefuses) {
  ASSERT_TRUE(load_scale(bands("  - {label: A, batas: }\n  - {label: B, batas: terbuka}\n")));
  EXPECT_TRUE(library_.find("uji")->scale("p")->has_empty_slot);
  EXPECT_EQ(library_.scale("uji/p"), nullptr);
  const SourceSpan use = library_.find("uji")->span;
  EXPECT_EQ(library_.require_scale("uji/p", use, sink_), nullptr);
  EXPECT_EQ(codes(), (Codes{Code::J1412}));
}

TEST_F(ScaleReaderTest, TheOwnerOfACutHasNoDefault) {
  EXPECT_FALSE(load_scale(
      "skala:\n- kode: p\n  jenis: pita\n  pita:\n  - {label: A, batas: 1}\n  - {label: B, batas: terbuka}\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1116}));
}

TEST_F(ScaleReaderTest, CutsLieInTheDomain) {
  EXPECT_FALSE(
      load_scale("skala:\n- kode: p\n  jenis: pita\n  batas_milik: bawah\n  rentang: {dari: 0, sampai: 4}\n  pita:\n"
                 "  - {label: A, batas: 90}\n  - {label: B, batas: terbuka}\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1413}));
}

TEST_F(ScaleReaderTest, RoundingWordsAreClosed) {
  for (const std::string word : {"setengah-ke-atas", "tepat/2", "dekat/2", "potong/-1", "potong/19", "potong/1.5"}) {
    sink_ = {};
    EXPECT_FALSE(load_scale("skala:\n- kode: p\n  jenis: pita\n  batas_milik: bawah\n  putus_pada: " + word +
                            "\n  pita:\n  - {label: A, batas: terbuka}\n"))
        << word;
    EXPECT_EQ(codes(), (Codes{Code::J1415})) << word;
  }
}

TEST_F(ScaleReaderTest, UnknownKeysAreRefusedWithANearMiss) {
  EXPECT_FALSE(load_scale(bands("  - {labl: A, batas: terbuka}\n")));
  bool suggested = false;
  for (const Diagnostic& diagnostic : sink_.all()) suggested = suggested || diagnostic.suggestion == "label";
  EXPECT_TRUE(suggested);
}

TEST_F(ScaleReaderTest, GradesFallAndAreUnique) {
  EXPECT_FALSE(
      load_scale("skala:\n- kode: g\n  jenis: tingkat\n  nilai:\n  - {label: A, poin: 90}\n  - {label: B, poin: 90}\n"
                 "  - {label: A, poin: 10}\n  tidak_dinilai: [B]\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1406, Code::J1410, Code::J1410}));
}

TEST_F(ScaleReaderTest, GradesWithoutPointsAreRanks) {
  ASSERT_TRUE(
      load_scale("skala:\n- kode: g\n  jenis: tingkat\n  nilai:\n  - {label: Baik}\n  - {label: Kurang}\n  "
                 "tidak_dinilai: nihil\n"));
  const Scale* scale = library_.scale("uji/g");
  ASSERT_NE(scale, nullptr);
  EXPECT_EQ(scale->kind, Scale::Kind::grades);
  EXPECT_EQ(scale->rank(*scale->find_grade("Baik")), 2);
  EXPECT_FALSE(scale->find_grade("nihil").has_value());
  EXPECT_EQ(scale->ungraded, (std::vector<std::string>{"nihil"}));
  EXPECT_TRUE(scale->unverified);  // inherited from the head
}

TEST_F(ScaleReaderTest, SomethingMustBeSaidAboutTheBasis) {
  write("models", "uji",
        "jenjang: 1\npaket: uji\njudul: Uji\nstatus: sebagian\n" + bands("  - {label: A, batas: terbuka}\n"));
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (Codes{Code::J1409}));
}

}  // namespace scale_reader_test
}  // namespace jenjang
