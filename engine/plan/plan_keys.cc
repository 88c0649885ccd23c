#include "engine/plan/plan_keys.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 20> kManifest{
    "jenjang",       "rencana",   "judul",        "zona",          "per_tanggal",   "jurnal",   "unit",
    "dokumen",       "realisasi", "lembar_kerja", "paket",         "keringanan",    "pemangku", "aturan_mutasi",
    "kunci_pegawai", "peristiwa", "rekomendasi",  "kartu_praktik", "lembar_hitung", "sebaran"};
constexpr std::array<std::string_view, 4> kUnitFile{"berkas", "pemisah", "desimal", "tanda"};
constexpr std::array<std::string_view, 9> kFeed{"berkas", "pemisah", "desimal", "otoritas", "tervalidasi",
                                                "ambil",  "sumber",  "tanda",   "alur"};
constexpr std::array<std::string_view, 9> kWorksheet{"berkas", "pemisah", "paket", "mode", "kode",
                                                     "unit",   "periode", "judul", "tanda"};
constexpr std::array<std::string_view, 9> kEvents{"berkas", "pemisah", "desimal", "paket", "kode",
                                                  "unit",   "judul",   "tanda",   "fakta"};
constexpr std::array<std::string_view, 7> kFormulaSheet{"berkas", "pemisah", "desimal", "paket",
                                                        "kode",   "judul",   "tanda"};
constexpr std::array<std::string_view, 4> kEventFact{"tingkat", "kode", "pembilang", "penyebut"};
constexpr std::array<std::string_view, 4> kRecommendations{"berkas", "pemisah", "desimal", "tanda"};
constexpr std::array<std::string_view, 13> kCard{"jenjang", "kode",      "judul", "masalah", "unit",
                                                 "wilayah", "tindakan",  "biaya", "bukti",   "lisensi",
                                                 "kontak",  "indikator", "tanda"};
constexpr std::array<std::string_view, 6> kCardChange{"kode",           "unit", "dari_periode",
                                                      "sampai_periode", "dari", "menjadi"};
constexpr std::array<std::string_view, 3> kWaiver{"aturan", "alamat", "alasan"};
constexpr std::array<std::string_view, 3> kUnitList{"jenjang", "daftar_unit", "perubahan_organisasi"};
constexpr std::array<std::string_view, 9> kUnit{"kode",    "nama",    "jenis", "induk", "bps",
                                                "klaster", "atribut", "label", "tanda"};
constexpr std::array<std::string_view, 27> kDocument{"jenjang",       "dokumen",     "kode",
                                                     "judul",         "unit",        "periode",
                                                     "tahun",         "berlaku",     "menggantikan",
                                                     "status",        "tanda",       "pihak_pertama",
                                                     "pihak_kedua",   "pegawai",     "visi",
                                                     "misi",          "daftar_unit", "tujuan",
                                                     "sasaran",       "program",     "kegiatan",
                                                     "sub_kegiatan",  "hasil_kerja", "indikator",
                                                     "matriks_peran", "tahun_ke_1",  "perubahan_organisasi"};
constexpr std::array<std::string_view, 21> kGoal{
    "kode",   "uraian",  "unit",        "mendukung",      "langsung",     "faktor_kunci", "pengampu",
    "jenis",  "pagu",    "satuan_pagu", "frekuensi_pagu", "tanda",        "indikator",    "lintas_sektor",
    "tujuan", "sasaran", "program",     "kegiatan",       "sub_kegiatan", "hasil_kerja",  "capaian"};
constexpr std::array<std::string_view, 5> kUnitChange{"tanggal", "jenis", "dari", "menjadi", "dasar"};
constexpr std::array<std::string_view, 1> kComparison{"nasional"};
constexpr std::array<std::string_view, 2> kRole{"unit", "hasil"};
constexpr std::array<std::string_view, 37> kIndicator{
    "kode",       "unit",        "uraian",        "definisi",   "sumber",      "surat",
    "pengampu",   "satuan",      "polaritas",     "akumulasi",  "frekuensi",   "profil",
    "agregasi",   "operan",      "capaian",       "pita",       "skala",       "langkah",
    "pembulatan", "baseline",    "target",        "tahan",      "kaskade",     "penyebut_rencana",
    "paket",      "komponen",    "lintas_sektor", "bobot",      "mendukung",   "langsung",
    "tanda",      "profil_seri", "lintasan",      "pembanding", "data_hilang", "rentang_nilai",
    "alur"};
constexpr std::array<std::string_view, 3> kDefinition{"versi", "uraian", "sejak"};
constexpr std::array<std::string_view, 11> kAggregation{"cara",     "dari",     "bobot",         "pembilang",
                                                        "penyebut", "faktor",   "operan",        "data_hilang",
                                                        "ambang",   "kelompok", "bobot_kelompok"};
constexpr std::array<std::string_view, 4> kMissing{"unit", "waktu", "umur", "cakupan_minimal"};
constexpr std::array<std::string_view, 2> kPossible{"terendah", "tertinggi"};
constexpr std::array<std::string_view, 3> kOperand{"akumulasi", "satuan", "frekuensi"};
constexpr std::array<std::string_view, 6> kAchievement{"rumus",      "batas",      "batas_bawah",
                                                       "batas_pada", "target_nol", "pembulatan"};
