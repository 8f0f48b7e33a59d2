/* SPDX-License-Identifier: Apache-2.0 */
/* scanner_private.h - struct scanner, for scanner.c, match.c and object.c. */
#ifndef SCAN_SCANNER_PRIVATE_H
#define SCAN_SCANNER_PRIVATE_H

#include "scan/layer.h"
#include "scan/lines.h"
#include "scan/pairs.h"
#include "scan/rivals.h"
#include "scan/scanner.h"

enum { SCANNER_ENDED = 8 };

struct scanner {
	const struct stanch_engine *engine;
	struct engine_worker *worker;
	struct judge *judge;
	struct stanch_scan_options opt;
	bool count_lines, want_safe, want_pseudonym;
	scan_cover_fn *on_cover;
	void *payload;
	const char *place;
	bool *enabled;			/* by rule, at this place */
	uint32_t *minding;		/* rules that mind the place ... */
	size_t nminding;		/* ... and their number */
	uint32_t *ordinals;		/* by rule: findings so far */
	bool found;			/* there was one */
	uint64_t let_pass;		/* matches, by comments */
	struct layer_use use;
	struct layer *layers;
	struct rivals rivals;
	struct pairs pairs;
	struct watch watch;
	struct lines lines;
	struct span data;		/* the window of this push */
	uint64_t base;
	bool is_whole;			/* it begins with the place */
	/* Found up to the end of what had come; the last ones of a place. */
	struct ended {
		const struct stanch_rule *rule;
		uint64_t start, end;
	} ended[SCANNER_ENDED];
	size_t nended;
	uint64_t safe;			/* after it; see want_safe */
};

/*
 * m is a secret of the layer, if the judge says so.  Redact masks a block
 * before the judge can see it whole, so a block always counts.
 */
enum stanch_result scanner_match(struct scanner *s, const struct layer *l,
	const struct lane_match *m);

/* ---- comment_wait.c ---- */

/*
 * Takes out rivals that were decoded and whose line has a comment that lets
 * them pass; those whose line has not come in whole stay unminded.
 */
void scanner_mind_comments(struct scanner *s, bool final);
/* Bytes of the place before it are not needed for that. */
uint64_t scanner_comments_keep(const struct scanner *s, uint64_t keep);

#endif
