#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs `stanch redact -- CMD` as a user does, in a terminal (terminal.py).

    run.py [NAME...]        the cases called test_NAME in case_*.py; or all

BUILD is where the program was built.
"""
import glob
import importlib
import os
import shutil
import sys
import tempfile
import traceback

from terminal import Terminal

RULE = """[[rules]]
id = "test-one"
description = "Test"
regex = '''\\\\btone_[0-9]{8}\\\\b'''
confidence = "shaped"
impact = "high"
positive = ["tone_{{digit:8}}"]
""".replace("\\\\", "\\")


def prepare():
    """The program on the path, a rule, a cache; where a case may write."""
    here = os.path.dirname(os.path.abspath(__file__))
    build = os.path.abspath(os.environ.get("BUILD", "build"))
    work = tempfile.mkdtemp()
    os.mkdir(f"{work}/bin")
    os.mkdir(f"{work}/cache", 0o700)
    with open(f"{work}/rules.toml", "w", encoding="ascii") as rules:
        rules.write(RULE)
    with open(f"{work}/bin/redact", "w", encoding="ascii") as script:
        script.write(f'#!/bin/sh\nexec {build}/stanch redact --no-builtin '
                     f'-r {work}/rules.toml "$@"\n')
    os.chmod(f"{work}/bin/redact", 0o755)
    os.environ["PATH"] = f"{work}/bin:{build}:{os.environ['PATH']}"
    os.environ["STANCH_CACHE_DIR"] = f"{work}/cache"
    sys.path.insert(0, here)
    return here, work


def run(function, work):
    """One case in a terminal and a directory of its own; True: it passed."""
    folder = tempfile.mkdtemp(dir=work)
    terminal = Terminal(folder)
    try:
        function(terminal, folder)
        return True
    except Exception:       # whatever it is: the case failed
        print(f"FAIL {function.__name__[5:]}")
        traceback.print_exc(limit=3)
        print(f"the screen: {terminal.all[-2000:]!r}")
        return False
    finally:
        terminal.close()


def main():
    here, work = prepare()
    passed = failed = 0
    for path in sorted(glob.glob(f"{here}/case_*.py")):
        module = importlib.import_module(os.path.basename(path)[:-3])
        for name, function in vars(module).items():
            if not name.startswith("test_") or (
                    sys.argv[1:] and name[5:] not in sys.argv[1:]):
                continue
            if run(function, work):
                passed += 1
            else:
                failed += 1
    shutil.rmtree(work)
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or passed == 0


sys.dont_write_bytecode = True
if __name__ == "__main__":
    sys.exit(main())
