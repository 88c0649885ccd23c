// Formula sheets: what a pack may write, and what comes out, computed by hand in the comments.
#include "tests/unit/rules/pack_fixture.h"

namespace jenjang {
namespace formula_test {

using Codes = std::vector<Code>;

constexpr const char* kScales =
    "skala:\n"
    "- {kode: rating, jenis: tingkat, nilai: [{label: tinggi, poin: 3}, {label: sedang}, {label: rendah, poin: 1}],\n"
    "   tidak_dinilai: [tidak dinilai]}\n"
    "- {kode: iki, jenis: pita, batas_milik: atas, rentang: {dari: 0, sampai: 120},\n"
    "   pita: [{label: Baik, batas: 76}, {label: Cukup, batas: 61}, {label: Kurang, batas: terbuka}]}\n"
    "- {kode: lubang, jenis: pita, batas_milik: atas, pita: [{label: A, batas: }, {label: B, batas: terbuka}]}\n";

class FormulaTest : public PackTest {
protected:
  // One formula `f` with these inputs and steps, in flow form.
  bool load_formula(const std::string& inputs, const std::string& steps, const std::string& more = "") {
    write("models", "uji",
          pack_text("uji", std::string(kScales) + "rumus:\n- kode: f\n  masukan: [" + inputs + "]\n  langkah:\n" +
                               steps + more));
    return load();
  }

  std::vector<FormulaResult> run(const std::map<std::string, std::string>& inputs) {
    const Pack* pack = library_.find("uji");
    const PackFormula* formula = pack == nullptr ? nullptr : pack->formula("f");
    if (formula == nullptr) {
      ADD_FAILURE() << "the pack did not load";
      return {};
    }
    FormulaInputs values;
    for (const auto& [code, text] : inputs) {
      const auto reading = read_formula_input(*pack, *formula->input(code), text);
      EXPECT_TRUE(reading.value.has_value()) << code << " = " << text;
      if (reading.value) values.emplace(code, *reading.value);
    }
    return evaluate_formula(*pack, *formula, values);
  }

  // Value of one step: exact fraction, label, ya or tidak, or why there is none.
  std::string value(const std::string& code, const std::map<std::string, std::string>& inputs) {
    for (const FormulaResult& result : run(inputs)) {
      if (result.code != code) continue;
      if (result.value) return formula_value_text(*result.value, {RoundingMode::exact, 0});
      return (result.refused() ? "tolak " : "kosong ") + gap_text(result, Language::indonesian);
    }
    return "?";
  }

