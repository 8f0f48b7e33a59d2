/* SPDX-License-Identifier: Apache-2.0 */
/* walk.h - a whole source as one text: an item a line, in order. */
#ifndef TESTS_SOURCE_WALK_H
#define TESTS_SOURCE_WALK_H

#include "fs.h"
#include "source/source.h"

enum { WALK_TEXT = 256 * 1024 * 1024 };

static inline void
walk_line(const struct source_batch *b, size_t i, struct buf *out)
{
	const struct source_item *item = &b->items[i];
	struct buf place;

	buf_init(&place, 2 * SOURCE_PLACE);
	cr_assert(source_place(b, i, &place));
	if (item->kind == SOURCE_GAP)
		buf_printf(out, "%s: ", stanch_gap_name(item->gap.why));
	else if (item->kind == SOURCE_STREAM)
		buf_str(out, "stream: ");
	else if (item->kind == SOURCE_OBJECTS)
		buf_str(out, "objects: ");
	else if (item->kind == SOURCE_REPO_END)
		buf_str(out, "end: ");
	buf_str(out, (char *)place.ptr);
	buf_byte(out, '\n');
	buf_free(&place);
}

/* The rest of s, or (most items read) a part of it; "" at its end. */
static inline void
walk_some(struct stanch_source *s, struct buf *out, size_t most)
{
	struct source_batch b;
	bool more = true;
	size_t n = 0;

	source_batch_init(&b);
	while (more && n < most) {
		cr_assert_eq(source_next(s, &b, &more, NULL), STANCH_OK);
		for (size_t i = 0; i < b.n; i++)
			walk_line(&b, i, out);
		n += b.n;
		source_batch_clear(&b);
	}
	source_batch_free(&b);
}

static inline struct stanch_source *
source_of(const char *path)
{
	struct stanch_source *s;
	struct stanch_error err;

	cr_assert_eq(stanch_source_paths(&s, &path, 1, NULL, &err), STANCH_OK,
		"%s", err.text);
	return s;
}

static inline void
walk_is(const char *path, const char *want)
{
	struct stanch_source *s = source_of(path);
	struct buf out;

	buf_init(&out, WALK_TEXT);
	walk_some(s, &out, SIZE_MAX);
	cr_assert(buf_byte(&out, 0));
	cr_assert_str_eq((char *)out.ptr, want);
	buf_free(&out);
	stanch_source_free(s);
}

#endif
