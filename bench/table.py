"""One table and one plot of a run: table.py OUTPUT_FOLDER bulk.json [rivals.json]

Reads what Google Benchmark wrote for bench_bulk and what bench/rivals/run.py wrote; writes table.md, table.csv and
plot.svg. Standard library alone.
"""

import argparse
import csv
import json
import math
import os
import statistics

JOBS = {
    "J2": "J2: targets by unrounded shares",
    "J2whole": "J2whole: targets in whole numbers, largest remainder",
    "J2own": "J2own: the nation's own cascade, every method",
    "J3": "J3: roll-up, value and state",
    "J3full": "J3full: roll-up with coverage, achievement, limit, predicate",
    "J4": "J4: one changed fact, as J3full",
    "J4values": "J4values: one changed fact, as J3",
}
PROBLEMS = {"plain": "plain province", "nation": "mixed kinds, two lanes",
            "hard": "mixed kinds, 30 % on target, cells near cuts"}
NAMES = {"engine": "Jenjang", "limit": "hand-written sweep", "engine_1": "Jenjang, 1 thread",
         "limit_1": "hand-written sweep, 1 thread", "boost_graph": "Boost.Graph adjacency_list"}
UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
CHANGES_OF_A_RUN = 1000  # rivals time J4 a thousand at once


def read_bulk(path):
    """Medians by job, problem, contender and size."""
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    rows = []
    for entry in data["benchmarks"]:
        if entry.get("aggregate_name") != "median":
            continue
        job, problem, who, *rest = entry["run_name"].split("/")
        rows.append({
            "job": job, "problem": problem, "who": NAMES.get(who, who), "key": who, "size": int(rest[0]),
            "nodes": int(entry["nodes"]), "threads": int(entry["threads"]),
            "seconds": entry["real_time"] * UNITS[entry["time_unit"]],
            "x_limit": entry.get("x_limit"), "GB_per_s": entry.get("GB_per_s"), "of_probe": entry.get("of_probe"),
            "peak_MiB": entry.get("peak_MiB"), "p99_us": entry.get("p99_us"), "bytes": entry.get("bytes"),
            "exact_decisions": entry.get("exact_decisions"), "note": "",
        })
    return data["context"], rows


def growth(rows):
    """The exponent of time over nodes, by least squares of the logarithms; from three sizes on."""
    if len(rows) < 3:
        return ""
    points = [(math.log(r["nodes"]), math.log(r["seconds"])) for r in rows]
    mean_x, mean_y = (statistics.fmean(p[i] for p in points) for i in (0, 1))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return f"n^{slope:.2f}"


def read_rivals(path):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    rows = []
    for result in data["results"]:
        seconds = statistics.median(result["seconds"])
        note = result["note"]
        if result["job"] == "J4values":
            seconds, note = seconds / CHANGES_OF_A_RUN, ""
        if len(result["seconds"]) < 7:
            note = ", ".join(filter(None, (note, f"{len(result['seconds'])} samples")))
        rows.append({"job": result["job"], "problem": "plain", "who": f"{result['rival']} {result['version']}",
                     "key": "rival", "size": result["size"], "nodes": result["nodes"], "threads": None,
                     "seconds": seconds, "peak_MiB": result["peak_MiB"], "note": note})
    return rows, data["absent"]


def add_ratios(rows):
    """Rivals against the hand-written sweep on all threads."""
    limits = {(r["job"], r["problem"], r["size"]): r["seconds"] for r in rows if r["key"] == "limit"}
    for row in rows:
        limit = limits.get((row["job"], row["problem"], row["size"]))
        if limit and (row["key"] in ("rival", "boost_graph") or row.get("x_limit") is None):
            row["x_limit"] = row["seconds"] / limit


def told(seconds):
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def size_name(size):
    exponent = round(math.log10(size))
    return f"10^{exponent}" if size == 10**exponent else f"{size / 10**int(math.log10(size)):g}x10^{int(math.log10(size))}"


def cell(row):
    if row is None:
        return ""
    times = row.get("x_limit")
    ratio = f" ({times:,.{2 if times < 10 else 0}f})" if times and row["key"] not in ("limit", "limit_1") else ""
    p99 = f", p99 {told(row['p99_us'] * 1e-6)}" if row.get("p99_us") else ""
    return told(row["seconds"]) + p99 + ratio


def write_markdown(path, context, rows, absent, machine, date):
    lines = [f"# Measured {date}", ""]
    if machine:
        lines += [f"Machine: {machine}. Processor: {context.get('processor', 'unknown')}.", ""]
    lines += [
        "Medians; in brackets: times the hand-written sweep (of as many threads) over the same columns in the same run.",
        f"Compiler {context.get('compiler', '')}; seed {context.get('seed', '')}; kernels: "
        f"{context.get('kernels', '')}; those of the hand-written sweep: {context.get('limit_kernels', '')}.",
        "Bandwidth (read, copy, write; GB/s): one thread "
        f"{context.get('probe_1_read_copy_write_GBps', '')}; all {context.get('probe_all_read_copy_write_GBps', '')}.",
        "",
    ]
    for job, title in JOBS.items():
        for problem, subtitle in PROBLEMS.items():
            here = [r for r in rows if r["job"] == job and r["problem"] == problem]
            if not here:
                continue
            sizes = sorted({r["size"] for r in here})
            who = list(dict.fromkeys(r["who"] for r in sorted(here, key=lambda r: order_of(r, here))))
            lines += [f"## {title}: {subtitle}", "",
                      "| | " + " | ".join(size_name(s) for s in sizes) + " | grows | of the probe | peak MiB |",
                      "|---" * (len(sizes) + 4) + "|"]
            for name in who:
                by_size = {r["size"]: r for r in here if r["who"] == name}
                largest = by_size[max(by_size)]
                probe = f"{100 * largest['of_probe']:.0f} %" if largest.get("of_probe") else ""
                peak = f"{largest['peak_MiB']:.0f}" if largest.get("peak_MiB") else ""
                notes = "; ".join(sorted({r["note"] for r in by_size.values() if r["note"]}))
                lines.append(f"| {name}{' (' + notes + ')' if notes else ''} | "
                             + " | ".join(cell(by_size.get(s)) for s in sizes)
                             + f" | {growth(by_size.values())} | {probe} | {peak} |")
            lines.append("")
    if absent:
        lines += ["## Left out", ""]
        lines += [f"- {a['rival']}, {a['job']} at {size_name(a['size'])}: {a['why']}" for a in absent]
        lines.append("")
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(lines))


