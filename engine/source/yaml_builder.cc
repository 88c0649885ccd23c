#include "engine/source/yaml_builder.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/source/yaml_fields.h"

#include "engine/source/text_check.h"
#include "engine/source/yaml_text.h"

namespace jenjang {

YamlBuilder::YamlBuilder(FileId file, const SourceMap& sources, const YamlLimits& limits, DiagnosticSink& sink)
    : file_(file),
      sources_(sources),
      text_(sources.text(file)),
      mark_base_(text_.substr(0, kByteOrderMark.size()) == kByteOrderMark ? kByteOrderMark.size() : 0),
      limits_(limits),
      sink_(sink) {
  // An empty file still has a place to complain about.
  root_.span = span(mark_base_, 0);
}

std::size_t YamlBuilder::offset(const YAML::Mark& mark) const {
  // The parser counts bytes, and an int is enough: files above 2 GB never get here.
  if (mark.pos < 0) return text_.size();
  return std::min(mark_base_ + static_cast<std::size_t>(mark.pos), text_.size());
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (++documents_ == 1) return;
  const std::size_t at = offset(mark);
  const std::string_view rest = text_.substr(at);
  // Without a mark of its own a second document is a line that returned to an indentation nobody has.
  if (rest.starts_with("---") || rest.starts_with('%') || trim(text_.substr(0, at)).ends_with("...")) {
    report(make_diagnostic(Code::J1112, span(at, std::min<std::size_t>(3, rest.size()))));
  } else {
    report(make_diagnostic(Code::J1105, span(at, std::min<std::size_t>(1, rest.size())))
               .arg("sebab", "indentation of no open block"));
  }
  throw YamlAbort{};
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode node;
  node.span = null_span(offset(mark));
  add_nodes(1, node.span);
  place(std::move(node), anchor, 1, 0, false);
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t at = offset(mark);
  const std::size_t length = anchor_length(text_, at);
  const SourceSpan alias = span(at, length);
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    // The anchor is around this very place: a value cannot contain itself.
    const std::string_view name = text_.substr(std::min(at + 1, text_.size()), length > 0 ? length - 1 : 0);
    report(make_diagnostic(Code::J1108, alias).arg("nama", name));
    YamlNode nothing;
    nothing.span = alias;
    place(std::move(nothing), 0, 1, 0, false);
    return;
  }
  const Anchored& source = found->second;
  add_nodes(source.nodes, alias);
  if (frames_.size() + source.height > limits_.max_depth) {
    report(make_diagnostic(Code::J1109, alias).arg("batas", std::to_string(limits_.max_depth)));
    throw YamlAbort{};
  }
  YamlNode copy = source.node;
  copy.alias_span = alias;
  place(std::move(copy), 0, source.nodes, source.height, false);
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  const std::size_t at = offset(mark);
  const Extent extent = scalar_extent(text_, at, value);
  check_tag(tag, at, extent.quoted);
  check_tab(indentation_tab(text_, at));
  if (!extent.closed) report(make_diagnostic(Code::J1104, span(extent.offset, 1)));
  if (!extent.quoted && extent.length != value.size()) check_tab(continuation_tab(text_, at, value));
  last_end_ = std::max(last_end_, extent.offset + extent.length);
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.text = value;
  node.quoted = extent.quoted;
  node.span = span(extent.offset, extent.length);
  add_nodes(1, node.span);
  place(std::move(node), anchor, 1, 0, false);
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
  start_container(YamlNode::Kind::sequence, mark, tag, anchor);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  start_container(YamlNode::Kind::map, mark, tag, anchor);
}

void YamlBuilder::start_container(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
                                  YAML::anchor_t anchor) {
  const std::size_t at = offset(mark);
  check_tag(tag, at, false);
  check_tab(indentation_tab(text_, at));
  Frame frame;
  frame.node.kind = kind;
  frame.start = skip_properties(text_, at);
  frame.node.span = span(frame.start, 1);
  frame.anchor = anchor;
  frame.nodes_before = nodes_;
  frame.refused_key = expects_key();
  add_nodes(1, frame.node.span);
  if (frames_.size() >= limits_.max_depth) {
    report(make_diagnostic(Code::J1109, frame.node.span).arg("batas", std::to_string(limits_.max_depth)));
    throw YamlAbort{};
  }
  frames_.push_back(std::move(frame));
}

void YamlBuilder::end_container() {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  if (frame.node.is_map()) check_keys(frame.node);
  place(std::move(frame.node), frame.anchor, nodes_ - frame.nodes_before, frame.height, frame.refused_key);
}

