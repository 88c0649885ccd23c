// The province as text: manifest, unit tables, one RPD with a ladder for every measure.
#include <utility>

#include "engine/synthetic/outline.h"

namespace jenjang {
namespace synthetic {
namespace {

std::string manifest(const ProvinceSpec& spec) {
  std::string text =
      "# Provinsi tiruan: setiap angka rekaan.\n"
      "jenjang: 1\n"
      "rencana: PROVINSI-TIRUAN\n"
      "judul: Provinsi tiruan, benih " +
      std::to_string(spec.seed) +
      "\n"
      "zona: Asia/Makassar\n"
      "per_tanggal: " +
      std::to_string(spec.year) +
      "-12-31\n"
      "unit:\n"
      "- data/unit.csv\n"
      "- data/jabatan.csv\n"
      "dokumen:\n"
      "- dokumen/rpd-99.yaml\n"
      "keringanan:\n"
      "- {aturan: CAS-IND-01, alamat: T1@99, alasan: rencana tiruan hanya memuat ukuran sasaran}\n"
      "- {aturan: CAS-STR-04, alamat: S1@99, alasan: rencana tiruan tidak memuat program}\n";
  if (spec.holdings) {
    text += "pemangku:\n- {berkas: data/pemangku.csv}\n";
  }
  return text;
}

std::string_view title(std::string_view kind) {
  if (kind == "provinsi") return "Provinsi tiruan";
  if (kind == "pemprov") return "Perangkat daerah provinsi";
  if (kind == "kabkota") return "Kabupaten tiruan";
  if (kind == "opd") return "Dinas";
  if (kind == "bidang") return "Bidang";
  return kind == "seksi" ? "Seksi" : "Jabatan";
}

// `urusan` lets a rung pick the agency of its measure.
std::string unit_table(const Outline& outline, bool positions) {
  std::string text = "kode,nama,jenis,induk,urusan,beban_kerja,tanda\n";
  for (const OutlineUnit& unit : outline.units) {
    if ((unit.kind == "jabatan") != positions) {
      continue;
    }
    text += unit.path;
    text += ',';
    text += title(unit.kind);
    text += ' ';
    text += unit.path.substr(unit.path.find_last_of("/.") + 1);
    text += ',';
    text += unit.kind;
    text += ',';
    text += unit.parent == kNone ? "" : outline.units[unit.parent].path;
    text += ',';
    text += unit.affair == 0 ? "" : std::to_string(unit.affair);
    text += ',';
    text += std::to_string(unit.workload);
    text += ",ilustratif\n";
  }
  return text;
}

std::string rung(const std::string& to, std::string_view method) {
  std::string text = "      - {ke: " + to + ", cara: " + std::string(method);
  if (method == "proporsional") {
    text += ", pemacu: beban_kerja";
  } else if (method == "tutup-selisih") {
    text += ", batas_depan: 100";
  }
  return text + "}\n";
}

std::string measure_text(const ProvinceSpec& spec, const Outline& outline, std::size_t affair) {
  const OutlineMeasure& measure = outline.measures[affair - 1];
  const bool sum = measure.aggregation == Aggregation::sum;
  std::string text = "    - kode: " + measure.code + "\n";
  text += "      uraian: Ukuran urusan " + std::to_string(affair) + "\n";
  text += "      definisi: {uraian: Hasil kerja urusan " + std::to_string(affair) + " dalam setahun}\n";
  text += "      sumber: tiruan\n      pengampu: 99/pemprov\n";
  text += sum ? "      satuan: berkas\n" : "      satuan: persen\n";
  text += "      polaritas: naik\n";
  text += "      akumulasi: " + std::string(to_string(measure.accumulation)) + "\n";
  text += "      frekuensi: " + std::string(to_string(spec.frequency)) + "\n";
  text += "      agregasi: {cara: " + std::string(to_string(measure.aggregation)) + "}\n";
  text += "      langkah: " + measure.step.to_string() + "\n";
  text += "      baseline: {" + std::to_string(spec.year - 1) + ": " + measure.baseline.to_string() + "}\n";
  text += "      target: {" + std::to_string(spec.year) + ": " + measure.target.to_string() + "}\n";
  text += "      kaskade:\n";
  text += rung("[kabkota, 99/pemprov]", measure.top_method);
  text += rung("{jenis: opd, dengan: {urusan: " + std::to_string(affair) + "}}", measure.method);
  for (const char* kind : {"bidang", "seksi", "jabatan"}) {
    text += rung(kind, measure.method);
  }
  return text;
}

std::string document(const ProvinceSpec& spec, const Outline& outline) {
  std::string text = "jenjang: 1\ndokumen: RPD\nkode: RPD-99\njudul: RPD provinsi tiruan\nunit: \"99\"\nperiode: " +
                     std::to_string(spec.year) + ".." + std::to_string(spec.year) +
                     "\ntanda: ilustratif\n"
                     "tujuan:\n"
                     "- kode: T1\n"
                     "  uraian: Meningkatnya kesejahteraan\n"
                     "  pengampu: \"99\"\n"
                     "  faktor_kunci: Layanan yang mudah dijangkau\n"
                     "  sasaran:\n"
                     "  - kode: S1\n"
                     "    uraian: Membaiknya layanan publik\n"
                     "    pengampu: \"99\"\n"
                     "    faktor_kunci: Beban kerja yang terbagi\n"
                     "    indikator:\n";
  for (std::size_t affair = 1; affair <= outline.measures.size(); ++affair) {
    text += measure_text(spec, outline, affair);
  }
  for (const OutlineMeasure& measure : outline.measures) {
    for (std::size_t g = 0; g < measure.baselines.size(); ++g) {
      text += "    - {kode: " + measure.code + ", unit: \"" + outline.units[outline.governments[g]].path +
              "\", baseline: {" + std::to_string(spec.year - 1) + ": " + measure.baselines[g].to_string() + "}}\n";
    }
  }
  return text;
}

std::string holdings_table(const Outline& outline) {
  std::string text = "jabatan,pegawai,dari,sampai\n";
  for (const OutlineHolding& holding : outline.holdings) {
    text += outline.units[holding.unit].path + "," + holding.person + "," + holding.from.to_string() + "," +
            (holding.until ? holding.until->to_string() : "") + "\n";
  }
  return text;
}

}  // namespace
}  // namespace synthetic

std::vector<GeneratedFile> write_province(const ProvinceSpec& spec) {
  using namespace synthetic;
  const Outline outline = make_outline(spec);
  std::vector<GeneratedFile> files;
  files.push_back({"jenjang.yaml", manifest(spec)});
  files.push_back({"data/unit.csv", unit_table(outline, false)});
  files.push_back({"data/jabatan.csv", unit_table(outline, true)});
  files.push_back({"dokumen/rpd-99.yaml", document(spec, outline)});
  if (spec.holdings) {
    files.push_back({"data/pemangku.csv", holdings_table(outline)});
  }
  return files;
}

}  // namespace jenjang