  // Text that the first finding of this code underlines.
  std::string underlined(Code code) const {
    const Diagnostic* diagnostic = first(code);
    if (diagnostic == nullptr) return "?";
    const SourceSpan& span = diagnostic->primary;
    return std::string(sources_.line(span.file, span.line).substr(span.column - 1, span.length));
  }
};

TEST_F(FormulaTest, StepsComputeInExactFractionsAndRoundOnlyWhereTheySaySo) {
  ASSERT_TRUE(load_formula("{kode: a}, {kode: b}",
                           "  - {kode: kasar, hitung: \"a / b\"}\n"
                           "  - {kode: bulat2, hitung: \"a / b\", pembulatan: setengah-ke-atas/2}\n"
                           "  - {kode: kembali, hitung: \"kasar * b\"}\n"
                           "  - {kode: lain, hitung: \"bulat2 * b\"}\n"));
  // 265 / 3 stays a fraction and comes back as 265; 88.33 times 3 is 264.99.
  EXPECT_EQ(value("kasar", {{"a", "265"}, {"b", "3"}}), "265/3");
  EXPECT_EQ(value("bulat2", {{"a", "265"}, {"b", "3"}}), "88.33");
  EXPECT_EQ(value("kembali", {{"a", "265"}, {"b", "3"}}), "265");
  EXPECT_EQ(value("lain", {{"a", "265"}, {"b", "3"}}), "264.99");
}

TEST_F(FormulaTest, FunctionsRoundHalvesAwayFromZero) {
  ASSERT_TRUE(load_formula("{kode: x}",
                           "  - {kode: b, hitung: \"bulat(x, 1)\"}\n  - {kode: l, hitung: \"lantai(x)\"}\n"
                           "  - {kode: c, hitung: \"langit(x)\"}\n  - {kode: m, hitung: \"min(x, 2, -1)\"}\n"
                           "  - {kode: n, hitung: \"maks(x, 2, -1)\"}\n  - {kode: a, hitung: \"abs(x)\"}\n"));
  EXPECT_EQ(value("b", {{"x", "2.25"}}), "2.3");
  EXPECT_EQ(value("b", {{"x", "-2.25"}}), "-2.3");
  EXPECT_EQ(value("l", {{"x", "-2.25"}}), "-3");
  EXPECT_EQ(value("c", {{"x", "-2.25"}}), "-2");
  EXPECT_EQ(value("m", {{"x", "-2.25"}}), "-2.25");
  EXPECT_EQ(value("n", {{"x", "1.5"}}), "2");
  EXPECT_EQ(value("a", {{"x", "-2.25"}}), "2.25");
}

// PermenPANRB 8/2021: 59 of 59 points of the lowest segment are 49; the segment from 101 to 110 is not known.
constexpr const char* kIki =
    "  - {kode: capaian, hitung: \"100 * realisasi / target\", pembulatan: setengah-ke-atas/0}\n"
    "  - kode: nilai\n    pasal: Pasal umum\n    pilih:\n"
    "    - {bila: \"capaian > 110\", hitung: \"120\", pasal: Pasal 110}\n"
    "    - {bila: \"capaian >= 101\", hitung: , status: belum-diverifikasi}\n"
    "    - {bila: \"capaian < 0\", tolak: capaian tidak boleh negatif, pasal: Pasal nol}\n"
    "    - {hitung: \"capaian / 59 * 49\"}\n"
    "  - {kode: separuh, hitung: \"nilai / 2\", pasal: Pasal separuh}\n"
    "  - {kode: sebutan, skala: iki, dari: separuh}\n";

TEST_F(FormulaTest, AChoiceTakesTheFirstBranchThatHolds) {
  ASSERT_TRUE(load_formula("{kode: target}, {kode: realisasi}", kIki));
  // 93 of 95 is 97.89 percent, rounded 98; 98 / 59 * 49 = 4802/59.
  EXPECT_EQ(value("nilai", {{"target", "95"}, {"realisasi", "93"}}), "4802/59");
  EXPECT_EQ(value("nilai", {{"target", "100"}, {"realisasi", "111"}}), "120");
  // 110.4 rounds to 110 before the comparison.
  EXPECT_EQ(value("sebutan", {{"target", "100"}, {"realisasi", "59"}}), "Kurang");
  const auto results = run({{"target", "100"}, {"realisasi", "111"}});
  EXPECT_EQ(results[1].branch, 0U);
  EXPECT_EQ(results[1].article, "Pasal 110");
}

TEST_F(FormulaTest, ARefusalGoesOnToEverythingThatRestsOnIt) {
  ASSERT_TRUE(load_formula("{kode: target}, {kode: realisasi}", kIki));
  EXPECT_EQ(value("capaian", {{"target", "0"}, {"realisasi", "1"}}), "tolak pembagian dengan nol");
  EXPECT_EQ(value("sebutan", {{"target", "0"}, {"realisasi", "1"}}), "tolak capaian: pembagian dengan nol");
  const auto stated = run({{"target", "1"}, {"realisasi", "-1"}});
  EXPECT_EQ(gap_text(stated[1], Language::english), "capaian tidak boleh negatif");
  EXPECT_EQ(gap_text(stated[2], Language::english), "nilai: capaian tidak boleh negatif");
  // The article is the one of the refusal, wherever it is shown.
  EXPECT_EQ(stated[2].article, "Pasal nol");
  EXPECT_EQ(stated[3].origin, "nilai");
}

TEST_F(FormulaTest, AnEmptySlotRefusesOnlyWhenReachedAndItsMarkGoesOn) {
  ASSERT_TRUE(load_formula("{kode: target}, {kode: realisasi}",
                           "  - {kode: pasti, pasal: P, hitung: \"1\"}\n" + std::string(kIki)));
  const auto reached = run({{"target", "100"}, {"realisasi", "105"}});
  EXPECT_EQ(reached[2].gap, FormulaGap::empty_slot);
  EXPECT_TRUE(reached[2].unverified);
  EXPECT_EQ(reached[3].gap, FormulaGap::empty_slot);
  EXPECT_EQ(reached[3].origin, "nilai");
  EXPECT_FALSE(reached[0].unverified);
}

TEST_F(FormulaTest, WhatRestsOnSomethingUnverifiedIsMarked) {
  ASSERT_TRUE(load_formula("{kode: x}",
                           "  - {kode: a, pasal: P, hitung: x}\n  - {kode: b, hitung: \"a + 1\"}\n"
                           "  - {kode: c, pasal: P, hitung: \"a + 1\"}\n  - {kode: d, pasal: P, hitung: \"b + c\"}\n"
                           "  - {kode: e, pasal: P, hitung: \"poin(rating, 'tinggi')\"}\n"));
  std::string marks;
  for (const FormulaResult& result : run({{"x", "1"}})) marks += result.unverified ? 'b' : '-';
  EXPECT_EQ(marks, "-b-bb");  // the pack's own scale is unverified too
}

TEST_F(FormulaTest, AGuardStandsBeforeADivision) {
  ASSERT_TRUE(load_formula("{kode: x}, {kode: p, wajib: tidak}",
                           "  - {kode: aman, hitung: \"x = 0 atau 1 / x > 2\"}\n"
                           "  - {kode: juga, hitung: \"x <> 0 dan 1 / x > 2\"}\n"
                           "  - {kode: pakai, pilih: [{bila: tanpa(p), hitung: \"0\"}, {hitung: \"p * 2\"}]}\n"
                           "  - {kode: langsung, hitung: \"p + x\"}\n"));
  EXPECT_EQ(value("aman", {{"x", "0"}}), "ya");
  EXPECT_EQ(value("juga", {{"x", "0"}}), "tidak");
  EXPECT_EQ(value("juga", {{"x", "0.25"}}), "ya");
  EXPECT_EQ(value("pakai", {{"x", "0"}}), "0");
  EXPECT_EQ(value("pakai", {{"x", "0"}, {"p", "4"}}), "8");
  EXPECT_EQ(value("langsung", {{"x", "0"}}), "kosong masukan p tidak diisi");
}

TEST_F(FormulaTest, LabelsTablesPointsAndScales) {
  ASSERT_TRUE(load_formula(
      "{kode: a, skala: rating}, {kode: b, label: [x, y]}, {kode: n}",
      "  - kode: t\n    tabel: {baris: a, kolom: b, isi: {tinggi: {x: satu, y: dua}, sedang: {x: dua, y: },"
      " rendah: {x: tiga, y: tiga}, tidak dinilai: {x: tiga, y: tiga}}}\n"
      "  - {kode: sama, hitung: \"t = 'dua' dan a <> 'rendah'\"}\n"
      "  - {kode: pt, hitung: \"poin(rating, a) * 10\"}\n"
      "  - {kode: sebut, skala: iki, dari: n}\n"
      "  - {kode: kosong, skala: lubang, dari: n}\n"));
  const auto with = [](const char* a, const char* b, const char* n) {
    return std::map<std::string, std::string>{{"a", a}, {"b", b}, {"n", n}};
  };
  EXPECT_EQ(value("t", with("tinggi", "y", "0")), "dua");
  EXPECT_EQ(value("sama", with("tinggi", "y", "0")), "ya");
  EXPECT_EQ(value("sama", with("tinggi", "x", "0")), "tidak");
  EXPECT_EQ(value("t", with("sedang", "y", "0")), "tolak nilainya belum diketahui; isi dengan `perluas`");
  EXPECT_EQ(value("pt", with("tinggi", "x", "0")), "30");
  EXPECT_EQ(value("pt", with("sedang", "x", "0")), "tolak skala rating memuat nilai yang belum diketahui");
  EXPECT_EQ(value("pt", with("tidak dinilai", "x", "0")), "tolak di luar skala rating");
  EXPECT_EQ(value("sebut", with("tinggi", "x", "76")), "Baik");
  EXPECT_EQ(value("sebut", with("tinggi", "x", "75.99")), "Cukup");
  EXPECT_EQ(value("sebut", with("tinggi", "x", "120.5")), "tolak di luar skala iki");
  EXPECT_EQ(value("kosong", with("tinggi", "x", "1")), "tolak skala lubang memuat nilai yang belum diketahui");
}

TEST_F(FormulaTest, ACheckFindsAndNeverRefuses) {
  ASSERT_TRUE(load_formula("{kode: a}, {kode: b}",
                           "  - {kode: neraca, periksa: \"a + b = 100\", alasan: tidak berjumlah 100}\n"
                           "  - {kode: jumlah, hitung: \"a + b\"}\n"));
  const auto results = run({{"a", "60"}, {"b", "30"}});
  EXPECT_TRUE(results[0].check_failed);
  EXPECT_EQ(results[1].value->number, Rational(90));
  EXPECT_FALSE(run({{"a", "60"}, {"b", "40"}})[0].check_failed);
}

TEST_F(FormulaTest, ARoundedFigureBeyondItsDigitsIsRefusedAndNotCut) {
  ASSERT_TRUE(load_formula("{kode: a}", "  - {kode: k, hitung: \"a * a\", pembulatan: setengah-ke-atas/2}\n"));
  EXPECT_EQ(value("k", {{"a", "100000000000000000"}}), "tolak angkanya lebih dari 36 digit");
  EXPECT_EQ(value("k", {{"a", "10000000000000000"}}), "100000000000000000000000000000000");
}

TEST_F(FormulaTest, InputsAreReadStrictly) {
  ASSERT_TRUE(
      load_formula("{kode: n, rentang: {dari: 0, sampai: 100}}, {kode: l, label: [x]}, {kode: t, bentuk: ya-tidak}",
                   "  - {kode: k, hitung: \"1\"}\n"));
  const Pack& pack = *library_.find("uji");
  const PackFormula& formula = *pack.formula("f");
  const auto problem = [&](const char* code, const char* text) {
    return read_formula_input(pack, *formula.input(code), text).problem;
  };
  EXPECT_EQ(problem("n", "0"), FormulaInputProblem::none);
  EXPECT_EQ(problem("n", "100.01"), FormulaInputProblem::outside_range);
  EXPECT_EQ(problem("n", "-0.5"), FormulaInputProblem::outside_range);
  EXPECT_EQ(problem("n", "1,5"), FormulaInputProblem::no_number);
  EXPECT_EQ(problem("l", "y"), FormulaInputProblem::unknown_label);
  EXPECT_EQ(problem("t", "ya"), FormulaInputProblem::none);
  EXPECT_EQ(problem("t", "yes"), FormulaInputProblem::unknown_label);
}

TEST_F(FormulaTest, NamesAreThoseAbove) {
  EXPECT_FALSE(load_formula("{kode: target}",
                            "  - {kode: a, hitung: \"targt * 2\"}\n  - {kode: b, hitung: \"1 + c\"}\n"
                            "  - {kode: c, hitung: \"c + 1\"}\n  - {kode: d, hitung: \"a + 1\"}\n"));
  // What rests on a step that was refused is not at fault.
  EXPECT_EQ(codes(), (Codes{Code::J1411, Code::J1432, Code::J1432}));
  EXPECT_EQ(underlined(Code::J1411), "targt");
  EXPECT_EQ(first(Code::J1411)->suggestion, "target");
  EXPECT_EQ(underlined(Code::J1432), "c");
}

TEST_F(FormulaTest, KindsAreCheckedWithTheirPlace) {
  EXPECT_FALSE(load_formula("{kode: n}, {kode: l, skala: rating}, {kode: b, bentuk: bukti}",
                            "  - {kode: a, hitung: \"n * (l) + 1\"}\n"));
  EXPECT_EQ(codes(), Codes{Code::J1433});
  EXPECT_EQ(underlined(Code::J1433), "(l)");
}

TEST_F(FormulaTest, EveryWrongKindIsFound) {
  for (const char* steps :
       {"{kode: a, hitung: \"n < l\"}", "{kode: a, hitung: \"bukan n\"}", "{kode: a, hitung: \"b\"}",
        "{kode: a, hitung: \"n = l\"}", "{kode: a, hitung: \"min(n, l)\"}",
        "{kode: a, hitung: l, pembulatan: setengah-ke-atas/0}", "{kode: a, periksa: n, alasan: x}",
        "{kode: a, pilih: [{bila: n, hitung: \"1\"}, {hitung: \"2\"}]}",
        "{kode: a, pilih: [{bila: \"n = 1\", hitung: \"1\"}, {hitung: \"'x'\"}]}", "{kode: a, skala: iki, dari: l}",
        "{kode: a, hitung: n, skala: rating}", "{kode: a, tabel: {baris: n, kolom: l, isi: {x: {y: z}}}}"}) {
    sink_ = {};
    library_ = {};
    EXPECT_FALSE(load_formula("{kode: n}, {kode: l, skala: rating}, {kode: b, bentuk: bukti}",
                              "  - " + std::string(steps) + "\n"));
    EXPECT_EQ(codes(), Codes{Code::J1433}) << steps;
  }
}

TEST_F(FormulaTest, LabelsMustExistWhereTheyAreCompared) {
  EXPECT_FALSE(load_formula("{kode: l, skala: rating}", "  - {kode: a, hitung: \"l = 'tingi'\"}\n"));
  EXPECT_EQ(codes(), Codes{Code::J1411});
  EXPECT_EQ(underlined(Code::J1411), "'tingi'");
  EXPECT_EQ(first(Code::J1411)->suggestion, "tinggi");
}

TEST_F(FormulaTest, AChoiceWithoutALastBranchHasAHole) {
  EXPECT_FALSE(load_formula("{kode: n}",
                            "  - {kode: a, pilih: [{bila: \"n > 1\", hitung: \"1\"}]}\n"
                            "  - {kode: b, pilih: [{hitung: \"1\"}, {bila: \"n > 1\", hitung: \"2\"}]}\n"
                            "  - {kode: c, pilih: [{bila: \"n > 1\", hitung: \"1\"}, {tolak: tidak ada}]}\n"
                            "  - {kode: d, pilih: [{hitung: \"1\", tolak: x}]}\n  - {kode: e}\n"));
  // The branch below one without a condition is reported once; that the choice then ends with a condition is no hole.
  EXPECT_EQ(codes(), (Codes{Code::J1435, Code::J1436, Code::J1438, Code::J1438}));
}

TEST_F(FormulaTest, ATableIsCompleteAndItsLabelsAreOfTheScale) {
  const std::string head = "  - kode: t\n    skala: rating\n    tabel: {baris: a, kolom: b, isi: ";
  EXPECT_FALSE(
      load_formula("{kode: a, label: [p, q]}, {kode: b, label: [x, y]}", head + "{p: {x: tinggi}, r: {x: rendah}}}\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1437, Code::J1437, Code::J1411}));
  sink_ = {};
  EXPECT_FALSE(load_formula("{kode: a, label: [p]}, {kode: b, label: [x, y]}", head + "{p: {x: tinggi, y: rendh}}}\n"));
  EXPECT_EQ(codes(), Codes{Code::J1411});
  EXPECT_EQ(underlined(Code::J1411), "rendh");
}

TEST_F(FormulaTest, EveryStepNeedsABasis) {
  write("models", "uji",
        "jenjang: 1\npaket: uji\njudul: U\nstatus: sebagian\nrumus:\n- kode: f\n  langkah:\n"
        "  - {kode: a, hitung: \"1\"}\n  - {kode: b, pasal: P, hitung: \"1\"}\n"
        "- kode: g\n  pasal: Q\n  langkah: [{kode: a, hitung: \"1\"}]\n");
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), Codes{Code::J1409});
}

TEST_F(FormulaTest, CodesMustBeSpellable) {
  EXPECT_FALSE(load_formula("{kode: a-b}, {kode: min}, {kode: x}", "  - {kode: x, hitung: \"1\"}\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1413, Code::J1413, Code::J1410}));
}

TEST_F(FormulaTest, AChainOfProductsIsRefusedBeforeItIsComputed) {
  std::string steps = "  - {kode: s0, hitung: \"a * a\"}\n";
  for (int i = 1; i < 30; ++i) {
    const std::string last = "s" + std::to_string(i - 1);
    steps += "  - {kode: s" + std::to_string(i) + ", hitung: \"" + last + " * " + last + "\"}\n";
  }
  EXPECT_FALSE(load_formula("{kode: a}", steps));
  EXPECT_EQ(codes(), Codes{Code::J1439});
}

TEST_F(FormulaTest, AnExtendingPackFillsAnEmptySlot) {
  write("models", "dasar",
        "jenjang: 1\npaket: dasar\njudul: D\npasal: P\nstatus: terverifikasi\nrumus:\n- kode: f\n"
        "  masukan: [{kode: x}]\n  langkah:\n"
        "  - {kode: a, hitung: }\n"
        "  - {kode: b, pilih: [{kode: satu, bila: \"x > 1\", hitung: }, {kode: lain, tolak: tidak ada}]}\n"
        "  - {kode: c, skala: s, dari: a}\n"
        "skala: [{kode: s, jenis: pita, batas_milik: atas, pita: [{label: K, batas: terbuka}]}]\n");
  write("models", "uji",
        "jenjang: 1\npaket: uji\nperluas: dasar\njudul: U\npasal: Perda 1\nstatus: terverifikasi\nrumus:\n"
        "- kode: f\n  langkah:\n  - {kode: a, pilih: [{hitung: \"x * 2\"}]}\n"
        "  - {kode: b, pilih: [{kode: satu, hitung: \"7\"}, {kode: lain, hitung: \"8\"}]}\n"
        "  - {kode: c, hitung: \"a + b\"}\n");
  ASSERT_TRUE(load()) << render_text(sink_.sorted(), sources_, {});
  EXPECT_EQ(value("a", {{"x", "3"}}), "6");
  EXPECT_EQ(value("b", {{"x", "3"}}), "7");
  EXPECT_EQ(value("b", {{"x", "1"}}), "8");
  EXPECT_EQ(value("c", {{"x", "1"}}), "10");
  EXPECT_EQ(run({{"x", "3"}})[0].article, "Perda 1");
  EXPECT_EQ(run({{"x", "3"}})[1].article, "Perda 1");
}

}  // namespace formula_test
}  // namespace jenjang
