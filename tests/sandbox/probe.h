/* SPDX-License-Identifier: Apache-2.0 */
/*
 * probe.h - put in front of worker.c for its test: a decoder does what the
 * name of a member says, once it is confined.  What came of a forbidden call
 * is a gap of the member, whose detail is the call and the error.
 *
 *	crash-NAME		a signal: SEGV, ABRT, ILL, FPE, BUS, KILL
 *	spin sleep eat		no end of CPU time, of waiting, of memory
 *	break-KIND		words that no decoder may say
 *	try-CALL		what it is not to do
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/gap.h"
#include "unwrap/unwrap.h"

#define WORKER_PROBE(place, out) probe(place, out)

static long
probe_open(void)
{
	return open("/etc/passwd", O_RDONLY);
}

static long
probe_openat2(void)
{
	return syscall(__NR_openat2, AT_FDCWD, "/etc/passwd", NULL, 0);
}

static long
probe_create(void)
{
	return open("/tmp/stanch-probe", O_WRONLY | O_CREAT, 0600);
}

static long
probe_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static long
probe_socketpair(void)
{
	int fds[2];

	return socketpair(AF_UNIX, SOCK_STREAM, 0, fds);
}

static long
probe_exec(void)
{
	char *const none[] = { NULL };

	return execve("/bin/true", none, none);
}

static long
probe_fork(void)
{
	return syscall(__NR_clone, SIGCHLD, 0, 0, 0, 0);
}

static long
probe_ptrace(void)
{
	return ptrace(PTRACE_ATTACH, getppid(), 0, 0);
}

static long
probe_kill(void)
{
	return kill(getppid(), SIGTERM);
}

static long
probe_tgkill(void)
{
	return syscall(__NR_tgkill, 1, 1, SIGTERM);
}

static long
probe_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}

static long
probe_mprotect(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static long
probe_write(void)
{
	return syscall(__NR_write, 0, "x", 1);
}

static long
probe_unlink(void)
{
	return unlink("/tmp/stanch-probe-none");
}

static long
probe_prlimit(void)
{
	const struct rlimit most = { RLIM_INFINITY, RLIM_INFINITY };

	return setrlimit(RLIMIT_AS, &most);
}

static long
probe_dumpable(void)
{
	return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

static long
probe_readv(void)
{
	return syscall(__NR_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0);
}

static const struct {
	const char *name;
	long (*call)(void);
} probes[] = {
	{ "open", probe_open }, { "openat2", probe_openat2 },
	{ "create", probe_create }, { "socket", probe_socket },
	{ "socketpair", probe_socketpair }, { "exec", probe_exec },
	{ "fork", probe_fork }, { "ptrace", probe_ptrace },
	{ "kill", probe_kill }, { "tgkill", probe_tgkill },
	{ "code", probe_code }, { "mprotect", probe_mprotect },
	{ "write", probe_write }, { "unlink", probe_unlink },
	{ "prlimit", probe_prlimit }, { "dumpable", probe_dumpable },
	{ "readv", probe_readv },
};

static void
probe_try(const char *name, const char *place, const struct unwrap_out *out)
{
	static char text[120];
	struct gap gap = { .place = place, .why = STANCH_GAP_SPECIAL,
		.detail = text };

	for (size_t i = 0; i < sizeof probes / sizeof *probes; i++) {
		if (strcmp(probes[i].name, name) != 0)
			continue;
		errno = 0;
		snprintf(text, sizeof text, "%s: %s", name,
			probes[i].call() < 0 ? strerrordesc_np(errno) :
			"IT IS ALLOWED");
		out->gap(&gap, out->payload);
	}
}

static void
probe_crash(const char *name)
{
	static const struct { const char *name; int sig; } signals[] = {
		{ "SEGV", SIGSEGV }, { "ABRT", SIGABRT }, { "ILL", SIGILL },
		{ "FPE", SIGFPE }, { "BUS", SIGBUS }, { "KILL", SIGKILL },
	};

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		if (!strcmp(signals[i].name, name))
			syscall(__NR_tgkill, getpid(), gettid(),
				signals[i].sig);
}

static void
probe_break(const char *what, const struct unwrap_out *out)
{
	static const struct gap gap = { .place = "", .detail = "no\nline",
		.why = STANCH_GAP_CORRUPT };

	if (!strcmp(what, "order"))
		out->end(out->payload);
	else if (!strcmp(what, "text"))
		out->gap(&gap, out->payload);
	else if (!strcmp(what, "noise"))
		for (unsigned i = 0; i < 1000; i++)
			send(0, "\377\377\377\377", 4, MSG_NOSIGNAL);
	else if (!strcmp(what, "off"))
		_exit(0);
}

static void
probe_use(const char *what)
{
	volatile unsigned n = 0;
	void *p;

	if (!strcmp(what, "spin"))
		for (;;)
			n++;
	if (!strcmp(what, "sleep"))
		recv(0, &p, 1, 0);	/* which never comes */
	/* Until there is no more; then the decoder itself gets none. */
	while (!strcmp(what, "eat") && (p = malloc(1 << 16)))
		memset(p, 1, 1 << 16);
}

static void
probe(const char *place, const struct unwrap_out *out)
{
	const char *name = strrchr(place, '!');

	name = name ? name + 1 : place;
	if (!strncmp(name, "try-", 4))
		probe_try(name + 4, place, out);
	else if (!strncmp(name, "crash-", 6))
		probe_crash(name + 6);
	else if (!strncmp(name, "break-", 6))
		probe_break(name + 6, out);
	else
		probe_use(name);
}
