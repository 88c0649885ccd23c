#include "engine/workspace/recorder_binding.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "jenjang/base/text.h"

#include "engine/facts/address_binder.h"
#include "engine/facts/doubts.h"
#include "engine/facts/value_binder.h"

namespace jenjang::recording {
namespace {

// The binder tells each slip once, which is enough to mend a plan's feed. Here every row that is refused is told, so
// its finding is repeated with the place of the row.
class EveryAddress {
public:
  EveryAddress(const Model& model, DiagnosticSink& sink) : binder_(model, heard_), sink_(sink) {}

  std::optional<NodeId> bind(const Observation& row) {
    const std::size_t before = heard_.all().size();
    const std::optional<NodeId> node = binder_.bind(row);
    if (node) return node;
    if (heard_.all().size() > before) {
      const Diagnostic& finding = heard_.all().back();
      const bool about_code = finding.primary == row.places.address();
      (about_code ? of_code_[row.code] : of_pair_[{row.code, row.unit}]) = finding;
      if (!about_code) of_unit_.emplace(row.unit, finding);
      sink_.report(finding);
      return std::nullopt;
    }
    if (const auto code = of_code_.find(row.code); code != of_code_.end()) {
      repeat(code->second, row, row.places.address());
    } else if (const auto pair = of_pair_.find({row.code, row.unit}); pair != of_pair_.end()) {
      repeat(pair->second, row, row.places.unit());
    } else if (const auto unit = of_unit_.find(row.unit); unit != of_unit_.end()) {
      repeat(unit->second, row, row.places.unit());
    }
    return std::nullopt;
  }

private:
  void repeat(Diagnostic finding, const Observation& row, const SourceSpan& span) {
    finding.primary = span;
    for (DiagnosticArg& arg : finding.args) {
      if (arg.name == "alamat") arg.value = row.code + "@" + row.unit;
    }
    sink_.report(std::move(finding));
  }

  DiagnosticSink heard_;
  facts::AddressBinder binder_;
  DiagnosticSink& sink_;
  std::map<SharedText, Diagnostic> of_code_, of_unit_;
  std::map<std::pair<SharedText, SharedText>, Diagnostic> of_pair_;
};

class RowBinding {
public:
  RowBinding(const BindingContext& context, EntryKind kind)
      : context_(context), model_(context.workspace.model()), form_(form_of(kind)), addresses_(model_, context.sink) {}

  std::optional<BoundRow> bind(RecordRow row) {
    BoundRow out;
    bool good = true;
    if (form_ == RecordForm::adoption || form_ == RecordForm::signature) {
      good = bind_document(row, out);
    } else if (form_ == RecordForm::note && row.figure.code.empty()) {
      out.address = "-";
    } else {
      good = bind_cell(row, out);
    }
    good = bind_evidence(row, out) && good;
    out.row = std::move(row);
    if (!good) return std::nullopt;
    return out;
  }

  // Figures before the end of their period, once for each period: a whole file may come too early.
  void tell_early() const {
    for (const auto& [period, early] : early_) {
      context_.sink.report(make_diagnostic(Code::J1813, early.place)
                               .arg("alamat", model_.address(early.node, period))
                               .arg("tanggal", context_.today.to_string())
                               .arg("banyak", std::to_string(early.rows)));
    }
  }

private:
  struct Early {
    NodeId node;  // of the first row
    SourceSpan place;
    std::size_t rows = 0;
  };

  bool bind_cell(const RecordRow& row, BoundRow& out) {
    const std::optional<NodeId> node = addresses_.bind(row.figure);
    if (!node) return false;
    out.node = *node;
    out.address = model_.address(*node, row.figure.period);
    // The binder resolves grades and definitions in place; what is recorded stays as written.
    Observation checked = row.figure;
    if (form_ == RecordForm::figure) {
      if (!facts::bind_value(model_, *node, checked, context_.sink)) return false;
      tell_doubts(*node, checked);
      return true;
    }
    const VerifiedFigure& verified = *row.figure.verified;
    checked.state = verified.stated() ? CellState::value : CellState::empty;
    checked.grade = verified.grade;
    checked.number = verified.number.value_or(Decimal());
    checked.places.set_number(row.status_span);
    if (!facts::bind_value(model_, *node, checked, context_.sink)) return false;
    facts::report_out_of_range(model_, *node, checked, context_.sink);
    return true;
  }

