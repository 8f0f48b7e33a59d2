/* SPDX-License-Identifier: Apache-2.0 */
/* control.c - values for a filter that runs: see control.h. */
#include "cli/control.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/buf.h"

enum { MESSAGE = CONTROL_NAME + 1 + CONTROL_VALUE };

/* Room for the one descriptor that a message carries. */
union carried {
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int))];
};

bool
control_open(struct control *c)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	*c = (struct control){ ends[0], ends[1] };
	return true;
}

void
control_close(struct control *c)
{
	if (c->ours >= 0)
		close(c->ours);
	if (c->theirs >= 0)
		close(c->theirs);
	c->ours = c->theirs = -1;
}

/* ---- the filter's side ---- */

/* Its bytes, or -1; *answer: where to answer, -1: nowhere. */
static ssize_t
receive(int fd, void *to, size_t size, int *answer)
{
	union carried carried;
	struct iovec v = { to, size };
	struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1,
		.msg_control = &carried, .msg_controllen = sizeof carried };
	ssize_t n = recvmsg(fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	const struct cmsghdr *c = n >= 0 ? CMSG_FIRSTHDR(&m) : NULL;

	*answer = -1;
	if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
		c->cmsg_len == CMSG_LEN(sizeof *answer))
		memcpy(answer, CMSG_DATA(c), sizeof *answer);
	return m.msg_flags & (MSG_TRUNC | MSG_CTRUNC) ? -1 : n;
}

static enum control_answer
take(struct mask *m, const struct cli *cli, const char *message, size_t n)
{
	const char *nul = memchr(message, '\0', n);
	size_t refused = m->refused, at;

	if (!nul || nul - message > CONTROL_NAME)
		return CONTROL_FAILED;
	at = (size_t)(nul - message) + 1;
	if (!mask_add(m, cli, message, nul + 1, n - at))
		return CONTROL_FAILED;
	return m->refused > refused ? CONTROL_REFUSED : CONTROL_MASKED;
}

void
control_serve(struct control *c, struct mask *m, const struct cli *cli)
{
	struct buf message;
	char answer = CONTROL_FAILED;
	ssize_t n = -1;
	int to = -1;

	buf_init(&message, MESSAGE);
	if (buf_reserve(&message, MESSAGE)) {
		n = receive(c->ours, message.ptr, MESSAGE, &to);
		message.len = message.cap;	/* to be wiped */
	}
	if (n > 0)
		answer = (char)take(m, cli, (char *)message.ptr, (size_t)n);
	if (to >= 0) {
		send(to, &answer, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
		close(to);
	}
	buf_free(&message);
	if (n == 0)		/* all clients are gone */
		control_close(c);
}

/* ---- the client's side ---- */

static bool
send_all(int fd, struct iovec *v, size_t n, int answer)
{
	union carried carried = { .room = { 0 } };
	struct msghdr m = { .msg_iov = v, .msg_iovlen = n,
		.msg_control = &carried, .msg_controllen = sizeof carried };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof answer);
	memcpy(CMSG_DATA(c), &answer, sizeof answer);
	return sendmsg(fd, &m, MSG_NOSIGNAL) >= 0;
}

bool
control_ask(int fd, const char *name, const void *value, size_t len,
	enum control_answer *answer)
{
	struct iovec v[] = { { (char *)name, strlen(name) + 1 },
		{ (void *)value, len } };
	char said = 0;
	ssize_t n = -1;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	if (send_all(fd, v, 2, ends[1])) {
		close(ends[1]);		/* so that its end is seen */
		ends[1] = -1;
		do
			n = recv(ends[0], &said, 1, 0);
		while (n < 0 && errno == EINTR);
		if (n == 0)
			errno = EPIPE;
	}
	if (ends[1] >= 0)
		close(ends[1]);
	close(ends[0]);
	*answer = (enum control_answer)said;
	return n == 1;
}
