# SPDX-License-Identifier: Apache-2.0
"""What is seen and typed: prompts, full-screen programs, sizes, modes."""
from terminal import Failure

SECRET = "tone_70395286"
TAG = b"[REDACTED:test-one]"


def must(truth, what):
    if not truth:
        raise Failure(what)


def write(folder, name, text):
    with open(f"{folder}/{name}", "w", encoding="ascii") as file:
        file.write(text)


def test_command_stands_on_a_terminal(t, folder):
    shown, status = t.run(
        "redact -- bash -c 'test -t 0 && test -t 1 && test -t 2 && echo yes'")
    must(shown == b"yes\r\n" and status == 0, shown)


def test_pipes_when_told_so(t, folder):
    shown, status = t.run(
        "redact --no-pty -- sh -c 'test -t 0 && ! test -t 1 && ! test -t 2'")
    must(shown == b"" and status == 0, (shown, status))


def test_secret_is_masked(t, folder):
    shown, status = t.run(f"redact -- printf 'a %s b\\n' {SECRET}")
    must(shown == b"a " + TAG + b" b\r\n" and status == 0, shown)


def test_errors_that_go_elsewhere_stay_apart(t, folder):
    shown, status = t.run(
        "redact -- bash -c "
        f"'echo out; echo {SECRET} >&2; test ! -t 2' 2>errors")
    must(shown == b"out\r\n" and status == 0, (shown, status))
    with open(f"{folder}/errors", "rb") as file:
        must(file.read() == TAG + b"\n", "errors")


def test_prompt_without_newline_and_hidden_answer(t, folder):
    write(folder, "ask.py", "import getpass\n"
          "word = getpass.getpass('Password: ')\n"
          "print('got', word[::-1])\n")
    before = t.modes()
    t.line("redact -- python3 ask.py")
    t.expect(rb"Password: $")
    t.line("open-sesame")
    seen = t.expect(rb"^(.*)got emases-nepo\r\n")
    must(b"open" not in seen[1], "the answer was shown")
    t.expect(rb"ready> ")
    must(t.modes() == before, "the modes of the terminal were changed")


def test_answer_is_shown_when_it_is_to_be(t, folder):
    t.line("redact -- bash -c 'read x; echo =$x='")
    t.type("hello world\n")
    t.expect(rb"hello world\r\n=hello world=\r\n")
    t.expect(rb"ready> ")


def test_end_of_input_by_key(t, folder):
    t.line("redact -- bash -c 'echo go; cat; echo end'")
    t.expect(rb"go\r\n")
    t.type("abc\n")
    t.expect(rb"abc\r\nabc\r\n")
    t.type("\x04")
    t.expect(rb"end\r\nready> ")


def test_less(t, folder):
    write(folder, "text", "".join(f"line {i} {SECRET}\n" for i in range(999)))
    before = t.modes()
    t.line("redact -- less text")
    t.expect(rb"line 0 \[REDACTED:test-one\]")
    t.expect(rb"text\x1b")          # the prompt of its last line
    t.type("G")
    t.expect(rb"line 998 \[REDACTED:test-one\]")
    t.type("q")
    t.expect(rb"ready> ")
    must(SECRET.encode() not in t.all, "leaked")
    must(t.modes() == before, "the modes of the terminal were changed")


def test_less_behind_a_pipe_gets_its_keys(t, folder):
    before = t.modes()
    t.line("seq 5000 | redact -- less")
    t.expect(rb"\b22\r+\n")
    t.type("G")
    t.expect(rb"\b5000\r+\n")
    t.type("q")
    t.expect(rb"ready> ")
    must(t.modes() == before, "the modes of the terminal were changed")


def test_progress_bar(t, folder):
    write(folder, "bar.py", "import sys\n"
          "for i in range(0, 101, 10):\n"
          "    sys.stdout.write(f'\\r{i:3d} %')\n"
          "    sys.stdout.flush()\n"
          "    sys.stdin.readline()\n")
    t.line("stty -echo; redact -- python3 bar.py; stty echo")
    for i in range(0, 101, 10):
        t.expect(rb"\r%3d %%$" % i)     # at once: no newline comes
        t.type("\n")
    t.expect(rb"ready> ")


def test_size_and_resize(t, folder):
    write(folder, "size.sh", "trap 'stty size' WINCH\n"
          "stty size; echo waits\n"
          "while ! test -e stop; do sleep 0.05; done\n")
    t.resize(30, 100)
    t.line("redact -- sh size.sh")
    t.expect(rb"30 100\r\nwaits")
    t.resize(41, 132)
    t.expect(rb"41 132\r\n")
    write(folder, "stop", "")
    t.expect(rb"ready> ")


def test_what_is_typed_ahead_is_not_lost(t, folder):
    t.line("redact -- bash -c 'until test -e go; do sleep 0.05; done; "
           "read a; read b; echo $b-$a'")
    t.type("one\ntwo\n")
    t.expect(rb"one\r\ntwo\r\n")
    write(folder, "go", "")
    t.expect(rb"two-one\r\n")
    t.expect(rb"ready> ")


def test_modes_are_put_back_when_it_cannot_start(t, folder):
    before = t.modes()
    must(t.run("redact -- ./not-there")[1] == 127, "status")
    must(t.run("redact -- .")[1] == 126, "status")
    must(t.modes() == before, "the modes of the terminal were changed")


def test_modes_are_put_back_when_it_is_killed(t, folder):
    before = t.modes()
    t.line("redact -- bash -c 'stty raw -echo; echo on; kill -9 $$'; echo $?:")
    t.expect(rb"on.*137:\r\nready> ")
    must(t.modes() == before, "the modes of the terminal were changed")


def test_colours_reach_the_terminal(t, folder):
    write(folder, "file", "some text\n")
    shown, _ = t.run("redact -- grep --color=auto text file")
    must(b"\x1b[" in shown, shown)


def test_interactive_shell_inside(t, folder):
    t.line("redact -- bash --norc --noprofile --noediting -i")
    t.expect(rb"ready> $")
    t.line("sh -c 'echo up''on; exec sleep 1000'")
    t.expect(rb"upon\r\n")
    t.type("\x1a")
    t.expect(rb"Stopped.*ready> $")
    t.line("kill -9 %1; exec sh -c 'exit 5'")
    t.expect(rb"exit 5'\r\n.*ready> $")
    shown, _ = t.run("echo $?")
    must(shown == b"5\r\n", shown)
