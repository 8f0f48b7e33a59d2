#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The leak battery as a table: stanch beside stand-ins of other maskers.

A figure is how much of the secret, in the form it had, can be read in one
piece when colours, line ends and blanks are left out; - is 16 % or less.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "../tests/leaks"))

import battery
from maskers import MASKERS
from run import stanch


def shares(case):
    yield battery.leaked(case.form, stanch(case))
    for masker in MASKERS:
        yield battery.leaked(case.form, masker(case.secrets,
                                               case.writes).encode())


def show(title, cases):
    """Returns how many cases each stops."""
    names = ["stanch"] + [m.__name__ for m in MASKERS]
    stopped = [0] * len(names)
    print(f"{title:42}" + "".join(f"{n[:6]:>7}" for n in names))
    for case in cases:
        row = list(shares(case))
        print(f"{case.name:42.42}" + "".join(
            f"{'-' if s <= battery.MASKED else f'{s:.0%}':>7}" for s in row))
        stopped = [n + (s <= battery.MASKED) for n, s in zip(stopped, row)]
    print(f"{'stopped, of ' + str(len(cases)):42}" + "".join(
        f"{n:7}" for n in stopped) + "\n")


if __name__ == "__main__":
    show("the 43 ways", battery.battery())
    show("further ways", list(battery.further()))
