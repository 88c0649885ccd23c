#!/usr/bin/env bash
# One run of bench_bulk, with rivals or without, made into a table and a plot. Called by `./dev bench --table`.
#   bench/record.sh PROGRAM [-o FOLDER] [--rivals] [--largest N] [--nation] [--machine TEXT] [--date DAY] [more for PROGRAM]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=$1
shift
out=build/bench/table work=build/bench/run venv=build/bench/venv
rivals=0 largest=10000000 day=$(date +%F)
machine="$(nproc) virtual cores, $(awk '/MemTotal/ {printf "%.0f", $2 / 1048576}' /proc/meminfo) GiB"
for width in AVX2:avx2 AVX-512:avx512bw; do
  if grep -qw "${width#*:}" /proc/cpuinfo; then vectors=${width%%:*}; fi
done
machine+="${vectors:+, $vectors}"
more=()
while [ $# -gt 0 ]; do
  case $1 in
    -o) out=$2; shift 2 ;;
    --rivals) rivals=1; shift ;;
    --largest) largest=$2; shift 2 ;;
    --machine) machine=$2; shift 2 ;;
    --date) day=$2; shift 2 ;;
    *) more+=("$1"); shift ;;
  esac
done

rm -rf "$work"
mkdir -p "$work/dump" "$out"
if [ "$rivals" = 1 ]; then
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv" || { echo "python3 has no venv: no rivals" >&2; rivals=0; }
fi
if [ "$rivals" = 1 ]; then
  # One by one: what a machine cannot install is left out of the table, the others stay.
  while read -r package; do
    "$venv/bin/python" -m pip install -q "$package" >&2 || echo "not installed: $package" >&2
  done <bench/rivals/requirements.txt
  more+=("--dump=$work/dump" "--dump-largest=$largest")
fi
"$program" --largest="$largest" --benchmark_out_format=json --benchmark_out="$work/bulk.json" "${more[@]}"
found=()
if [ "$rivals" = 1 ]; then
  "$venv/bin/python" bench/rivals/run.py "$work/dump" "$work/rivals.json"
  found=("$work/rivals.json")
fi
python3 bench/table.py "$out" "$work/bulk.json" "${found[@]}" --machine "$machine" --date "$day"
rm -rf "$work/dump"
echo "$out/table.md" >&2
