// The parts of a worksheet's score, and of the difference of two rule sets, add up exactly whatever is answered.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "jenjang/assess/attribution.h"

namespace jenjang {
namespace attribution_property_test {

const std::string kRoot = JENJANG_SOURCE_DIR;

const PackLibrary& packs() {
  static const PackLibrary library = [] {
    PackLibrary all;
    SourceMap sources;
    DiagnosticSink sink;
    (void)all.load_folder(kRoot + "/models", sources, sink);
    // A government's variant: other weights, one more criterion.
    KeptFiles files;
    files.keep("sendiri/sakip-uji/pack.yaml", R"(jenjang: 1
paket: sakip-uji
perluas: sakip-2021
judul: uji
status: belum-diverifikasi
templat:
- kode: lke
  komponen:
  - {kode: "1", bobot: 25, subkomponen: [{kode: 1.a, bobot: 5}, {kode: 1.b, bobot: 10}, {kode: 1.c, bobot: 10}]}
  - {kode: "4", bobot: 30, subkomponen: [{kode: 4.a, bobot: 10, kriteria: [{kode: 4.a.9, judul: tambahan}]}]}
)");
    RC_ASSERT(all.load_folder("sendiri", sources, sink, files));
    return all;
  }();
  return library;
}

SheetAnswers drawn(const RuleSet& rules) {
  SheetAnswers answers;
  const Scale* scale = rules.pack->scale(rules.mode->answers);
  for (std::size_t i = 0; i < rules.tmpl->nodes.size(); ++i) {
    const TemplateNode& node = rules.tmpl->nodes[i];
    if (node.kind != ItemKind::criterion) continue;
    answers[node.code] = scale->grades[*rc::gen::inRange<std::size_t>(0, scale->grades.size())].label;
  }
  return answers;
}

RC_GTEST_PROP(AttributionProperty, PartsAddUp, ()) {
  const std::string mode = *rc::gen::element<std::string>("M1", "M2");
  RuleSet old_rules{packs().find("sakip-2021"), nullptr, nullptr},
      new_rules{packs().find("sakip-uji"), nullptr, nullptr};
  for (RuleSet* rules : {&old_rules, &new_rules}) {
    rules->tmpl = rules->pack->find_template("lke");
    rules->mode = rules->tmpl->find_mode(mode);
  }
  const SheetAnswers before = drawn(old_rules), after = drawn(new_rules);
  for (const AttributionLevel level : {AttributionLevel::sub_components, AttributionLevel::finest}) {
    const SheetScore score = score_sheet(*old_rules.pack, *old_rules.tmpl, old_rules.mode, before);
    Rational sum;
    for (const Contribution& part : contributions(*old_rules.tmpl, score, level)) sum += part.points;
    RC_ASSERT(sum == *score.total());
    const auto result = compare_rules(old_rules, before, new_rules, after, level);
    RC_ASSERT(result.ok());
    Rational data, rule, interaction, first, last;
    for (const RuleDifference& item : result.value().items) {
      data += item.data;
      rule += item.rule;
      interaction += item.interaction;
      first += item.before;
      last += item.after;
      RC_ASSERT(item.data + item.rule + item.interaction == item.after - item.before);
    }
    RC_ASSERT(first == *result.value().before.total());
    RC_ASSERT(last == *result.value().after.total());
    RC_ASSERT(data + rule + interaction == last - first);
  }
}

}  // namespace attribution_property_test
}  // namespace jenjang
