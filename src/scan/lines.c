/* SPDX-License-Identifier: Apache-2.0 */
/* lines.c - counting newlines, sixteen bytes at a time. */
#include "scan/lines.h"

typedef uint8_t vec __attribute__((vector_size(16)));

enum { ROUNDS_MAX = 255 };	/* until a byte of the sum would overflow */

static uint64_t
sum_bytes(vec v)
{
	uint64_t n = 0;

	for (int i = 0; i < 16; i++)
		n += v[i];
	return n;
}

static uint64_t
count_newlines(const uint8_t *p, size_t n)
{
	uint64_t total = 0;
	const vec nl = { '\n', '\n', '\n', '\n', '\n', '\n', '\n', '\n',
		'\n', '\n', '\n', '\n', '\n', '\n', '\n', '\n' };

	while (n >= 16) {
		size_t rounds = n / 16 < ROUNDS_MAX ? n / 16 : ROUNDS_MAX;
		vec sum = { 0 }, v;

		for (size_t i = 0; i < rounds; i++) {
			memcpy(&v, p + 16 * i, 16);
			sum -= (vec)(v == nl);	/* a hit is -1 */
		}
		total += sum_bytes(sum);
		p += 16 * rounds;
		n -= 16 * rounds;
	}
	while (n--)
		total += *p++ == '\n';
	return total;
}

void
lines_begin(struct lines *l)
{
	l->floor = l->last = (struct lines_mark){ 0, 1, 0 };
}

static struct lines_mark
count(struct lines_mark m, struct span data, uint64_t base, uint64_t pos)
{
	const uint8_t *p = data.ptr + (m.pos - base), *nl;
	size_t n = (size_t)(pos - m.pos);

	if (!n)
		return m;
	m.line += count_newlines(p, n);
	nl = memrchr(p, '\n', n);
	if (nl)
		m.line_start = m.pos + (uint64_t)(nl - p) + 1;
	m.pos = pos;
	return m;
}

/* The other way: m is behind pos. */
static struct lines_mark
count_back(struct lines_mark m, struct span data, uint64_t base, uint64_t pos)
{
	size_t at = (size_t)(pos - base);
	uint64_t n = count_newlines(data.ptr + at, (size_t)(m.pos - pos));
	const uint8_t *nl = n ? memrchr(data.ptr, '\n', at) : NULL;

	if (n)
		m.line_start = nl ? base + (uint64_t)(nl - data.ptr) + 1 :
			base;
	m.line -= n;
	m.pos = pos;
	return m;
}

struct lines_mark
lines_at(struct lines *l, struct span data, uint64_t base, uint64_t pos)
{
	if (pos < l->floor.pos)
		return count_back(l->floor, data, base, pos);
	l->last = count(pos >= l->last.pos ? l->last : l->floor, data, base,
		pos);
	return l->last;
}

void
lines_advance(struct lines *l, struct span data, uint64_t base, uint64_t pos)
{
	if (pos <= l->floor.pos)
		return;
	l->floor = count(pos >= l->last.pos && l->last.pos >= l->floor.pos ?
		l->last : l->floor, data, base, pos);
	if (l->last.pos < l->floor.pos)
		l->last = l->floor;
}