constexpr std::array<std::string_view, 3> kGoalAchievement{"batas", "batas_bawah", "batas_pada"};
constexpr std::array<std::string_view, 2> kBands{"nilai", "capaian"};
constexpr std::array<std::string_view, 9> kHold{"nilai", "alasan",   "tanda",   "dasar",   "sampai",
                                                "kunci", "kerelaan", "minimal", "maksimal"};
constexpr std::array<std::string_view, 13> kRung{"ke",      "cara",       "pemacu",  "bagian",   "pemacu_nol",
                                                 "langkah", "pembulatan", "minimal", "maksimal", "berakhir",
                                                 "baris",   "batas",      "kalender"};
constexpr std::array<std::string_view, 6> kDriverTerm{"atribut", "baseline", "kebutuhan", "ukuran", "bulan", "bagian"};
constexpr std::array<std::string_view, 8> kBound{"minimal", "maksimal", "alasan",   "dasar",
                                                 "sampai",  "kunci",    "kerelaan", "tanda"};
constexpr std::array<std::string_view, 1> kPath{"porsi"};
constexpr std::array<std::string_view, 4> kSeriesFile{"berkas", "kode", "pemisah", "desimal"};
constexpr std::array<std::string_view, 3> kHoldingsFile{"berkas", "pemisah", "desimal"};
constexpr std::array<std::string_view, 4> kSelector{"jenis", "di", "kecuali", "dengan"};
constexpr std::array<std::string_view, 4> kDenominatorFile{"berkas", "pemisah", "desimal", "tanda"};
constexpr std::array<std::string_view, 4> kCrosscut{"unit", "untuk", "bagian", "diterima"};

constexpr std::array<std::string_view, 8> kSpread{"kode",       "paket", "lembar",  "hasil",
                                                  "organisasi", "judul", "pemisah", "desimal"};
constexpr std::array<PlanSection, 38> kSections{{{"manifes", kManifest},
                                                 {"berkas_unit", kUnitFile},
                                                 {"realisasi", kFeed},
                                                 {"lembar_kerja", kWorksheet},
                                                 {"peristiwa", kEvents},
                                                 {"lembar_hitung", kFormulaSheet},
                                                 {"sebaran", kSpread},
                                                 {"fakta", kEventFact},
                                                 {"rekomendasi", kRecommendations},
                                                 {"kartu_praktik", kCard},
                                                 {"indikator_kartu", kCardChange},
                                                 {"keringanan", kWaiver},
                                                 {"berkas_daftar_unit", kUnitList},
                                                 {"unit", kUnit},
                                                 {"dokumen", kDocument},
                                                 {"perubahan_organisasi", kUnitChange},
                                                 {"pembanding", kComparison},
                                                 {"tujuan", kGoal},
                                                 {"peran", kRole},
                                                 {"indikator", kIndicator},
                                                 {"definisi", kDefinition},
                                                 {"agregasi", kAggregation},
                                                 {"data_hilang", kMissing},
                                                 {"rentang_nilai", kPossible},
                                                 {"operan", kOperand},
                                                 {"capaian", kAchievement},
                                                 {"capaian_tujuan", kGoalAchievement},
                                                 {"pita", kBands},
                                                 {"tahan", kHold},
                                                 {"kaskade", kRung},
                                                 {"pemacu", kDriverTerm},
                                                 {"batas", kBound},
                                                 {"lintasan", kPath},
                                                 {"profil_seri", kSeriesFile},
                                                 {"pemangku", kHoldingsFile},
                                                 {"pemilih", kSelector},
                                                 {"penyebut_rencana", kDenominatorFile},
                                                 {"lintas_sektor", kCrosscut}}};

}  // namespace

std::span<const PlanSection> plan_sections() {
  return kSections;
}

std::span<const std::string_view> plan_keys(std::string_view section) {
  const auto found =
      std::find_if(kSections.begin(), kSections.end(), [&](const PlanSection& s) { return s.name == section; });
  assert(found != kSections.end());
  return found->keys;
}

SectionReader::SectionReader(const YamlNode& node, std::string_view section, std::string_view what,
                             DiagnosticSink& sink)
    : FieldReader(node, what, sink), keys_(plan_keys(section)) {}

void SectionReader::expect([[maybe_unused]] std::string_view key) const {
  assert(std::find(keys_.begin(), keys_.end(), key) != keys_.end());
}

const YamlNode* SectionReader::take(std::string_view key) {
  expect(key);
  return FieldReader::take(key);
}
std::optional<LocatedText> SectionReader::text(std::string_view key) {
  expect(key);
  return FieldReader::text(key);
}
std::optional<LocatedText> SectionReader::required_text(std::string_view key) {
  expect(key);
  return FieldReader::required_text(key);
}
std::optional<LocatedDecimal> SectionReader::decimal(std::string_view key) {
  expect(key);
  return FieldReader::decimal(key);
}
std::optional<Located<std::int64_t>> SectionReader::whole(std::string_view key) {
  expect(key);
  return FieldReader::whole(key);
}
std::optional<Located<bool>> SectionReader::flag(std::string_view key) {
  expect(key);
  return FieldReader::flag(key);
}
std::vector<LocatedText> SectionReader::text_list(std::string_view key) {
  expect(key);
  return FieldReader::text_list(key);
}
std::optional<Located<std::size_t>> SectionReader::choice(std::string_view key,
                                                          std::span<const std::string_view> words) {
  expect(key);
  return FieldReader::choice(key, words);
}

}  // namespace jenjang