  // What `check` would say about the figure later, while the one who reports it still has it before them.
  void tell_doubts(NodeId node, const Observation& figure) {
    facts::report_outside_life(model_, node, figure, context_.sink);
    facts::report_out_of_range(model_, node, figure, context_.sink);
    if (figure.state != CellState::value || context_.today.is_over(figure.period)) return;
    Early& early = early_[figure.period];
    if (early.rows++ > 0) return;
    early.node = node;
    early.place = figure.places.period().valid() ? figure.places.period() : figure.places.number();
  }

  bool bind_document(const RecordRow& row, BoundRow& out) {
    const auto document = std::find_if(model_.documents.begin(), model_.documents.end(),
                                       [&](const Document& candidate) { return candidate.code == row.document; });
    out.address = row.document;
    if (document == model_.documents.end()) {
      std::vector<std::string> codes;
      std::string choices;
      for (const Document& candidate : model_.documents) {
        codes.push_back(candidate.code);
        choices += (choices.empty() ? "" : ", ") + candidate.code;
      }
      context_.sink.report(make_diagnostic(Code::J3030, row.document_span)
                               .arg("kode", row.document)
                               .arg("pilihan", choices)
                               .suggest(nearest(row.document, codes).value_or("")));
      return false;
    }
    if (form_ == RecordForm::signature) {
      out.content = document_content(context_.workspace.plan(), context_.workspace.sources(), row.document);
      return true;
    }
    if (row.statement.empty()) return true;
    out.address += "#" + row.statement;
    const auto id = DocumentId::from_index(static_cast<std::size_t>(document - model_.documents.begin()));
    if (states(id, row)) return true;
    context_.sink.report(
        make_diagnostic(Code::J3031, row.statement_span).arg("kode", row.document).arg("alamat", row.statement));
    return false;
  }

  bool states(DocumentId document, const RecordRow& row) const {
    const std::optional<Address> address = Address::parse(row.statement);
    if (!address || !address->period || (!address->document.empty() && address->document != row.document)) return false;
    const std::optional<NodeId> node = model_.find(address->code, address->unit);
    if (!node) return false;
    const std::span<const Statement> stated = model_.statements_of(*node);
    return std::any_of(stated.begin(), stated.end(), [&](const Statement& statement) {
      return statement.document == document && statement.period == *address->period;
    });
  }

  bool bind_evidence(const RecordRow& row, BoundRow& out) {
    out.evidence.path = row.evidence;
    out.evidence.place = row.place;
    bool good = true;
    if (!row.digest.empty()) {
      out.evidence.digest = parse_digest(row.digest);
      if (!out.evidence.digest) {
        context_.sink.report(make_diagnostic(Code::J3024, row.digest_span).arg("teks", row.digest));
        good = false;
      }
    }
    // The file of a signed document is its evidence; it must be there to be told apart later.
    if (form_ == RecordForm::signature && !row.file.empty()) {
      out.evidence.path = row.file;
      if (!find_file(row.file)) {
        context_.sink.report(make_diagnostic(Code::J1001, row.file_span).arg("berkas", row.file));
        return false;
      }
    }
    if (out.evidence.path.empty() || !good) return good;
    const std::optional<Digest> found = digest_of_file(out.evidence.path);
    if (!found) {
      tell_missing(row, out.evidence);
      return true;
    }
    if (out.evidence.digest && *out.evidence.digest != *found) {
      context_.sink.report(make_diagnostic(Code::J3023, row.digest_span)
                               .arg("berkas", out.evidence.path)
                               .arg("tertulis", to_hex(*out.evidence.digest))
                               .arg("ditemukan", to_hex(*found)));
      return false;
    }
    out.evidence.digest = found;
    return true;
  }

  // Only what is written like a file is missed: a letter number or a page on the web is none.
  void tell_missing(const RecordRow& row, const Evidence& evidence) {
    const std::string& name = evidence.path;
    if (evidence.digest || !looks_like_file(name) || find_file(name) || !gone_.insert(name).second) return;
    context_.sink.report(make_diagnostic(Code::J1812, row.evidence_span).arg("berkas", name));
  }

  // A name with an ending of letters and digits, as in bukti/ba-2.pdf.
  static bool looks_like_file(std::string_view name) {
    constexpr std::size_t kLongest = 5;
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || name.find("://") != std::string_view::npos) return false;
    const std::string_view ending = name.substr(dot + 1);
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_plain = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
    return !ending.empty() && ending.size() <= kLongest && is_letter(ending.front()) &&
           std::ranges::all_of(ending, is_plain);
  }

