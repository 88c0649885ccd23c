// The province as text: manifest, unit tables, one RPD with a ladder for every measure.
#include <utility>

#include "engine/synthetic/outline.h"

namespace jenjang {
namespace synthetic {
namespace {

// Collects small additions, so that the disk sees large pieces.
class Pieces {
public:
  explicit Pieces(const TakePiece& take) : take_(take) {}
  void open(std::string path) {
    flush();
    path_ = std::move(path);
    fresh_ = true;
  }
  bool add(std::string_view text) {
    constexpr std::size_t kPiece = std::size_t{1} << 16U;
    buffer_ += text;
    if (buffer_.size() >= kPiece) flush();
    return going_;
  }
  // Whether all was taken.
  bool flush() {
    // An empty file is a file too.
    if (going_ && !path_.empty() && (fresh_ || !buffer_.empty())) going_ = take_(path_, buffer_);
    fresh_ = false;
    buffer_.clear();
    return going_;
  }

private:
  const TakePiece& take_;
  std::string path_, buffer_;
  bool going_ = true, fresh_ = false;
};

std::string manifest(const ProvinceSpec& spec, const Outline& outline) {
  const std::string name = spec.provinces > 1 ? "Negara" : "Provinsi";
  std::string text = "# " + name +
                     " tiruan: setiap angka rekaan.\n"
                     "jenjang: 1\n"
                     "rencana: " +
                     (spec.provinces > 1 ? "NEGARA" : "PROVINSI") +
                     "-TIRUAN\n"
                     "judul: " +
                     name + " tiruan, benih " + std::to_string(spec.seed) +
                     "\n"
                     "zona: Asia/Makassar\n"
                     "per_tanggal: " +
                     std::to_string(spec.year) +
                     "-12-31\n"
                     "unit:\n"
                     "- data/unit.csv\n"
                     "- data/jabatan.csv\n"
                     "dokumen:\n"
                     "- dokumen/rpd-99.yaml\n";
  if (spec.facts) {
    text += "realisasi:\n";
    for (std::size_t p = 0; p < outline.provinces.size(); ++p) {
      text += "- {berkas: " + facts_file(outline, p) +
              ", desimal: titik, tervalidasi: [sah], sumber: tiruan, tanda: ilustratif}\n";
    }
  }
  text +=
      "keringanan:\n"
      "- {aturan: CAS-IND-01, alamat: T1@99, alasan: rencana tiruan hanya memuat ukuran sasaran}\n"
      "- {aturan: CAS-STR-04, alamat: S1@99, alasan: rencana tiruan tidak memuat program}\n";
  if (spec.holdings) {
    text += "pemangku:\n- {berkas: data/pemangku.csv}\n";
  }
  return text;
}

std::string_view title(std::string_view kind) {
  if (kind == "negara") return "Negara tiruan";
  if (kind == "provinsi") return "Provinsi tiruan";
  if (kind == "pemprov") return "Perangkat daerah provinsi";
  if (kind == "kabkota") return "Kabupaten tiruan";
  if (kind == "opd") return "Dinas";
  if (kind == "bidang") return "Bidang";
  return kind == "seksi" ? "Seksi" : "Jabatan";
}

// `urusan` lets a rung pick the agency of its measure.
void add_units(const Outline& outline, bool positions, Pieces& pieces) {
  pieces.add("kode,nama,jenis,induk,urusan,beban_kerja,tanda\n");
  std::string line;
  for (std::uint32_t u = 0; u < outline.units.size(); ++u) {
    const OutlineUnit& unit = outline.units[u];
    if ((unit.kind == "jabatan") != positions) {
      continue;
    }
    line = outline.path(u);
    const std::string last = line.substr(line.find_last_of("/.") + 1);
    line += ',';
    line += title(unit.kind);
    line += ' ';
    line += last;
    line += ',';
    line += unit.kind;
    line += ',';
    line += unit.parent == kNone ? "" : outline.units[unit.parent].path;
    line += ',';
    line += unit.affair == 0 ? "" : std::to_string(unit.affair);
    line += ',';
    line += std::to_string(unit.workload);
    line += ",ilustratif\n";
    if (!pieces.add(line)) return;
  }
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

constexpr std::string_view kGovernmentsOfOne = "[kabkota, 99/pemprov]", kGovernmentsOfMany = "[kabkota, pemprov]";

std::string aggregation_text(const OutlineMeasure& measure) {
  std::string text = "{cara: " + std::string(to_string(measure.aggregation));
  if (measure.aggregation == Aggregation::ratio) {
    text += ", pembilang: " + operand_code(measure, false) + ", penyebut: " + operand_code(measure, true);
  }
  return text + (measure.missing_as_zero ? ", data_hilang: nol}" : "}");
}

std::string measure_text(const ProvinceSpec& spec, const Outline& outline, std::size_t affair) {
  const OutlineMeasure& measure = outline.measures[affair - 1];
  std::string text = "    - kode: " + measure.code + "\n";
  text += "      uraian: Ukuran urusan " + std::to_string(affair) + "\n";
  text += "      definisi: {uraian: Hasil kerja urusan " + std::to_string(affair) + " dalam setahun}\n";
  text += "      sumber: tiruan\n      pengampu: " + outline.units[outline.governments.front()].path + "\n";
  text += "      satuan: " + std::string(measure.unit_name) + "\n";
  text += measure.lower ? "      polaritas: turun\n" : "      polaritas: naik\n";
  if (measure.lower || measure.cap) {
    text += std::string("      capaian: {rumus: ") + (measure.lower ? "L1" : "H1");
    text += measure.cap ? ", batas: " + std::to_string(*measure.cap) + "}\n" : "}\n";
  }
  // The operands of a ratio accumulate, not the ratio.
  if (measure.aggregation != Aggregation::ratio) {
    text += "      akumulasi: " + std::string(to_string(measure.accumulation)) + "\n";
  }
  text += "      frekuensi: " + std::string(to_string(spec.frequency)) + "\n";
  text += "      agregasi: " + aggregation_text(measure) + "\n";
  text += "      langkah: " + measure.step.to_string() + "\n";
  text += "      baseline: {" + std::to_string(spec.year - 1) + ": " + measure.baseline.to_string() + "}\n";
  text += "      target: {" + std::to_string(spec.year) + ": " + measure.target.to_string() + "}\n";
  text += "      kaskade:\n";
  if (spec.provinces > 1) {
    text += rung("provinsi", measure.method);
    text += rung(std::string(kGovernmentsOfMany), measure.top_method);
  } else {
    text += rung(std::string(kGovernmentsOfOne), measure.top_method);
  }
  text += rung("{jenis: opd, dengan: {urusan: " + std::to_string(affair) + "}}", measure.method);
  for (const char* kind : {"bidang", "seksi", "jabatan"}) {
    text += rung(kind, measure.method);
  }
  return text;
}

std::string baseline_line(const ProvinceSpec& spec, std::string_view code, const std::string& unit,
                          const std::string& figure) {
  return "    - {kode: " + std::string(code) + ", unit: \"" + unit + "\", baseline: {" + std::to_string(spec.year - 1) +
         ": " + figure + "}}\n";
}

// The share of governments, or provinces, that do well: which of them are to reach the mark follows from baselines.
std::string share_text(const ProvinceSpec& spec, const Outline& outline) {
  const std::vector<std::uint32_t>& below = spec.provinces > 1 ? outline.provinces : outline.governments;
  const std::string to = spec.provinces > 1 ? "provinsi" : std::string(kGovernmentsOfOne);
  const std::string mark = std::to_string(kShareMark);
  std::string text = "    - kode: " + std::string(kShareCode) + "\n";
  text +=
      "      uraian: Bagian pemerintah yang layanannya baik\n"
      "      definisi: {uraian: Indeks layanan paling sedikit " +
      mark + "}\n";
  text += "      sumber: tiruan\n      pengampu: " + outline.units[outline.governments.front()].path + "\n";
  text += "      satuan: persen\n      polaritas: naik\n      akumulasi: posisi\n      frekuensi: " +
          std::string(to_string(spec.frequency)) + "\n      agregasi: {cara: terpenuhi, ambang: " + mark + "}\n";
  text += "      langkah: 0.01\n      baseline: {" + std::to_string(spec.year - 1) + ": 40}\n      target: {" +
          std::to_string(spec.year) + ": 50}\n      kaskade:\n      - {ke: " + to + ", cara: pilih, ambang: " + mark +
          "}\n";
  for (std::size_t i = 0; i < below.size(); ++i) {
    text += baseline_line(spec, kShareCode, outline.units[below[i]].path, std::to_string(55 + i * 7 % 30));
  }
  return text;
}

// Holds: the agency of one district keeps a tenth less than an equal share. Crosscutting: an index is shared with the
// neighbouring agency.
std::string held_and_shared(const ProvinceSpec& spec, const Outline& outline) {
  std::string text;
  const auto agency = [](const std::string& government, std::size_t affair) {
    return "\"" + government + "/dinas-" + (affair < 10 ? "0" : "") + std::to_string(affair) + "\"";
  };
  // Of the first province: its governments follow one another.
  const std::size_t provinces = spec.provinces, governments = 1 + spec.districts / provinces;
  const std::string district = outline.units[outline.governments[1]].path;
  for (std::size_t affair = 1; affair <= outline.measures.size(); ++affair) {
    const OutlineMeasure& measure = outline.measures[affair - 1];
    if (affair % 8 == 3) {
      const std::int64_t share = static_cast<std::int64_t>(measure.target.mantissa()) /
                                 static_cast<std::int64_t>(provinces * governments) * 9 / 10;
      text += "    - {kode: " + measure.code + ", unit: " + agency(district, affair) + ", tahan: {" +
              std::to_string(spec.year) + ": {nilai: " + std::to_string(share) +
              ", alasan: pegawainya baru separuh terisi}}}\n";
    }
    if (affair % 8 != 2) continue;
    for (const std::uint32_t government : outline.governments) {
      const std::string& path = outline.units[government].path;
      if (path.find('/') != std::string::npos) continue;  // agencies of a province's own are one agency to the rules
      text += "    - {kode: " + measure.code + ", unit: " + agency(path, affair) +
              ", lintas_sektor: [{unit: " + agency(path, affair - 1) + ", diterima: ya}]}\n";
    }
  }
  return text;
}

std::string document(const ProvinceSpec& spec, const Outline& outline) {
  std::string text = std::string("jenjang: 1\ndokumen: RPD\nkode: RPD-99\njudul: RPD ") +
                     (spec.provinces > 1 ? "negara" : "provinsi") +
                     " tiruan\nunit: \"99\"\nperiode: " + std::to_string(spec.year) + ".." + std::to_string(spec.year) +
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
      text += baseline_line(spec, measure.code, outline.units[outline.governments[g]].path,
                            measure.baselines[g].to_string());
    }
  }
  if (spec.varied) text += share_text(spec, outline) + held_and_shared(spec, outline);
  return text;
}

void add_holdings(const Outline& outline, Pieces& pieces) {
  pieces.add("jabatan,pegawai,dari,sampai\n");
  for (const OutlineHolding& holding : outline.holdings) {
    const std::string line = outline.path(holding.unit) + "," + holding.person + "," + holding.from.to_string() + "," +
                             (holding.until ? holding.until->to_string() : "") + "\n";
    if (!pieces.add(line)) return;
  }
}

}  // namespace
}  // namespace synthetic

