/* SPDX-License-Identifier: Apache-2.0 */
/* terminal.c - the terminal that we were started on, and pseudo-terminals. */
#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

void
terminal_open(struct terminal *t)
{
	t->raw = false;
	t->fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	/* One that does not control us still has a size. */
	if (t->fd < 0 && isatty(STDOUT_FILENO))
		t->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
}

bool
terminal_front(const struct terminal *t)
{
	return t->fd >= 0 && tcgetpgrp(t->fd) == getpgrp();
}

void
terminal_raw(struct terminal *t)
{
	struct termios raw;

	if (t->raw || !terminal_front(t) || tcgetattr(t->fd, &t->was) != 0)
		return;
	raw = t->was;
	cfmakeraw(&raw);
	t->raw = tcsetattr(t->fd, TCSADRAIN, &raw) == 0;
}

void
terminal_restore(struct terminal *t)
{
	/* What a key pressed meanwhile means is for whoever comes next. */
	if (t->raw)
		tcsetattr(t->fd, TCSADRAIN, &t->was);
	t->raw = false;
}

void
terminal_close(struct terminal *t)
{
	terminal_restore(t);
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}

bool
pty_open(struct pty *p, const struct terminal *t)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	struct termios modes;
	bool known = t->fd >= 0 && tcgetattr(t->fd, &modes) == 0;

	if (t->fd >= 0)
		ioctl(t->fd, TIOCGWINSZ, &size);
	if (openpty(&p->master, &p->slave, NULL, known ? &modes : NULL,
		&size) != 0) {
		p->master = p->slave = -1;
		return false;
	}
	fcntl(p->master, F_SETFD, FD_CLOEXEC);
	fcntl(p->slave, F_SETFD, FD_CLOEXEC);
	fcntl(p->master, F_SETFL, O_RDWR | O_NONBLOCK);
	return true;
}

void
pty_resize(const struct pty *p, const struct terminal *t)
{
	struct winsize size;

	if (p->master >= 0 && t->fd >= 0 &&
		ioctl(t->fd, TIOCGWINSZ, &size) == 0)
		ioctl(p->master, TIOCSWINSZ, &size);
}

bool
pty_wants_keys(const struct pty *p)
{
	struct termios modes;

	return p->master >= 0 && tcgetattr(p->master, &modes) == 0 &&
		(modes.c_lflag & (ICANON | ECHO)) != (ICANON | ECHO);
}

void
pty_close(struct pty *p)
{
	if (p->master >= 0)
		close(p->master);
	if (p->slave >= 0)
		close(p->slave);
	p->master = p->slave = -1;
}
