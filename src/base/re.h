/* SPDX-License-Identifier: Apache-2.0 */
/*
 * re.h - PCRE2: compile, JIT, match with limits.  The only file that includes
 * pcre2.h is re.c.  Bytes, not UTF; newline is LF; `$` means the very end.
 */
#ifndef BASE_RE_H
#define BASE_RE_H

#include "base/span.h"
#include "stanch.h"

struct re;		/* immutable once compiled; may be shared */
struct re_scratch;	/* one thread's match data, for any number of re */

enum re_result {
	RE_NO,		/* no match, whatever bytes may follow */
	RE_MATCH,
	RE_PARTIAL,	/* more bytes may make or change a match */
	RE_LIMIT,	/* a match, depth or heap limit was hit */
	RE_NOMEM	/* out of memory: nothing is known */
};

struct re_match {
	size_t start, end;		/* of the whole match */
	size_t group_start, group_end;	/* of the wanted group */
	bool group_set;			/* false: the group took no part */
};

enum re_flags {
	RE_ANCHORED = 1,	/* a match must begin at `from` */
	RE_STREAM = 2,		/* will be asked with RE_MORE */
	RE_INTERPRET = 4	/* no JIT: its match limit does not count the
				   steps of a single repeat */
};

/*
 * Compiles pattern (PCRE2 syntax, n bytes).  ERULE: err->column is the offset
 * in the pattern + 1, err->where is `where`.
 */
enum stanch_result re_compile(struct re **out, const char *pattern, size_t n,
	unsigned flags, const char *where, struct stanch_error *err);
void re_free(struct re *re);
/* The number of a named group, -1 when there is none of that name. */
int re_group(const struct re *re, const char *name);
uint32_t re_group_count(const struct re *re);
/* How many bytes before its start the expression may look at. */
uint32_t re_lookbehind(const struct re *re);

struct re_scratch *re_scratch_new(void);	/* NULL: out of memory */
void re_scratch_free(struct re_scratch *s);

void re_version(char *buf, size_t size);	/* of PCRE2 */

/* What is known of the subject's surroundings. */
enum re_edges {
	RE_NOT_BEGIN = 1,	/* its first byte is not the input's first */
	RE_NOT_END = 2,		/* bytes follow, but may not be looked at */
	RE_MORE = 4		/* bytes will follow: RE_PARTIAL is wanted */
};

/*
 * Looks for the leftmost match that starts in subject[from, until].  Bytes
 * before `from` are seen by lookbehinds and \b only.  With RE_MORE,
 * RE_PARTIAL tells that bytes still to come matter, and m->start is where
 * the possible match begins; RE_NO and RE_MATCH are then final.  Time is
 * bounded by limits set in re.c.
 */
enum re_result re_match(const struct re *re, struct re_scratch *s,
	struct span subject, size_t from, size_t until, unsigned edges,
	uint32_t group, struct re_match *m);

/* Whether there is a match anywhere.  RE_LIMIT and RE_NOMEM count as
   no. */
bool re_test(const struct re *re, struct re_scratch *s, struct span subject);

#endif
