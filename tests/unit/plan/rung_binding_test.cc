// Keys of a rung: drivers in their forms, rounding, limits, expiry, bounds of single children.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace rung_binding_test {

class RungBinding : public PlanTest {
protected:
  // A sum of the province with one rung to its fields, which have beban 3 and 1.
  void bind_rung(const std::string& rung, const std::string& before = "") {
    bind_file(document(
        measure("  agregasi: {cara: jumlah}\n  target: {2024: 10}\n  kaskade:\n  - {ke: bidang, " + rung + "}\n") +
        before));
  }
  const Family& family() {
    const Family* found = model_ ? family_of(node("X", "64")) : nullptr;
    static const Family kNone;
    EXPECT_NE(found, nullptr) << messages();
    return found != nullptr ? *found : kNone;
  }
  // "kind name standard share" of every term.
  Strings terms() {
    static constexpr const char* kKinds[] = {"atribut", "baseline", "kebutuhan", "ukuran", "bulan"};
    Strings list;
    for (const DriverTerm& term : family().rule.driver_terms) {
      list.push_back(std::string(kKinds[static_cast<int>(term.kind)]) + " " + term.name + " " +
                     (term.standard ? term.standard->to_string() : "-") + " " + term.share.to_string());
    }
    return list;
  }
  // The bounds of one node: "period=least..most state reason".
  Strings bounds(const std::string& code, const std::string& unit) {
    Strings list;
    for (const Bound& one : model_->bounds_of(node(code, unit))) {
      list.push_back(one.period.to_string() + "=" + (one.least ? one.least->to_string() : "") + ".." +
                     (one.most ? one.most->to_string() : "") + " " + std::string(to_string(one.state)) + " " +
                     one.grounds.reason);
    }
    return list;
  }
  // Units whose attributes are written at once.
  static std::string vintages(const std::string& paser, const std::string& balikpapan) {
    return "jenjang: 1\ndokumen: RPD\nkode: RPD-64\nunit: \"64\"\nperiode: 2024..2026\ndaftar_unit:\n"
           "- {kode: \"64\", jenis: provinsi}\n"
           "- {kode: \"64.01\", jenis: kabkota, induk: \"64\", atribut: {" +
           paser + "}}\n- {kode: \"64.71\", jenis: kabkota, induk: \"64\", atribut: {" + balikpapan + "}}\n" +
           measure("  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: kabkota, cara: proporsional, pemacu: penduduk}\n");
  }
};

TEST_F(RungBinding, PlainAttributeIsOneTermAndTheDriversOfTheFamily) {
  bind_rung("cara: proporsional, pemacu: beban");
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(terms(), Strings{"atribut beban - 1"});
  EXPECT_EQ(family().rule.driver, "beban");
  EXPECT_EQ(family().drivers, (std::vector<Decimal>{Decimal(3), Decimal(1)}));
  EXPECT_TRUE(family().driver_values.empty());
}

TEST_F(RungBinding, ReservedWordsAreNoAttributes) {
  bind_rung("cara: proporsional, pemacu: baseline");
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(terms(), Strings{"baseline  - 1"});
  EXPECT_EQ(family().rule.driver, "baseline");
  EXPECT_TRUE(family().drivers.empty());
  sink_ = DiagnosticSink();
  bind_rung("cara: proporsional, pemacu: bulan-terisi");
  EXPECT_EQ(terms(), Strings{"bulan  - 1"});
  EXPECT_EQ(family().rule.driver, "bulan-terisi");
}

TEST_F(RungBinding, MapOfAttributesIsAComposite) {
  bind_file(document(
      measure("  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: [64/dlh/a, 64/dlh/b], cara: proporsional, pemacu: "
              "{beban: 0.6, baseline: 0.4}}\n")));
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(terms(), (Strings{"atribut beban - 0.6", "baseline  - 0.4"}));
  EXPECT_EQ(family().rule.driver, "0.6 beban + 0.4 baseline");
  EXPECT_TRUE(family().drivers.empty());
  ASSERT_EQ(family().driver_values.size(), 2U);
  EXPECT_EQ(family().driver_values[0], (std::vector<Decimal>{Decimal(3), Decimal(1)}));
  EXPECT_TRUE(family().driver_values[1].empty());
}

