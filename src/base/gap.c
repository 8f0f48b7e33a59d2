/* SPDX-License-Identifier: Apache-2.0 */
/* gap.c - the names of gaps, and which errno makes which. */
#include "base/gap.h"

#include <errno.h>
#include <string.h>

static const char *const names[STANCH_GAP_COUNT] = {
	[STANCH_GAP_UNREADABLE] = "unreadable",
	[STANCH_GAP_VANISHED] = "vanished",
	[STANCH_GAP_SPECIAL] = "special",
	[STANCH_GAP_OVER_LIMIT] = "over-limit",
	[STANCH_GAP_HISTORY] = "history",
	[STANCH_GAP_LOOP] = "loop",
	[STANCH_GAP_PSEUDO] = "pseudo",
	[STANCH_GAP_NAME] = "name",
	[STANCH_GAP_CORRUPT] = "corrupt",
	[STANCH_GAP_MISSING] = "missing",
	[STANCH_GAP_TIME] = "time",
	[STANCH_GAP_ENCRYPTED] = "encrypted",
	[STANCH_GAP_FORMAT] = "format",
	[STANCH_GAP_CRASHED] = "crashed",
};

const char *
stanch_gap_name(enum stanch_gap g)
{
	return (unsigned)g < STANCH_GAP_COUNT ? names[g] : "unknown";
}

static enum stanch_gap
why_of(int sys)
{
	switch (sys) {
	case ENOENT:
	case ESTALE:
	case ENOTDIR:	/* was a directory when its parent was read */
		return STANCH_GAP_VANISHED;
	case ELOOP:	/* has become a symbolic link */
	case ENXIO:	/* a socket */
	case ENODEV:
		return STANCH_GAP_SPECIAL;
	case ENAMETOOLONG:
		return STANCH_GAP_NAME;
	default:
		return STANCH_GAP_UNREADABLE;
	}
}

struct gap
gap_of_errno(int sys, uint64_t bytes)
{
	const char *text = strerrordesc_np(sys);

	return (struct gap){ .place = "", .why = why_of(sys), .bytes = bytes,
		.detail = text ? text : "unknown error" };
}
