/* SPDX-License-Identifier: Apache-2.0 */
/*
 * confine.h - a process gives up all it does not need to turn bytes from its
 * socket, descriptor 0, into bytes to it: files, sockets, programs, signals to
 * others, code that it makes.  There is no way back.
 */
#ifndef SANDBOX_CONFINE_H
#define SANDBOX_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

struct confine_limits {
	uint64_t memory;	/* bytes of address space, in all; 0: none */
	uint64_t seconds;	/* of CPU time; 0: none */
};

/* What of STANCH_LAYER_SECCOMP and STANCH_LAYER_LANDLOCK this kernel has. */
unsigned confine_layers(void);
/* All of these, and the limits.  False: not all of it holds. */
bool confine_self(const struct confine_limits *limits);
/* Landlock alone: for its test, as seccomp leaves it nothing to do. */
bool confine_files(void);

/* Closes all descriptors from `first` on. */
void confine_close(unsigned first);

#endif
