/* SPDX-License-Identifier: Apache-2.0 */
/*
 * finding.h - the currency between scan, run, sink and register: which rule,
 * where, how sure.  Owned by whoever made it; finding_copy() makes another.
 */
#ifndef FINDING_FINDING_H
#define FINDING_FINDING_H

#include "base/origin.h"
#include "base/span.h"
#include "rule/rule.h"
#include "stanch.h"

enum {
	FINDING_REASONS = 8,		/* most reasons one finding states */
	FINDING_PREVIEW = 64,
	FINDING_FINGERPRINT = 64,
	FINDING_PSEUDONYM = 16,		/* hex digits */
	FINDING_SECRET = 64 * 1024,	/* most bytes of a secret kept */
	FINDING_DECODED = 96,
	FINDING_OBJECT = 32,		/* bytes of the longest object id */
	FINDING_SAME = 16,
	FINDING_IMAGE = 512,
	FINDING_PARTS = 8		/* its own, and of those it won over */
};

/* What belongs to a secret: the id of a key, say. */
struct finding_part {
	const struct stanch_rule *rule;
	uint64_t start, end, line, column;	/* in the finding's place */
	char preview[FINDING_PREVIEW];
};

/* One more place of the same secret. */
struct finding_place {
	const char *place;
	uint64_t start, end, line, column;
	const struct origin *origin;	/* NULL: no git object */
};

struct stanch_finding {
	const struct stanch_rule *rule;
	const char *place;
	uint64_t start, end;		/* of the secret, in the place */
	uint64_t line, column;		/* of its first byte, from 1 */
	enum stanch_severity severity;
	enum stanch_confidence confidence;
	const char *reasons[FINDING_REASONS];	/* static texts */
	size_t nreasons;
	char decoded[FINDING_DECODED];	/* how: "base64+utf-16"; "": plain */
	char preview[FINDING_PREVIEW];
	char fingerprint[FINDING_FINGERPRINT];
	char pseudonym[FINDING_PSEUDONYM + 1];	/* "" unless asked for */
	struct span secret;		/* empty unless asked for */
	struct finding_part parts[FINDING_PARTS];
	size_t nparts;
	/* Set by run: */
	uint8_t object[FINDING_OBJECT];	/* the git object it is in ... */
	uint8_t object_len;		/* ... 0: none */
	uint32_t inner;			/* where, in the place, that of a
					   member of the object begins; 0 */
	char image[FINDING_IMAGE];	/* of which container image; "" */
	bool comparable;		/* same[] is set */
	uint8_t same[FINDING_SAME];	/* equal in one run: the same secret */
	const struct origin *origin;	/* of its place; NULL: no object */
	const struct finding_place *others;	/* the oldest first */
	size_t nothers;
};

/*
 * The masked form of a secret of len bytes: its public prefix (the literal
 * secrets of the rule begin with, if any), asterisks and its length.  Printable
 * ASCII.  The prefix is written from the rule, never from the secret.
 */
void finding_preview(struct stanch_finding *f, struct span secret,
	uint64_t len);

/*
 * Without a key: "l1:" and 32 hex digits of SHA-256(rule 0 place 0 n), n =
 * how many findings of the rule the place had before: no secret input.  With
 * one: "k1:" and 32 hex digits of HMAC-SHA-256(key, "stanch-fp-1" 0 rule 0
 * secret).  "0" is a NUL byte and n is in decimal digits.  False: out of
 * memory, and the fingerprint is "".
 */
bool finding_fingerprint(struct stanch_finding *f, struct span secret,
	uint64_t ordinal, struct span key);

/*
 * What tells secrets of one rule apart within a run without keeping them: the
 * key is drawn for the run and forgotten with it.  len: of the whole secret.
 */
void finding_compare_by(struct stanch_finding *f, struct span key,
	struct span secret, uint64_t len);

/*
 * The first hex digits of HMAC-SHA-256(key, "stanch-tag-1" 0 canonical).  It
 * has no rule in it: one secret is one pseudonym, whatever form it is met in
 * and whichever rule knows that form.  False: out of memory.
 */
bool finding_pseudonym(struct stanch_finding *f, struct span canonical,
	struct span key);

/* A copy that owns its place and secret; NULL: out of memory. */
struct stanch_finding *finding_copy(const struct stanch_finding *f);
void finding_free(struct stanch_finding *f);	/* of a copy; wipes */

#endif
