/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formats.c - which format bytes are of, by their first ones, and where in
 * the midst of others one may begin.
 */
#include "unwrap/decoder.h"

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

/* A magic number, and a byte of it that is rare in text. */
static const struct start {
	const char *magic;
	size_t n, rare;
} starts[FORMAT_STARTS] = {
	{ "PK\x03\x04", 4, 3 },
	{ "\x04\x22\x4d\x18", 4, 0 },
	{ "\x1f\x8b\x08", 3, 1 },
	{ "\xfd" "7zXZ", 5, 0 },
	{ "\x28\xb5\x2f\xfd", 4, 3 },
	{ "BZh", 3, 1 },
};

enum { WITHIN = 6 };	/* of format_table[], those that begin with these */

/* Not even a magic number: no more is waited for. */
bool
format_begins(struct span s)
{
	for (size_t i = 0; i < FORMAT_STARTS; i++)
		if (s.len >= starts[i].n &&
			s.ptr[0] == (uint8_t)starts[i].magic[0] &&
			!memcmp(s.ptr, starts[i].magic, starts[i].n))
			return true;
	return false;
}

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

#define EACH(byte) (0x0101010101010101u * (byte))

/* Whether a byte of eight is 0, or one above such a one is 1. */
static uint64_t
has_zero(uint64_t v)
{
	return (v - EACH(0x01)) & ~v & EACH(0x80);
}

/* Each magic number has a byte above 0x7f, a 4, or a Z. */
bool
format_not_near(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return !((v & EACH(0x80)) | has_zero(v ^ EACH(0x04)) |
		has_zero(v ^ EACH('Z')));
}

const struct format *
format_within(struct unwrap *u, struct tap *t)
{
	struct span head;

	if (!format_begins(tap_look(t, FORMAT_MAGIC)))
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
	if (!format_begins(tap_look(t, FORMAT_MAGIC)))
		return NULL;
	return first(tap_look(t, FORMAT_WITHIN), WITHIN, false);
}

/* Where the magic number, or what there is of it at the end, is in s. */
static size_t
find(const struct start *m, struct span s, size_t from)
{
	size_t at = from + m->rare;

	while (at < s.len) {
		const uint8_t *p = memchr(s.ptr + at, m->magic[m->rare],
			s.len - at);
		size_t begin;

		if (!p)
			break;
		begin = (size_t)(p - s.ptr) - m->rare;
		if (!memcmp(s.ptr + begin, m->magic, s.len - begin < m->n ?
			s.len - begin : m->n))
			return begin;
		at = begin + m->rare + 1;
	}
	for (at = s.len > m->n ? s.len - m->n + 1 : 0; at < s.len; at++)
		if (at >= from && !memcmp(s.ptr + at, m->magic, s.len - at))
			return at;
	return s.len;
}

size_t
format_start(struct format_search *f, struct span s, uint64_t at, size_t from)
{
	size_t first = s.len;

	for (size_t i = 0; i < FORMAT_STARTS; i++) {
		struct format_next *next = &f->next[i];

		if (!next->found || next->at < at + from) {
			uint64_t begin = next->at > at + from ? next->at :
				at + from;
			size_t where = begin - at < s.len ?
				find(&starts[i], s, (size_t)(begin - at)) :
				s.len;

			next->at = at + where;
			next->found = where < s.len;
		}
		if (next->at - at < first)
			first = (size_t)(next->at - at);
	}
	return first;
}