TEST_F(RungBinding, ListOfTermsHoldsEveryKind) {
  bind_rung(
      "cara: proporsional, pemacu: [{atribut: beban, bagian: 0.1}, {baseline: ya, bagian: 0.2}, {kebutuhan: 90, "
      "bagian: 0.3}, {ukuran: Y, bagian: 0.15}, {bulan: terisi, bagian: 0.25}]",
      "- {kode: Y, unit: 64/dlh/a, satuan: t, polaritas: naik}\n- {kode: Y, unit: 64/dlh/b, satuan: t, polaritas: "
      "naik}\n");
  EXPECT_EQ(codes(), Strings{}) << messages();
  EXPECT_EQ(terms(), (Strings{"atribut beban - 0.1", "baseline  - 0.2", "kebutuhan  90 0.3", "ukuran Y - 0.15",
                              "bulan  - 0.25"}));
  EXPECT_EQ(family().rule.driver, "0.1 beban + 0.2 baseline + 0.3 kebutuhan 90 + 0.15 ukuran Y + 0.25 bulan-terisi");
}

TEST_F(RungBinding, ATermAloneNeedsNoShare) {
  bind_rung("cara: proporsional, pemacu: [{kebutuhan: 90}]");
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(terms(), Strings{"kebutuhan  90 1"});
  EXPECT_EQ(family().rule.driver, "kebutuhan 90");
}

TEST_F(RungBinding, MeasureOfADriverStandsAtEveryChild) {
  bind_rung("cara: proporsional, pemacu: [{ukuran: Y}]", "- {kode: Y, unit: 64/dlh/a, satuan: t, polaritas: naik}\n");
  EXPECT_EQ(codes(), Strings{"J1508"});
  EXPECT_EQ(argument(Code::J1508, "alamat"), "Y@64/dlh/b");
  EXPECT_EQ(underlined(Code::J1508), "Y");
}

TEST_F(RungBinding, SharesOfTermsAddUpToOne) {
  bind_rung("cara: proporsional, pemacu: {beban: 0.6, baseline: 0.3}");
  EXPECT_EQ(codes(), Strings{"J1543"});
  EXPECT_EQ(argument(Code::J1543, "jumlah"), "0.9");
  EXPECT_TRUE(model_->families.empty());  // a driver that nobody declared would be a guess
}

TEST_F(RungBinding, SharesOfTermsAreAboveZero) {
  bind_rung("cara: proporsional, pemacu: {beban: 1.5, baseline: -0.5}");
  EXPECT_EQ(codes(), Strings{"J1503"});
  EXPECT_EQ(argument(Code::J1503, "ditemukan"), "-0.5");
}

TEST_F(RungBinding, ATermHasExactlyOneKind) {
  bind_rung("cara: proporsional, pemacu: [{atribut: beban, kebutuhan: 90}]");
  EXPECT_EQ(codes(), Strings{"J1542"});
  EXPECT_EQ(argument(Code::J1542, "kunci"), "kebutuhan");
  EXPECT_EQ(argument(Code::J1542, "kunci_lain"), "atribut");
  sink_ = DiagnosticSink();
  bind_rung("cara: proporsional, pemacu: [{bagian: 1}]");
  EXPECT_EQ(codes(), Strings{"J1503"});
  EXPECT_EQ(argument(Code::J1503, "kunci"), "pemacu");
  sink_ = DiagnosticSink();
  bind_rung("cara: proporsional, pemacu: [{atribut: beban}, {baseline: ya, bagian: 0.5}]");
  EXPECT_EQ(codes(), Strings{"J1503"});
  EXPECT_EQ(argument(Code::J1503, "kunci"), "bagian");
}

TEST_F(RungBinding, DriverAndSharesExcludeEachOther) {
  bind_rung("cara: bagian-tetap, pemacu: beban, bagian: {64/dlh/a: 0.5, 64/dlh/b: 0.5}");
  EXPECT_EQ(codes(), Strings{"J1542"});
  EXPECT_EQ(underlined(Code::J1542), "pemacu");
}