def order_of(row, rows):
    """The hand-written sweep first, then by time at the smallest common size."""
    own = {"limit": 0, "engine": 1, "limit_1": 2, "engine_1": 3}.get(row["key"], 4)
    smallest = min(r["size"] for r in rows if r["who"] == row["who"])
    return own, next(r["seconds"] / r["nodes"] for r in rows if r["who"] == row["who"] and r["size"] == smallest)


def write_csv(path, rows):
    columns = ["job", "problem", "who", "nodes", "threads", "seconds", "x_limit", "bytes", "GB_per_s", "of_probe",
               "p99_us", "exact_decisions", "peak_MiB", "note"]
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for row in sorted(rows, key=lambda r: (r["job"], r["problem"], r["who"], r["nodes"])):
            writer.writerow({k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()})


COLOURS = ("#0b6e4f", "#888888", "#c1440e", "#2b59c3", "#8e44ad", "#b8860b", "#00818a", "#d6336c", "#5c4033")


def write_plot(path, rows):
    """Seconds against nodes, both logarithmic: the plain roll-up, everybody."""
    here = [r for r in rows if r["job"] == "J3" and r["problem"] == "plain" and r["key"] not in ("engine_1", "limit_1")]
    if not here:
        return
    width, height, left, right, top, bottom = 860, 560, 70, 250, 40, 50
    low_x, high_x = (math.log10(f(r["nodes"] for r in here)) for f in (min, max))
    low_y, high_y = math.floor(math.log10(min(r["seconds"] for r in here))), math.ceil(
        math.log10(max(r["seconds"] for r in here)))
    span_x = max(high_x - low_x, 1e-9)

    def x_of(nodes):
        return left + (math.log10(nodes) - low_x) / span_x * (width - left - right)

    def y_of(seconds):
        return height - bottom - (math.log10(seconds) - low_y) / (high_y - low_y) * (height - top - bottom)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
             f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
             '<rect width="100%" height="100%" fill="white"/>',
             f'<text x="{left}" y="22" font-size="14">Roll-up of every node, twelve months: seconds by nodes</text>']
    for exponent in range(low_y, high_y + 1):
        y = y_of(10.0**exponent)
        label = told(10.0**exponent)
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{width - right}" y2="{y:.1f}" stroke="#ddd"/>'
                     f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    for exponent in range(math.ceil(low_x - 0.05), math.floor(high_x + 0.05) + 1):
        x = min(max(x_of(10.0**exponent), left), width - right)
        parts.append(f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{height - bottom}" stroke="#ddd"/>'
                     f'<text x="{x:.1f}" y="{height - bottom + 18}" text-anchor="middle">10'
                     f'<tspan dy="-5" font-size="9">{exponent}</tspan></text>')
    labels = []
    for i, name in enumerate(dict.fromkeys(r["who"] for r in sorted(here, key=lambda r: order_of(r, here)))):
        points = sorted((r["nodes"], r["seconds"]) for r in here if r["who"] == name)
        colour = COLOURS[i % len(COLOURS)]
        line = " ".join(f"{x_of(n):.1f},{y_of(s):.1f}" for n, s in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x_of(n):.1f}" cy="{y_of(s):.1f}" r="3" fill="{colour}"/>' for n, s in points]
        labels.append([y_of(points[-1][1]), name, colour, x_of(points[-1][0]), y_of(points[-1][1])])
    last = -math.inf
    for label in sorted(labels):
        y = last = max(label[0], last + 16)
        parts.append(f'<line x1="{label[3]:.1f}" y1="{label[4]:.1f}" x2="{width - right + 10}" y2="{y:.1f}" '
                     f'stroke="{label[2]}" stroke-dasharray="2 3"/>'
                     f'<text x="{width - right + 14}" y="{y + 4:.1f}" fill="{label[2]}">{label[1]}</text>')
    parts.append("</svg>")
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(parts) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output")
    parser.add_argument("bulk")
    parser.add_argument("rivals", nargs="?")
    parser.add_argument("--machine", default="", help='its class, as "2 virtual cores, 24 GiB, AVX-512"')
    parser.add_argument("--date", required=True)
    arguments = parser.parse_args()
    context, rows = read_bulk(arguments.bulk)
    absent = []
    if arguments.rivals:
        rival_rows, absent = read_rivals(arguments.rivals)
        rows += rival_rows
    add_ratios(rows)
    os.makedirs(arguments.output, exist_ok=True)
    write_markdown(os.path.join(arguments.output, "table.md"), context, rows, absent, arguments.machine,
                   arguments.date)
    write_csv(os.path.join(arguments.output, "table.csv"), rows)
    write_plot(os.path.join(arguments.output, "plot.svg"), rows)


if __name__ == "__main__":
    main()
