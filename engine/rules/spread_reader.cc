// `sebaran`: how staff predicates may be distributed under an organisation's predicate.
#include <algorithm>

#include "jenjang/base/text.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

std::vector<std::string> labels_of(const Scale& scale) {
  return texts_of(scale.grades, &GradePoint::label);
}

bool overlaps(const SpreadDemand& a, const SpreadDemand& b) {
  const auto in = [](const SpreadDemand& whole) {
    return [&](const std::string& label) {
      return std::find(whole.labels.begin(), whole.labels.end(), label) != whole.labels.end();
    };
  };
  const auto shared = std::count_if(a.labels.begin(), a.labels.end(), in(b));
  return shared != 0 && shared != static_cast<std::ptrdiff_t>(a.labels.size()) &&
         shared != static_cast<std::ptrdiff_t>(b.labels.size());
}

class SpreadReader {
public:
  SpreadReader(const Pack& pack, DiagnosticSink& sink) : pack_(pack), sink_(sink) {}

  std::optional<PackSpread> read(const YamlNode& item, const Basis& outer, std::set<std::string, std::less<>>& codes) {
    FieldReader fields(item, "sebaran", sink_);
    if (!fields.is_map()) return std::nullopt;
    const auto code = fields.required_text("kode");
    if (!code) return std::nullopt;
    note_unique(codes, *code, "sebaran", sink_);
    spread_ = PackSpread{};
    spread_.id = code->value;
    spread_.span = code->span;
    if (const auto title = fields.required_text("judul")) spread_.title = title->value;
    organisation_ = scale(fields, "skala_organisasi", spread_.organisation_scale);
    staff_ = scale(fields, "skala", spread_.staff_scale);
    const Basis own = read_basis(fields, outer, "sebaran " + spread_.id, sink_, &spread_.note);
    require_basis(own, code->span, "sebaran " + spread_.id, sink_);
    spread_.article = own.article;
    spread_.unverified = own.unverified;
    if (const YamlNode* rows = fields.take("baris"); rows == nullptr) {
      report_required(item.span, "sebaran", "baris", sink_);
    } else if (expect_list(*rows, "baris", sink_)) {
      std::set<std::string, std::less<>> seen;
      for (const YamlNode& row : rows->items) read_row(row, own, seen);
    }
    fields.finish();
    return std::move(spread_);
  }

private:
  const Scale* scale(FieldReader& fields, std::string_view key, std::string& id) {
    const auto text = fields.required_text(key);
    if (!text) return nullptr;
    id = text->value;
    const Scale* found = pack_.scale(id);
    if (found != nullptr && found->kind == Scale::Kind::grades) return found;
    std::vector<std::string> known;
    for (const Scale& one : pack_.scales) {
      if (one.kind == Scale::Kind::grades) known.emplace_back(local_id(one.id));
    }
    report_unknown(text->span, "skala", id, known, sink_);
    return nullptr;
  }

  void check_label(const Scale* scale, const LocatedText& label) {
    if (scale != nullptr && !scale->find_grade(label.value)) {
      report_unknown(label.span, "predikat", label.value, labels_of(*scale), sink_);
    }
  }

  void read_row(const YamlNode& item, const Basis& outer, std::set<std::string, std::less<>>& seen) {
    FieldReader fields(item, "baris", sink_);
    if (!fields.is_map()) return;
    SpreadRow row;
    row.span = item.span;
    if (const auto label = fields.required_text("organisasi")) {
      row.organisation = label->value;
      row.span = label->span;
      check_label(organisation_, *label);
      note_unique(seen, *label, "baris", sink_);
    }
    if (const YamlNode* demands = fields.take("tuntutan"); demands == nullptr) {
      report_required(item.span, "baris", "tuntutan", sink_);
    } else if (expect_list(*demands, "tuntutan", sink_)) {
      for (const YamlNode& demand : demands->items) read_demand(demand, outer, row);
    }
    fields.finish();
    spread_.rows.push_back(std::move(row));
  }

  void read_demand(const YamlNode& item, const Basis& outer, SpreadRow& row) {
    FieldReader fields(item, "tuntutan", sink_);
    if (!fields.is_map()) return;
    SpreadDemand demand;
    demand.span = item.span;
    for (LocatedText& label : fields.text_list("label")) {
      check_label(staff_, label);
      demand.labels.push_back(std::move(label.value));
    }
    if (demand.labels.empty()) report_required(item.span, "tuntutan", "label", sink_);
    if (const auto largest = fields.flag("terbesar")) demand.largest = largest->value;
    if (const auto most = read_fraction(fields, "paling_banyak", sink_)) demand.at_most = {most->num, most->den};
    if (const auto least = read_fraction(fields, "paling_sedikit", sink_)) demand.at_least = {least->num, least->den};
    if (const auto count = fields.whole("paling_sedikit_orang")) demand.at_least_count = count->value;
    const Basis own = read_basis(fields, outer, "tuntutan " + row.organisation, sink_);
    demand.article = own.article;
    demand.unverified = own.unverified;
    fields.finish();
    if (!demand.largest && !demand.at_most && !demand.at_least && !demand.at_least_count) {
      sink_.report(make_diagnostic(Code::J1441, demand.span)
                       .arg("organisasi", row.organisation)
                       .arg("boleh", "terbesar, paling_banyak, paling_sedikit, paling_sedikit_orang"));
    }
    // The smallest reassignment is exact on nested groups; and what two crossing groups mean together nobody wrote.
    for (const SpreadDemand& other : row.demands) {
      if (other.largest && demand.largest) {
        sink_.report(make_diagnostic(Code::J1410, demand.span).arg("apa", "terbesar").arg("kode", row.organisation));
      }
      if (overlaps(other, demand)) {
        sink_.report(make_diagnostic(Code::J1440, demand.span)
                         .arg("organisasi", row.organisation)
                         .related(other.span, "kelompok yang bersilangan", "the group it crosses"));
      }
    }
    row.demands.push_back(std::move(demand));
  }

  const Pack& pack_;
  DiagnosticSink& sink_;
  PackSpread spread_;
  const Scale* organisation_ = nullptr;
  const Scale* staff_ = nullptr;
};

}  // namespace

const SpreadRow* PackSpread::row(std::string_view organisation) const {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const SpreadRow& row) { return row.organisation == organisation; });
  return found == rows.end() ? nullptr : &*found;
}

void read_spreads(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "sebaran", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    if (auto spread = SpreadReader(pack, sink).read(item, basis, codes)) pack.spreads.push_back(*std::move(spread));
  }
}

}  // namespace jenjang
