/* SPDX-License-Identifier: Apache-2.0 */
/*
 * delta.c - deltas as gitformat-pack(5) has them: two lengths, then copies
 * from the base and bytes to insert.
 */
#include "git/git.h"

#include "git/pack.h"

/* A number in groups of 7 bits, the least first. */
static bool
take_length(struct span *s, uint64_t *out)
{
	uint64_t n = 0;

	for (unsigned shift = 0; s->len && shift < 63; shift += 7) {
		uint8_t c = s->ptr[0];

		*s = span_skip(*s, 1);
		n |= (uint64_t)(c & 0x7f) << shift;
		if (!(c & 0x80)) {
			*out = n;
			return true;
		}
	}
	return false;
}

bool
git_delta_begin(struct git_delta *d, struct span delta)
{
	d->all = d->rest = delta;
	return take_length(&d->rest, &d->base_len) &&
		take_length(&d->rest, &d->out_len);
}

/* The bytes of a copy's offset and length that are there, by its flags. */
static int
take_copy(struct git_delta *d, struct git_op *op, uint8_t flags)
{
	uint64_t v[2] = { 0, 0 };

	for (unsigned i = 0; i < 7; i++) {
		if (!(flags & 1u << i))
			continue;
		if (!d->rest.len)
			return -1;
		v[i / 4] |= (uint64_t)d->rest.ptr[0] << 8 * (i % 4);
		d->rest = span_skip(d->rest, 1);
	}
	op->copy = true;
	op->from = (size_t)v[0];
	op->len = v[1] ? (size_t)v[1] : 0x10000;
	return op->from <= d->base_len && op->len <= d->base_len - op->from ?
		1 : -1;
}

int
git_delta_next(struct git_delta *d, struct git_op *op)
{
	uint8_t c;

	if (!d->rest.len)
		return 0;
	c = d->rest.ptr[0];
	d->rest = span_skip(d->rest, 1);
	if (c & 0x80)
		return take_copy(d, op, c);
	if (c == 0 || c > d->rest.len)
		return -1;
	op->copy = false;
	op->from = (size_t)(d->rest.ptr - d->all.ptr);
	op->len = c;
	d->rest = span_skip(d->rest, c);
	return 1;
}

/*
 * The last one noted grows when what comes goes on where it ended in both, or
 * makes room when it stayed short.
 */
static void
note_copy(struct delta_copies *c, const struct git_op *op, size_t to)
{
	struct kin_copy *last = c->n ? &c->v[c->n - 1] : NULL;

	if (last && last->to + last->len == to &&
		last->from + last->len == op->from) {
		last->len += op->len;
		return;
	}
	if (last && last->len < DELTA_COPY_LEAST)
		c->n--;
	if (c->n < DELTA_COPIES_MOST)
		c->v[c->n++] = (struct kin_copy){ op->from, to, op->len };
}

bool
delta_apply(struct span base, struct span delta, uint8_t *out, size_t n,
	struct delta_copies *c)
{
	struct git_delta d;
	struct git_op op;
	size_t at = 0;
	int more;

	if (!git_delta_begin(&d, delta) || d.base_len != base.len ||
		d.out_len != n)
		return false;
	while ((more = git_delta_next(&d, &op)) > 0) {
		if (op.len > n - at)
			return false;
		memcpy(out + at, (op.copy ? base.ptr : delta.ptr) + op.from,
			op.len);
		if (c && op.copy)
			note_copy(c, &op, at);
		at += op.len;
	}
	if (c && c->n && c->v[c->n - 1].len < DELTA_COPY_LEAST)
		c->n--;
	return more == 0 && at == n;
}
