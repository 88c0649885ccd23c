// The plan of the proposals test: an agency whose plan answers every criterion it can, so that one flaw flips one
// answer.
#pragma once

#include <map>
#include <string>

namespace jenjang::testing {

inline std::map<std::string, std::string> proposal_plan() {
  return {
      {"jenjang.yaml", R"(jenjang: 1
rencana: UJI
per_tanggal: 2025-03-31
unit: [unit.yaml]
pemangku: [pemangku.csv]
dokumen: [rpd.yaml, renstra.yaml, pk-dlh.yaml, pk-a.yaml, skp.yaml, nasional.yaml]
realisasi:
- {berkas: hasil.csv, sumber: Laporan}
rekomendasi: [{berkas: rekomendasi.csv}]
)"},
      {"unit.yaml", R"(jenjang: 1
daftar_unit:
- {kode: "00", nama: Indonesia, jenis: negara}
- {kode: "64", nama: Provinsi, jenis: provinsi}
- {kode: 64/dlh, nama: Dinas, jenis: opd}
- {kode: 64/dlh/a, nama: Bidang, jenis: bidang}
- {kode: 64/dlh/a/jf, nama: Pejabat, jenis: jabatan}
- {kode: 64/pupr, nama: Dinas lain, jenis: opd}
)"},
      {"pemangku.csv", R"(jabatan,pegawai,dari,sampai
64/dlh/a/jf,P-1,2023-01-02,
)"},
      {"rpd.yaml", R"(jenjang: 1
dokumen: RPD
kode: RPD
judul: RPD
unit: "64"
periode: 2024..2025
tujuan:
- kode: G
  uraian: Lingkungan baik
  pengampu: 64/dlh
  faktor_kunci: kerja
  indikator:
  - {kode: MUTU, uraian: Mutu, definisi: {uraian: nilai mutu}, satuan: indeks, polaritas: naik,
     akumulasi: posisi, capaian: {rumus: H1}, sumber: Rilis, pengampu: 64/dlh, baseline: {2023: 50},
        target: {2024: 51, 2025: 52}}
  sasaran:
  - kode: GS
    uraian: Sungai bersih
    pengampu: 64/dlh
    faktor_kunci: kerja
    indikator:
    - {kode: SUNGAI, uraian: Sungai, definisi: {uraian: sungai bersih}, satuan: persen, polaritas: naik,
       akumulasi: posisi, capaian: {rumus: H1}, sumber: Rilis, pengampu: 64/dlh, baseline: {2023: 50},
          target: {2024: 51, 2025: 52}}
)"},
      {"renstra.yaml", R"(jenjang: 1
dokumen: Renstra
kode: RENSTRA
judul: Renstra
unit: 64/dlh
periode: 2024..2025
tujuan:
- kode: T
  uraian: Sungai terpantau
  faktor_kunci: kerja
  mendukung: [RPD#G@64]
  indikator:
  - {kode: TITIK, uraian: Titik baik, definisi: {uraian: titik yang baik}, satuan: persen, polaritas: naik,
     akumulasi: posisi, frekuensi: semester, capaian: {rumus: H1}, sumber: Laporan, pengampu: 64/dlh,
        baseline: {2023: 40}, pembanding: {nasional: TITIK-NAS@00}, target: {2024: 42, 2025: 44}}
  sasaran:
  - kode: S
    uraian: Pemantauan lengkap
    faktor_kunci: kerja
    mendukung: [RPD#GS@64]
    lintas_sektor:
    - {unit: 64/pupr, diterima: ya}
    indikator:
    - {kode: CONTOH, uraian: Contoh, definisi: {uraian: contoh diuji}, satuan: contoh, polaritas: naik,
       akumulasi: hitungan, frekuensi: triwulan, langkah: 1, capaian: {rumus: H1}, sumber: Laporan,
          pengampu: 64/dlh, baseline: {2023: 90}, target: {2024: 100, 2025: 110}}
    program:
    - kode: 2.11.03
      uraian: Pengendalian pencemaran
      unit: 64/dlh/a
      faktor_kunci: kerja
      pagu: {2024: 100, 2025: 100}
      satuan_pagu: juta rupiah
      indikator:
      - {kode: LOKASI, uraian: Lokasi, definisi: {uraian: lokasi dipantau}, satuan: lokasi, polaritas: naik,
         akumulasi: posisi, capaian: {rumus: H1}, langkah: 1, sumber: Laporan, pengampu: 64/dlh/a,
            baseline: {2023: 9}, target: {2024: 10, 2025: 11}}
      kegiatan:
      - kode: 2.11.03.1.01
        uraian: Pencegahan pencemaran
        faktor_kunci: kerja
        pagu: {2024: 100, 2025: 100}
        indikator:
        - {kode: KUNJUNGAN, uraian: Kunjungan, definisi: {uraian: kunjungan lapangan}, satuan: kali,
           polaritas: naik, akumulasi: hitungan, capaian: {rumus: H1}, langkah: 1, sumber: Laporan,
              pengampu: 64/dlh/a, baseline: {2023: 20}, target: {2024: 24, 2025: 26}}
)"},
      {"pk-dlh.yaml", R"(jenjang: 1
dokumen: PK
kode: PK-DLH
judul: PK dinas
unit: 64/dlh
tahun: 2024
pihak_pertama: 64/dlh
pihak_kedua: "64"
sasaran:
- kode: PD
  uraian: Contoh diuji
  faktor_kunci: kerja
  mendukung: [RENSTRA#S@64/dlh]
  indikator:
  - {kode: CONTOH, target: 100}
)"},
      {"pk-a.yaml", R"(jenjang: 1
dokumen: PK
kode: PK-A
judul: PK bidang
unit: 64/dlh/a
tahun: 2024
pihak_pertama: 64/dlh/a
pihak_kedua: 64/dlh
sasaran:
- kode: PA
  uraian: Lokasi dipantau
  faktor_kunci: kerja
  mendukung: [PK-DLH#PD@64/dlh]
  indikator:
  - {kode: LOKASI, target: 10}
)"},
      {"skp.yaml", R"(jenjang: 1
dokumen: SKP
kode: SKP-JF
judul: SKP
pegawai: 64/dlh/a/jf
tahun: 2024
hasil_kerja:
- kode: RHK
  uraian: Laporan lokasi selesai
  jenis: utama
  mendukung: [PK-A#PA@64/dlh/a]
  indikator:
  - {kode: LAPORAN, uraian: Laporan, definisi: {uraian: laporan lokasi}, satuan: laporan, polaritas: naik,
     akumulasi: hitungan, frekuensi: triwulan, langkah: 1, capaian: {rumus: H1}, sumber: Laporan,
        pengampu: 64/dlh/a/jf, baseline: {2023: 8}, target: 12}
)"},
      {"nasional.yaml", R"(jenjang: 1
dokumen: Acuan
kode: ACUAN-00
judul: Acuan nasional
unit: "00"
tahun: 2024
indikator:
- {kode: TITIK-NAS, uraian: Titik nasional, satuan: persen, polaritas: naik, akumulasi: posisi,
   sumber: Rilis, capaian: {rumus: H1}, target: {2024: 55}}
)"},
      {"hasil.csv", R"(kode,unit,periode,nilai
MUTU,64,2024,51.5
SUNGAI,64,2024,52
TITIK,64/dlh,2023,40
TITIK,64/dlh,2024-S1,41
TITIK,64/dlh,2024-S2,43
TITIK-NAS,00,2024,50
CONTOH,64/dlh,2023,90
CONTOH,64/dlh,2024-TW1,25
CONTOH,64/dlh,2024-TW2,25
CONTOH,64/dlh,2024-TW3,25
CONTOH,64/dlh,2024-TW4,27
LOKASI,64/dlh/a,2023,9
LOKASI,64/dlh/a,2024,11
KUNJUNGAN,64/dlh/a,2023,20
KUNJUNGAN,64/dlh/a,2024,24
LAPORAN,64/dlh/a/jf,2023,8
LAPORAN,64/dlh/a/jf,2024-TW1,3
LAPORAN,64/dlh/a/jf,2024-TW2,3
LAPORAN,64/dlh/a/jf,2024-TW3,3
LAPORAN,64/dlh/a/jf,2024-TW4,3
PAGU-2.11.03.1.01,64/dlh/a,2024,90
)"},
      {"rekomendasi.csv", R"(kode,tahun,unit,rekomendasi,keadaan,tindak_lanjut,bukti
R-1,2023,64/dlh,Lengkapi indikator,selesai,Indikator dilengkapi,renstra.yaml
R-2,2023,64/dlh,Tulis hasil bersama,selesai,Sudah ditulis,renstra.yaml
R-9,2022,64/dlh,Sudah lama,belum,,
)"},
  };
}

}  // namespace jenjang::testing
