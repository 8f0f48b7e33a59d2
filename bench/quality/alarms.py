# SPDX-License-Identifier: Apache-2.0
"""Counts the alarms on source packages, by tier, per million lines.

    alarms.py TREES REPORT ACCEPTED PACKAGE... [--list FILE]

ACCEPTED lists what somebody has looked at and found to be real, with why:
lines of package, rule, path (as in fnmatch), reason, with tabs between them.
All else is a false alarm.  --list writes those down: package, rule, tier,
path, line; no secret is printed.  Exit status 1: more than the targets allow,
or fewer than ten packages.
"""

import argparse
import collections
import fnmatch
import json
import os
import sys

# Most false alarms per million lines.
TARGETS = {("proven", "shaped"): 1.0,
           ("proven", "shaped", "contextual", "heuristic"): 20.0}
PACKAGES_LEAST = 10


def lines_below(path):
    count = 0
    for root, _, files in os.walk(path):
        for name in files:
            name = os.path.join(root, name)
            if os.path.islink(name) or not os.path.isfile(name):
                continue
            with open(name, "rb") as file:
                while block := file.read(1 << 20):
                    count += block.count(b"\n")
    return count


def read_accepted(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t")[:3] for line in file
                if line.strip() and not line.startswith("#")]


def read_findings(trees, report):
    ended = False
    with open(report, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["type"] == "finding":
                package, path = os.path.relpath(
                    record["path"], trees).split("/", 1)
                yield (package, record["rule_id"], record["confidence"],
                       path, record["line"])
            elif record["type"] == "summary":
                ended = True
                if record["gaps"]:
                    print(f"not read: {record['gaps']} damaged archives "
                          "and the like, made for tests")
    if not ended:
        sys.exit("alarms.py: the report has no end")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("trees")
    parser.add_argument("report")
    parser.add_argument("accepted")
    parser.add_argument("packages", nargs="+")
    parser.add_argument("--list")
    args = parser.parse_args()
    with open(os.path.join(args.trees, "versions"), encoding="utf-8") as file:
        versions = dict(line.split() for line in file)
    accepted = read_accepted(args.accepted)
    known, false = collections.Counter(), collections.Counter()
    alarms = []
    for finding in read_findings(args.trees, args.report):
        package, rule, tier, path, _ = finding
        if any(package == a[0] and fnmatch.fnmatchcase(rule, a[1]) and
               fnmatch.fnmatchcase(path, a[2]) for a in accepted):
            known[package, tier] += 1
        else:
            false[package, tier] += 1
            alarms.append(finding)
    total = 0
    print(f"{'package':<18} {'version':<30} {'lines':>9} {'accepted':>9} "
          f"{'sure':>5} {'other':>6}")
    got = [p for p in args.packages if p in versions]
    for package in got:
        lines = lines_below(os.path.join(args.trees, package))
        total += lines
        tiers = {t: false[package, t] for t in
                 ("proven", "shaped", "contextual", "heuristic")}
        sure = tiers["proven"] + tiers["shaped"]
        print(f"{package:<18} {versions[package]:<30} {lines:>9} "
              f"{sum(n for (p, _), n in known.items() if p == package):>9} "
              f"{sure:>5} {sum(tiers.values()) - sure:>6}")
    missed = len(got) < PACKAGES_LEAST
    for tiers, most in TARGETS.items():
        count = sum(n for (_, t), n in false.items() if t in tiers)
        rate = count * 1e6 / total if total else 0.0
        missed |= rate > most
        print(f"{'+'.join(tiers)}: {count} in {total / 1e6:.1f} million "
              f"lines, {rate:.2f} per million, at most {most:g}"
              f"{'  MISS' if rate > most else ''}")
    if len(got) < PACKAGES_LEAST:
        print(f"only {len(got)} packages could be had  MISS")
    if args.list:
        with open(args.list, "w", encoding="utf-8") as file:
            for alarm in sorted(alarms):
                file.write("\t".join(map(str, alarm)) + "\n")
    return missed


if __name__ == "__main__":
    sys.exit(main())
