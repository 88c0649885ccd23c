// perubahan_organisasi: names, former parents, lives and the dates of ties.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace organisation_binding_test {

class OrganisationBinding : public PlanTest {
protected:
  static std::string changes(const std::string& list) { return "perubahan_organisasi:\n" + list; }
  static std::string change(const std::string& day, const std::string& kind, const std::string& from,
                            const std::string& into) {
    return "- {tanggal: " + day + ", jenis: " + kind + ", dari: " + from + ", menjadi: " + into + "}\n";
  }
  [[nodiscard]] std::string path_of(const std::string& name) const {
    const auto unit = model_->units.find(name);
    return unit ? model_->units[*unit].path : "-";
  }
  [[nodiscard]] const OrgUnit& unit(const std::string& name) const { return model_->units[*model_->units.find(name)]; }
  // "2024-07..2025-06@" of every span of the tie between two nodes; "@": the last month decides.
  [[nodiscard]] Strings spans(const std::string& parent_unit, const std::string& child_unit) const {
    const NodeId parent = node("X", parent_unit), child = node("X", child_unit);
    const auto list = model_->graph.children(parent);
    Strings found;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i] != child) continue;
      for (const DatedTie& tie : model_->dates_of(model_->graph.formula_first_edge(parent).index() + i)) {
        found.push_back(tie.from.to_string() + ".." + tie.until.to_string() + (tie.at_end ? "@" : ""));
      }
      return found;
    }
    return {"no tie"};
  }
};

TEST_F(OrganisationBinding, NamesAreUndoneFromTheLastChangeToTheFirst) {
  // 64/lh was called 64/blh, then 64/lhk, and is 64/dlh today; its fields came along.
  bind_file(document(changes(change("2026-01-01", "ganti-nama", "64/lhk", "64/dlh") +
                             change("2024-01-01", "ganti-nama", "64/blh", "64/lhk") +
                             change("2025-01-01", "ganti-nama", "64/lhk/x", "64/lhk/a"))));
  EXPECT_EQ(messages(), "");
  EXPECT_EQ(path_of("64/lhk"), "64/dlh");
  EXPECT_EQ(path_of("64/blh"), "64/dlh");
  EXPECT_EQ(path_of("64/lhk/a/jf"), "64/dlh/a/jf");
  EXPECT_EQ(path_of("64/lhk/x"), "64/dlh/a");
  EXPECT_EQ(path_of("64/blh/x"), "64/dlh/a");  // x was not a yet when the agency was blh
  EXPECT_EQ(path_of("64/blh/a"), "-");
  EXPECT_EQ(path_of("64/dlh/x"), "-");
  ASSERT_EQ(model_->unit_changes.size(), 3U);
  EXPECT_EQ(model_->unit_changes[0].old_path, "64/blh");
  EXPECT_EQ(model_->unit_changes[2].new_path, "64/dlh");
}

TEST_F(OrganisationBinding, ANameTakenBackIsNoCircle) {
  bind_file(document(changes(change("2024-01-01", "ganti-nama", "64/dlh", "64/lh") +
                             change("2025-01-01", "ganti-nama", "64/lh", "64/dlh"))));
  EXPECT_EQ(messages(), "");
  EXPECT_EQ(path_of("64/lh"), "64/dlh");
  EXPECT_EQ(path_of("64/dlh"), "64/dlh");
}

TEST_F(OrganisationBinding, ARingOfNamesOnOneDayIsRefused) {
  bind_file(document(changes(change("2025-01-01", "ganti-nama", "64/dlh", "64/lh") +
                             change("2025-01-01", "ganti-nama", "64/lh", "64/dlh"))));
  EXPECT_EQ(codes(), Strings{"J1567"});
  EXPECT_EQ(argument(Code::J1567, "tanggal"), "2025-01-01");
}

TEST_F(OrganisationBinding, AnUnknownUnitHasAPlaceAndANearMiss) {
  bind_file(document(changes(change("2025-01-01", "ganti-nama", "64/lh", "64/dlk"))));
  EXPECT_EQ(codes(), Strings{"J1565"});
  EXPECT_EQ(underlined(Code::J1565), "64/dlk");
  EXPECT_EQ(first(Code::J1565)->suggestion, "64/dlh");
  EXPECT_TRUE(model_->unit_changes.empty());
}

TEST_F(OrganisationBinding, ChangesOutOfOrderDoNotMeet) {
  // lhk became dlh in 2024, so nothing can become lhk in 2025.
  bind_file(document(changes(change("2024-01-01", "ganti-nama", "64/lhk", "64/dlh") +
                             change("2025-01-01", "ganti-nama", "64/blh", "64/lhk"))));
  EXPECT_EQ(codes(), Strings{"J1565"});
  EXPECT_EQ(argument(Code::J1565, "unit"), "64/lhk");
}