  // A letter number or a page on the web is no file here, and that is fine.
  [[nodiscard]] std::optional<std::filesystem::path> find_file(const std::string& name) const {
    if (name.size() > 1024 || name.find("://") != std::string::npos) return std::nullopt;
    for (const std::filesystem::path& folder : {context_.workspace.plan().folder, context_.file.parent_path()}) {
      std::filesystem::path path = folder / name;
      if (context_.files.exists(path) && !context_.files.is_folder(path)) return path;
    }
    return std::nullopt;
  }

  std::optional<Digest> digest_of_file(const std::string& name) {
    const auto [known, fresh] = digests_.try_emplace(name);
    if (!fresh) return known->second;
    if (const auto path = find_file(name)) {
      // Unreadable or huge evidence keeps the digest that was written, if any.
      if (const Result<std::string> text = context_.files.read(*path, context_.max_bytes))
        known->second = digest_of(text.value());
    }
    return known->second;
  }

  const BindingContext& context_;
  const Model& model_;
  RecordForm form_;
  EveryAddress addresses_;
  std::unordered_map<std::string, std::optional<Digest>> digests_;
  std::map<Period, Early> early_;            // periods not over yet
  std::set<std::string, std::less<>> gone_;  // evidence not found, told
};

std::string describe_row(const Observation& row) {
  return row.status.empty() ? describe(row) : describe(row) + " (" + row.status + ")";
}

// Two rows of one cell in one file: the same is said twice, or nobody can tell which counts. Figures only: a cell may
// pass several states, and have several pieces of evidence, in one file.
void refuse_contradictions(const Model& model, std::vector<BoundRow>& rows, DiagnosticSink& sink) {
  std::vector<std::size_t> order(rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::size_t i) { return std::tuple(rows[i].node, rows[i].row.figure.period, rows[i].row.row); };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<bool> repeated(rows.size(), false);
  bool any = false;
  std::size_t first = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const BoundRow& earlier = rows[order[first]];
    const BoundRow& row = rows[order[i]];
    if (row.node != earlier.node || row.row.figure.period != earlier.row.figure.period) {
      first = i;
      continue;
    }
    const Observation& a = earlier.row.figure;
    const Observation& b = row.row.figure;
    const std::string address = model.address(row.node, b.period);
    if (same_report(a, b) && a.status == b.status) {
      sink.report(make_diagnostic(Code::J1710, b.places.number())
                      .arg("alamat", address)
                      .arg("isi", describe_row(b))
                      .related(a.places.number(), "baris pertama", "first row"));
      repeated[order[i]] = true;
      any = true;
      continue;
    }
    sink.report(make_diagnostic(Code::J1703, b.places.number())
                    .arg("alamat", address)
                    .arg("pertama", describe_row(a))
                    .arg("kedua", describe_row(b))
                    .related(a.places.number(), "baris pertama: " + describe_row(a), "first row: " + describe_row(a)));
  }
  if (!any) return;
  std::vector<BoundRow> kept;
  kept.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!repeated[i]) kept.push_back(std::move(rows[i]));
  }
  rows = std::move(kept);
}

}  // namespace

RecordForm form_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::validation:
      return RecordForm::validation;
    case EntryKind::dispute:
      return RecordForm::dispute;
    case EntryKind::evidence:
      return RecordForm::evidence;
    case EntryKind::signed_document:
      return RecordForm::signature;
    case EntryKind::adoption:
      return RecordForm::adoption;
    case EntryKind::note:
      return RecordForm::note;
    default:
      return RecordForm::figure;
  }
}

std::string describe(const Observation& row) {
  return facts::describe_content(row);
}

bool same_report(const Observation& a, const Observation& b) {
  // The number of a grade is its points, which the scale decides.
  const bool same_number = a.state != CellState::value || !a.grade.empty() || a.number == b.number;
  return a.state == b.state && a.grade == b.grade && same_number && a.definition_version == b.definition_version &&
         a.released == b.released && a.illustrative == b.illustrative && a.unverified == b.unverified;
}

std::vector<BoundRow> bind_rows(const BindingContext& context, EntryKind kind, std::vector<RecordRow> rows) {
  RowBinding binding(context, kind);
  std::vector<BoundRow> bound;
  bound.reserve(rows.size());
  for (RecordRow& row : rows) {
    if (std::optional<BoundRow> good = binding.bind(std::move(row))) bound.push_back(*std::move(good));
  }
  binding.tell_early();
  if (form_of(kind) == RecordForm::figure) refuse_contradictions(context.workspace.model(), bound, context.sink);
  return bound;
}

}  // namespace jenjang::recording
