/* SPDX-License-Identifier: Apache-2.0 */
/*
 * standin.h - what goes out in place of a secret: a tag, or a character for
 * each of its own.  What is given out before it matters (joint.h), so the
 * filter notes here all that goes out.
 */
#ifndef REDACT_STANDIN_H
#define REDACT_STANDIN_H

#include "base/arena.h"
#include "redact/joint.h"
#include "redact/tag.h"

/* Characters a fill may be of: no rule, shell or build system minds them. */
#define STANDIN_FILLS "*xX._"

enum { STANDIN_ROWS = 256 };	/* of tags, each a few rules' */

struct standin {
	char tag[TAG_TEMPLATE_MAX + 1];
	unsigned asks;			/* enum tag_asks, of tag */
	char fill;			/* 0: tags */
	struct joint joint;
	struct arena *kept;		/* of tags that may come again ... */
	struct arena *passing;		/* ... and of those of this push */
	const struct made *made[STANDIN_ROWS];	/* the former, one a rule */
	bool passed;			/* there are some of the latter */
};

/* Takes tag, fill and key of the options.  EUSAGE: err says what is wrong. */
enum stanch_result standin_init(struct standin *s,
	const struct stanch_filter_options *opt, struct stanch_error *err);
void standin_free(struct standin *s);
/* Tags that were of one push only are not needed any more. */
bool standin_forget(struct standin *s);
/* Memory until standin_forget(); NULL: there is none. */
void *standin_passing(struct standin *s, size_t n);

/*
 * The tag, with what must stand before it here.  wide: as in struct
 * scan_cover; each character of it is UTF-16 then, and of a big-endian one
 * the first NUL is there already.  json: it is to stand in a JSON string.  It
 * stays where it is until standin_forget().  False: no memory.
 */
bool standin_tag(struct standin *s, const struct tag_facts *facts,
	uint8_t wide, bool json, struct span *tag);

/*
 * What fills the place of text, byte for byte; line ends stay.  odd: in
 * UTF-16 text begins with the second byte of a character.
 */
bool standin_fill(struct standin *s, struct span text, uint8_t wide,
	bool odd, bool json, struct span *fill);

#endif
