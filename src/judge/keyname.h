/* SPDX-License-Identifier: Apache-2.0 */
/* keyname.h - the name that a value is given to, and what it says of it. */
#ifndef JUDGE_KEYNAME_H
#define JUDGE_KEYNAME_H

#include "base/span.h"

enum { KEYNAME_MAX = 96 };

struct keyname {
	char text[KEYNAME_MAX];	/* lower case, `_` or `.` between words */
	size_t len;
	size_t stem;	/* where the word that the rule found begins */
	size_t rest;	/* and what comes after it */
	bool password;	/* for people; else a token for machines */
};

/*
 * Reads the name whose telling word begins with head and goes on there;
 * before holds what stands before it.  Returns how many bytes of head the
 * name has.
 */
size_t keyname_read(struct keyname *k, struct span before, struct span head);

/*
 * For a name whose telling word, of a password, is of another language: unless
 * what follows makes it a thing of its own, it says whose password it is.
 */
void keyname_foreign(struct keyname *k);

/* Where in a name the telling word begins; 0 when there is none. */
size_t keyname_stem(struct span name);
/* Why a value of that name is no secret, a static text; else NULL. */
const char *keyname_reason(const struct keyname *k);
/* Whether it speaks of a hash, a checksum, a commit. */
bool keyname_of_digest(const struct keyname *k);
/* Whether the value is little more than the name again. */
bool keyname_repeats(const struct keyname *k, struct span value);

#endif
