/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zygote.c - the process that workers are forked from, and how it is asked.
 * It has one thread, no files, and no environment, and reads nothing but our
 * own words; so it may do what its children may not.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/options.h"
#include "sandbox/confine.h"
#include "sandbox/sandbox.h"

enum ask { ASK_SPAWN, ASK_REAP };

struct question {
	uint32_t ask;
	int32_t pid;
};

struct stanch_sandbox {
	pthread_mutex_t lock;	/* of all below */
	int fd;			/* to the zygote */
	pid_t zygote;
	unsigned layers;
	uint64_t seconds;
	char *texts[SANDBOX_TEXTS];
	size_t ntexts;
};

/* ---- the zygote ---- */

/* Room for one descriptor. */
union rights {
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int))];
};

/* *got: a descriptor that came with it, or -1.  False: nobody asks any more. */
static bool
hear(struct question *q, int *got)
{
	union rights rights;
	struct iovec part = { q, sizeof *q };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1,
		.msg_control = &rights, .msg_controllen = sizeof rights };
	const struct cmsghdr *c;
	ssize_t n;

	*got = -1;
	do
		n = recvmsg(0, &m, 0);
	while (n < 0 && errno == EINTR);
	if (n != sizeof *q)
		return false;
	c = CMSG_FIRSTHDR(&m);
	if (c && c->cmsg_type == SCM_RIGHTS)
		memcpy(got, CMSG_DATA(c), sizeof *got);
	return true;
}

/* Whoever is confined knows no signal of the terminal: the end of its socket
   is its end. */