TEST_F(OrganisationBinding, OnePathNeverNamesTwoUnits) {
  bind_file(document(changes(change("2025-01-01", "ganti-nama", "64/dlh/b", "64/dlh/a"))));
  EXPECT_EQ(codes(), Strings{"J1566"});
  EXPECT_EQ(argument(Code::J1566, "unit"), "64/dlh/b");
}

TEST_F(OrganisationBinding, KindsTakeTheirNumbersOfUnits) {
  bind_file(document(changes(change("2025-01-01", "pecah", "64/dlh/a", "64/dlh/b") +
                             change("2025-01-01", "gabung", "[64/dlh/a]", "64/dlh/b") +
                             change("2025-01-01", "pindah", "[64/dlh/a, 64/dlh/b]", "64/dlh/b"))));
  EXPECT_EQ(codes(), (Strings{"J1568", "J1568", "J1568"}));
}

TEST_F(OrganisationBinding, AUnitEndsOnceAndBeginsBeforeItEnds) {
  bind_file(document(changes(change("2025-01-01", "gabung", "[64/dlh/a, 64/dlh/b]", "64.01/dlh") +
                             change("2026-01-01", "pecah", "64/dlh/a", "[\"64.01\", \"64.71\"]"))));
  EXPECT_EQ(codes(), Strings{"J1567"});
  EXPECT_EQ(argument(Code::J1567, "unit"), "64/dlh/a");
  EXPECT_EQ(argument(Code::J1567, "tanggal"), "2025-01-01");
}

TEST_F(OrganisationBinding, AUnitCannotEndBeforeItBegins) {
  bind_file(document(changes(change("2026-01-01", "gabung", "[64.01, 64.71]", "64/dlh/a") +
                             change("2025-01-01", "pecah", "64/dlh/a", "[64/dlh/b, 64.01/dlh]"))));
  EXPECT_EQ(codes(), Strings{"J1567"});
}

TEST_F(OrganisationBinding, LivesGoDownTheTree) {
  bind_file(document(changes(change("2025-03-15", "pecah", "64/dlh/a", "[64/dlh/b, 64.01/dlh]"))));
  EXPECT_EQ(messages(), "");
  EXPECT_EQ(unit("64/dlh/a").life(), ".. 2025-03-14");
  EXPECT_EQ(unit("64/dlh/a/jf").life(), ".. 2025-03-14");
  EXPECT_EQ(unit("64/dlh/b").life(), "2025-03-15 ..");
  EXPECT_EQ(unit("64/dlh").life(), "..");
  EXPECT_TRUE(unit("64/dlh/a").exists_in(*Period::parse("2025-03")));
  EXPECT_FALSE(unit("64/dlh/a").exists_in(*Period::parse("2025-04")));
  EXPECT_TRUE(unit("64/dlh/a").exists_in(*Period::parse("2025")));
  EXPECT_FALSE(unit("64/dlh/b").exists_in(*Period::parse("2025-02")));
}

TEST_F(OrganisationBinding, AUnitThatGivesPartOfItselfAwayGoesOn) {
  bind_file(document(changes(change("2025-01-01", "pecah", "64/dlh/a", "[64/dlh/a, 64/dlh/b]"))));
  EXPECT_EQ(unit("64/dlh/a").life(), "..");
  EXPECT_EQ(unit("64/dlh/b").life(), "2025-01-01 ..");
}

const std::string kLadder =
    "  agregasi: {cara: jumlah}\n  kaskade: [{ke: opd, cara: rata}, {ke: bidang, cara: rata}]\n";

TEST_F(OrganisationBinding, AFlowCountsOnBothSidesOfTheDayAndALevelAtTheEnd) {
  const std::string list = changes(change("2025-03-15", "pecah", "64/dlh/a", "[64/dlh/b, 64.01/dlh]"));
  bind_file(document(list + measure(kLadder)));
  EXPECT_EQ(messages(), "");
  EXPECT_EQ(spans("64/dlh", "64/dlh/a"), Strings{"1900-01..2025-03"});
  EXPECT_EQ(spans("64/dlh", "64/dlh/b"), Strings{"2025-03..2199-12"});
  EXPECT_EQ(spans("64", "64/dlh"), Strings{});
}

