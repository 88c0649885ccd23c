// Random formulas, printed as a pack and read back, against a literal evaluation of the tree they were printed from.
//
// The oracle knows nothing of the parser: it walks its own tree in fractions of 128-bit integers. Brackets are printed
// only where the tree needs them, so a wrong precedence shows.
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>

#include "jenjang/base/file_source.h"
#include "jenjang/rules/pack.h"

namespace jenjang {
namespace formula_test {

struct Fraction {
  Int128 top = 0, bottom = 1;
};
Fraction make(Int128 top, Int128 bottom) {
  if (bottom < 0) top = -top, bottom = -bottom;
  Int128 a = top < 0 ? -top : top, b = bottom;
  while (b != 0) a = std::exchange(b, a % b);
  return a == 0 ? Fraction{0, 1} : Fraction{top / a, bottom / a};
}
int compare(const Fraction& a, const Fraction& b) {
  const Int128 left = a.top * b.bottom, right = b.top * a.bottom;
  return left < right ? -1 : left > right ? 1 : 0;
}
Int128 floor_of(const Fraction& x) {
  return x.top >= 0 ? x.top / x.bottom : -((-x.top + x.bottom - 1) / x.bottom);
}

// Operators by their text; "n" a number, "v" one of the inputs a, b, c.
struct Tree {
  std::string op;
  int number = 0;  // in tenths for "n", index for "v", decimals for "bulat"
  std::vector<Tree> parts;
};

int pick(int below) {
  return *rc::gen::inRange(0, below);
}

Tree any_number(int depth) {
  static const std::vector<std::string> kOps{"+",    "-",   "*",     "/",      "neg",   "min",
                                             "maks", "abs", "bulat", "lantai", "langit"};
  const int choice = depth == 0 ? pick(2) : pick(2 + static_cast<int>(kOps.size()));
  if (choice == 0) return {"n", pick(60), {}};
  if (choice == 1) return {"v", pick(3), {}};
  const std::string& op = kOps[static_cast<std::size_t>(choice - 2)];
  Tree tree{op, op == "bulat" ? pick(3) : 0, {any_number(depth - 1)}};
  const bool two = op.size() == 1 || op == "min" || op == "maks";
  if (two) tree.parts.push_back(any_number(depth - 1));
  return tree;
}

Tree any_truth(int depth) {
  static const std::vector<std::string> kOps{"<", "<=", ">", ">=", "=", "<>", "dan", "atau", "bukan"};
  const int choice = depth == 0 ? pick(6) : pick(static_cast<int>(kOps.size()));
  const std::string& op = kOps[static_cast<std::size_t>(choice)];
  if (choice < 6) return {op, 0, {any_number(depth), any_number(depth)}};
  Tree tree{op, 0, {any_truth(depth - 1)}};
  if (op != "bukan") tree.parts.push_back(any_truth(depth - 1));
  return tree;
}

// How close an operator binds; functions and single values closest.
int strength(const std::string& op) {
  if (op == "atau") return 1;
  if (op == "dan") return 2;
  if (op == "bukan") return 3;
  if (op == "+" || op == "-") return 5;
  if (op == "*" || op == "/") return 6;
  if (op == "neg") return 7;
  return op.find_first_of("<>=") == 0 ? 4 : 8;
}

std::string blank() {
  return std::string(static_cast<std::size_t>(pick(2)), ' ');
}

std::string print(const Tree& tree, int least) {
  const int own = strength(tree.op);
  std::string text;
  if (tree.op == "n") {
    text = std::to_string(tree.number / 10);
    if (tree.number % 10 != 0) text += "." + std::to_string(tree.number % 10);
  } else if (tree.op == "v") {
    text = std::string(1, static_cast<char>('a' + tree.number));
  } else if (tree.op == "neg") {
    text = "-" + blank() + print(tree.parts[0], own);
  } else if (tree.op == "bukan") {
    text = "bukan " + print(tree.parts[0], own);
  } else if (own == 8) {
    text = tree.op + "(" + blank() + print(tree.parts[0], 0);
    for (std::size_t i = 1; i < tree.parts.size(); ++i) text += blank() + "," + blank() + print(tree.parts[i], 0);
    if (tree.op == "bulat") text += ", " + std::to_string(tree.number);
    text += ")";
  } else {
    // The right side of an operator of the same strength needs brackets; so do both sides of a comparison.
    const std::string gap = own <= 2 ? " " : blank();
    text = print(tree.parts[0], own == 4 ? 5 : own) + gap + tree.op + gap + print(tree.parts[1], own + 1);
  }
  return own < least ? "(" + text + ")" : text;
}

// nullopt: a division by zero was reached, or the fraction left 128 bits (`wide`).
struct Oracle {
  std::vector<int> inputs;  // in tenths
  bool wide = false;