TEST_F(RungBinding, BareNameFindsTheOnlyVintage) {
  bind_file(vintages("penduduk@2023: 10", "penduduk@2023: 20"));
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(terms(), Strings{"atribut penduduk@2023 - 1"});
  EXPECT_EQ(family().rule.driver, "penduduk@2023");
  EXPECT_EQ(family().drivers, (std::vector<Decimal>{Decimal(10), Decimal(20)}));
}

TEST_F(RungBinding, NameItselfGoesBeforeItsVintages) {
  bind_file(vintages("penduduk: 1, penduduk@2022: 9, penduduk@2023: 10", "penduduk: 2, penduduk@2023: 20"));
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(family().drivers, (std::vector<Decimal>{Decimal(1), Decimal(2)}));
}

TEST_F(RungBinding, SeveralVintagesAreListed) {
  // Each unit has one of its own: figures of two years would be added up.
  bind_file(vintages("penduduk@2022: 10", "penduduk@2023: 20"));
  EXPECT_EQ(codes(), Strings{"J1544"});
  EXPECT_EQ(argument(Code::J1544, "pilihan"), "penduduk@2022, penduduk@2023");
  EXPECT_EQ(argument(Code::J1544, "unit"), "64");
  EXPECT_TRUE(model_->families.empty());
}

TEST_F(RungBinding, NoVintageOfAnotherAttribute) {
  bind_file(vintages("penduduk_miskin@2023: 10", "penduduk@x: 20"));
  EXPECT_EQ(codes(), (Strings{"J1520", "J1520"}));
}

TEST_F(RungBinding, CommonKeysOfTheRule) {
  bind_rung("cara: rata, pembulatan: jefferson, berakhir: terukur-terakhir, minimal: baseline, maksimal: 90.5");
  EXPECT_EQ(codes(), Strings{});
  const CascadeRule& rule = family().rule;
  EXPECT_EQ(rule.rounding, PartRounding::jefferson);
  EXPECT_EQ(rule.on_expired, ExpiredPolicy::last_measured);
  ASSERT_TRUE(rule.least && rule.most);
  EXPECT_TRUE(rule.least->baseline);
  EXPECT_FALSE(rule.most->baseline);
  EXPECT_EQ(rule.most->value, *Decimal::parse("90.5"));
  EXPECT_TRUE(rule.parameters.empty());
}

TEST_F(RungBinding, DefaultsOfTheRule) {
  bind_rung("cara: rata");
  const CascadeRule& rule = family().rule;
  EXPECT_EQ(rule.rounding, PartRounding::largest_remainder);
  EXPECT_EQ(rule.on_expired, ExpiredPolicy::propose);
  EXPECT_FALSE(rule.least || rule.most);
  EXPECT_TRUE(rule.margin.empty());
}

TEST_F(RungBinding, LimitsOfTheRuleAreChecked) {
  bind_rung("cara: rata, minimal: 9, maksimal: 8");
  EXPECT_EQ(codes(), Strings{"J1541"});
  EXPECT_EQ(argument(Code::J1541, "nilai_lain"), "8");
  sink_ = DiagnosticSink();
  bind_rung("cara: rata, minimal: bawah");
  EXPECT_EQ(codes(), Strings{"J1503"});
  EXPECT_EQ(first(Code::J1503)->suggestion, "baseline");
  sink_ = DiagnosticSink();
  bind_rung("cara: rata, pembulatan: atas, berakhir: buang");
  EXPECT_EQ(codes(), (Strings{"J1122", "J1122"}));
}

TEST_F(RungBinding, BoundsOfSingleChildrenForAllYears) {
  bind_rung(
      "cara: rata, batas: {64/dlh/a: {minimal: 2, maksimal: 8, alasan: kapasitas, dasar: SK 1, sampai: 2026-06-30, "
      "kunci: ya, kerelaan: 0.5, tanda: ilustratif}}");
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(bounds("X", "64/dlh/a"), (Strings{"2024=2..8 ditetapkan kapasitas", "2025=2..8 ditetapkan kapasitas",
                                              "2026=2..8 ditetapkan kapasitas"}));
  EXPECT_EQ(bounds("X", "64/dlh/b"), Strings{});
  const Bound& one = model_->bounds_of(node("X", "64/dlh/a"))[0];
  EXPECT_EQ(one.grounds.citation, "SK 1");
  EXPECT_EQ(one.grounds.until->to_string(), "2026-06-30");
  EXPECT_TRUE(one.grounds.locked);
  EXPECT_EQ(one.grounds.willingness, *Decimal::parse("0.5"));
  EXPECT_TRUE(one.illustrative);
}

