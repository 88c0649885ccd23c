#include "tests/unit/rules/pack_fixture.h"

namespace jenjang {
namespace pack_library_test {

using Codes = std::vector<Code>;
using Places = std::vector<std::string>;

class PackLibraryTest : public PackTest {
protected:
  static std::string base_text() {
    return "jenjang: 1\npaket: dasar\njudul: Dasar\nstatus: sebagian\npasal: UU 1/2000\n"
           "skala:\n"
           "- kode: p\n  jenis: pita\n  batas_milik: bawah\n  pasal: UU 1/2000 pasal 2\n"
           "  pita: [{label: A, batas: 80}, {label: B, batas: terbuka}]\n"
           "templat:\n"
           "- kode: t\n  jumlah_bobot: 10\n  cara: {total: rata-rata, komponen: rata-rata}\n  skala: {total: p}\n"
           "  komponen:\n"
           "  - kode: x\n    bobot: 4\n    pasal: UU 1/2000 pasal 5\n    subkomponen: [{kode: x.1}, {kode: x.2}]\n"
           "  - {kode: y, bobot: 6}\n"
           "kasus:\n"
           "- {kode: k, skala: p, masukan: {nilai: 81}, harapan: {predikat: A}, sumber: tangan}\n";
  }
  static std::string extension(const std::string& parts, const std::string& basis = "pasal: Perwal 7/2023\n") {
    return "jenjang: 1\npaket: lokal\nperluas: dasar\njudul: Lokal\nstatus: sebagian\n" + basis + parts;
  }
};

TEST_F(PackLibraryTest, ReadsFoldersInOrderOfName) {
  write("models", "b", pack_text("b", ""));
  write("models", "a", pack_text("a", ""));
  std::filesystem::create_directories(root_ / "models" / "lint");  // no pack.yaml: not a pack
  ASSERT_TRUE(load());
  EXPECT_EQ(library_.ids(), (std::vector<std::string>{"a", "b"}));
}

TEST_F(PackLibraryTest, HeadIsChecked) {
  write("models", "uji",
        "jenjang: 2\npaket: lain\njudul: Uji\nstatus: belum\nberlaku: {mulai: 2022-02-30}\nbobot: 1\n");
  EXPECT_FALSE(load());
  const Codes found = codes();
  EXPECT_EQ(found[0], Code::J1401);
  EXPECT_EQ(found[1], Code::J1402);
  EXPECT_EQ(first(Code::J1402)->suggestion, "uji");
  EXPECT_NE(first(Code::J1416), nullptr);
  EXPECT_GE(found.size(), 5U);  // and the status word, and the unknown key
}

TEST_F(PackLibraryTest, ValidityIsByYear) {
  write("models", "uji", pack_text("uji", "", "berlaku: {mulai: 2022-07-01, sampai: 2024-06-30}\n"));
  ASSERT_TRUE(load());
  const Pack& pack = *library_.find("uji");
  EXPECT_FALSE(pack.valid_in(2021));
  EXPECT_TRUE(pack.valid_in(2022));
  EXPECT_TRUE(pack.valid_in(2024));
  EXPECT_FALSE(pack.valid_in(2025));
}

TEST_F(PackLibraryTest, ValidityRunsForward) {
  write("models", "uji", pack_text("uji", "", "berlaku: {mulai: 2022-07-01, sampai: 2022-06-30}\n"));
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (Codes{Code::J1416}));
}

TEST_F(PackLibraryTest, ExtensionKeepsTheBaseAndChangesWhatItNames) {
  write("models", "dasar", base_text());
  write("models", "lokal",
        extension("templat:\n- kode: t\n  komponen:\n"
                  "  - kode: x\n    bobot: 3\n    subkomponen: [{kode: x.2, hapus: ya}, {kode: x.3, judul: baru}]\n"
                  "  - {kode: y, bobot: 5}\n  - {kode: z, bobot: 2}\n"));
  ASSERT_TRUE(load()) << (places().empty() ? "" : places()[0]);
  const PackTemplate& t = *library_.find_template("lokal/t");
  std::vector<std::string> order;
  for (const TemplateNode& node : t.nodes) order.push_back(node.code);
  EXPECT_EQ(order, (std::vector<std::string>{"total", "x", "x.1", "x.3", "y", "z"}));
  const TemplateNode& x = t.nodes[1];
  EXPECT_EQ(x.weight, Decimal{3});
  // The new weight rests on the new regulation, what was not touched on the old one.
  EXPECT_EQ(x.article, "Perwal 7/2023");
  EXPECT_EQ(t.article, "UU 1/2000");
  EXPECT_EQ(library_.scale("lokal/p")->article, "UU 1/2000 pasal 2");
  // Places: the changed node in the new file, the untouched one in the old.
  EXPECT_EQ(sources_.name(x.span.file), "models/lokal/pack.yaml");
  EXPECT_EQ(sources_.name(t.nodes[2].span.file), "models/dasar/pack.yaml");
  // The base is as it was; its cases stay its own.
  EXPECT_EQ(library_.find_template("dasar/t")->nodes[1].weight, Decimal{4});
  EXPECT_EQ(library_.find("dasar")->cases.size(), 1U);
  EXPECT_TRUE(library_.find("lokal")->cases.empty());
}

TEST_F(PackLibraryTest, ExtensionReplacesBandsWhole) {
  write("models", "dasar", base_text());
  write(
      "models", "lokal",
      extension(
          "skala:\n- kode: p\n  pita: [{label: TOP, batas: 85}, {label: A, batas: 70}, {label: B, batas: terbuka}]\n"));
  ASSERT_TRUE(load());
  const Scale& scale = *library_.scale("lokal/p");
  ASSERT_EQ(scale.bands.size(), 3U);
  EXPECT_EQ(scale.bands[1].above, Decimal{70});
  EXPECT_EQ(scale.article, "Perwal 7/2023");
  EXPECT_TRUE(scale.open_below);  // inherited
}

TEST_F(PackLibraryTest, AChangedValueNeedsItsOwnBasis) {
  write("models", "dasar", base_text());
  write("models", "lokal",
        extension("templat:\n- kode: t\n  komponen:\n  - {kode: x, bobot: 5}\n  - {kode: y, bobot: 5}\n", ""));
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (Codes{Code::J1409, Code::J1409}));
  EXPECT_NE(library_.find("dasar"), nullptr);
}

