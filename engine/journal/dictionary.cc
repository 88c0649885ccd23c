#include "engine/journal/dictionary.h"

#include <algorithm>

namespace jenjang::journal {
namespace {

// A statement that is left at its start, also when a step throws.
class Step {
public:
  explicit Step(SQLite::Statement& statement) : statement_(statement) {}
  ~Step() { statement_.tryReset(); }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

private:
  SQLite::Statement& statement_;
};

constexpr int kDigestBytes = static_cast<int>(std::tuple_size_v<Digest>);

}  // namespace

Digest digest_from(const SQLite::Column& column) {
  if (column.getBytes() != kDigestBytes) throw Damage("digest");
  Digest digest;
  const auto* bytes = static_cast<const std::uint8_t*>(column.getBlob());
  std::copy_n(bytes, digest.size(), digest.begin());
  return digest;
}

Words::Words(SQLite::Database& db)
    : find_(db, "SELECT id FROM word WHERE word = ?"),
      add_(db, "INSERT INTO word (word) VALUES (?)"),
      read_(db, "SELECT word FROM word WHERE id = ?"),
      db_(db) {}

std::optional<std::int64_t> Words::find(std::string_view word) {
  if (word.empty()) return 0;
  if (const auto known = numbers_.find(word); known != numbers_.end()) return known->second;
  const std::string text(word);
  const Step step(find_);
  find_.bindNoCopy(1, text);
  if (!find_.executeStep()) return std::nullopt;
  const std::int64_t number = find_.getColumn(0).getInt64();
  numbers_.emplace(text, number);
  return number;
}

std::int64_t Words::number(std::string_view word) {
  if (const auto known = find(word)) return *known;
  const std::string text(word);
  const Step step(add_);
  add_.bindNoCopy(1, text);
  add_.exec();
  const std::int64_t number = db_.getLastInsertRowid();
  numbers_.emplace(text, number);
  return number;
}

const SharedText& Words::word(std::int64_t number) {
  static const SharedText kNone;
  if (number == 0) return kNone;
  if (const auto known = words_.find(number); known != words_.end()) return known->second;
  const Step step(read_);
  read_.bind(1, number);
  if (!read_.executeStep()) throw Damage("word " + std::to_string(number));
  const std::string text = read_.getColumn(0).getString();
  // Whoever read an entry asks for the history of its cell next.
  numbers_.emplace(text, number);
  return words_.emplace(number, text).first->second;
}

void Words::forget() {
  numbers_.clear();
  words_.clear();
}

Files::Files(SQLite::Database& db, Words& words)
    : find_(db, "SELECT id FROM source WHERE digest = ? AND name = ?"),
      add_(db, "INSERT INTO source (digest, name) VALUES (?, ?)"),
      read_(db, "SELECT digest, name FROM source WHERE id = ?"),
      has_(db, "SELECT 1 FROM source WHERE digest = ?"),
      db_(db),
      words_(words),
      last_(numbers_.cend()) {}

std::int64_t Files::number(const Digest& digest, const std::string& name) {
  if (digest == Digest{} && name.empty()) return 0;
  if (last_ != numbers_.cend() && last_->first.first == digest && last_->first.second == name) return last_->second;
  last_ = numbers_.find({digest, name});
  if (last_ != numbers_.cend()) return last_->second;
  const std::int64_t word = words_.number(name);
  std::int64_t number = 0;
  {
    const Step step(find_);
    find_.bindNoCopy(1, digest.data(), kDigestBytes);
    find_.bind(2, word);
    if (find_.executeStep()) number = find_.getColumn(0).getInt64();
  }
  if (number == 0) {
    const Step step(add_);
    add_.bindNoCopy(1, digest.data(), kDigestBytes);
    add_.bind(2, word);
    add_.exec();
    number = db_.getLastInsertRowid();
  }
  last_ = numbers_.emplace(std::pair(digest, name), number).first;
  return number;
}

const Files::File& Files::file(std::int64_t number) {
  static const File kNone;
  if (number == 0) return kNone;
  if (const auto known = files_.find(number); known != files_.end()) return known->second;
  const Step step(read_);
  read_.bind(1, number);
  if (!read_.executeStep()) throw Damage("source " + std::to_string(number));
  File file{digest_from(read_.getColumn(0)), words_.word(read_.getColumn(1).getInt64()).str()};
  return files_.emplace(number, std::move(file)).first->second;
}

bool Files::has(const Digest& digest) {
  if (digest == Digest{}) return false;
  const Step step(has_);
  has_.bindNoCopy(1, digest.data(), kDigestBytes);
  return has_.executeStep();
}

void Files::forget() {
  numbers_.clear();
  last_ = numbers_.cend();
  files_.clear();
}

}  // namespace jenjang::journal
