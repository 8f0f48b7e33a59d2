/* SPDX-License-Identifier: Apache-2.0 */
/*
 * confine.c - Landlock, seccomp, limits, in this order.  Both are asked by
 * their system calls: glibc has no names for Landlock, and a list of twenty
 * calls needs no library, which each start of the program would load.
 */
#include "sandbox/confine.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "stanch.h"

/* ---- Landlock: no path at all ---- */

/* As the kernel's documentation has it; Debian 12's header is of ABI 2. */
enum {
	LANDLOCK_CREATE = 444, LANDLOCK_RESTRICT = 446,
	LANDLOCK_VERSION = 1,
	NET_BOTH = 3,		/* bind and connect: ABI 4 */
	SCOPE_BOTH = 3		/* abstract sockets and signals: ABI 6 */
};

struct ruleset {
	uint64_t files, net, scoped;
};

static int
landlock_abi(void)
{
	return (int)syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_VERSION);
}

/* All rights that an ABI knows are taken; the struct grew with them. */
static size_t
rights_of(int abi, struct ruleset *r)
{
	static const uint8_t bits[] = { 13, 14, 15, 15, 16 };

	*r = (struct ruleset){ .files = (1U << bits[abi > 5 ? 4 : abi - 1]) - 1,
		.net = NET_BOTH, .scoped = SCOPE_BOTH };
	if (abi < 4)
		return offsetof(struct ruleset, net);
	return abi < 6 ? offsetof(struct ruleset, scoped) : sizeof *r;
}

bool
confine_files(void)
{
	int abi = landlock_abi(), fd;
	struct ruleset none;
	size_t n;
	bool ok;

	if (abi < 1)
		return false;
	n = rights_of(abi, &none);
	fd = (int)syscall(LANDLOCK_CREATE, &none, n, 0);
	if (fd < 0)
		return false;
	ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		syscall(LANDLOCK_RESTRICT, fd, 0) == 0;
	close(fd);
	return ok;
}

/* ---- seccomp: these calls and no others ---- */

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#define ARCH 0		/* nobody has looked at its calls: no seccomp */
#endif

/* What an argument must be; the rest of it is the kernel's to check. */
enum check { ANY, NO_CODE, OWN_SOCKET, OWN_PROCESS };

static const struct call {
	uint16_t nr;
	uint8_t check;
} calls[] = {
	{ __NR_recvfrom, OWN_SOCKET }, { __NR_sendto, OWN_SOCKET },
	{ __NR_mmap, NO_CODE }, { __NR_mprotect, NO_CODE },
	{ __NR_munmap, ANY }, { __NR_mremap, ANY }, { __NR_brk, ANY },
	{ __NR_madvise, ANY }, { __NR_futex, ANY },
	{ __NR_clock_gettime, ANY }, { __NR_getrandom, ANY },
	{ __NR_exit_group, ANY }, { __NR_exit, ANY },
	/* What abort() needs, so that it is told as such. */
	{ __NR_tgkill, OWN_PROCESS }, { __NR_getpid, ANY },
	{ __NR_gettid, ANY }, { __NR_rt_sigprocmask, ANY },
	{ __NR_rt_sigaction, ANY }, { __NR_rt_sigreturn, ANY },
#ifdef __SANITIZE_ADDRESS__	/* it has things to say, and threads */
	{ __NR_write, ANY }, { __NR_sigaltstack, ANY },
	{ __NR_sched_yield, ANY },
#endif
};

enum { CALLS = sizeof calls / sizeof *calls, PROGRAM_MOST = 5 * CALLS + 8 };

#define ARG(i) ((uint32_t)(offsetof(struct seccomp_data, args) + 8 * (i)))

/* Adds what decides on a call whose number is in the accumulator. */
static size_t
add_call(struct sock_filter *to, const struct call *call)
{
	const struct { uint32_t arg, value; uint16_t is; } checks[] = {
		[NO_CODE] = { ARG(2), PROT_EXEC, BPF_JSET },
		[OWN_SOCKET] = { ARG(0), 0, BPF_JEQ },
		[OWN_PROCESS] = { ARG(0), (uint32_t)getpid(), BPF_JEQ },
	};
	unsigned c = call->check;
	bool good = c && checks[c].is == BPF_JEQ;
	const struct sock_filter program[] = {
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call->nr, 0, c ? 4 : 1),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, checks[c].arg),
		BPF_JUMP(BPF_JMP | checks[c].is | BPF_K, checks[c].value,
			good, !good),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	to[0] = program[0];
	for (size_t i = c ? 1 : 4, n = 1; i < 5; i++, n++)
		to[n] = program[i];
	return c ? 5 : 2;
}

static bool
confine_calls(void)
{
	static const struct sock_filter begin[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
	};
	static const struct sock_filter end =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	struct sock_filter program[PROGRAM_MOST];
	struct sock_fprog all = { .filter = program };
	size_t n = 0;

	for (; n < sizeof begin / sizeof *begin; n++)
		program[n] = begin[n];
	for (size_t i = 0; i < CALLS; i++)
		n += add_call(program + n, &calls[i]);
	program[n++] = end;
	all.len = (unsigned short)n;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &all) == 0;
}

/* ---- both, and limits ---- */

unsigned
confine_layers(void)
{
	uint32_t action = SECCOMP_RET_KILL_PROCESS;
	unsigned layers = 0;

	if (ARCH && syscall(__NR_seccomp, SECCOMP_GET_ACTION_AVAIL, 0,
		&action) == 0)
		layers |= STANCH_LAYER_SECCOMP;
	if (landlock_abi() >= 1)
		layers |= STANCH_LAYER_LANDLOCK;
	return layers;
}

enum { KILL_AFTER = 5 };	/* seconds of CPU time after SIGXCPU */

static bool
limit(__rlimit_resource_t what, uint64_t most, uint64_t more)
{
	const struct rlimit l = { most, most + more };

	return setrlimit(what, &l) == 0;
}

static bool
confine_use(const struct confine_limits *limits)
{
	bool ok = limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) &&
		limit(RLIMIT_NOFILE, 1, 0) && limit(RLIMIT_MEMLOCK, 0, 0);

	if (limits->seconds)
		ok = ok && limit(RLIMIT_CPU, limits->seconds,
			KILL_AFTER);
#ifndef __SANITIZE_ADDRESS__	/* its shadow takes terabytes */
	if (limits->memory)
		ok = ok && limit(RLIMIT_AS, limits->memory, 0);
	ok = ok && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
#endif
	return ok;
}

bool
confine_self(const struct confine_limits *limits)
{
	unsigned layers = confine_layers();

	if ((layers & STANCH_LAYER_LANDLOCK) && !confine_files())
		return false;
	return confine_use(limits) &&
		(!(layers & STANCH_LAYER_SECCOMP) || confine_calls());
}

void
confine_close(unsigned first)
{
	struct rlimit files;

	if (syscall(__NR_close_range, first, ~0U, 0) == 0)
		return;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	for (unsigned fd = first; fd < files.rlim_cur && fd < 1U << 20; fd++)
		close((int)fd);
}
