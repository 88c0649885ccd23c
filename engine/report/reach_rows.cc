#include <algorithm>

#include "jenjang/report/reach.h"

namespace jenjang {
namespace {

// More than these help nobody; the row before them says how many there are.
constexpr std::size_t kShownLosses = 10;

class ReachRowMaker {
public:
  ReachRowMaker(const PackTemplate& tmpl, const SheetReach& reach, Language language)
      : tmpl_(tmpl), reach_(reach), language_(language) {}

  std::vector<ReachRow> make(const std::vector<ReachGate>& gates) {
    ReachRow& now = add("kini");
    now.code = tmpl_.nodes.front().code;
    now.title = tmpl_.title;
    now.value = figure(*reach_.now.total());
    now.predicate = reach_.now.predicate;
    if (!reach_.unanswered.empty()) {
      now.note = std::to_string(reach_.unanswered.size()) +
                 say(" kriteria belum terjawab, dihitung terburuk", " criteria not answered, counted as worst");
    }
    ReachRow& wanted = add("diminta");
    wanted.value = reach_.least_figure.to_string();
    wanted.predicate = reach_.wanted;
    if (reach_.default_costs) {
      wanted.note = say("biaya bawaan 1 untuk setiap satu tingkat yang lebih baik",
                        "default cost 1 for each grade that is better");
    }
    if (reach_.plans.empty()) {
      ReachRow& best = add("terbaik");
      best.value = figure(reach_.most_total);
      best.predicate = reach_.most_predicate;
      best.note = say("bila semua yang dapat dinaikkan dinaikkan", "with everything raised that can be");
    }
    for (std::size_t p = 0; p < reach_.plans.size(); ++p) add_plan(p);
    add_proof();
    for (const ReachGate& gate : gates) add_gate(gate);
    if (reach_.margin) add_margin(*reach_.margin);
    return std::move(rows_);
  }

private:
  [[nodiscard]] std::string say(const char* id, const char* en) const {
    return language_ == Language::indonesian ? id : en;
  }

  ReachRow& add(const char* kind) {
    rows_.emplace_back().kind = kind;
    return rows_.back();
  }

  [[nodiscard]] std::string figure(const Rational& value) const { return print_points(tmpl_, value); }

  [[nodiscard]] std::string title_of(const std::string& code) const {
    const std::size_t slash = code.find('/');
    const std::size_t node = tmpl_.find_node(code.substr(0, slash));
    if (node == SIZE_MAX) return {};
    if (slash == std::string::npos) return tmpl_.nodes[node].title;
    return tmpl_.nodes[node].title + ": " + code.substr(slash + 1);
  }

  void add_plan(std::size_t index) {
    const SheetPlan& plan = reach_.plans[index];
    const std::string number = std::to_string(index + 1);
    ReachRow& head = add("rencana");
    head.plan = number;
    head.cost = print_cost(plan.cost);
    head.value = figure(*plan.score.total());
    head.predicate = plan.score.predicate;
    if (plan.steps.empty()) {
      head.note = say("sudah tercapai; tidak ada yang perlu dinaikkan", "reached already; nothing needs to be raised");
    } else if (reach_.outcome.verdict == ReachOutcome::Verdict::stopped) {
      head.note = say("yang terbaik yang ditemukan, belum terbukti terkecil", "the best found, not proven least");
    } else {
      const std::string count = std::to_string(reach_.outcome.plan_count);
      head.note = reach_.outcome.count_is_least
                      ? say("salah satu dari sekurang-kurangnya ", "one of at least ") + count +
                            say(" rencana berbiaya terkecil", " plans of the least cost")
                      : say("salah satu dari ", "one of ") + count +
                            say(" rencana berbiaya terkecil", " plans of the least cost");
      if (reach_.outcome.plan_count == 1 && !reach_.outcome.count_is_least) {
        head.note = say("satu-satunya rencana berbiaya terkecil", "the only plan of the least cost");
      }
    }
    for (std::size_t s = 0; s < plan.steps.size(); ++s) {
      const SheetStep& step = plan.steps[s];
      ReachRow& row = add("langkah");
      row.plan = number;
      row.order = std::to_string(s + 1);
      row.code = step.code;
      row.title = title_of(step.code);
      row.from = step.from;
      row.to = step.to;
      row.cost = print_cost(step.cost);
    }
    for (std::size_t n = 1; n < tmpl_.nodes.size(); ++n) {
      const std::optional<Rational>&before = reach_.now.nodes[n].value, &after = plan.score.nodes[n].value;
      if (tmpl_.nodes[n].kind != ItemKind::sub_component || before == after || !before || !after) continue;
      ReachRow& row = add("subkomponen");
      row.plan = number;
      row.code = tmpl_.nodes[n].code;
      row.title = tmpl_.nodes[n].title;
      row.from = with_label(*before, reach_.now.nodes[n].label);
      row.to = with_label(*after, plan.score.nodes[n].label);
      row.value = figure(*after);
    }
  }

  [[nodiscard]] std::string with_label(const Rational& points, const std::string& label) const {
    return label.empty() ? figure(points) : label + " " + figure(points);
  }

