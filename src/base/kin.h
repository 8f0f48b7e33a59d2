/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kin.h - how one thing's bytes come from another's, its base: what git knows
 * of a delta, for a scanner that looks at new bytes only.
 */
#ifndef BASE_KIN_H
#define BASE_KIN_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes [to, to + len) are the base's [from, from + len). */
struct kin_copy {
	size_t from, to, len;
};

/* What somebody wants to know again when what is made of it comes. */
struct kin_note {
	void *ptr;		/* NULL: nothing */
	size_t bytes;		/* counted against whoever keeps it */
	void (*free)(void *ptr);
};

struct kin {
	const struct kin_copy *copies;	/* by .to; all else is new */
	size_t ncopies;
	size_t base_len;
	const struct kin_note *base;	/* NULL: nothing is known of it */
	struct kin_note *own;	/* to be filled in; NULL: has no use */
};

#endif
