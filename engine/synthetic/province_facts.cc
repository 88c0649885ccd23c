// Reports of positions as CSV. A figure depends on seed, position and period alone.
#include "engine/synthetic/counter_random.h"
#include "engine/synthetic/outline.h"

namespace jenjang::synthetic {
namespace {

constexpr std::uint64_t kStream = 0x666163747300U;

class FactWriter {
public:
  FactWriter(const ProvinceSpec& spec, const Outline& outline, const std::function<bool(std::string_view)>& add)
      : spec_(spec), outline_(outline), add_(add), key_(scramble(spec.seed ^ kStream)) {
    const std::string year = std::to_string(spec.year);
    switch (spec.frequency) {
      case Granularity::semester:
        for (int i = 1; i <= 2; ++i) periods_.push_back(year + "-S" + std::to_string(i));
        break;
      case Granularity::quarter:
        for (int i = 1; i <= 4; ++i) periods_.push_back(year + "-TW" + std::to_string(i));
        break;
      case Granularity::month:
        for (int i = 1; i <= 12; ++i) periods_.push_back(month(i));
        break;
      default:
        periods_.push_back(year);
    }
  }

  bool position(std::uint32_t unit) {
    const OutlineUnit& entry = outline_.units[unit];
    const OutlineMeasure& measure = outline_.measures[entry.affair - 1];
    const std::string path = outline_.path(unit);
    if (measure.aggregation != Aggregation::ratio) return row(measure.code, path, measure, unit, 0);
    return row(operand_code(measure, false), path, measure, unit, 0) &&
           row(operand_code(measure, true), path, measure, unit, 1);
  }

  // A government's index of services, 55 to 84.
  bool government(std::uint32_t unit) {
    for (std::size_t p = 0; p < periods_.size(); ++p) {
      const std::uint32_t figure = 5500 + part(draw(draw(key_, unit), p), 0) % 3000;
      line_ = std::string(kShareCode) + "," + outline_.units[unit].path + "," + periods_[p] + "," +
              Decimal::from_parts(figure, 2).to_string() + ",sah,,\n";
      if (!add_(line_)) return false;
    }
    return true;
  }

private:
  [[nodiscard]] std::string month(std::size_t number) const {
    return std::to_string(spec_.year) + (number < 10 ? "-0" : "-") + std::to_string(number);
  }

  bool row(const std::string& code, const std::string& path, const OutlineMeasure& measure, std::uint32_t unit,
           unsigned operand) {
    const std::uint64_t key = draw(key_, unit);
    for (std::size_t p = 0; p < periods_.size(); ++p) {
      const std::uint64_t drawn = draw(key, p);
      const std::uint32_t fate = part(drawn, 0);
      if (fate < threshold(0.03)) continue;  // nobody reported
      line_ = code;
      line_ += ',';
      line_ += path;
      line_ += ',';
      line_ += periods_[p];
      const bool released = measure.accumulation == Accumulation::release;
      const bool awaited = released && p * 6 >= periods_.size() * 5 && part(drawn, 1) % 2 == 0;
      if (fate < threshold(0.05) || awaited) {
        line_ += ",,,,";
        line_ += awaited ? "menunggu-rilis" : fate < threshold(0.04) ? "kosong" : "tidak-berlaku";
      } else {
        line_ += ',';
        line_ += figure(measure, unit, p, operand, drawn).to_string();
        line_ += part(drawn, 2) < threshold(0.08) ? ",diajukan," : ",sah,";
        if (released) line_ += month((p + 1) * 12 / periods_.size());
        line_ += ',';
      }
      line_ += '\n';
      if (!add_(line_)) return false;
    }
    return true;
  }

  // Around what a target of this size asks of a position; 60 to 125 per cent of it, or 70 to 100.
  [[nodiscard]] Decimal figure(const OutlineMeasure& measure, std::uint32_t unit, std::size_t period, unsigned operand,
                               std::uint64_t drawn) const {
    // A running total keeps its pace, or it would fall now and then.
    const bool running = measure.accumulation == Accumulation::cumulative;
    const auto share = static_cast<std::int64_t>(600 + part(running ? draw(key_, unit) : drawn, 3) % 650);
    const auto periods = static_cast<std::int64_t>(periods_.size());
    if (measure.aggregation == Aggregation::sum) {
      // Forty pieces a position and year, or 400, by workload (10.5 on average) where that drives the split.
      const auto workload = static_cast<std::int64_t>(outline_.units[unit].workload);
      const std::int64_t tenths = (measure.method == "proporsional" ? workload * 38 : 400) * (spec_.varied ? 10 : 1);
      const std::int64_t so_far = running ? static_cast<std::int64_t>(period) + 1 : 1;
      return Decimal((tenths * so_far * share / periods + 5000) / 10000);
    }
    if (measure.aggregation == Aggregation::ratio) {
      const std::int64_t below = 20 + static_cast<std::int64_t>(part(drawn, 2) % 40);
      return Decimal(operand == 1 ? below : below * (700 + (share - 600) * 300 / 650) / 1000);
    }
    // The same target for all, but where a gap is closed; there it is not known here.
    if (part(drawn, 1) < threshold(0.30)) return measure.target;
    if (measure.lower) return Decimal(30 + static_cast<std::int64_t>(part(drawn, 3) % 30));
    const int places = measure.step.scale();
    const std::int64_t whole = places == 2 ? 10000 : 1000;
    return Decimal::from_parts(whole * (700 + (share - 600) * 300 / 650) / 1000, places);
  }

  const ProvinceSpec& spec_;
  const Outline& outline_;
  const std::function<bool(std::string_view)>& add_;
  std::uint64_t key_;
  std::vector<std::string> periods_;
  std::string line_;
};

}  // namespace

std::string operand_code(const OutlineMeasure& measure, bool below_the_line) {
  return (below_the_line ? "diminta_" : "selesai_") + measure.code.substr(measure.code.find('-') + 1);
}

std::string facts_file(const Outline& outline, std::size_t province) {
  return "realisasi/" + outline.units[outline.provinces[province]].path + ".csv";
}

bool write_facts(const ProvinceSpec& spec, const Outline& outline, std::size_t province,
                 const std::function<bool(std::string_view)>& add) {
  FactWriter writer(spec, outline, add);
  if (!add("kode,unit,periode,nilai,status,rilis,keadaan\n")) return false;
  const std::uint32_t unit = outline.provinces[province];
  // Whose services are looked at: the governments of one province, or the provinces of a nation.
  if (spec.varied && spec.provinces > 1 && !writer.government(unit)) return false;
  for (std::size_t g = 0; g < outline.governments.size(); ++g) {
    const std::uint32_t government = outline.governments[g];
    if (outline.units[government].parent != unit) continue;
    if (spec.varied && spec.provinces == 1 && !writer.government(government)) return false;
    for (std::uint32_t below = outline.units_of[g]; below < outline.units_of[g + 1]; ++below) {
      if (outline.units[below].kind == "jabatan" && !writer.position(below)) return false;
    }
  }
  return true;
}

}  // namespace jenjang::synthetic
