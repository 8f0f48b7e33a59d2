# SPDX-License-Identifier: Apache-2.0
"""Compares a report of a scan with the labels of its corpus.

    score.py CORPUS REPORT [--list FILE]

A planted secret is found when a finding has exactly its span and, if it is
proven or shaped, is no less sure than that.  A finding that touches no
planted secret is a false alarm of its own tier.  --list writes down every
miss and false alarm: what, rule, host, file, place.  No secret is printed;
the corpus of the same seed has them.  Exit status 1: a figure is below its
target.
"""

import argparse
import collections
import json
import os
import sys

TIERS = ["proven", "shaped", "contextual", "heuristic"]
SURE = TIERS[:2]
# Least recall and precision, in per cent; issue figures of the project.
RECALL = {"proven": 100.0, "shaped": 100.0, "all": 99.5}
PRECISION = {"proven+shaped": 99.0, "contextual": 90.0}


def read_labels(corpus):
    labels = collections.defaultdict(list)
    with open(os.path.join(corpus, "labels.tsv"), encoding="ascii") as file:
        for line in file:
            path, start, end, tier, rule, host = line.rstrip("\n").split("\t")
            labels[path].append((int(start), int(end), tier, rule, host))
    return labels


def read_findings(corpus, report):
    found = collections.defaultdict(list)
    complete = False
    with open(report, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["type"] == "finding":
                found[os.path.relpath(record["path"], corpus)].append(
                    (record["start"], record["end"], record["confidence"],
                     record["rule_id"]))
            elif record["type"] == "summary":
                complete = record["complete"]
    if not complete:
        sys.exit("score.py: the report is not complete")
    return found


def why_missed(label, findings):
    """Why it counts as missed; None when it was found."""
    start, end, tier = label[:3]
    exact = [f for f in findings if f[:2] == (start, end)]
    if any(tier not in SURE or TIERS.index(f[2]) <= TIERS.index(tier)
           for f in exact):
        return None
    if exact:
        return "unsure:" + exact[0][3]
    touching = [f for f in findings if f[0] < end and f[1] > start]
    if touching:
        return f"span:{touching[0][3]}:{touching[0][0] - start:+}" \
            f"{touching[0][1] - end:+}"
    return "missed"


def count(labels, found):
    planted, hit = collections.Counter(), collections.Counter()
    false, lines = collections.Counter(), []
    for path, wanted in labels.items():
        for label in wanted:
            if label[2] == "part":
                continue
            why = why_missed(label, found.get(path, ()))
            planted[label[2]] += 1
            hit[label[2]] += why is None
            if why:
                lines.append((why, label[3], label[4], path, label[0]))
    for path, findings in found.items():
        for start, end, tier, rule in findings:
            if not any(start < e and end > s
                       for s, e, *_ in labels.get(path, ())):
                false[tier] += 1
                lines.append(("false:" + tier, rule, path.split("/")[1],
                              path, start))
    return planted, hit, false, lines


def share(part, whole):
    return 100.0 * part / whole if whole else 100.0


def figures(planted, hit, false, name, tiers):
    p, h, f = (sum(c[t] for t in tiers) for c in (planted, hit, false))
    recall, precision = share(h, p), share(h, h + f)
    return name, p, h, f, recall, precision, \
        2 * recall * precision / (recall + precision or 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("report")
    parser.add_argument("--list")
    args = parser.parse_args()
    labels = read_labels(args.corpus)
    counts = count(labels, read_findings(args.corpus, args.report))
    planted, hit, false, lines = counts
    print(f"{'tier':<14} {'planted':>8} {'found':>8} {'false':>6} "
          f"{'recall %':>9} {'precision %':>12} {'F1 %':>7}")
    missed_target = False
    for name, tiers in [(t, [t]) for t in TIERS] + [
            ("proven+shaped", SURE), ("all", TIERS)]:
        name, p, h, f, recall, precision, f1 = figures(
            planted, hit, false, name, tiers)
        miss = recall < RECALL.get(name, 0) or \
            precision < PRECISION.get(name, 0)
        missed_target |= miss
        print(f"{name:<14} {p:>8} {h:>8} {f:>6} {recall:>9.3f} "
              f"{precision:>12.3f} {f1:>7.2f}{'  MISS' if miss else ''}")
    if args.list:
        with open(args.list, "w", encoding="utf-8") as file:
            for line in sorted(lines):
                file.write("\t".join(map(str, line)) + "\n")
    return missed_target


if __name__ == "__main__":
    sys.exit(main())
