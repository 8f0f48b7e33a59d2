/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formats.c - which format bytes are of, by their first ones, alone or in the
 * midst of others; where to look there is starts.c's.
 */
#include "unwrap/decoder.h"
#include "unwrap/starts.h"

/* certain: a codec that is in doubt is tried. */
static bool
matches(const struct format *f, struct span head, bool certain)
{
	if (f->n && (head.len < f->at + (size_t)f->n ||
		memcmp(head.ptr + f->at, f->magic, f->n) != 0))
		return false;
	if (f->is)
		return f->is(head);
	if (!f->codec)
		return true;
	return certain ? decoder_is(f->codec, head) : f->codec->is(head);
}

static const struct format *
first(struct span head, size_t n, bool certain)
{
	for (size_t i = 0; i < n; i++)
		if (matches(&format_table[i], head, certain))
			return &format_table[i];
	return NULL;
}

const struct format *
format_of(struct span head)
{
	return first(head, format_count, true);
}

const struct format *
format_maybe(struct span head)
{
	return first(head, format_count, false);
}

/* ---- in the midst of other bytes ---- */

enum { WITHIN = 6 };	/* of format_table[], those of starts.c */

/* That is told once of an item: it may have thousands of members. */
static bool
left_out(struct unwrap *u, const struct format *f)
{
	const char *why = format_closed(u, f);
	uint64_t bit = 1ULL << (f - format_table);

	if (why && !(u->told & bit))
		unwrap_gap(u, STANCH_GAP_FORMAT, why, GAP_BYTES_UNKNOWN);
	if (why)
		u->told |= bit;
	return why;
}

const struct format *
format_within(struct unwrap *u, struct tap *t)
{
	struct span head;

	if (!starts_begins(tap_look(t, STARTS_MAGIC)))
		return NULL;
	head = tap_look(t, FORMAT_WITHIN);
	for (size_t i = 0; i < WITHIN; i++) {
		const struct format *f = &format_table[i];

		if (!matches(f, head, true) || left_out(u, f))
			continue;
		if (!f->codec || decoder_probe(f->codec, head))
			return f;
		if (++u->false_starts == FORMAT_FALSE_STARTS)
			unwrap_gap(u, STANCH_GAP_OVER_LIMIT,
				"too many false starts of compressed data: "
				"no more are looked for", GAP_BYTES_UNKNOWN);
	}
	return NULL;
}

const struct format *
format_maybe_within(struct unwrap *u, struct tap *t)
{
	if (!starts_begins(tap_look(t, STARTS_MAGIC)))
		return NULL;
	return first(tap_look(t, FORMAT_WITHIN), WITHIN, false);
}
