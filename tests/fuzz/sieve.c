/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve.c - any literals in any text: the sieve finds what looking at each
 * place for each of them finds.
 *
 * A literal ends at a zero byte, whose successor says whether case matters;
 * after eight literals, or an empty one, comes the text.
 */
#include <stdlib.h>

#include "engine/sieve.h"

enum { LITERALS = 8, FOUND_MOST = 1 << 16 };

struct found {
	size_t n;
	struct { uint32_t which; size_t from; } v[FOUND_MOST];
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct found found;

static bool
note(uint32_t which, size_t from, void *payload)
{
	if (found.n == FOUND_MOST)
		return false;
	found.v[found.n].which = which;
	found.v[found.n++].from = from;
	return true;
}

static bool
is_at(const struct sieve_literal *lit, struct span s, size_t at)
{
	if (s.len - at < lit->len)
		return false;
	for (uint32_t i = 0; i < lit->len; i++) {
		uint8_t c = s.ptr[at + i];

		if (lit->caseless && c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (c != (uint8_t)lit->bytes[i])
			return false;
	}
	return true;
}

static bool
was_found(uint32_t which, size_t from)
{
	size_t n = 0;

	for (size_t i = 0; i < found.n; i++)
		n += found.v[i].which == which && found.v[i].from == from;
	return n == 1;
}

static void
compare(const struct sieve_literal *lits, size_t n, struct span text,
	size_t seen)
{
	size_t all = 0;

	for (size_t at = 0; at < text.len; at++)
		for (uint32_t i = 0; i < n; i++) {
			if (!is_at(&lits[i], text, at) ||
				at + lits[i].len <= seen)
				continue;
			all++;
			if (!was_found(i, at))
				abort();
		}
	if (all != found.n)
		abort();
}

/* Takes a literal from the head of *s into bytes; its length. */
static size_t
take_literal(struct span *s, char *bytes, size_t most, bool *caseless)
{
	const uint8_t *end = memchr(s->ptr, 0, s->len);
	size_t len = end ? (size_t)(end - s->ptr) : 0;

	if (!end || len < SIEVE_LEAST || len > most)
		return 0;
	*caseless = len + 1 < s->len && s->ptr[len + 1] & 1;
	for (size_t i = 0; i < len; i++) {
		uint8_t c = s->ptr[i];

		bytes[i] = (char)(*caseless && c >= 'A' && c <= 'Z' ?
			c | 0x20 : c);
	}
	*s = span_skip(*s, len + 2);
	return len;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char bytes[LITERALS][64];
	struct sieve_literal lits[LITERALS];
	struct span s = span_of(data, size);
	struct sieve *sieve;
	size_t n = 0, seen;

	if (!sieve_is_able() || size > 8192)
		return 0;
	while (n < LITERALS && s.len) {
		bool caseless;
		size_t len = take_literal(&s, bytes[n], sizeof *bytes,
			&caseless);

		if (!len)
			break;
		lits[n] = (struct sieve_literal){ bytes[n], (uint32_t)len,
			caseless };
		n++;
	}
	if (!n || !s.len)
		return 0;
	seen = s.ptr[0] < s.len ? s.ptr[0] : 0;
	sieve = sieve_new(lits, n);
	if (!sieve)
		abort();
	for (size_t way = 0; sieve_use(sieve, way); way++) {
		found.n = 0;
		if (sieve_scan(sieve, s, seen, note, NULL))
			compare(lits, n, s, seen);
	}
	sieve_free(sieve);
	return 0;
}
