#include "engine/rules/pack_merge.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace jenjang {

namespace {

constexpr std::array<std::string_view, 2> kBasisKeys{"pasal", "status"};
// Keys of a pack that describe the pack itself.
constexpr std::array<std::string_view, 10> kOwnKeys{"jenjang", "paket",   "perluas", "judul",  "instrumen",
                                                    "berlaku", "catatan", "pasal",   "status", "kasus"};
// Keys of an entry that are no value: naming, words, and the basis itself.
constexpr std::array<std::string_view, 8> kNoValueKeys{"kode",  "judul", "nama",   "catatan",
                                                       "hapus", "pasal", "status", "tahun"};

// Ways to write one thing, of which an entry has one (steps and branches of `rumus`): a change that brings another way
// takes the place of the old one, and of the scale that belonged to it.
constexpr std::array<std::string_view, 6> kFormKeys{"hitung", "pilih", "tabel", "dari", "periksa", "tolak"};

template <class Keys>
bool is_one_of(const Keys& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// What names an entry among its neighbours: its `kode`, or its `tahun` in a list by year. nullptr when nothing does.
const YamlNode* name_of(const YamlNode& item) {
  if (!item.is_map()) return nullptr;
  for (const std::string_view key : {std::string_view("kode"), std::string_view("tahun")}) {
    const YamlNode* name = item.find(key);
    if (name != nullptr && name->is_scalar()) return name;
  }
  return nullptr;
}

// A list of maps that all have a name.
bool is_coded(const YamlNode& node) {
  return node.is_sequence() && !node.items.empty() &&
         std::all_of(node.items.begin(), node.items.end(),
                     [](const YamlNode& item) { return name_of(item) != nullptr; });
}
const std::string& code_of(const YamlNode& item) {
  return name_of(item)->text;
}

bool states_basis(const YamlNode& map) {
  return std::any_of(kBasisKeys.begin(), kBasisKeys.end(), [&](auto key) { return map.find(key) != nullptr; });
}

using Entries = std::vector<YamlNode::Entry>;

// The `pasal` and `status` that entries inherit from the map around them. "sebagian" describes a pack as
// a whole and is nothing to inherit.
Entries basis_of(const YamlNode& pack) {
  Entries basis;
  for (const auto key : kBasisKeys) {
    const auto* entry = pack.find_entry(key);
    if (entry != nullptr && !(key == "status" && entry->value.text == "sebagian")) basis.push_back(*entry);
  }
  return basis;
}

class Merger {
public:
  explicit Merger(DiagnosticSink& sink) : sink_(sink) {}

  // `basis`: what the change says around this list.
  void merge_list(YamlNode& into, const YamlNode& change, const Entries& basis) {
    for (const YamlNode& item : change.items) {
      const auto found = std::find_if(into.items.begin(), into.items.end(),
                                      [&](const YamlNode& old) { return code_of(old) == code_of(item); });
      const YamlNode* remove = item.find("hapus");
      if (remove != nullptr && remove->text == "ya") {
        if (found == into.items.end()) {
          report_missing(into, item);
        } else {
          into.items.erase(found);
        }
      } else if (found == into.items.end()) {
        into.items.push_back(item);
        give_basis(into.items.back(), basis);
      } else {
        merge_entry(*found, item, basis);
      }
    }
  }

  // `alur` is a map of workflows. Their states merge by `kode`; the list of steps is replaced whole, because what it
  // leaves out is its meaning, and so does not keep the article of the list it replaced.
  void merge_workflows(YamlNode& into, const YamlNode& change, const Entries& basis) {
    for (const YamlNode::Entry& flow : change.entries) {
      auto* old = find_entry(into, flow.key);
      if (old == nullptr || !old->value.is_map() || !flow.value.is_map()) {
        if (old != nullptr) std::erase_if(into.entries, [&](const auto& entry) { return entry.key == flow.key; });
        into.entries.push_back(flow);
        if (flow.value.is_map()) give_basis(into.entries.back().value, basis);
        continue;
      }
      old->key_span = flow.key_span;
      merge_workflow(old->value, flow, basis);
    }
  }

private:
  void merge_workflow(YamlNode& into, const YamlNode::Entry& flow, const Entries& outer) {
    const Entries basis = states_basis(flow.value) ? basis_of(flow.value) : outer;
    bool replaces = false;
    for (const YamlNode::Entry& part : flow.value.entries) {
      auto* old = find_entry(into, part.key);
      if (old != nullptr && is_coded(old->value) && is_coded(part.value)) {
        merge_list(old->value, part.value, basis);
        continue;
      }
      replaces = replaces || !is_one_of(kNoValueKeys, part.key);
      if (old != nullptr) {
        *old = part;
      } else {
        into.entries.push_back(part);
      }
    }
    if (!replaces) return;
    std::erase_if(into.entries, [&](const YamlNode::Entry& entry) {
      return is_one_of(kBasisKeys, entry.key) && flow.value.find(entry.key) == nullptr;
    });
    give_basis(into, basis);
    if (!states_basis(into)) sink_.report(make_diagnostic(Code::J1409, flow.key_span).arg("apa", "alur " + flow.key));
  }

  void merge_entry(YamlNode& into, const YamlNode& change, const Entries& outer) {
    const Entries basis = states_basis(change) ? basis_of(change) : outer;
    into.span = change.span;
    drop_other_form(into, change);
    bool changes_value = false;
    for (const YamlNode::Entry& entry : change.entries) {
      auto* old = find_entry(into, entry.key);
      if (old != nullptr && is_coded(old->value) && is_coded(entry.value)) {
        merge_list(old->value, entry.value, basis);
        continue;
      }
      changes_value = changes_value || !is_one_of(kNoValueKeys, entry.key);
      if (old != nullptr) {
        *old = entry;
      } else {
        into.entries.push_back(entry);
      }
    }
    if (!changes_value) return;
    std::erase_if(into.entries, [&](const YamlNode::Entry& entry) {
      return is_one_of(kBasisKeys, entry.key) && change.find(entry.key) == nullptr;
    });
    give_basis(into, basis);
    if (!states_basis(into)) {
      sink_.report(make_diagnostic(Code::J1409, name_of(change)->span).arg("apa", code_of(change)));
    }
  }

  // `dari` also stands in entries that have no other form (workflow steps, limits), which this leaves alone.
  static void drop_other_form(YamlNode& into, const YamlNode& change) {
    const auto is_form = [](const YamlNode::Entry& entry) { return is_one_of(kFormKeys, entry.key); };
    const auto brought = std::find_if(change.entries.begin(), change.entries.end(), is_form);
    const auto had = std::find_if(into.entries.begin(), into.entries.end(), is_form);
    if (brought == change.entries.end() || had == into.entries.end() || brought->key == had->key) return;
    const bool with_scale = (had->key == "dari" || had->key == "tabel") && change.find("skala") == nullptr;
    std::erase_if(into.entries,
                  [&](const YamlNode::Entry& entry) { return is_form(entry) || (with_scale && entry.key == "skala"); });
  }

  static void give_basis(YamlNode& map, const Entries& basis) {
    if (!states_basis(map)) map.entries.insert(map.entries.end(), basis.begin(), basis.end());
  }

  void report_missing(const YamlNode& list, const YamlNode& item) {
    std::string known;
    for (const YamlNode& old : list.items) known += (known.empty() ? "" : ", ") + code_of(old);
    sink_.report(make_diagnostic(Code::J1411, name_of(item)->span)
                     .arg("apa", "kode")
                     .arg("nama", code_of(item))
                     .arg("daftar", known));
  }

  static YamlNode::Entry* find_entry(YamlNode& map, std::string_view key) {
    const auto found =
        std::find_if(map.entries.begin(), map.entries.end(), [&](const auto& entry) { return entry.key == key; });
    return found == map.entries.end() ? nullptr : &*found;
  }

  DiagnosticSink& sink_;
};

}  // namespace

YamlNode merge_pack(const YamlNode& base, const YamlNode& change, DiagnosticSink& sink) {
  YamlNode merged = change;
  Merger merger(sink);
  for (const YamlNode::Entry& part : base.entries) {
    if (is_one_of(kOwnKeys, part.key)) continue;
    YamlNode::Entry entry = part;
    // The head of the base stays behind; what its entries inherited from it goes along with them.
    if (is_coded(entry.value)) {
      for (YamlNode& item : entry.value.items) {
        if (states_basis(item)) continue;
        const auto inherited = basis_of(base);
        item.entries.insert(item.entries.end(), inherited.begin(), inherited.end());
      }
    }
    const bool workflows = entry.key == "alur" && entry.value.is_map();
    if (workflows) {
      for (YamlNode::Entry& flow : entry.value.entries) {
        const auto inherited = basis_of(base);
        if (!flow.value.is_map() || states_basis(flow.value)) continue;
        flow.value.entries.insert(flow.value.entries.end(), inherited.begin(), inherited.end());
      }
    }
    const auto own = std::find_if(merged.entries.begin(), merged.entries.end(),
                                  [&](const YamlNode::Entry& candidate) { return candidate.key == part.key; });
    if (own == merged.entries.end()) {
      merged.entries.push_back(std::move(entry));
    } else if (is_coded(entry.value) && is_coded(own->value)) {
      merger.merge_list(entry.value, own->value, basis_of(change));
      own->value = std::move(entry.value);
    } else if (workflows && own->value.is_map()) {
      merger.merge_workflows(entry.value, own->value, basis_of(change));
      own->value = std::move(entry.value);
    }
  }
  return merged;
}

}  // namespace jenjang
