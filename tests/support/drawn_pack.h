// Random packs: small worksheets of every shape a template may have.
#pragma once

#include <cstdlib>
#include <string>

#include "jenjang/rules/pack.h"

#include "tests/support/drawn_plan.h"

namespace jenjang::testing {

// A small pack of any shape: every aggregation a template may have, weights, points, missing answers, ungraded labels.
inline std::string drawn_pack(Dice& dice) {
  const bool points = dice.once_in(2);
  const char* top = points ? "jumlah" : dice.one_of<const char*>({"rata-rata", "minimum", "maksimum", "jumlah"});
  const char* middle = points ? "jumlah" : dice.one_of<const char*>({"rata-rata", "minimum", "maksimum"});
  const char* low = dice.one_of<const char*>({"rata-rata", "rata-rata", "minimum", "maksimum", "jumlah"});
  const char* missing = dice.one_of<const char*>({"ketat", "lewati", "nol"});
  const bool weighted = dice.once_in(2);
  std::string text =
      "jenjang: 1\npaket: uji\njudul: uji\nstatus: belum-diverifikasi\nskala:\n"
      "- {kode: pita, jenis: pita, putus_pada: setengah-ke-atas/1, batas_milik: " +
      std::string(dice.once_in(2) ? "bawah" : "atas") +
      ", pita: [{label: A, batas: 40}, {label: B, batas: 20}, {label: C, batas: terbuka}]}\n"
      "- {kode: abc, jenis: tingkat, tidak_dinilai: [n/a], nilai: [{label: a, poin: 100}, {label: b, poin: 37.5}, "
      "{label: c, poin: 0}]}\n"
      "- {kode: yt, jenis: tingkat, nilai: [{label: ya, poin: 1}, {label: tidak, poin: 0}]}\n"
      "templat:\n- kode: t\n  akar: total\n  data_hilang: " +
      missing + "\n  pembulatan: setengah-ke-atas/2\n  cara: {total: " + top + ", komponen: " + middle +
      ", subkomponen: " + low + "}\n  skala: {total: pita, kriteria: abc}\n";
  if (points) text += "  poin_dari: subkomponen\n  nilai_penuh: " + std::string(dice.once_in(2) ? "100" : "40") + "\n";
  std::string body;
  int total = 0;
  const int components = 1 + dice.below(3);
  for (int c = 1; c <= components; ++c) {
    std::string below;
    int sum = 0;
    const int subs = 1 + dice.below(3);
    for (int s = 1; s <= subs; ++s) {
      const int weight = 1 + dice.below(9);
      sum += weight;
      const std::string code = std::to_string(c) + "." + std::to_string(s);
      below += "    - kode: " + code + "\n";
      if (points || weighted) below += "      bobot: " + std::to_string(weight) + "\n";
      if (dice.once_in(3)) below += "      tabel: bagian\n";
      const int leaves = 1 + dice.below(5);
      const bool leaf_weights = weighted && dice.once_in(2);
      int leaf_sum = 0;
      std::string criteria;
      for (int k = 1; k <= leaves; ++k) {
        const int leaf = 1 + dice.below(4);
        leaf_sum += leaf;
        criteria += "      - {kode: " + code + "." + std::to_string(k) +
                    (leaf_weights ? ", bobot: " + std::to_string(leaf) : "") + "}\n";
      }
      if (leaf_weights) below += "      jumlah_bobot: " + std::to_string(leaf_sum) + "\n";
      below += "      kriteria:\n" + criteria;
    }
    total += sum;
    body += "  - kode: \"" + std::to_string(c) + "\"\n";
    if (points || weighted) body += "    bobot: " + std::to_string(sum) + "\n";
    if (weighted && !points) body += "    jumlah_bobot: " + std::to_string(sum) + "\n";
    body += "    subkomponen:\n" + below;
  }
  if (points || weighted) text += "  jumlah_bobot: " + std::to_string(total) + "\n";
  return text + "  komponen:\n" + body +
         "  mode:\n  - {kode: S, jawaban: yt, aturan: syarat-kriteria}\n"
         "  - {kode: R, jawaban: abc, aturan: rata-rata-nilai}\n"
         "  tabel_bagian:\n  - kode: bagian\n    skala: abc\n    baris:\n"
         "    - {nilai: a, paling_sedikit: 1, pertimbangan: [puji]}\n    - {nilai: b, paling_sedikit: 1/2}\n"
         "    - {nilai: c, kurang_dari: 1/2}\n";
}

// The text of a pack `uji`, read as from a folder.
class LoadedPack {
public:
  explicit LoadedPack(const std::string& text) {
    KeptFiles files;
    files.keep("paket/uji/pack.yaml", text);
    SourceMap sources;
    DiagnosticSink sink;
    if (!packs_.load_folder("paket", sources, sink, files)) std::abort();  // a slip in drawn_pack
  }
  [[nodiscard]] const PackLibrary& packs() const { return packs_; }
  [[nodiscard]] const Pack& pack() const { return *packs_.find("uji"); }

private:
  PackLibrary packs_;
};

}  // namespace jenjang::testing
