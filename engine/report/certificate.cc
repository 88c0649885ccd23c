#include "jenjang/report/certificate.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace jenjang {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormatVersion = 1;

std::string exact(const Rational& value) {
  return value.to_string();
}
std::string share(std::int64_t num, std::int64_t den) {
  return std::to_string(num) + "/" + std::to_string(den);
}

// Names of the ways to combine, as a plan writes them.
std::string_view word_of(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::sum:
      return "jumlah";
    case Aggregation::minimum:
      return "minimum";
    case Aggregation::maximum:
      return "maksimum";
    default:
      return "rata-rata";
  }
}
std::string_view word_of(MissingPolicy policy) {
  switch (policy) {
    case MissingPolicy::skip:
      return "lewati";
    case MissingPolicy::zero:
      return "nol";
    default:
      return "ketat";
  }
}

class Certificate {
public:
  Certificate(const Pack& pack, const PackTemplate& tmpl, const ScoringMode& mode, const LanedWorksheet& sheet)
      : pack_(pack),
        tmpl_(tmpl),
        mode_(mode),
        sheet_(sheet),
        answers_(sheet.effective(ReviewLane::assessor)),
        score_(score_sheet(pack, tmpl, &mode, answers_)) {}

  [[nodiscard]] const SheetScore& score() const { return score_; }

  Json nodes() const {
    Json list = Json::array();
    for (std::size_t i = 0; i < tmpl_.nodes.size(); ++i) {
      list.push_back(is_leaf(i) ? leaf(i) : inner(i));
    }
    return list;
  }
  Json tables() const {
    Json all = Json::object();
    for (const ShareTable& table : tmpl_.share_tables) {
      Json rows = Json::array();
      for (const ShareRow& row : table.rows) {
        rows.push_back({{"nilai", row.grade},
                        {"poin", row.points.to_string()},
                        {"dari", share(row.low_num, row.low_den)},
                        {"dari_termasuk", row.low_closed},
                        {"sampai", share(row.high_num, row.high_den)},
                        {"sampai_termasuk", !row.high_open},
                        {"pertimbangan", row.judgements},
                        {"pasal", row.article}});
      }
      all[table.id] = std::move(rows);
    }
    return all;
  }
  // Scales of answers, with the points of each.
  Json grades() const {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < tmpl_.nodes.size(); ++i) {
      if (is_leaf(i)) ids.insert(scale_of(i));
    }
    Json all = Json::object();
    for (const std::string& id : ids) {
      const Scale* scale = pack_.scale(id);
      if (scale == nullptr) continue;
      Json points = Json::object();
      for (std::size_t i = 0; i < scale->grades.size(); ++i) {
        points[scale->grades[i].label] = scale->grades[i].points.value_or(Decimal(scale->rank(i))).to_string();
      }
      all[id] = {{"poin", std::move(points)}, {"tidak_dinilai", scale->ungraded}, {"pasal", scale->article}};
    }
    return all;
  }
  Json bands() const {
    const Scale* scale = pack_.scale(tmpl_.nodes.front().scale);
    if (scale == nullptr || scale->kind != Scale::Kind::bands) return nullptr;
    Json cuts = Json::array();
    for (const Band& band : scale->bands) {
      cuts.push_back({{"label", band.label}, {"batas", band.above ? Json(band.above->to_string()) : Json(nullptr)}});
    }
    return {{"kode", scale->id},
            {"pita", std::move(cuts)},
            {"batas_milik", scale->open_below ? "bawah" : "atas"},
            {"putus_pada", rounding(scale->decide_on)},
            {"pasal", scale->article}};
  }
  static std::string rounding(const Rounding& rule) {
    std::string text(to_string(rule.mode));
    if (rule.mode != RoundingMode::exact) text += "/" + std::to_string(rule.places);
    return text;
  }