static void
be_deaf(void)
{
	static const int deaf[] = { SIGINT, SIGQUIT, SIGHUP, SIGTERM, SIGPIPE,
		SIGUSR1, SIGUSR2, SIGALRM };
	static const int deadly[] = { SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE,
		SIGSYS, SIGXCPU, SIGXFSZ, SIGCHLD };
	sigset_t none;

	for (size_t i = 0; i < sizeof deaf / sizeof *deaf; i++)
		signal(deaf[i], SIG_IGN);
	for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
		signal(deadly[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static int32_t
spawn(int fd, const struct confine_limits *limits)
{
	pid_t pid = fork();

	if (pid < 0)
		return -errno;
	if (pid > 0)
		return (int32_t)pid;
	prctl(PR_SET_NAME, "stanch-decoder", 0, 0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (dup2(fd, 0) != 0)
		_exit(WORKER_OPEN);
	close(fd);
	worker_main(limits);
}

static int32_t
reap(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);	/* without effect on one that is dead */
	return waitpid(pid, &status, 0) == pid ? (int32_t)status : -1;
}

/* Secrets may be in it. */
static void
forget_environment(void)
{
	for (char **e = environ; e && *e; e++)
		explicit_bzero(*e, strlen(*e));
}

/* The size of this process, in bytes; 0: it is not known. */
static uint64_t
own_size(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	unsigned long long pages = 0;

	if (f) {
		if (fscanf(f, "%llu", &pages) != 1)
			pages = 0;
		fclose(f);
	}
	return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static _Noreturn void
serve(int fd, struct confine_limits limits)
{
	struct question q;
	int32_t answer;
	int got;

	prctl(PR_SET_NAME, "stanch-sandbox", 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	be_deaf();
	forget_environment();
	if (limits.memory)
		limits.memory += own_size();
	dup2(fd, 0);
#ifdef __SANITIZE_ADDRESS__	/* it speaks on standard error */
	close(1);
	confine_close(3);
#else
	confine_close(1);
#endif
	while (hear(&q, &got)) {
		answer = q.ask == ASK_REAP ? reap(q.pid) :
			got >= 0 ? spawn(got, &limits) : -EBADF;
		if (got >= 0)
			close(got);
		if (send(0, &answer, sizeof answer, MSG_NOSIGNAL) < 0)
			break;
	}
	_exit(0);
}

/* ---- asking it ---- */

/* Under the lock.  False: it does not answer. */
static bool
tell(struct stanch_sandbox *s, const struct question *q, int fd)
{
	union rights rights = { 0 };
	struct iovec part = { (void *)(uintptr_t)q, sizeof *q };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };
	struct cmsghdr *c;

	if (fd >= 0) {
		m.msg_control = &rights;
		m.msg_controllen = sizeof rights;
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(c), &fd, sizeof fd);
	}
	return sendmsg(s->fd, &m, MSG_NOSIGNAL) == sizeof *q;
}

static bool
ask(struct stanch_sandbox *s, const struct question *q, int fd, int32_t *answer)
{
	ssize_t n = -1;

	pthread_mutex_lock(&s->lock);
	if (tell(s, q, fd))
		do
			n = recv(s->fd, answer, sizeof *answer, 0);
		while (n < 0 && errno == EINTR);
	pthread_mutex_unlock(&s->lock);
	return n == sizeof *answer;
}

pid_t
sandbox_spawn(struct stanch_sandbox *s, int fd)
{
	const struct question q = { .ask = ASK_SPAWN };
	int32_t answer;

	if (!ask(s, &q, fd, &answer))
		answer = -ECHILD;
	if (answer > 0)
		return answer;
	errno = -answer;
	return -1;
}

int
sandbox_reap(struct stanch_sandbox *s, pid_t pid)
{
	const struct question q = { ASK_REAP, (int32_t)pid };
	int32_t answer;

	return ask(s, &q, -1, &answer) ? answer : -1;
}

uint64_t
sandbox_seconds(const struct stanch_sandbox *s)
{
	return s->seconds;
}

/* ---- texts ---- */

/* Under the lock. */
static const char *
keep(struct stanch_sandbox *s, const char *text)
{
	for (size_t i = 0; i < s->ntexts; i++)
		if (!strcmp(s->texts[i], text))
			return s->texts[i];
	if (s->ntexts == SANDBOX_TEXTS)
		return "a decoder gave too many reasons";
	s->texts[s->ntexts] = strdup(text);
	return s->texts[s->ntexts] ? s->texts[s->ntexts++] : NULL;
}

const char *
sandbox_keep(struct stanch_sandbox *s, const char *text)
{
	const char *kept;

	pthread_mutex_lock(&s->lock);
	kept = keep(s, text);
	pthread_mutex_unlock(&s->lock);
	return kept;
}

/* ---- life ---- */

/* A worker serves item after item: its clock is stopped a little later than
   that of an item, and then it is replaced (remote.c). */
static uint64_t
clock_of(uint64_t seconds)
{
	return seconds + seconds / 15 + 2;
}

static bool
start(struct stanch_sandbox *s, const struct stanch_sandbox_options *opt)
{
	const struct confine_limits limits = {
		.memory = opt->memory ? opt->memory : SANDBOX_MEMORY,
		.seconds = clock_of(s->seconds),
	};
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0)
		return false;
	s->zygote = fork();
	if (s->zygote == 0) {
		free(s);
		serve(fds[1], limits);
	}
	close(fds[1]);
	s->fd = fds[0];
	return s->zygote > 0;
}

enum stanch_result
stanch_sandbox_new(struct stanch_sandbox **out,
	const struct stanch_sandbox_options *opt, struct stanch_error *err)
{
	struct stanch_sandbox *s = calloc(1, sizeof *s);
	struct stanch_sandbox_options own;

	if (!s)
		return error_nomem(err);
	if (!confine_layers()) {
		free(s);
		return error_set(err, STANCH_EIO, NULL,
			"the kernel has neither seccomp nor Landlock");
	}
	options_take(&own, sizeof own, opt);
	s->fd = -1;
	s->layers = STANCH_LAYER_PROCESS | confine_layers();
	s->seconds = own.seconds ? own.seconds : UNWRAP_SECONDS;
	pthread_mutex_init(&s->lock, NULL);
	if (!start(s, &own)) {
		enum stanch_result r = error_sys(err, errno, NULL,
			"no process for decoders can be started");
		stanch_sandbox_free(s);
		return r;
	}
	*out = s;
	return STANCH_OK;
}

unsigned
stanch_sandbox_layers(const struct stanch_sandbox *s)
{
	return s->layers;
}

void
stanch_sandbox_free(struct stanch_sandbox *s)
{
	if (!s)
		return;
	if (s->fd >= 0)
		close(s->fd);	/* which ends it, and all workers */
	if (s->zygote > 0)
		while (waitpid(s->zygote, NULL, 0) < 0 && errno == EINTR)
			continue;
	while (s->ntexts)
		free(s->texts[--s->ntexts]);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