TEST_F(PackLibraryTest, WhatTheChangeSaysAroundAValueIsItsBasis) {
  write("models", "dasar", base_text());
  write("models", "lokal",
        extension("templat:\n- kode: t\n  pasal: SK 3/2024\n  komponen:\n  - {kode: x, bobot: 5}\n"
                  "  - {kode: y, bobot: 5, pasal: SK 4/2024}\n",
                  ""));
  ASSERT_TRUE(load());
  const PackTemplate& t = *library_.find_template("lokal/t");
  EXPECT_EQ(t.nodes[t.find_node("x")].article, "SK 3/2024");
  EXPECT_EQ(t.nodes[t.find_node("y")].article, "SK 4/2024");
}

TEST_F(PackLibraryTest, WeightsMustAddUpAfterTheChange) {
  write("models", "dasar", base_text());
  write("models", "lokal", extension("templat:\n- kode: t\n  komponen:\n  - {kode: x, bobot: 5}\n"));
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (Codes{Code::J1408}));
}

TEST_F(PackLibraryTest, RemovingWhatIsNotThereIsFound) {
  write("models", "dasar", base_text());
  write("models", "lokal", extension("templat:\n- kode: t\n  komponen:\n  - {kode: q, hapus: ya}\n"));
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (Codes{Code::J1411}));
}

TEST_F(PackLibraryTest, AMistakeOfTheBaseIsReportedOnce) {
  std::string broken = base_text();
  broken.replace(broken.find("bobot: 6"), 8, "bobot: 7");
  write("models", "dasar", broken);
  write("models", "lokal", extension(""));
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (Codes{Code::J1408}));
  EXPECT_EQ(sources_.name(sink_.all()[0].primary.file), "models/dasar/pack.yaml");
}

