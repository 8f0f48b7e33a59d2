/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lacking.c - runs a command on a kernel that seems to lack something, as an
 * old one does, or the profile of a container:
 *
 *	lacking landlock|seccomp|fork COMMAND [ARGUMENT...]
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, \
	(uint32_t)offsetof(struct seccomp_data, member))
#define IS(value, then, other) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, then, other)

int
main(int argc, char **argv)
{
	enum { LANDLOCK_CREATE = 444 };
	const char *what = argc > 2 ? argv[1] : "";
	int call = !strcmp(what, "landlock") ? LANDLOCK_CREATE :
		!strcmp(what, "seccomp") ? __NR_seccomp : __NR_clone;
	int error = call == __NR_clone ? EAGAIN : ENOSYS;
	/* A thread is made by clone(), too, but tells nobody of its end. */
	struct sock_filter program[] = {
		LOAD(nr),
		IS((uint32_t)call, 0, 4),
		LOAD(args),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xff),
		IS(SIGCHLD, 0, call == __NR_clone),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog all = { sizeof program / sizeof *program, program };

	if (argc < 3 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all) != 0)
		return 120;
	execvp(argv[2], argv + 2);
	return 121;
}
