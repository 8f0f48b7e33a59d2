/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parts.h - parts of a place's bytes: what of an object its base has not, and
 * where runs of views lie.
 *
 * A view whose kind can tell bytes that part runs (view.h) need not take what
 * lies between two of them as it lay in the base: there are the same runs as
 * there, and where there were none, there is nothing to take.
 */
#ifndef SCAN_PARTS_H
#define SCAN_PARTS_H

#include "base/kin.h"

struct part {
	size_t from, to;
};

/* All zero: none. */
struct parts {
	struct part *v;
	size_t n, cap;
	bool failed;	/* one was not added: too many, or no memory */
};

void parts_add(struct parts *p, size_t from, size_t to);
/* In order, those that touch or overlap as one. */
void parts_settle(struct parts *p);
/*
 * Those of an object of len bytes that its base has not, and those it has
 * from the base's, which the n at runs are.  They replace what was in p.
 */
void parts_of_object(struct parts *p, const struct kin *kin, size_t len,
	const struct part *runs, size_t n);

#endif
