#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""peers_table.py FILE.json…: what a harness measured of the engine and of other libraries, as tables in Markdown.

Several files are read as one, so runs with one thread and with two may be separate. Times are the least of all rounds.
"""
import json
import math
import sys

ENGINE = "engine"
TIE = 1.1  # differences below this are noise


def time(nanoseconds):
    """Three figures and a unit."""
    for unit, name in ((1e6, "ms"), (1e3, "µs")):
        if nanoseconds >= 0.9995 * unit:
            return f"{three_figures(nanoseconds / unit)} {name}"
    return f"{three_figures(nanoseconds)} ns"


def three_figures(number):
    return f"{number:.{max(0, 2 - math.floor(math.log10(number)))}f}"


def geometric_mean(numbers):
    return math.exp(sum(map(math.log, numbers)) / len(numbers))


def row(cells):
    return "| " + " | ".join(cells) + " |"


def results(workload, threads):
    """By peer, those that offer the workload."""
    return {result["peer"]: result for result in workload["results"]
            if result["threads"] == threads and "ns_min" in result}


def table(workloads, peers, threads):
    """Markdown lines. A ratio is the best peer's time over the engine's: above 1 the engine is ahead."""
    head = ["workload", ENGINE, "best peer", "ratio", "% of bound", "cold ratio", *peers]
    lines = [row(head), row(["---", *["---:"] * (len(head) - 1)])]
    ratios, cold_ratios = [], []
    for workload in workloads:
        measured = results(workload, threads)
        engine = measured.pop(ENGINE, None)
        if not engine or not measured:
            continue
        best = min(measured, key=lambda peer: measured[peer]["ns_min"])
        ratio = measured[best]["ns_min"] / engine["ns_min"]
        ratios.append(ratio)
        colds = [result["cold_ns"] for result in measured.values() if result.get("cold_ns")]
        cold = min(colds) / engine["cold_ns"] if colds and engine.get("cold_ns") else None
        if cold:
            cold_ratios.append(cold)
        bound = workload.get(f"bound_ns_{threads}t")
        shown = f"**{ratio:.2f}**" if ratio < 1 else f"{ratio:.2f}"
        lines.append(row([
            f"`{workload['workload']}`", time(engine["ns_min"]), best, shown,
            f"{100 * bound / engine['ns_min']:.0f}" if bound else "", f"{cold:.2f}" if cold else "",
            *(time(measured[peer]["ns_min"]) if peer in measured else "–" for peer in peers)]))
    if not ratios:
        return []
    behind = sum(ratio < 1 / TIE for ratio in ratios)
    ties = sum(1 / TIE <= ratio < TIE for ratio in ratios)
    summary = f"Geometric mean of the ratios {geometric_mean(ratios):.2f}, least {min(ratios):.2f}; " \
              f"ahead {len(ratios) - behind - ties}, within 10 % {ties}, behind {behind}, of {len(ratios)} workloads."
    if cold_ratios:
        summary += f" Cold: geometric mean {geometric_mean(cold_ratios):.2f}, least {min(cold_ratios):.2f}."
    return [f"### {threads} thread{'s' * (threads != 1)}", "", summary, "", *lines, ""]


def merged(runs):
    """Workloads of all runs by name, each with all results and bounds, in the order of the first run that has it."""
    workloads = {}
    for run in runs:
        for workload in run["workloads"]:
            known = workloads.setdefault(workload["workload"], {"results": []})
            known.update({**workload, "results": known["results"] + workload["results"]})
    return list(workloads.values())


def main(paths):
    runs = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            runs.append(json.load(file))
    workloads = merged(runs)
    versions = {peer: version for run in runs for peer, version in run["peers"].items() if peer != ENGINE}
    print("Peers: " + ", ".join(f"{peer} {version}" for peer, version in versions.items()) + ".\n")
    for run in runs:
        for threads, peak in run["peak"].items():
            flops = max(value for name, value in peak.items() if name.startswith("gflops"))
            levels = ", ".join(f"{level} {speed['copy']:.0f}" for level, speed in peak["bw_gbs"].items())
            print(f"Measured limits, {threads} thread{'s' * (threads != '1')}: {flops:.0f} GFLOP/s; copying, GB/s: {levels}.\n")
    for threads in sorted({result["threads"] for workload in workloads for result in workload["results"]}):
        print("\n".join(table(workloads, versions, threads)))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
