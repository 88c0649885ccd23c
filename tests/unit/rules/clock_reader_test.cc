#include "pack_fixture.h"

namespace jenjang {
namespace clock_reader_test {

using ClockReaderTest = PackTest;

const std::string kHolidays =
    "hari_libur:\n- kode: nasional\n  tahun:\n  - tahun: 2024\n    hari:\n"
    "    - {tanggal: 2024-12-26, nama: Natal, cuti_bersama: ya}\n    - {tanggal: 2024-12-25, nama: Natal}\n";
const std::string kFlow =
    "alur:\n  laporan:\n    judul: Laporan\n    keadaan:\n    - {kode: masuk}\n    - {kode: proses}\n"
    "    - {kode: selesai, sah: ya}\n    - {kode: arsip, gugur: ya}\n    langkah:\n    - {ke: masuk}\n"
    "    - {dari: masuk, ke: proses}\n    - {dari: masuk, ke: arsip}\n    - {dari: proses, ke: selesai}\n";
const std::string kClock =
    "jam:\n- kode: laporan\n  alur: laporan\n  kalender: uji/nasional\n  kelas: [a, b]\n  hari_pertama: ikut\n"
    "  cuti_bersama: kerja\n  berhenti_pada: proses\n  batas:\n";
const std::string kLimit = "  - {kode: cepat, kelas: a, dari: masuk, sampai: [selesai, arsip], hari_kerja: 5}\n";

TEST_F(ClockReaderTest, ReadsHolidaysInOrderOfDate) {
  write("models", "uji", pack_text("uji", kHolidays));
  ASSERT_TRUE(load());
  const HolidayCalendar& calendar = library_.find("uji")->holidays.at(0);
  const HolidayYear* year = calendar.year(2024);
  ASSERT_NE(year, nullptr);
  ASSERT_EQ(year->days.size(), 2U);
  EXPECT_EQ(year->days[0].date.to_string(), "2024-12-25");
  EXPECT_TRUE(year->days[1].joint_leave);
  EXPECT_TRUE(year->unverified);
  EXPECT_EQ(calendar.year(2025), nullptr);
}

TEST_F(ClockReaderTest, RefusesDaysOfAnotherYearTwiceOrNotThere) {
  write("models", "uji",
        pack_text("uji",
                  "hari_libur:\n- kode: nasional\n  tahun:\n  - tahun: 2024\n    hari:\n"
                  "    - {tanggal: 2025-01-01, nama: Tahun Baru}\n"
                  "    - {tanggal: 2024-02-30, nama: Tidak ada}\n"
                  "    - {tanggal: 2024-12-25, nama: Natal}\n    - {tanggal: 2024-12-25, nama: Natal}\n"
                  "  - {tahun: 2024, hari: []}\n"));
  EXPECT_FALSE(load());
  EXPECT_EQ(codes(), (std::vector<Code>{Code::J1444, Code::J1206, Code::J1410, Code::J1410}));
}

TEST_F(ClockReaderTest, ReadsAClock) {
  write("models", "uji",
        pack_text("uji", kHolidays + kFlow + kClock + kLimit +
                             "  penyebut:\n  - {kode: semua}\n  - {kode: sah, kecuali: arsip}\n"
                             "  - {kode: tutup, keadaan: [arsip, selesai]}\n"
                             "  tingkat:\n  - {kode: L2, pembilang: selesai, penyebut: sah, ragam: [semua, tutup]}\n"
                             "  - {kode: L3, cara: rata-rata-hari, batas: cepat, cetak: potong/1}\n"));
  ASSERT_TRUE(load());
  const PackClock* clock = library_.find("uji")->clock("laporan");
  ASSERT_NE(clock, nullptr);
  EXPECT_TRUE(clock->counts_first_day);
  EXPECT_FALSE(clock->joint_leave_is_off);
  EXPECT_EQ(clock->pauses, std::vector<std::string>{"proses"});
  ASSERT_EQ(clock->limits.size(), 1U);
  EXPECT_EQ(clock->limits[0].working_days, 5);
  EXPECT_TRUE(clock->limits[0].unverified);
  // A denominator lists its states in the order of the workflow.
  EXPECT_EQ(clock->denominator("sah")->states, (std::vector<std::string>{"masuk", "proses", "selesai"}));
  EXPECT_EQ(clock->denominator("tutup")->states, (std::vector<std::string>{"selesai", "arsip"}));
  ASSERT_EQ(clock->rates.size(), 2U);
  EXPECT_EQ(clock->rates[0].unit_name, "persen");
  EXPECT_EQ(clock->rates[1].kind, RateKind::mean_days);
  EXPECT_EQ(clock->rates[1].print, (Rounding{RoundingMode::truncate, 1}));
}

TEST_F(ClockReaderTest, ExtendingPackAddsAYearAndChangesALimit) {
  write("models", "uji", pack_text("uji", kHolidays + kFlow + kClock + kLimit));
  write("models", "daerah",
        pack_text("daerah",
                  "hari_libur:\n- kode: nasional\n  tahun:\n  - tahun: 2025\n    pasal: SKB 2025\n    hari: []\n"
                  "jam:\n- kode: laporan\n  hari_pertama: tidak\n  batas:\n  - {kode: cepat, hari_kerja: 4}\n",
                  "perluas: uji\n"));
  ASSERT_TRUE(load());
  const Pack* pack = library_.find("daerah");
  ASSERT_NE(pack->holidays.at(0).year(2024), nullptr);
  EXPECT_EQ(pack->holidays[0].year(2024)->days.size(), 2U);
  ASSERT_NE(pack->holidays[0].year(2025), nullptr);
  EXPECT_FALSE(pack->holidays[0].year(2025)->unverified);
  EXPECT_FALSE(pack->clock("laporan")->counts_first_day);
  EXPECT_EQ(pack->clock("laporan")->limits.at(0).working_days, 4);
  EXPECT_EQ(library_.find("uji")->clock("laporan")->limits.at(0).working_days, 5);
}

// One mistake each, and the code that says so.
TEST_F(ClockReaderTest, RefusesMistakes) {
  struct Mistake {
    std::string name, text;
    Code code;
  };
  const std::string rates = "  penyebut:\n  - {kode: sah, kecuali: arsip}\n  tingkat:\n";
  const std::vector<Mistake> mistakes{
      {"batas-mati", kClock + "  - {kode: x, dari: selesai, sampai: masuk, hari_kerja: 3}\n", Code::J1445},
      {"nol-hari", kClock + "  - {kode: x, dari: masuk, sampai: selesai, hari_kerja: 0}\n", Code::J1413},
      {"kelas-lain", kClock + "  - {kode: x, kelas: c, dari: masuk, sampai: selesai, hari_kerja: 3}\n", Code::J1411},
      {"keadaan-lain", kClock + "  - {kode: x, dari: diterima, sampai: selesai, hari_kerja: 3}\n", Code::J1411},
      {"tanpa-hari", kClock + "  - {kode: x, dari: masuk, sampai: selesai}\n", Code::J1116},
      {"dua-kali", kClock + kLimit + kLimit, Code::J1410},
      {"lebih-seratus", kClock + kLimit + rates + "  - {kode: L, pembilang: arsip, penyebut: sah}\n", Code::J1446},
      {"penyebut-lain", kClock + kLimit + rates + "  - {kode: L, pembilang: selesai, penyebut: semua}\n", Code::J1411},
      {"kunci-lain", kClock + kLimit + rates + "  - {kode: L, cara: lewat-batas, batas: cepat, penyebut: sah}\n",
       Code::J1115},
      {"alur-lain", "jam:\n- {kode: j, alur: surat, kalender: uji/nasional, batas: []}\n", Code::J1411},
  };
  for (const Mistake& mistake : mistakes) {
    SCOPED_TRACE(mistake.name);
    sink_ = {};
    write(mistake.name, "uji", pack_text("uji", kHolidays + kFlow + mistake.text));
    EXPECT_FALSE(load(mistake.name));
    EXPECT_EQ(codes(), std::vector<Code>{mistake.code});
  }
}

}  // namespace clock_reader_test
}  // namespace jenjang
