// Reform index, integrity zones, complaints in counts, and carbon payments.
#include <array>

#include "tests/property/pack_oracle.h"

namespace jenjang::testing {
namespace pack_oracles_governance_test {

const Fraction kHundred = fraction(100), kZero = fraction(0);

OracleRow rb_general() {
  OracleRow row;
  row["general"] = number(row.between("renaksi", {0, 300, 2, {}}) + row.between("pelaksanaan", {0, 700, 2, {}}) +
                          row.between("kebijakan", {0, 4000, 2, {}}) + row.between("sasaran", {0, 5000, 2, {}}));
  return row;
}
OracleRow rb_part() {
  OracleRow row;
  const Fraction score = row.at_least("skor", {0, 10000, 2, {0, 5000}});
  const Fraction most = row.at_least("skor_tertinggi", {0, 12000, 2, {0, 5000}});
  const Fraction weight = row.between("bobot", {0, 10000, 2, {}});
  row["nilai"] = most == kZero || score > most ? refused() : number(score * weight / most);
  return row;
}
OracleRow rb_index() {
  OracleRow row;
  const Fraction general = row.between("general", {0, 10000, 2, {5000, 6000, 7000, 8000, 9000, 10000}});
  const Fraction index = general + row.between("tematik", {0, 2000, 2, {0, 1000, 2000}});
  row["indeks"] = number(index);
  row["predikat"] = band("rb-general/predikat", index, FormulaGap::none);
  return row;
}

// Every gate of the table; the higher title first.
OracleRow integrity_zone() {
  OracleRow row;
  const bool region = row.label("jenis", {"pemda", "kl"}) == "pemda";
  const bool clean = !chance(5);
  row.inputs["opini"] = clean ? "WTP" : (chance(2) ? "WDP" : chance(2) ? "TW" : "TMP");
  const Fraction spip = row.between("spip", {0, 500, 2, {300, 300, 400}});
  const Fraction sakip = row.between("sakip", {0, 10000, 2, {6000, 7000, 8000}});
  const Fraction rb = row.between("rb", {0, 12000, 2, {5000, 6000, 7000, 8000}});
  const bool mature = spip >= fraction(3);
  const auto above = [](const Fraction& value, int least) { return value > fraction(least); };
  const bool wbk = above(sakip, 60), wbbm = above(sakip, 70);
  const bool rb_wbk = above(rb, region ? 50 : 60), rb_wbbm = above(rb, region ? 60 : 70);
  row["opini_wtp"] = truth(clean);
  row["spip_3"] = truth(mature);
  row["sakip_wbk"] = truth(wbk);
  row["sakip_wbbm"] = truth(wbbm);
  row["rb_wbk"] = truth(rb_wbk);
  row["rb_wbbm"] = truth(rb_wbbm);
  const bool low = clean && mature && wbk && rb_wbk, high = clean && mature && wbbm && rb_wbbm;
  row["usulan"] = label(high ? "WBBM" : low ? "WBK" : "belum memenuhi");
  return row;
}

Outcome percent(const Fraction& part, const Fraction& whole) {
  return whole == kZero ? gap(FormulaGap::division_by_zero) : number(kHundred * part / whole);
}

OracleRow complaint_units() {
  OracleRow row;
  const Figures count{0, 40, 0, {0}};
  const Fraction all = row.at_least("jumlah_unit", count);
  const Fraction active = row.at_least("unit_aktif", count), decree = row.at_least("unit_sk", count);
  row["bagian_unit"] = truth(active <= all && decree <= all);
  row["L6"] = percent(active, all);
  row["L7"] = percent(decree, all);
  return row;
}
OracleRow complaint_counts() {
  OracleRow row;
  const Figures count{0, chance(3) ? 1 : 900, 0, {0}};
  const Fraction open = row.at_least("proses", count), done = row.at_least("selesai", count);
  const Fraction waiting = row.at_least("tunda", count), shelved = row.at_least("arsip", count);
  const Fraction all = open + done + waiting + shelved;
  bool agrees = true;
  if (chance(2)) {
    const auto sum = static_cast<std::int64_t>(rounded_units(all, 0));
    agrees = row.at_least("jumlah_terbit", {0, 4000, 0, {sum, sum}}) == all;
  }
  row["jumlah"] = number(all);
  row["cocok"] = truth(agrees);
  row["L2_semua"] = percent(done, all);
  row["L2_sah"] = percent(done, open + done + waiting);
  row["L2_sah_tanpa_tunda"] = percent(done, open + done);
  return row;
}
OracleRow complaint_grades() {
  OracleRow row;
  Fraction graded = kZero;
  for (const char* grade : {"sangat_baik", "baik", "sedang", "kurang"}) {
    graded = graded + row.at_least(grade, {0, 200, 0, {}});
  }
  row["dinilai"] = number(graded);
  row["tidak_dinilai"] =
      chance(3) ? gap(FormulaGap::missing_input) : number(row.at_least("pemda", {0, 900, 0, {}}) - graded);
  return row;
}

OracleRow contract() {
  OracleRow row;
  std::array<Fraction, 3> tranche;
  Fraction sum = kZero;
  std::int64_t tenths = 0;
  for (std::size_t i = 0; i < tranche.size(); ++i) {
    tranche[i] = row.at_least("tahap_" + std::to_string(i + 1), {0, 120, 1, {}});
    sum = sum + tranche[i];
  }
  tenths = static_cast<std::int64_t>(rounded_units(sum, 1));
  const Fraction volume = row.at_least("volume", {0, 400, 1, {tenths < 0 ? 0 : tenths}});
  const Fraction price = row.at_least("harga", {0, 2000, 2, {500}});
  row["nilai"] = number(volume * price);
  row["jumlah_tahap"] = number(sum);
  row["volume_cocok"] = truth(sum == volume);
  for (std::size_t i = 0; i < tranche.size(); ++i) row["nilai_" + std::to_string(i + 1)] = number(tranche[i] * price);
  row["jumlah_nilai"] = number(sum * price);
  return row;
}
// Evidence of a claim never makes it the payment.
OracleRow claim() {
  OracleRow row;
  const Fraction paid = row.at_least("terbayar", {0, 1100, 1, {209}});
  const auto tenths = static_cast<std::int64_t>(rounded_units(paid, 1));
  const Fraction said = row.at_least("klaim", {0, 1100, 1, {tenths < 0 ? 0 : tenths}});
  const Fraction worth = row.at_least("nilai_kontrak", {0, 1500, 1, {0, 1100}});
  const bool proven = row.evidence("bukti_klaim"), same = said == paid;
  row["sisa"] = number(worth - paid);
  row["bagian_terbayar"] = percent(paid, worth);
  row["selisih"] = number(said - paid);
  row["keadaan"] = label(same ? "cocok" : proven ? "berbukti, belum cocok" : "belum cocok");
  row["cocok"] = truth(same);
  return row;
}
OracleRow villages() {
  OracleRow row;
  const Fraction rupiah = row.at_least("usd", {0, 90000000, 0, {}}) * row.at_least("kurs", {0, 20000, 0, {14800}});
  row["rupiah"] = number(rupiah);
  if (chance(3)) {
    row["rata_rata"] = gap(FormulaGap::missing_input);
  } else {
    const Fraction count = row.at_least("banyak_desa", {0, 900, 0, {0}});
    row["rata_rata"] = count == kZero ? gap(FormulaGap::division_by_zero) : number(rupiah / count);
  }
  return row;
}
OracleRow district() {
  OracleRow row;
  const Fraction count = row.at_least("banyak_desa", {0, 100, 0, {}});
  const Fraction millions = count * row.at_least("juta_per_desa", {0, 40000, 2, {}});
  const auto cents = static_cast<std::int64_t>(rounded_units(millions / fraction(1000), 2));  // billions, two decimals
  const Fraction derived = fraction(cents, 100);
  row["turunan"] = number(derived);
  if (chance(3)) {
    row["selisih"] = gap(FormulaGap::missing_input);
    row["cocok"] = truth(true);
  } else {
    const Fraction shown = row.at_least("tercetak", {0, 5000, 2, {cents < 0 ? 0 : cents}});
    row["selisih"] = number(shown - derived);
    row["cocok"] = truth(shown == derived);
  }
  return row;
}
OracleRow split(const std::vector<std::pair<std::string, int>>& parts) {
  OracleRow row;
  const Fraction all = row.at_least("jumlah", {0, 11000, 2, {0, 2090}});
  for (const auto& [code, share] : parts) row[code] = number(all * fraction(share, 100));
  row["neraca"] = truth(true);  // both splits are of a whole hundred
  return row;
}

const OracleFamily kReform("rb-general", {{"general", rb_general}, {"subindeks", rb_part}, {"indeks", rb_index}});
const OracleFamily kZone("zona-integritas", {{"syarat", integrity_zone}});
const OracleFamily kComplaints("sp4n-lapor", {{"unit", complaint_units},
                                              {"rekapitulasi", complaint_counts},
                                              {"sebaran-predikat", complaint_grades}});
const OracleFamily kCarbon(
    "fcpf-carbon",
    {{"kontrak", contract},
     {"klaim", claim},
     {"desa", villages},
     {"kabkota", district},
     {"pembagian-a", [] { return split({{"desa", 41}, {"pemda", 37}, {"masyarakat_adat", 12}, {"klhk", 10}}); }},
     {"pembagian-b", [] { return split({{"kinerja", 65}, {"tanggung_jawab", 25}, {"penghargaan", 10}}); }}});

}  // namespace pack_oracles_governance_test
}  // namespace jenjang::testing
