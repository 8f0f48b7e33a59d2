/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit_limit.h - one secret in a loop must not fill the disk with records:
 * after the first of a kind they are counted, and the count is written.
 */
#ifndef REGISTER_AUDIT_LIMIT_H
#define REGISTER_AUDIT_LIMIT_H

#include "stanch.h"

enum {
	AUDIT_LIMIT_KINDS = 1024,	/* told apart */
	AUDIT_LIMIT_EACH = 100,		/* records of a kind, in a period */
	AUDIT_LIMIT_ALL = 10000,	/* records of all kinds, in a period */
	AUDIT_FINGERPRINT = 64
};

/* One rule, one secret (as far as fingerprints tell), one stream. */
struct audit_kind {
	bool used;
	const struct stanch_rule *rule;		/* NULL: the rest of them */
	char fingerprint[AUDIT_FINGERPRINT];
	unsigned stream;
	uint64_t n;			/* in this period */
	uint64_t counted;		/* of them, not written */
	uint64_t first, last;		/* places of those, in the output */
};

struct audit_limit {
	struct audit_kind kinds[AUDIT_LIMIT_KINDS];
	struct audit_kind rest[2];	/* by stream: no room for its kind */
	size_t nkinds;
	uint64_t written;		/* in this period */
};

/* Whether the redaction is to be written; else it was counted. */
bool audit_limit_pass(struct audit_limit *l, unsigned stream,
	const struct stanch_redaction *r);
/* The i-th kind that was counted, or NULL after the last. */
const struct audit_kind *audit_limit_next(const struct audit_limit *l,
	size_t *i);
void audit_limit_renew(struct audit_limit *l);	/* another period */

#endif
