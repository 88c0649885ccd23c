#include "jenjang/cascade/staff_shares.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

#include "engine/cascade/staff/service_year.h"
#include "engine/cascade/staff/staff_division.h"

namespace jenjang {
namespace cascade {
namespace {

class Shares {
public:
  Shares(const Model& model, const TargetTable& targets, DiagnosticSink& sink)
      : model_(model), targets_(targets), sink_(sink) {}

  StaffTargets run() {
    if (model_.holdings.empty()) {
      return {};
    }
    find_span_of_roster();
    std::vector<std::pair<UnitId, NodeId>> measures;
    for (std::size_t n = 0; n < model_.node_count(); ++n) {
      const UnitId unit = model_.node_unit[n];
      const bool position = model_.units[unit].kind == "jabatan" || !model_.holdings_of(unit).empty();
      if (position && model_.item(NodeId::from_index(n)).is_measure()) {
        measures.emplace_back(unit, NodeId::from_index(n));
      }
    }
    std::sort(measures.begin(), measures.end());
    for (std::size_t first = 0; first < measures.size();) {
      std::size_t last = first;
      while (last < measures.size() && measures[last].first == measures[first].first) {
        ++last;
      }
      share_position(measures[first].first, std::span(measures).subspan(first, last - first));
      first = last;
    }
    sort(result_.rows);
    add_totals();
    return std::move(result_);
  }

private:
  void find_span_of_roster() {
    first_year_ = model_.holdings.front().from.year;
    last_year_ = first_year_;
    for (const Holding& holding : model_.holdings) {
      first_year_ = std::min(first_year_, holding.from.year);
      last_year_ = std::max(last_year_, holding.until ? holding.until->year : INT32_MAX);
    }
  }

  void share_position(UnitId position, std::span<const std::pair<UnitId, NodeId>> measures) {
    std::vector<int> years;
    for (const auto& [unit, node] : measures) {
      for (const TargetCell& cell : targets_.of(node)) {
        const int year = cell.period.year();
        if (first_year_ <= year && year <= last_year_ && std::find(years.begin(), years.end(), year) == years.end()) {
          years.push_back(year);
        }
      }
    }
    std::sort(years.begin(), years.end());
    for (const int year : years) {
      const std::vector<Server> servers = service_year(model_.holdings_of(position), model_.transfer_rule, year);
      const std::size_t first_row = result_.rows.size();
      for (const auto& [unit, node] : measures) {
        // Cells stand by period, so those of one year are together.
        const std::span<const TargetCell> row = targets_.of(node);
        const auto first = std::partition_point(row.begin(), row.end(),
                                                [year](const TargetCell& cell) { return cell.period.year() < year; });
        const auto last = std::partition_point(first, row.end(),
                                               [year](const TargetCell& cell) { return cell.period.year() == year; });
        if (first != last) {
          share_measure(model_, servers, {first, last}, result_.rows);
        }
      }
      report_vacancy(position, year, servers, first_row);
    }
  }

  void report_vacancy(UnitId position, int year, const std::vector<Server>& servers, std::size_t first_row) {
    std::string parts;
    NodeId node;
    for (std::size_t r = first_row; r < result_.rows.size(); ++r) {
      const StaffShare& row = result_.rows[r];
      const bool nothing = row.origin != StaffOrigin::figure && row.target.number()->is_zero();
      // The widest period of each measure says it all; it comes first.
      if (!row.person.empty() || row.node == node || nothing) {
        continue;
      }
      node = row.node;
      parts += (parts.empty() ? "" : ", ") + model_.items[row.item.index()].code + " " + row.target.to_string();
    }
    if (!node.valid()) {
      return;
    }
    std::string months;
    int first_month = 0;
    for (int m = 1; m <= 12; ++m) {
      if (servers.back().months_in(m, m) > 0) {
        first_month = first_month == 0 ? m : first_month;
        months += (months.empty() ? "" : ", ") + Period(year, Granularity::month, m).to_string();
      }
    }
    // The holder before the gap, else the one after it, else the position itself.
    SourceSpan place = model_.units[position].span;
    for (const Holding& holding : model_.holdings_of(position)) {
      const bool earlier = holding.from < Date{year, first_month, 1};
      if (earlier || &holding == model_.holdings_of(position).data()) {
        place = holding.span;
      }
    }
    sink_.report(make_diagnostic(Code::J1655, place)
                     .arg("jabatan", model_.units[position].path)
                     .arg("tahun", std::to_string(year))
                     .arg("periode", months)
                     .arg("bagian", parts));
  }

  static void sort(std::vector<StaffShare>& rows) {
    std::sort(rows.begin(), rows.end(), [](const StaffShare& a, const StaffShare& b) {
      const bool a_nobody = a.person.empty(), b_nobody = b.person.empty();
      return std::tie(a_nobody, a.person, a.position, a.item, a.node, a.period) <
             std::tie(b_nobody, b.person, b.position, b.item, b.node, b.period);
    });
  }

  // Rows of one person stand together.
  void add_totals() {
    const std::vector<StaffShare>& rows = result_.rows;
    for (std::size_t first = 0; first < rows.size();) {
      std::size_t last = first;
      while (last < rows.size() && rows[last].person == rows[first].person) {
        ++last;
      }
      if (!rows[first].person.empty() && rows[first].position != rows[last - 1].position) {
        total_person(std::span(rows).subspan(first, last - first));
      }
      first = last;
    }
  }

  void total_person(std::span<const StaffShare> rows) {
    std::vector<const StaffShare*> divided;
    for (const StaffShare& row : rows) {
      if (row.origin != StaffOrigin::figure) {
        divided.push_back(&row);
      }
    }
    std::stable_sort(divided.begin(), divided.end(), [](const StaffShare* a, const StaffShare* b) {
      return std::tie(a->item, a->period) < std::tie(b->item, b->period);
    });
    for (std::size_t first = 0; first < divided.size();) {
      StaffShare total = *divided[first];
      std::optional<Decimal> sum = *total.target.number();
      std::size_t last = first + 1;
      for (; last < divided.size() && divided[last]->item == total.item && divided[last]->period == total.period;
           ++last) {
        const StaffShare& row = *divided[last];
        sum = sum ? Decimal::add(*sum, *row.target.number()) : sum;
        // Months at two positions at once are not added; the larger service stands.
        total.months = std::max(total.months, row.months);
        total.days = std::max(total.days, row.days);
        total.state = std::max(total.state, row.state);
        total.illustrative |= row.illustrative;
      }
      if (last - first > 1 && sum) {
        total.position = UnitId();
        total.node = NodeId();
        total.target = *sum;
        total.origin = StaffOrigin::summed;
        result_.totals.push_back(std::move(total));
      }
      first = last;
    }
  }

  const Model& model_;
  const TargetTable& targets_;
  DiagnosticSink& sink_;
  StaffTargets result_;
  int first_year_ = 0, last_year_ = 0;
};

}  // namespace
}  // namespace cascade

std::string_view to_string(StaffOrigin origin) {
  static constexpr std::array<std::string_view, 5> kWords{"target jabatan", "angka jabatan", "jumlah bagian",
                                                          "bulan menjabat", "hari menjabat"};
  return kWords[static_cast<std::size_t>(origin)];
}

StaffTargets staff_shares(const Model& model, const TargetTable& targets, DiagnosticSink& sink) {
  return cascade::Shares(model, targets, sink).run();
}

}  // namespace jenjang
