# SPDX-License-Identifier: Apache-2.0
"""Job control and signals, as a shell sees them."""
import os
import signal

from case_terminal import must, write

BOTH = ("", "--no-pty ")


def pid_of(t, folder):
    """The pid that a command wrote to the file "pid"."""
    path = f"{folder}/pid"

    def there():
        return os.path.exists(path) and os.path.getsize(path) > 1

    t.until(there, "a pid")
    with open(path, encoding="ascii") as file:
        pid = int(file.read())
    os.unlink(path)
    return pid


def state(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return None


def test_interrupt_key(t, folder):
    before = t.modes()
    for how in BOTH:
        t.line(f"redact {how}-- bash -c 'echo runs; exec sleep 1000'")
        t.expect(rb"runs\r\n")
        t.type("\x03")
        t.expect(rb"ready> ")
        shown, _ = t.run("echo $?")
        must(shown == b"130\r\n", (how, shown))
    must(t.modes() == before, "the modes of the terminal were changed")


def test_interrupt_key_is_the_commands_to_judge(t, folder):
    write(folder, "trap.sh", "trap 'echo caught; exit 3' INT\necho runs\n"
          "while :; do sleep 0.05; done\n")
    for how in BOTH:
        t.line(f"redact {how}-- bash trap.sh")
        t.expect(rb"runs\r\n")
        t.type("\x03")
        t.expect(rb"caught\r\nready> ")
        shown, _ = t.run("echo $?")
        must(shown == b"3\r\n", (how, shown))


def test_quit_key(t, folder):
    # No bash: it ignores that signal.
    t.line("redact -- sh -c 'echo runs; exec sleep 1000'")
    t.expect(rb"runs\r\n")
    t.type("\x1c")
    t.expect(rb"ready> ")
    shown, _ = t.run("echo $?")
    must(shown == b"131\r\n", shown)


def test_stop_key_and_foreground(t, folder):
    before = t.modes()
    for how in BOTH:
        t.line(f"redact {how}-- bash -c 'echo $$ >pid; echo runs; read x; "
               "echo got $x'")
        t.expect(rb"runs\r\n")
        pid = pid_of(t, folder)
        t.type("\x1a")
        t.expect(rb"Stopped.*ready> ")
        t.until(lambda: state(pid) == "T", "the command is stopped")
        must(t.modes() == before, "the modes of the terminal were changed")
        t.line("echo the shell''s")
        t.expect(rb"the shells\r\nready> ")
        t.line("fg")
        t.until(lambda: state(pid) != "T", "the command goes on")
        t.line("on")
        t.expect(rb"got on\r\nready> ")
    must(t.modes() == before, "the modes of the terminal were changed")


def test_program_that_stops_itself(t, folder):
    write(folder, "keys.py", "import os, signal, sys, termios, tty\n"
          "was = termios.tcgetattr(0)\n"
          "while True:\n"
          "    tty.setraw(0)\n"
          "    os.write(1, b'keys:')\n"
          "    key = os.read(0, 1)\n"
          "    os.write(1, b'<%d>' % key[0])\n"
          "    termios.tcsetattr(0, termios.TCSADRAIN, was)\n"
          "    if key == b'q':\n"
          "        sys.exit(9)\n"
          "    if key == b'\\x1a':\n"
          "        os.kill(os.getpid(), signal.SIGSTOP)\n")
    before = t.modes()
    t.line("redact -- python3 keys.py")
    t.expect(rb"keys:")
    t.type("x")
    t.expect(rb"<120>keys:")
    t.type("\x1a")
    t.expect(rb"<26>.*Stopped.*ready> ")
    must(t.modes() == before, "the modes of the terminal were changed")
    t.line("fg")
    t.expect(rb"keys:")
    t.type("q")
    t.expect(rb"<113>.*ready> ")
    must(t.run("echo $?")[0] == b"9\r\n", "status")
    must(t.modes() == before, "the modes of the terminal were changed")


def test_stopped_and_let_run_in_the_background(t, folder):
    # Not a shell that starts others: the key may come while it does.
    write(folder, "wait.py", "import os, time\n"
          "print('runs', flush=True)\n"
          "while not os.path.exists('go'):\n"
          "    time.sleep(0.05)\n"
          "print('over', flush=True)\n"
          "print('got', input())\n")
    t.line("redact -- python3 wait.py")
    t.expect(rb"runs\r\n")
    t.type("\x1a")
    t.expect(rb"Stopped.*ready> ")
    t.line("bg")
    t.expect(rb"ready> ")
    write(folder, "go", "")
    t.expect(rb"over")
    t.line("echo the shell''s")     # the keys are its own
    t.expect(rb"the shells\r\n.*ready> ")
    t.line("fg")
    t.line("back")
    t.expect(rb"got back\r\n.*ready> ")


def test_background_job(t, folder):
    before = t.modes()
    t.line("redact -- bash -c 'until test -e go; do sleep 0.05; done; "
           "echo over' &")
    t.expect(rb"ready> ")
    t.line("echo the shell''s")
    t.expect(rb"the shells\r\n")
    must(t.modes() == before, "a job in the background changed the modes")
    write(folder, "go", "")
    t.expect(rb"over")
    t.line("wait; echo all over")
    t.expect(rb"all over\r\n")


def test_pipeline_stops_as_one(t, folder):
    t.line("redact -- bash -c 'echo $$ >pid; exec sleep 1000' | cat")
    pid = pid_of(t, folder)
    t.until(lambda: state(pid) == "S", "the command runs")
    t.type("\x1a")
    t.expect(rb"Stopped.*ready> ")
    t.until(lambda: state(pid) == "T", "the command is stopped")
    t.line("fg")
    t.until(lambda: state(pid) == "S", "the command goes on")
    t.type("\x03")
    t.expect(rb"ready> ")
    t.until(lambda: state(pid) is None, "the command ended")


def test_signals_are_handed_on(t, folder):
    names = ["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "ALRM"]
    write(folder, "say.sh", "".join(
        f"trap 'echo {n}!' {n}\n" for n in names) +
        "echo runs\n"
        "until test -e stop; do sleep 0.05; done\necho over\n")
    for how in BOTH:
        t.line(f"redact {how}-- bash say.sh & echo $! >pid")
        ours = pid_of(t, folder)
        t.expect(rb"runs")
        for name in names:
            os.kill(ours, getattr(signal, "SIG" + name))
            t.expect(name.encode() + b"!\r*\n")
        write(folder, "stop", "")
        t.expect(rb"over\r*\n")
        must(t.run("wait $!")[1] == 0, "status")
        os.unlink(f"{folder}/stop")


def test_terminal_that_goes_away_ends_it(t, folder):
    t.line("redact -- bash -c 'echo $$ >pid; exec sleep 1000'")
    pid = pid_of(t, folder)
    t.until(lambda: state(pid) == "S", "the command runs")
    os.close(t.fd)
    t.fd = os.open("/dev/null", os.O_RDWR)
    t.read = lambda seconds: False
    t.until(lambda: state(pid) is None, "the command ended")


def test_killed_without_warning_ends_the_command(t, folder):
    t.line("redact -- bash -c 'echo $$ >pid; exec sleep 1000' & echo $! >ours")
    pid = pid_of(t, folder)
    os.rename(f"{folder}/ours", f"{folder}/pid")
    ours = pid_of(t, folder)
    os.kill(ours, signal.SIGKILL)
    t.until(lambda: state(pid) in (None, "Z"), "the command ended")