void YamlBuilder::place(YamlNode node, YAML::anchor_t anchor, std::size_t nodes, std::size_t height, bool refused_key) {
  if (anchor != 0) anchors_.insert_or_assign(anchor, Anchored{node, nodes, height});
  if (frames_.empty()) {
    root_ = std::move(node);
    return;
  }
  Frame& frame = frames_.back();
  frame.height = std::max(frame.height, height + 1);
  if (frame.node.is_sequence()) {
    frame.node.items.push_back(std::move(node));
  } else if (frame.key_pending) {
    frame.key_pending = false;
    YamlNode::Entry& entry = frame.node.entries.back();
    // A value that is not written has no place of its own; its key is what a reader looks for.
    if (node.is_null() && !node.alias_span.valid() && !node.span.valid()) node.span = entry.key_span;
    entry.value = std::move(node);
  } else {
    place_key(std::move(node), refused_key);
  }
}

void YamlBuilder::place_key(YamlNode node, bool refused) {
  const SourceSpan where = node.alias_span.valid() ? node.alias_span : node.span;
  if (refused || !node.is_scalar() || node.alias_span.valid()) {
    report(make_diagnostic(Code::J1114, where)
               .arg("ditemukan", node.alias_span.valid() ? std::string_view("rujukan `*`") : kind_word(node.kind)));
  } else if (node.text == "<<" && !node.quoted) {
    report(make_diagnostic(Code::J1113, where).arg("tulisan", "`<<`"));
  }
  YamlNode::Entry entry;
  entry.key = std::move(node.text);
  entry.key_span = where;
  frames_.back().node.entries.push_back(std::move(entry));
  frames_.back().key_pending = true;
}

void YamlBuilder::check_keys(const YamlNode& map) {
  const auto& entries = map.entries;
  std::vector<std::size_t> order(entries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // Equal keys come together, the first written first; a map of 10^5 keys stays quick.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int by_key = entries[a].key.compare(entries[b].key);
    return by_key != 0 ? by_key < 0 : a < b;
  });
  for (std::size_t i = 1, first = 0; i < order.size(); ++i) {
    if (entries[order[i]].key != entries[order[first]].key) {
      first = i;
      continue;
    }
    const YamlNode::Entry& again = entries[order[i]];
    // `{2025: 55,5, 2026: 56,5}`: the keys 5 are decimals, and nobody looks for a key 5.
    if (auto slip = find_decimal_comma(entries, order[i])) {
      if (i == first + 1) {
        if (auto before = find_decimal_comma(entries, order[first])) report(*std::move(before));
      }
      report(*std::move(slip));
      continue;
    }
    report(make_diagnostic(Code::J1107, again.key_span)
               .arg("kunci", again.key)
               .related(entries[order[first]].key_span, "pertama ditulis di sini", "first written here"));
  }
}

void YamlBuilder::check_tag(const std::string& tag, std::size_t from, bool quoted) {
  // "?" and, for quoted text, "!" are what the parser says when nothing was written.
  if (tag.empty() || tag == "?" || (tag == "!" && quoted && (from >= text_.size() || text_[from] != '!'))) return;
  std::size_t at = from;
  while (at < text_.size() && text_[at] != '!') ++at;
  std::size_t end = at;
  while (end < text_.size() && text_[end] > ' ') ++end;
  report(make_diagnostic(Code::J1113, span(at, end - at))
             .arg("tulisan", '`' + std::string(text_.substr(at, end - at)) + '`'));
}

std::size_t YamlBuilder::unclosed() const {
  if (const std::size_t quote = unclosed_quote(text_, last_end_); quote != std::string_view::npos) return quote;
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    const char first = frame->start < text_.size() ? text_[frame->start] : ' ';
    if (first == '[' || first == '{') return frame->start;
  }
  return std::string_view::npos;
}

void YamlBuilder::check_tab(std::size_t tab) {
  if (tab == std::string_view::npos) return;
  const SourceSpan where = span(tab, 1);
  // A key and the map it starts share one place: said once a line.
  if (where.line == last_tab_line_) return;
  last_tab_line_ = where.line;
  report(make_diagnostic(Code::J1103, where));
}

void YamlBuilder::add_nodes(std::size_t count, const SourceSpan& where) {
  nodes_ += count;
  // How many nodes and files follow, nobody knows yet.
  look_now_and_then(limits_.watch, Stage::plan, nodes_);
  if (nodes_ <= limits_.max_nodes) return;
  report(make_diagnostic(Code::J1111, where).arg("batas", std::to_string(limits_.max_nodes)));
  throw YamlAbort{};
}

SourceSpan YamlBuilder::null_span(std::size_t at) const {
  const std::size_t start = skip_properties(text_, at);
  for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
    if (text_.substr(start, word.size()) == word) return span(start, word.size());
  }
  // Nothing written. In a map the key's place is taken; in a sequence the dash before.
  if (!frames_.empty() && frames_.back().node.is_map() && frames_.back().key_pending) return {};
  std::size_t before = std::min(at, text_.size());
  while (before > 0 && std::string_view(" \t\r\n").find(text_[before - 1]) != std::string_view::npos) --before;
  return span(before > 0 ? before - 1 : 0, before > 0 ? 1 : 0);
}

}  // namespace jenjang
