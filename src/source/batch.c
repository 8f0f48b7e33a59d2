/* SPDX-License-Identifier: Apache-2.0 */
/*
 * batch.c - items by the dozen, so that threads meet seldom.  A batch is one
 * block of names and keeps the directories of its files open, so that the
 * files can be opened by name alone: no path is too long, and no part of one
 * can be exchanged in between.
 */
#include "source/batch.h"

void
source_batch_init(struct source_batch *b)
{
	b->n = b->ndirs = 0;
	buf_init(&b->text, SOURCE_TEXT + 2 * SOURCE_PLACE);
}

void
source_batch_clear(struct source_batch *b)
{
	for (size_t i = 0; i < b->ndirs; i++)
		dir_drop(b->dirs[i].dir);
	b->n = b->ndirs = 0;
	if (b->text.cap > 2 * SOURCE_TEXT)
		buf_free(&b->text);
	b->text.len = 0;
}

void
source_batch_free(struct source_batch *b)
{
	source_batch_clear(b);
	buf_free(&b->text);
}

bool
batch_full(const struct source_batch *b)
{
	return b->n == SOURCE_ITEMS || b->ndirs == SOURCE_DIRS ||
		b->text.len >= SOURCE_TEXT;
}

static bool
add_text(struct source_batch *b, struct span text)
{
	return buf_append(&b->text, text.ptr, text.len) &&
		buf_byte(&b->text, 0);
}

/* The index of d in the batch, which is the last one when it is there. */
static bool
add_dir(struct source_batch *b, struct dir *d, struct span prefix,
	uint32_t *index)
{
	if (!b->ndirs || b->dirs[b->ndirs - 1].dir != d) {
		uint32_t at = (uint32_t)b->text.len;
		if (!add_text(b, prefix))
			return false;
		b->dirs[b->ndirs++] = (struct source_dir){
			.dir = dir_hold(d), .prefix = at,
		};
	}
	*index = (uint32_t)(b->ndirs - 1);
	return true;
}

bool
batch_add(struct source_batch *b, struct dir *d, struct span prefix,
	const char *name, enum source_kind kind, const struct gap *gap)
{
	struct source_item *item = &b->items[b->n];

	item->kind = kind;
	item->dir = SOURCE_NO_DIR;
	item->repo = 0;
	if (d && !add_dir(b, d, prefix, &item->dir))
		return false;
	item->name = (uint32_t)b->text.len;
	if (!d && !buf_append(&b->text, prefix.ptr, prefix.len))
		return false;
	if (!add_text(b, span_str(name)))
		return false;
	if (gap)
		item->gap = *gap;
	b->n++;
	return true;
}

bool
source_place(const struct source_batch *b, size_t i, struct buf *place)
{
	const struct source_item *item = &b->items[i];
	const char *text = (const char *)b->text.ptr;

	place->len = 0;
	if (item->dir != SOURCE_NO_DIR &&
		!buf_str(place, text + b->dirs[item->dir].prefix))
		return false;
	return buf_str(place, text + item->name) && buf_byte(place, 0);
}
