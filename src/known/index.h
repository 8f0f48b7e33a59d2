/* SPDX-License-Identifier: Apache-2.0 */
/*
 * index.h - all forms of all values, and the tables by which text is searched
 * for them.  Made in milliseconds, wiped when it is freed, never on disk.
 */
#ifndef KNOWN_INDEX_H
#define KNOWN_INDEX_H

#include "known/form.h"
#include "known/grams.h"
#include "known/normal.h"
#include "known/value.h"

enum {
	INDEX_FORMS_MOST = 256 * 1024,
	/*
	 * Text is looked at at every fourth byte, so a form is found by any
	 * of four runs in a row, in eight bytes near its front.
	 */
	RUN_LEN = 5, RUN_STEP = 4, RUN_FIRM = RUN_LEN + RUN_STEP - 1,
	/* Round escapes and interruptions text is read as normal.h has it. */
	READ_LEN = 6, WORD_LEN = 3,
	PREFIX = 16	/* what is longer was seen by a run in it */
};

/* How a form begins, in lower case as it were. */
struct prefix {
	uint8_t text[PREFIX];
	uint8_t len;
	uint32_t form;
};

struct prefixes {
	struct prefix *v;	/* sorted */
	size_t n, cap;
};

struct index {
	struct form *forms;
	size_t nforms, forms_cap;
	struct normal normal;
	struct grams runs, read, words;
	struct prefixes plain, normal_ones;	/* as written; as read */
	bool full, broken;	/* some are looked for in any form; broken,
				   too */
	bool signs;		/* some begin with one */
	unsigned over_most;	/* bytes before a lone break in the runs that
				   must be looked up there; READ_LEN - 1 or 1 */
	uint32_t *odd;		/* forms of which too little can be read ... */
	size_t nodd;		/* ... to be found by: tried everywhere */
	uint8_t nibble_low[16], nibble_high[16];	/* of normal.site */
};

enum stanch_result index_new(struct index **out,
	const struct stanch_values *values, struct stanch_error *err);
void index_free(struct index *ix);

/* ---- prefixes.c ---- */

bool prefixes_add(struct prefixes *p, const uint8_t *text, size_t len,
	uint32_t form);
void prefixes_sort(struct prefixes *p);
/* The first that begins with text, *n of them; text is shorter than PREFIX. */
const struct prefix *prefixes_find(const struct prefixes *p, struct span text,
	size_t *n);
void prefixes_free(struct prefixes *p);	/* wipes */

#endif