bool stream_province(const ProvinceSpec& spec, const TakePiece& take) {
  using namespace synthetic;
  const Outline outline = make_outline(spec);
  Pieces pieces(take);
  pieces.open("jenjang.yaml");
  pieces.add(manifest(spec, outline));
  pieces.open("data/unit.csv");
  add_units(outline, false, pieces);
  pieces.open("data/jabatan.csv");
  add_units(outline, true, pieces);
  pieces.open("dokumen/rpd-99.yaml");
  pieces.add(document(spec, outline));
  if (spec.holdings) {
    pieces.open("data/pemangku.csv");
    add_holdings(outline, pieces);
  }
  for (std::size_t p = 0; spec.facts && p < outline.provinces.size(); ++p) {
    pieces.open(facts_file(outline, p));
    if (!write_facts(spec, outline, p, [&](std::string_view line) { return pieces.add(line); })) return false;
  }
  return pieces.flush();
}

std::vector<GeneratedFile> write_province(const ProvinceSpec& spec) {
  std::vector<GeneratedFile> files;
  stream_province(spec, [&files](const std::string& path, std::string_view piece) {
    if (files.empty() || files.back().path != path) files.push_back({path, {}});
    files.back().text += piece;
    return true;
  });
  return files;
}

}  // namespace jenjang