TEST_F(OrganisationBinding, ALevelStandsWithTheUnitsOfTheLastDay) {
  const std::string list = changes(change("2025-03-15", "pecah", "64/dlh/a", "[64/dlh/b, 64.01/dlh]"));
  std::string level = measure(kLadder);
  level.replace(level.find("hitungan"), 8, "posisi");
  bind_file(document(list + level));
  EXPECT_EQ(spans("64/dlh", "64/dlh/a"), Strings{"1900-01..2025-02@"});
  EXPECT_EQ(spans("64/dlh", "64/dlh/b"), Strings{"2025-03..2199-12@"});
}

TEST_F(OrganisationBinding, AMovedUnitHasTiesToBothParents) {
  // A second agency, from which field a came on 1 July 2025.
  std::string text = document(changes(change("2025-07-01", "pindah", "64/pu/c", "64/dlh/a")) + measure(kLadder));
  text.replace(text.find("- {kode: 64/dlh/a,"), 0, "- {kode: 64/pu, nama: PU, jenis: opd}\n");
  bind_file(text);
  EXPECT_EQ(messages(), "");
  EXPECT_EQ(spans("64/pu", "64/dlh/a"), Strings{"1900-01..2025-06@"});
  EXPECT_EQ(spans("64/dlh", "64/dlh/a"), Strings{"2025-07..2199-12@"});
  EXPECT_EQ(spans("64/dlh", "64/dlh/b"), Strings{});
  // The year stands with the parent of its last month.
  const NodeId old_parent = node("X", "64/pu");
  EXPECT_FALSE(model_->weight_in(model_->graph.formula_first_edge(old_parent).index(), *Period::parse("2025")));
  EXPECT_TRUE(model_->weight_in(model_->graph.formula_first_edge(old_parent).index(), *Period::parse("2025-TW2")));
  EXPECT_TRUE(model_->weight_in(model_->graph.formula_first_edge(old_parent).index(), *Period::parse("2024")));
}

TEST_F(OrganisationBinding, WeightsFindTheirUnitByEitherName) {
  bind_file(document(changes(change("2025-01-01", "ganti-nama", "64/lh", "64/dlh")) +
                     measure("  agregasi: {cara: rata-rata, dari: [opd], bobot: {X@64/lh: 3}}\n")));
  EXPECT_EQ(messages(), "");
  EXPECT_EQ(edge(node("X", "64"), 0).weight, Decimal(3));
}

TEST_F(OrganisationBinding, ATargetOutsideTheLifeIsSaid) {
  bind_file(document(changes(change("2025-01-01", "pecah", "64/dlh/a", "[64/dlh/b, 64.01/dlh]")) +
                     measure("  unit: 64/dlh/a\n  target: {2024: 1, 2025: 2}\n")));
  EXPECT_EQ(codes(), Strings{"J1570"});
  EXPECT_EQ(argument(Code::J1570, "masa"), ".. 2024-12-31");
  EXPECT_EQ(underlined(Code::J1570), "2");
}

TEST_F(OrganisationBinding, HoldersFindTheirPositionByEitherName) {
  write("pemangku.csv",
        "jabatan,pegawai,dari,sampai\n64/lh/a/jf,P-1,2024-01-01,2024-12-31\n"
        "64/dlh/a/jf,P-2,2025-01-01,\n");
  bind_documents({document(changes(change("2025-01-01", "ganti-nama", "64/lh", "64/dlh")))},
                 "pemangku: [pemangku.csv]\n");
  EXPECT_EQ(messages(), "");
  EXPECT_EQ(model_->holdings_of(*model_->units.find("64/dlh/a/jf")).size(), 2U);
}

TEST_F(OrganisationBinding, NationalFigureIsResolvedAndOfOneUnitOfMeasure) {
  const std::string more =
      "- {kode: NAS, unit: 64/dlh, satuan: ton, polaritas: naik, akumulasi: hitungan}\n"
      "- {kode: LAIN, unit: 64/dlh, satuan: kg, polaritas: naik, akumulasi: hitungan}\n";
  bind_file(document(measure("  pembanding: {nasional: NAS@64/dlh}\n") + more));
  EXPECT_EQ(messages(), "");
  EXPECT_EQ(model_->items[model_->find_item("X")->index()].national, "NAS@64/dlh");
  sink_ = DiagnosticSink();
  bind_file(document(measure("  pembanding: {nasional: LAIN@64/dlh}\n") + more));
  EXPECT_EQ(codes(), Strings{"J1512"});
  sink_ = DiagnosticSink();
  bind_file(document(measure("  pembanding: {nasional: NASS@64/dlh}\n") + more));
  EXPECT_EQ(codes(), Strings{"J1508"});
}

}  // namespace organisation_binding_test
}  // namespace jenjang