  std::optional<Fraction> number(const Tree& tree) {
    if (tree.op == "n") return make(tree.number, 10);
    if (tree.op == "v") return make(inputs[static_cast<std::size_t>(tree.number)], 10);
    const auto first = number(tree.parts[0]);
    if (!first) return std::nullopt;
    if (tree.op == "neg") return make(-first->top, first->bottom);
    if (tree.op == "abs") return make(first->top < 0 ? -first->top : first->top, first->bottom);
    if (tree.op == "lantai") return make(floor_of(*first), 1);
    if (tree.op == "langit") return make(-floor_of({-first->top, first->bottom}), 1);
    if (tree.op == "bulat") {
      Int128 unit = 1;
      for (int i = 0; i < tree.number; ++i) unit *= 10;
      const Int128 size = first->top < 0 ? -first->top : first->top;
      const Int128 steps = floor_of(make(2 * size * unit + first->bottom, 2 * first->bottom));
      return guarded(make(first->top < 0 ? -steps : steps, unit));
    }
    const auto second = number(tree.parts[1]);
    if (!second) return std::nullopt;
    if (tree.op == "min") return compare(*first, *second) <= 0 ? first : second;
    if (tree.op == "maks") return compare(*first, *second) >= 0 ? first : second;
    if (tree.op == "+")
      return guarded(make(first->top * second->bottom + second->top * first->bottom, first->bottom * second->bottom));
    if (tree.op == "-")
      return guarded(make(first->top * second->bottom - second->top * first->bottom, first->bottom * second->bottom));
    if (tree.op == "*") return guarded(make(first->top * second->top, first->bottom * second->bottom));
    if (second->top == 0) return std::nullopt;
    return guarded(make(first->top * second->bottom, first->bottom * second->top));
  }

  std::optional<bool> truth(const Tree& tree) {
    if (tree.op == "bukan" || tree.op == "dan" || tree.op == "atau") {
      const auto left = truth(tree.parts[0]);
      if (!left) return std::nullopt;
      if (tree.op == "bukan") return !*left;
      if (*left == (tree.op == "atau")) return left;
      return truth(tree.parts[1]);
    }
    const auto left = number(tree.parts[0]);
    if (!left) return std::nullopt;
    const auto right = number(tree.parts[1]);
    if (!right) return std::nullopt;
    const int order = compare(*left, *right);
    if (tree.op == "<") return order < 0;
    if (tree.op == "<=") return order <= 0;
    if (tree.op == ">") return order > 0;
    if (tree.op == ">=") return order >= 0;
    return (order == 0) == (tree.op == "=");
  }

private:
  // Products of two such fractions still fit; beyond it the oracle has nothing to say.
  std::optional<Fraction> guarded(const Fraction& x) {
    const Int128 most = Int128{1} << 60;
    if (x.top < most && x.top > -most && x.bottom < most) return x;
    wide = true;
    return std::nullopt;
  }
};

std::string text_of(Int128 value) {
  return Rational(Decimal::from_parts(value, 0)).to_string();
}

RC_GTEST_PROP(Formula, EqualsALiteralEvaluation, ()) {
  const Tree condition = any_truth(2), then = any_number(3), otherwise = any_number(3);
  KeptFiles files;
  files.keep("models/uji/pack.yaml",
             "jenjang: 1\npaket: uji\njudul: U\nstatus: belum-diverifikasi\nrumus:\n- kode: f\n"
             "  masukan: [{kode: a}, {kode: b}, {kode: c}]\n  langkah:\n  - kode: s\n    pilih:\n    - {bila: \"" +
                 print(condition, 0) + "\", hitung: \"" + print(then, 0) + "\"}\n    - {hitung: \"" +
                 print(otherwise, 0) + "\"}\n");
  SourceMap sources;
  DiagnosticSink sink;
  PackLibrary library;
  const bool read = library.load_folder("models", sources, sink, files);
  if (!read) RC_FAIL(render_text(sink.sorted(), sources, {}));
  const Pack& pack = *library.find("uji");
  Oracle oracle;
  FormulaInputs inputs;
  for (const char* code : {"a", "b", "c"}) {
    oracle.inputs.push_back(pick(41) - 20);
    inputs[code].number = Rational(oracle.inputs.back(), 10);
  }
  const FormulaResult found = evaluate_formula(pack, pack.formulas.front(), inputs).front();
  const auto holds = oracle.truth(condition);
  const auto expected = holds ? oracle.number(*holds ? then : otherwise) : std::nullopt;
  if (oracle.wide) return;
  RC_ASSERT(found.value.has_value() == expected.has_value());
  if (!expected) {
    RC_ASSERT(found.gap == FormulaGap::division_by_zero);
    return;
  }
  const Fraction known = expected.value_or(Fraction{});  // GCC 12 does not see that the optional holds
  const std::string fraction = text_of(known.top) + (known.bottom == 1 ? std::string() : "/" + text_of(known.bottom));
  RC_ASSERT(found.value->number.to_string() == fraction);
  RC_ASSERT(found.branch == (*holds ? 0U : 1U));
}

}  // namespace formula_test
}  // namespace jenjang