private:
  [[nodiscard]] bool is_leaf(std::size_t index) const {
    return std::ranges::none_of(tmpl_.nodes, [&](const TemplateNode& node) { return node.parent == index; });
  }
  [[nodiscard]] std::string scale_of(std::size_t index) const {
    const TemplateNode& node = tmpl_.nodes[index];
    return node.own_scale || mode_.answers.empty() ? node.scale : mode_.answers;
  }
  [[nodiscard]] std::string answer(const std::string& code) const {
    const auto found = answers_.find(code);
    return found == answers_.end() ? std::string() : found->second;
  }

  Json leaf(std::size_t index) const {
    const TemplateNode& node = tmpl_.nodes[index];
    Json json{{"kode", node.code}, {"uraian", node.title}, {"jawaban", answer(node.code)}, {"skala", scale_of(index)}};
    const std::optional<Rational>& value = score_.nodes[index].value;
    json["nilai"] = value ? Json(exact(*value)) : Json(nullptr);
    if (const std::size_t held = score_.nodes[index].held_by; held != SIZE_MAX) {
      json["ditahan_oleh"] = tmpl_.nodes[held].code;
    }
    if (const CriterionRow* row = sheet_.find(node.code)) {
      json["bukti"] = row->evidence;
      json["letak"] = row->place;
      json["sidik"] = row->digest;
    }
    return json;
  }

  Json inner(std::size_t index) const {
    const TemplateNode& node = tmpl_.nodes[index];
    const SheetNode& found = score_.nodes[index];
    Json parts = Json::array();
    for (std::size_t i = index + 1; i < tmpl_.nodes.size(); ++i) {
      if (tmpl_.nodes[i].parent == index) {
        parts.push_back({{"kode", tmpl_.nodes[i].code}, {"bobot", tmpl_.nodes[i].weight.to_string()}});
      }
    }
    Json json{{"kode", node.code}, {"uraian", node.title}, {"bagian", std::move(parts)}};
    const ShareTable* table = mode_.rule == "syarat-kriteria" ? tmpl_.share_table_for(node.code) : nullptr;
    if (table != nullptr) {
      Json given = Json::array();
      for (const auto& [code, said] : answers_) {
        if (code.rfind(node.code + "/", 0) == 0 && said == "ya") given.push_back(code.substr(node.code.size() + 1));
      }
      json["cara"] = "tabel";
      json["tabel"] = table->id;
      json["pertimbangan"] = std::move(given);
    } else {
      json["cara"] = word_of(node.aggregation);
    }
    json["data_hilang"] = word_of(node.missing);
    json["faktor"] = node.factor.to_string();
    json["pembulatan_antara"] = node.rounding ? Json(rounding(*node.rounding)) : Json(nullptr);
    json["nilai"] = found.value ? Json(exact(*found.value)) : Json(nullptr);
    json["pasal"] = node.article.empty() ? tmpl_.article : node.article;
    json["belum_diverifikasi"] = node.unverified;
    return json;
  }

  const Pack& pack_;
  const PackTemplate& tmpl_;
  const ScoringMode& mode_;
  const LanedWorksheet& sheet_;
  SheetAnswers answers_;
  SheetScore score_;
};

}  // namespace

Result<std::string> write_certificate(const CertificateSubject& subject, const Pack& pack, const PackTemplate& tmpl,
                                      const ScoringMode& mode, const LanedWorksheet& sheet) {
  const Certificate certificate(pack, tmpl, mode, sheet);
  const SheetScore& score = certificate.score();
  if (!score.total() || !score.printed) {
    return make_diagnostic(Code::J3111, {})
        .arg("lembar", subject.worksheet)
        .arg("kode", score.nodes.empty() ? "" : score.nodes.front().missing);
  }
  Json json{
      {"format_version", kFormatVersion},
      {"jenis", "sertifikat-nilai"},
      {"lembar_kerja", subject.worksheet},
      {"judul", subject.title},
      {"unit", subject.unit},
      {"periode", subject.period},
      {"ilustratif", subject.illustrative},
      {"sidik_lembar_kerja", subject.digest},
      {"paket", {{"kode", pack.id}, {"judul", pack.title}, {"instrumen", pack.instrument}, {"status", pack.status}}},
      {"templat", tmpl.id},
      {"mode", {{"kode", mode.id}, {"aturan", mode.rule}, {"pasal", mode.article}}},
      {"skala_jawaban", certificate.grades()},
      {"tabel", certificate.tables()},
      {"simpul", certificate.nodes()},
      {"nilai", score.total()->to_string()},
      {"pembulatan", Certificate::rounding(tmpl.rounding)},
      {"nilai_tercetak", score.printed->to_string()},
      {"skala_predikat", certificate.bands()},
      {"predikat", score.predicate}};
  return json.dump(2) + "\n";
}

}  // namespace jenjang
