/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gap.h - bytes that were not looked at, and why: what source finds out,
 * run counts and sink writes down.
 */
#ifndef BASE_GAP_H
#define BASE_GAP_H

#include "stanch.h"

#define GAP_BYTES_UNKNOWN UINT64_MAX

struct gap {
	const char *place;	/* raw bytes; borrowed */
	enum stanch_gap why;
	const char *detail;	/* a static text, never NULL */
	uint64_t bytes;		/* not looked at, or GAP_BYTES_UNKNOWN */
};

/*
 * The gap that a failed system call makes at a place not yet named; sys is
 * its errno.  Details are glibc's untranslated texts, so they are stable.
 */
struct gap gap_of_errno(int sys, uint64_t bytes);

#endif
