// `jam`: limits in working days on the states of a workflow, and the rates made from them.
#include <algorithm>
#include <set>

#include "jenjang/base/text.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

constexpr std::array<std::string_view, 2> kFirstDayWords{"tidak", "ikut"};
constexpr std::array<std::string_view, 2> kJointLeaveWords{"kerja", "libur"};
// Ten years of working days; anything longer is a slip of the pen.
constexpr std::int64_t kMostDays = 2600;

template <class List>
bool holds(const List& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

class ClockReader {
public:
  ClockReader(PackClock& clock, const Workflow& flow, const Basis& basis, DiagnosticSink& sink)
      : clock_(clock), flow_(flow), basis_(basis), sink_(sink) {}

  std::vector<std::string> read_states(FieldReader& fields, std::string_view key) {
    return known_of(fields.text_list(key), "keadaan", flow_.state_codes());
  }

  void read_limits(const YamlNode& list) {
    if (!expect_list(list, "batas", sink_)) return;
    std::set<std::string, std::less<>> codes;
    for (const YamlNode& item : list.items) {
      FieldReader fields(item, "batas", sink_);
      if (!fields.is_map()) continue;
      ClockLimit limit;
      const auto code = fields.required_text("kode");
      if (const auto title = fields.text("judul")) limit.title = title->value;
      const auto item_class = fields.text("kelas");
      const auto from = fields.required_text("dari");
      const auto until_words = fields.text_list("sampai");
      const auto days = fields.whole("hari_kerja");
      const Basis own = own_basis(fields, "batas", code);
      fields.finish();
      if (until_words.empty()) report_required(item.span, "batas", "sampai", sink_);
      if (!days && item.find("hari_kerja") == nullptr) report_required(item.span, "batas", "hari_kerja", sink_);
      if (!code || !from || !days || !note_unique(codes, *code, "batas", sink_)) continue;
      if (days->value < 1 || days->value > kMostDays) {
        sink_.report(make_diagnostic(Code::J1413, days->span)
                         .arg("apa", "hari_kerja")
                         .arg("nilai", std::to_string(days->value))
                         .arg("boleh", "1.." + std::to_string(kMostDays)));
        continue;
      }
      limit.code = code->value;
      limit.span = code->span;
      limit.working_days = static_cast<int>(days->value);
      limit.article = own.article;
      limit.unverified = own.unverified;
      if (item_class && known_of({*item_class}, "kelas", clock_.classes).empty()) continue;
      if (item_class) limit.item_class = item_class->value;
      if (known_of({*from}, "keadaan", flow_.state_codes()).empty()) continue;
      limit.from = from->value;
      limit.until = known_of(until_words, "keadaan", flow_.state_codes());
      if (limit.until.empty()) continue;
      check_can_stop(limit);
      clock_.limits.push_back(std::move(limit));
    }
  }

  void read_denominators(const YamlNode& list) {
    if (!expect_list(list, "penyebut", sink_)) return;
    std::set<std::string, std::less<>> codes;
    for (const YamlNode& item : list.items) {
      FieldReader fields(item, "penyebut", sink_);
      if (!fields.is_map()) continue;
      ClockDenominator part;
      const auto code = fields.required_text("kode");
      if (const auto title = fields.text("judul")) part.title = title->value;
      const std::vector<std::string> only = read_states(fields, "keadaan");
      const std::vector<std::string> without = read_states(fields, "kecuali");
      const Basis own = own_basis(fields, "penyebut", code);
      fields.finish();
      if (!code || !note_unique(codes, *code, "penyebut", sink_)) continue;
      part.code = code->value;
      part.span = code->span;
      part.article = own.article;
      part.unverified = own.unverified;
      for (std::string& state : flow_.state_codes()) {
        if ((only.empty() || holds(only, state)) && !holds(without, state)) part.states.push_back(std::move(state));
      }
      clock_.denominators.push_back(std::move(part));
    }
  }

  void read_rates(const YamlNode& list) {
    if (!expect_list(list, "tingkat", sink_)) return;
    std::set<std::string, std::less<>> codes;
    for (const YamlNode& item : list.items) {
      FieldReader fields(item, "tingkat", sink_);
      if (!fields.is_map()) continue;
      ClockRate rate;
      const auto code = fields.required_text("kode");
      if (const auto title = fields.text("judul")) rate.title = title->value;
      if (const auto unit = fields.text("satuan")) rate.unit_name = unit->value;
      if (const auto kind = fields.choice("cara", kRateKindWords)) rate.kind = static_cast<RateKind>(kind->value);
      const bool counts = rate.kind == RateKind::count || rate.kind == RateKind::overdue;
      if (counts) rate.print.places = 0;
      rate.print = read_rounding(fields, "cetak", rate.print, sink_);
      const Basis own = own_basis(fields, "tingkat", code);
      rate.article = own.article;
      rate.unverified = own.unverified;
      if (code) rate.code = code->value, rate.span = code->span;
      const bool read = read_parts(fields, item, rate);
      fields.finish();
      if (!code || !note_unique(codes, *code, "tingkat", sink_) || !read) continue;
      if (rate.unit_name.empty()) rate.unit_name = default_unit(rate.kind);
      check_numerator(rate);
      clock_.rates.push_back(std::move(rate));
    }
  }

private:
  Basis own_basis(FieldReader& fields, std::string_view what, const std::optional<LocatedText>& code) {
    const Basis own = read_basis(fields, basis_, what, sink_);
    if (code) require_basis(own, code->span, std::string(what) + " " + code->value, sink_);
    return own;
  }

  // Those of the words that are among the known ones; the others are reported.
  std::vector<std::string> known_of(const std::vector<LocatedText>& words, std::string_view what,
                                    const std::vector<std::string>& known) {
    std::vector<std::string> found;
    for (const LocatedText& word : words) {
      if (!holds(known, word.value)) {
        report_unknown(word.span, what, word.value, known, sink_);
      } else if (holds(found, word.value)) {
        sink_.report(make_diagnostic(Code::J1410, word.span).arg("apa", what).arg("kode", word.value));
      } else {
        found.push_back(word.value);
      }
    }
    return found;
  }

  // Keys by kind of rate: states and a denominator, or limits. A key of another kind is refused as unknown.
  bool read_parts(FieldReader& fields, const YamlNode& item, ClockRate& rate) {
    const bool by_state = rate.kind == RateKind::share || rate.kind == RateKind::count;
    if (by_state) {
      rate.numerator = read_states(fields, "pembilang");
      if (item.find("pembilang") == nullptr) report_required(item.span, "tingkat", "pembilang", sink_);
      if (rate.numerator.empty()) return false;
    }
    if (rate.kind == RateKind::share) {
      const std::vector<std::string> known = texts_of(clock_.denominators, &ClockDenominator::code);
      const auto denominator = fields.required_text("penyebut");
      rate.beside = known_of(fields.text_list("ragam"), "penyebut", known);
      if (!denominator || known_of({*denominator}, "penyebut", known).empty()) return false;
      rate.denominator = denominator->value;
    }
    if (rate.kind == RateKind::in_time || rate.kind == RateKind::mean_days || rate.kind == RateKind::overdue) {
      const std::vector<std::string> known = texts_of(clock_.limits, &ClockLimit::code);
      rate.limits = known_of(fields.text_list("batas"), "batas", known);
      if (item.find("batas") == nullptr) report_required(item.span, "tingkat", "batas", sink_);
      if (rate.limits.empty()) return false;
    }
    return true;
  }

  static std::string default_unit(RateKind kind) {
    if (kind == RateKind::share || kind == RateKind::in_time) return "persen";
    if (kind == RateKind::mean_days) return "hari kerja";
    return kind == RateKind::mean_figure ? "nilai" : "laporan";
  }

  // A share above one hundred percent would only show in the figures, long after.
  void check_numerator(const ClockRate& rate) {
    if (rate.kind != RateKind::share) return;
    std::vector<std::string> all{rate.denominator};
    all.insert(all.end(), rate.beside.begin(), rate.beside.end());
    for (const std::string& code : all) {
      for (const std::string& state : rate.numerator) {
        if (holds(clock_.denominator(code)->states, state)) continue;
        sink_.report(make_diagnostic(Code::J1446, rate.span)
                         .arg("tingkat", rate.code)
                         .arg("keadaan", state)
                         .arg("penyebut", code));
      }
    }
  }

  // Some way leads from the start to a stop; workflows have a handful of states, so rounds are cheap.
  void check_can_stop(const ClockLimit& limit) {
    std::set<std::string, std::less<>> reached{limit.from};
    for (bool grows = true; grows;) {
      grows = false;
      for (const WorkflowStep& step : flow_.steps) {
        if (reached.contains(step.from) && reached.insert(step.to).second) grows = true;
      }
    }
    std::string words;
    for (const std::string& state : limit.until) {
      if (state != limit.from && reached.contains(state)) return;
      words += (words.empty() ? "" : ", ") + state;
    }
    sink_.report(make_diagnostic(Code::J1445, limit.span)
                     .arg("batas", limit.code)
                     .arg("alur", flow_.id)
                     .arg("dari", limit.from)
                     .arg("sampai", words));
  }

  PackClock& clock_;
  const Workflow& flow_;
  const Basis& basis_;
  DiagnosticSink& sink_;
};

void read_clock(const YamlNode& item, const Basis& basis, Pack& pack, std::set<std::string, std::less<>>& codes,
                DiagnosticSink& sink) {
  FieldReader fields(item, "jam", sink);
  if (!fields.is_map()) return;
  PackClock clock;
  const auto code = fields.required_text("kode");
  if (const auto title = fields.text("judul")) clock.title = title->value;
  const Basis own = read_basis(fields, basis, "jam", sink, &clock.note);
  clock.article = own.article;
  clock.unverified = own.unverified;
  const auto flow_name = fields.required_text("alur");
  const auto calendar = fields.required_text("kalender");
  for (LocatedText& word : fields.text_list("kelas")) clock.classes.push_back(std::move(word.value));
  if (const auto word = fields.choice("hari_pertama", kFirstDayWords)) clock.counts_first_day = word->value == 1;
  if (const auto word = fields.choice("cuti_bersama", kJointLeaveWords)) clock.joint_leave_is_off = word->value == 1;
  const YamlNode* limits = fields.take("batas");
  const YamlNode* denominators = fields.take("penyebut");
  const YamlNode* rates = fields.take("tingkat");
  if (code) clock.id = code->value, clock.span = code->span;
  if (calendar) clock.calendar = calendar->value, clock.calendar_span = calendar->span;
  const auto flow = flow_name ? std::find_if(pack.workflows.begin(), pack.workflows.end(),
                                             [&](const Workflow& one) { return one.id == flow_name->value; })
                              : pack.workflows.end();
  if (flow == pack.workflows.end()) {
    const std::vector<std::string> known = texts_of(pack.workflows, &Workflow::id);
    if (flow_name) report_unknown(flow_name->span, "alur", flow_name->value, known, sink);
    fields.take("berhenti_pada");
    fields.take("eskalasi");
    fields.finish();
    return;
  }
  clock.workflow = flow->id;
  ClockReader reader(clock, *flow, own, sink);
  clock.pauses = reader.read_states(fields, "berhenti_pada");
  const std::vector<std::string> raised = reader.read_states(fields, "eskalasi");
  if (!raised.empty()) clock.escalation = raised.front();
  fields.finish();
  if (limits == nullptr) report_required(item.span, "jam", "batas", sink);
  if (!code || !calendar || limits == nullptr || !note_unique(codes, *code, "jam", sink)) return;
  reader.read_limits(*limits);
  if (denominators != nullptr) reader.read_denominators(*denominators);
  if (rates != nullptr) reader.read_rates(*rates);
  pack.clocks.push_back(std::move(clock));
}

}  // namespace

void read_clocks(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "jam", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) read_clock(item, basis, pack, codes, sink);
}

}  // namespace jenjang
