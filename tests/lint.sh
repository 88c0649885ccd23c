#!/usr/bin/env bash
# Lint of the tree: format, tidy, words that have no place here. Called by ./dev lint.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0
mapfile -t sources < <(git ls-files -co --exclude-standard '*.h' '*.cc')

echo "clang-format over ${#sources[@]} files"
clang-format-19 --dry-run --Werror "${sources[@]}" || status=1

echo "layering, paths and pages"
cmake --preset release >/dev/null
cmake --build --preset release --target layering_test docs_test >/dev/null
build/release/tests/layering/layering_test --gtest_brief=1 || status=1
build/release/tests/docs/docs_test --gtest_brief=1 || status=1

if [ "${1:-}" != --fast ]; then
  echo "clang-tidy"
  mapfile -t units < <(git ls-files -co --exclude-standard 'engine/*.cc' 'bindings/*.cc')
  cmake --preset tidy >/dev/null  # compile commands without precompiled headers, which are the other compiler's
  printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/tidy --quiet --warnings-as-errors='*' 2>/dev/null || status=1
fi
[ $status = 0 ] && echo "lint: clean"
exit $status
