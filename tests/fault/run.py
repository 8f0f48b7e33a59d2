#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What leaves the program when something fails: docs/redaction.md, "Fail
closed".

Each of its allocations, reads and writes fails in turn (shim.c), and it is
killed at moments drawn by chance.  Whatever happens, what came out must be
the beginning of what comes out when all goes well: so no byte that was not
filtered.  It must say so and end with a status of its own, or get by.

    run.py SHIM

BUILD is where the program was built.
"""
import fcntl
import os
import random
import subprocess
import sys
import tempfile
import time

RULES = ("github-pat", "private-key-openssh", "slack-bot-token",
         "private-key-pkcs8", "npm-access-token")
EACH = 600          # most calls of a kind that are tried
KILLS = 30
PIECE = 701         # bytes that one read gets
GIVEN = b"Tr0ub4dor-and-3"

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
STANCH = f"{BUILD}/stanch"


def environment(work, **more):
    return {"PATH": "/usr/bin:/bin", "HOME": work, "LC_ALL": "C.UTF-8",
            "STANCH_CACHE_DIR": f"{work}/cache", **more}


def example(rule, seed, work):
    return subprocess.run(
        [STANCH, "rules", "example", "--seed", str(seed), rule],
        env=environment(work), check=True, stdout=subprocess.PIPE).stdout


def make_input(work):
    """A log with secrets of many kinds, and these secrets."""
    text, secrets = b"", []
    for seed, rule in enumerate(RULES):
        secret = example(rule, seed, work)
        secrets += [line for line in secret.splitlines()
                    if len(line) > 16 and not line.startswith(b"---")]
        text += b"step %d begins\n" % seed + b"value " + secret + b"\n"
        text += b'{"n": 1, "token": "' + secret.splitlines()[0] + b'"}\n'
        text += b"a line like any other, and one more\n" * 40
    wide = example("github-pat", 99, work).strip()
    return text + wide.decode().encode("utf-16-le"), secrets + [wide]


def packets(data):
    """A pipe from which each read gets a piece, and then the end."""
    out, into = os.pipe2(os.O_DIRECT | os.O_CLOEXEC)
    fcntl.fcntl(into, fcntl.F_SETPIPE_SZ, 1 << 20)
    for at in range(0, len(data), PIECE):
        os.write(into, data[at:at + PIECE])
    os.close(into)
    return out


class Mode:
    """The program called in one way."""

    def __init__(self, name, args, trouble, work):
        self.name, self.args, self.trouble = name, args, trouble
        self.work = work

    def clear(self):
        """An audit log is begun once."""
        if os.path.exists(f"{self.work}/audit"):
            os.unlink(f"{self.work}/audit")

    def run(self, shim, data, kind, n):
        """Its status, output, errors."""
        env = environment(self.work, LD_PRELOAD=shim, FAULT_KIND=kind,
                          FAULT_AT=str(n), FAULT_COUNT=f"{self.work}/count")
        self.clear()
        source = packets(data)
        done = subprocess.run([STANCH, *self.args], env=env, stdin=source,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60, check=False)
        os.close(source)
        return done.returncode, done.stdout, done.stderr

    def count(self, shim, data, kind):
        """How many calls there are, and what comes out when none fails."""
        self.run(shim, data, kind, 0)       # from now on, from the cache
        status, out, err = self.run(shim, data, kind, 0)
        if status != 0:
            raise RuntimeError(f"{self.name}: {status}: {err!r}")
        with open(f"{self.work}/count", encoding="ascii") as file:
            return int(file.read()), out


def modes_in(work):
    """The ways in which it is called."""
    return (
        Mode("redact", ("redact",), 2, work),
        Mode("redact --json", ("redact", "--json"), 2, work),
        Mode("redact --mask-file --audit",
             ("redact", "--mask-file", f"{work}/values", "--audit",
              f"{work}/audit", "--key-file", f"{work}/key", "-t",
              "[REDACTED:{rule}:{hash}]"), 2, work),
        Mode("redact --in-band --neutralise-commands",
             ("redact", "--in-band", "all", "--neutralise-commands"), 2,
             work),
        Mode("redact -- CMD", ("redact", "--", "cat"), 125, work))


def why_bad(mode, result, whole, secrets):
    """None: all is as it must be."""
    status, out, err = result
    if not whole.startswith(out):
        return f"other bytes came out: ...{out[-80:]!r}"
    if any(secret in out or secret in err for secret in secrets):
        return "a secret came out"
    if status == 0:
        return None if out == whole else "less came out, and no error"
    if status != mode.trouble:
        return f"status {status}: {err!r}"
    return None if err.startswith(b"stanch") else f"not said: {err!r}"


def numbers(total):
    """All calls; where they are too many the first, the last, and between."""
    if total <= EACH:
        return list(range(1, total + 1))
    third = EACH // 3
    step = (total - 2 * third) // third + 1
    return [*range(1, third + 1), *range(third + 1, total - third, step),
            *range(total - third, total + 1)]


def try_faults(mode, kind, shim, data, secrets):
    """One of each kind of call fails.  How many runs were bad, and good."""
    total, whole = mode.count(shim, data, kind)
    bad = good = 0
    if any(secret in whole for secret in secrets):
        print(f"FAIL {mode.name}: it masks nothing")
        return 1, 0
    for n in numbers(total):
        why = why_bad(mode, mode.run(shim, data, kind, n), whole, secrets)
        if why:
            print(f"FAIL {mode.name}: {kind} {n} of {total}: {why}")
        bad += bool(why)
        good += not why
    print(f"{mode.name}: {kind}: {total} calls, {good} tried, {bad} bad")
    return bad, good


def try_kill(mode, data, secrets, chance):
    """Killed while bytes come in and go out.  As try_faults()."""
    plain = data * 20
    mode.clear()
    began = time.monotonic()
    whole = subprocess.run([STANCH, *mode.args], input=plain, check=True,
                           env=environment(mode.work),
                           stdout=subprocess.PIPE).stdout
    takes = time.monotonic() - began
    good = some = 0
    for _ in range(KILLS):
        mode.clear()
        with open(f"{mode.work}/out", "wb") as out:
            running = subprocess.Popen(
                [STANCH, *mode.args], env=environment(mode.work), bufsize=0,
                stdin=subprocess.PIPE, stdout=out, stderr=out)
            until = time.monotonic() + chance.random() * takes * 1.5
            for at in range(0, len(plain), PIECE):
                if time.monotonic() > until:
                    break
                running.stdin.write(plain[at:at + PIECE])
            running.kill()
            running.wait()
            running.stdin.close()
        with open(f"{mode.work}/out", "rb") as out:
            came = out.read()
        good += whole.startswith(came) and not any(s in came for s in secrets)
        some += b"REDACTED" in came
    print(f"{mode.name}: killed {KILLS} times, {some} of them when something "
          f"had come out, {KILLS - good} bad")
    return KILLS - good, good


def main():
    shim = os.path.abspath(sys.argv[1])
    bad = good = 0
    with tempfile.TemporaryDirectory() as work:
        os.mkdir(f"{work}/cache", 0o700)
        data, secrets = make_input(work)
        with open(f"{work}/values", "wb") as file:
            file.write(b"NAME=" + GIVEN + b"\n")
        with open(f"{work}/key", "wb") as file:
            file.write(b"k" * 32)
        os.chmod(f"{work}/key", 0o600)
        for mode in modes_in(work):
            log, of_log = data, secrets
            if "--mask-file" in mode.args:
                log = b"the value given, " + GIVEN + b", twice\n" + data
                of_log = [GIVEN, *secrets]
            elif "--in-band" in mode.args:
                log = (b"::add-mask::" + GIVEN + b"\n\x1b[2Jthen " + GIVEN +
                       b"\n" + data)
                of_log = [GIVEN, *secrets]
            for kind in ("memory", "read", "write"):
                result = try_faults(mode, kind, shim, log, of_log)
                bad, good = bad + result[0], good + result[1]
            if mode.trouble == 2:
                result = try_kill(mode, log, of_log, random.Random(1))
                bad, good = bad + result[0], good + result[1]
    print(f"{good} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