  void add_proof() {
    if (reach_.outcome.verdict != ReachOutcome::Verdict::reached || reach_.plans.front().steps.empty()) return;
    const ReachOutcome& outcome = reach_.outcome;
    ReachRow& row = add("bukti");
    row.cost = print_cost(reach_.plans.front().cost);
    if (reach_.total_below) row.value = figure(*reach_.total_below);
    row.note = say("tidak ada rencana yang lebih murah yang mencapai ", "no cheaper plan reaches ") +
               reach_.least_figure.to_string();
    if (reach_.prerequisites_decide) {
      row.note += say("; yang lebih murah dihalangi prasyarat", "; prerequisites forbid the cheaper ones");
    } else if (reach_.total_below) {
      row.note += say(", paling tinggi ", ", at most ") + figure(*reach_.total_below);
    }
    row.note += "; " + std::to_string(outcome.branches) + say(" cabang, ", " branches, ") +
                std::to_string(outcome.points) + say(" keadaan diperiksa; bukti ", " states examined; the proof of ") +
                std::to_string(outcome.proof.branches.size()) + say(" cabang, ", " branches, ") +
                std::to_string(outcome.proof.points) + say(" keadaan diperiksa ulang", " states was checked again");
  }

  void add_gate(const ReachGate& gate) {
    ReachRow& row = add("gerbang");
    row.code = gate.gate->id;
    row.title = gate.gate->article;
    row.predicate = gate.gate->label;
    row.note = describe_verdict(gate.verdict, language_) + "; " + describe_groups(gate, language_);
    if (gate.gate->unverified) row.note += "; belum-diverifikasi";
  }

  void add_margin(const SheetMargin& margin) {
    ReachRow& head = add("kelonggaran");
    if (!reach_.plans.front().steps.empty()) head.plan = "1";
    head.value = figure(margin.points);
    head.note = margin.losses.empty() ? say("tidak ada satu jawaban pun yang bila turun sendiri menjatuhkan predikat",
                                            "no single answer takes the predicate along when it falls")
                                      : std::to_string(margin.losses.size()) +
                                            say(" jawaban, satu saja turun setingkat sudah menjatuhkan predikat",
                                                " answers, any one of them a grade lower costs the predicate");
    for (std::size_t i = 0; i < std::min(kShownLosses, margin.losses.size()); ++i) {
      const SheetLoss& loss = margin.losses[i];
      ReachRow& row = add("rawan");
      row.plan = head_plan();
      row.order = std::to_string(i + 1);
      row.code = loss.code;
      row.title = title_of(loss.code);
      row.from = loss.from;
      row.to = loss.to;
      row.value = figure(loss.total);
      row.predicate = loss.predicate;
    }
  }

  [[nodiscard]] std::string head_plan() const { return reach_.plans.front().steps.empty() ? "" : "1"; }

  const PackTemplate& tmpl_;
  const SheetReach& reach_;
  Language language_;
  std::vector<ReachRow> rows_;
};

}  // namespace

std::string print_points(const PackTemplate& tmpl, const Rational& points) {
  if (tmpl.rounding.mode != RoundingMode::exact) return round(points, tmpl.rounding).to_string();
  const std::optional<Decimal> decimal = points.to_decimal();
  return decimal ? decimal->to_string() : points.to_string();
}

std::string print_cost(const Rational& cost) {
  const std::optional<Decimal> decimal = cost.to_decimal();
  return decimal ? decimal->normalised().to_string() : cost.to_string();
}

std::string describe_verdict(GateVerdict verdict, Language language) {
  const bool id = language == Language::indonesian;
  switch (verdict) {
    case GateVerdict::met:
      return id ? "dipenuhi" : "met";
    case GateVerdict::failed:
      return id ? "gagal" : "failed";
    case GateVerdict::undecided:
      return id ? "belum dapat diputuskan" : "undecided";
    case GateVerdict::none:
      break;
  }
  return id ? "tidak ada" : "none";
}

std::string describe_groups(const ReachGate& gate, Language language) {
  const bool id = language == Language::indonesian;
  std::string text;
  for (const ReachGate::Group& group : gate.groups) {
    if (!text.empty()) text += ", ";
    text += group.group + " " + group.at_least + ": " + std::to_string(group.reached) + (id ? " dari " : " of ") +
            std::to_string(group.needed);
    if (group.reached >= group.needed) continue;
    text += (id ? ", kurang " : ", lacks ") + std::to_string(group.needed - group.reached);
    std::string candidates;
    std::size_t open = 0;
    for (const ReachGate::Member& member : group.members) {
      if (member.reached) continue;
      ++open;
      if (open > 5) continue;
      candidates += (candidates.empty() ? "" : " ") + member.unit + "=" +
                    (member.label.empty() ? (id ? "belum-dilaporkan" : "not-reported") : member.label);
    }
    if (open > 5) candidates += " ... (" + std::to_string(open) + ")";
    text += candidates.empty() ? (id ? " (tidak ada unit berkelompok itu)" : " (no unit of that group)")
                               : " (" + candidates + ")";
  }
  return text;
}

std::vector<ReachRow> reach_rows(const PackTemplate& tmpl, const SheetReach& reach, const std::vector<ReachGate>& gates,
                                 Language language) {
  return ReachRowMaker(tmpl, reach, language).make(gates);
}

std::string write_rows(std::span<const ReachRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "reach";
  table.columns = {{"jenis", ColumnKind::text},    {"rencana", ColumnKind::count},  {"urutan", ColumnKind::count},
                   {"kode", ColumnKind::code},     {"uraian", ColumnKind::text},    {"dari", ColumnKind::figure},
                   {"ke", ColumnKind::figure},     {"biaya", ColumnKind::figure},   {"nilai", ColumnKind::figure},
                   {"predikat", ColumnKind::text}, {"keterangan", ColumnKind::text}};
  for (const ReachRow& r : rows) {
    table.rows.push_back(
        {r.kind, r.plan, r.order, r.code, r.title, r.from, r.to, r.cost, r.value, r.predicate, r.note});
  }
  return write_table(table, options);
}

}  // namespace jenjang
