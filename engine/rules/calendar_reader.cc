// `penyelarasan`: how plans that stand in different years of their own are read in one calendar.
#include <algorithm>
#include <set>

#include "engine/rules/pack_reading.h"

namespace jenjang {

void read_calendars(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "penyelarasan", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "penyelarasan", sink);
    if (!fields.is_map()) continue;
    const auto code = fields.required_text("kode");
    if (!code) continue;
    note_unique(codes, *code, "penyelarasan", sink);
    PackCalendar calendar;
    calendar.id = code->value;
    calendar.span = code->span;
    if (const auto title = fields.text("judul")) calendar.title = title->value;
    const Basis own = read_basis(fields, basis, "penyelarasan " + calendar.id, sink);
    require_basis(own, code->span, "penyelarasan " + calendar.id, sink);
    calendar.article = own.article;
    calendar.unverified = own.unverified;
    if (const auto policy = fields.choice("berakhir", expired_policy_words())) {
      calendar.on_expired = static_cast<ExpiredPolicy>(policy->value);
    } else if (item.find("berakhir") == nullptr) {
      report_required(item.span, "penyelarasan", "berakhir", sink);
    }
    for (const LocatedText& word : fields.text_list("dilarang")) {
      const auto words = expired_policy_words();
      const auto found = std::find(words.begin(), words.end(), word.value);
      if (found == words.end()) {
        report_unknown(word.span, "kebijakan", word.value, {words.begin(), words.end()}, sink);
        continue;
      }
      calendar.forbidden.push_back(static_cast<ExpiredPolicy>(found - words.begin()));
    }
    fields.finish();
    pack.calendars.push_back(std::move(calendar));
  }
}

}  // namespace jenjang