TEST_F(RungBinding, BoundsByPeriod) {
  bind_rung("cara: rata, batas: {./dlh/a: {2025: {minimal: 2, alasan: a}, ke-3: {maksimal: 8, alasan: b}}}");
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(bounds("X", "64/dlh/a"), (Strings{"2025=2.. ditetapkan a", "2026=..8 ditetapkan b"}));
}

TEST_F(RungBinding, BoundsOfAStrangerAreRefused) {
  bind_rung("cara: rata, batas: {64/dlh: {minimal: 2, alasan: a}}");
  EXPECT_EQ(codes(), Strings{"J1531"});
  EXPECT_EQ(argument(Code::J1531, "kunci"), "batas");
  sink_ = DiagnosticSink();
  bind_rung("cara: rata, batas: {64/dlh/z: {minimal: 2, alasan: a}}");
  EXPECT_EQ(codes(), Strings{"J1505"});
}

TEST_F(RungBinding, BoundsOweReasonsAndSense) {
  bind_rung("cara: rata, batas: {64/dlh/a: {minimal: 2}}");
  EXPECT_EQ(codes(), Strings{"J1540"});
  EXPECT_EQ(argument(Code::J1540, "periode"), "2024..2026");
  sink_ = DiagnosticSink();
  bind_rung("cara: rata, batas: {64/dlh/a: {minimal: 3, maksimal: 2, alasan: a}}");
  EXPECT_EQ(codes(), Strings{"J1541"});
  sink_ = DiagnosticSink();
  bind_rung("cara: rata, batas: {64/dlh/a: {alasan: a}}");
  EXPECT_EQ(codes(), Strings{"J1503"});
  sink_ = DiagnosticSink();
  bind_rung("cara: rata, batas: {64/dlh/a: {minimal: 3, alasan: a, sampai: besok, kerelaan: 0}}");
  EXPECT_EQ(codes(), (Strings{"J1206", "J1503"}));
  EXPECT_EQ(argument(Code::J1503, "kunci"), "kerelaan");
  sink_ = DiagnosticSink();
  bind_rung("cara: rata, batas: {64/dlh/a: {2030: {minimal: 3, alasan: a}}}");
  EXPECT_EQ(codes(), Strings{"J1514"});
}

TEST_F(RungBinding, DecimalCommaInAFlowMapIsNamed) {
  bind_file(document(measure("  target: {2025: 55,5}\n")));
  EXPECT_EQ(codes(), Strings{"J1119"});
  EXPECT_EQ(first(Code::J1119)->suggestion, "55.5");
  EXPECT_EQ(underlined(Code::J1119), "55,5");
  sink_ = DiagnosticSink();
  bind_file(document(measure("  target: {2025: 1.234,5}\n")));  // with groups as well
  EXPECT_EQ(codes(), Strings{"J1119"});
  EXPECT_EQ(first(Code::J1119)->suggestion, "1234.5");
  EXPECT_EQ(underlined(Code::J1119), "1.234,5");
  sink_ = DiagnosticSink();
  bind_file(document(measure("  target: {2025: 55,5, 2026: 56,5}\n")));
  EXPECT_EQ(codes(), (Strings{"J1119", "J1119"}));
  EXPECT_EQ(first(Code::J1119)->suggestion, "55.5");
  sink_ = DiagnosticSink();
  bind_rung("cara: bagian-tetap, bagian: {64/dlh/a: 0,6, 64/dlh/b: 0.4}");
  EXPECT_EQ(first(Code::J1119)->suggestion, "0.6") << messages();
  EXPECT_EQ(codes(), Strings{"J1119"});
}

}  // namespace rung_binding_test
}  // namespace jenjang
