# SPDX-License-Identifier: Apache-2.0
"""A terminal for tests: an interactive bash on a pseudo-terminal.

Nothing here sleeps to wait for something: a test says what it expects to see,
and has LIMIT seconds to see it, however slow the machine is.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

LIMIT = float(os.environ.get("PTY_LIMIT", "60"))


class Failure(Exception):
    """What was expected did not come."""


class Terminal:
    """A shell with job control, its prompt "ready> "."""

    def __init__(self, folder, rows=24, columns=80):
        env = {"PATH": os.environ["PATH"], "HOME": folder, "TERM": "xterm",
               "LC_ALL": "C.UTF-8", "PS1": "ready> ", "LESS": "",
               "STANCH_CACHE_DIR": os.environ["STANCH_CACHE_DIR"],
               "PYTHONDONTWRITEBYTECODE": "1", "INPUTRC": "/dev/null"}
        for name in ("ASAN_OPTIONS",):
            if name in os.environ:
                env[name] = os.environ[name]
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # Whoever runs the tests may ignore some, as nohup does.
            for number in signal.valid_signals() - {signal.SIGKILL,
                                                    signal.SIGSTOP}:
                signal.signal(number, signal.SIG_DFL)
            os.chdir(folder)
            os.execvpe("bash", ["bash", "--norc", "--noprofile", "--noediting",
                                "-i"], env)
        self.seen = b""         # what no expect() has taken yet
        self.all = b""
        self.resize(rows, columns)
        self.expect(rb"ready> ")

    def resize(self, rows, columns):
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, size)

    def type(self, text):
        os.write(self.fd, text.encode())

    def line(self, text):
        self.type(text + "\n")

    def read(self, seconds):
        """What has come; False when nothing came in time."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            part = os.read(self.fd, 65536)
        except OSError:
            return False
        self.seen += part
        self.all += part
        return bool(part)

    def expect(self, pattern, limit=None):
        """Waits for the pattern; all up to its end is taken."""
        end = time.monotonic() + (limit or LIMIT)
        while True:
            match = re.search(pattern, self.seen, re.S)
            if match:
                self.seen = self.seen[match.end():]
                return match
            left = end - time.monotonic()
            if left <= 0 or (not self.read(min(left, 1)) and not self.alive()):
                raise Failure(f"{pattern!r} did not come: {self.seen!r}")

    def until(self, truth, what):
        """Waits until truth() is true, reading on."""
        end = time.monotonic() + LIMIT
        while not truth():
            if time.monotonic() > end:
                raise Failure(f"{what}: {self.seen!r}")
            self.read(0.02)

    def run(self, command):
        """Runs it to its end; what it showed, and its status."""
        self.line(command + "; echo status:$?:")
        self.expect(rb"status:\$\?:\r\n")
        # The shell may tell of its jobs before its prompt.
        match = self.expect(rb"^(.*?)status:(\d+):\r\n(?:\[.*?\r\n)*ready> ")
        return match[1], int(match[2])

    def alive(self):
        return os.waitid(os.P_PID, self.pid,
                         os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def modes(self):
        """Of the terminal as the shell has it: to be left as they were."""
        return termios.tcgetattr(self.fd)

    def echoes(self):
        return bool(self.modes()[3] & termios.ECHO)

    def close(self):
        os.close(self.fd)
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