TEST_F(PackLibraryTest, UnknownBaseGetsANearMiss) {
  write("models", "dasar", base_text());
  write("models", "lokal", "jenjang: 1\npaket: lokal\nperluas: dsar\njudul: L\nstatus: sebagian\n");
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (Codes{Code::J1404}));
  EXPECT_EQ(first(Code::J1404)->suggestion, "dasar");
}

TEST_F(PackLibraryTest, ARingOfExtensionsIsNamed) {
  for (const auto& [code, base] :
       std::vector<std::pair<std::string, std::string>>{{"a", "b"}, {"b", "c"}, {"c", "a"}}) {
    write("models", code, pack_text(code, "", "perluas: " + base + "\n"));
  }
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (Codes{Code::J1405}));
  EXPECT_EQ(first(Code::J1405)->args[0].value, "a -> b -> c -> a");
}

TEST_F(PackLibraryTest, ALaterFolderReplacesAndMayExtendItsOwnCode) {
  write("models", "dasar", base_text());
  write("paket", "dasar",
        "jenjang: 1\npaket: dasar\nperluas: dasar\njudul: Dasar setempat\nstatus: sebagian\npasal: Perda 9/2024\n"
        "skala:\n- kode: p\n  pita: [{label: A, batas: 75}, {label: B, batas: terbuka}]\n");
  ASSERT_TRUE(load("models"));
  ASSERT_TRUE(load("paket"));
  EXPECT_EQ(codes(), (Codes{Code::J1403}));
  EXPECT_EQ(library_.all().size(), 1U);
  EXPECT_EQ(library_.scale("dasar/p")->bands[0].above, Decimal{75});
  EXPECT_NE(library_.find_template("dasar/t"), nullptr);
}

TEST_F(PackLibraryTest, NamesThatDoNotExistAreReported) {
  write("models", "dasar", base_text());
  ASSERT_TRUE(load());
  EXPECT_EQ(library_.scale("dasar/q"), nullptr);
  EXPECT_EQ(library_.scale("p"), nullptr);
  EXPECT_EQ(library_.require_scale("dasar/pp", {}, sink_), nullptr);
  EXPECT_EQ(library_.require_template("dsar/t", {}, sink_), nullptr);
  EXPECT_EQ(codes(), (Codes{Code::J1411, Code::J1411}));
  EXPECT_EQ(sink_.all()[0].suggestion, "dasar/p");
  EXPECT_EQ(sink_.all()[1].suggestion, "dasar/t");
}

TEST_F(PackLibraryTest, AMissingFolderIsAFinding) {
  EXPECT_FALSE(load("tidak-ada"));
  EXPECT_EQ(codes(), (Codes{Code::J1001}));
}

TEST_F(PackLibraryTest, GatesAndCasesAreCheckedAgainstScales) {
  write("models", "uji",
        pack_text("uji", bands("  - {label: A, batas: 80}\n  - {label: B, batas: terbuka}\n") +
                             "gerbang:\n"
                             "- kode: g\n  skala: p\n  untuk: AA\n  bila_gagal:\n"
                             "  syarat: [{kelompok: k, paling_rendah: C, jumlah: 0}]\n"
                             "kasus:\n"
                             "- {kode: k, skala: p, masukan: {angka: 1}, harapan: {predikat: A}, sumber: s}\n"
                             "- {kode: l, skala: p, masukan: {nilai: 1}, sumber: s}\n"));
  EXPECT_FALSE(load());
  // untuk, paling_rendah, jumlah, angka, no harapan
  EXPECT_EQ(codes(), (Codes{Code::J1411, Code::J1411, Code::J1413, Code::J1411, Code::J1116}));
}

TEST_F(PackLibraryTest, PartsOfTheWrongShapeAreNamedOneByOne) {
  write("models", "uji", pack_text("uji", "skala: 5\ntemplat: {a: 1}\ngerbang: [7]\nkasus: [{kode: k, sumber: s}]\n"));
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (Codes{Code::J1418, Code::J1418, Code::J1110, Code::J1116}));
}

}  // namespace pack_library_test
}  // namespace jenjang
