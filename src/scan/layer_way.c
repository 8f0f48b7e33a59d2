/* SPDX-License-Identifier: Apache-2.0 */
/* layer_way.c - how bytes of a layer were decoded, in words and bits. */
#include <stdio.h>

#include "finding/finding.h"
#include "scan/layer.h"
#include "scan/wide.h"

/* Of enum stanch_decode, by bit. */
static const char *const names[] = { "utf-16", "base64", "gzip", "percent",
	"escapes", "entities", "quoted-printable", "hex" };

enum { NAMES = sizeof names / sizeof *names };

/*
 * Bytes of l in its parent's.  What becomes of a byte of a run depends on all
 * before it, or on where the run begins.
 */
static void
go_up(const struct layer *l, uint64_t *from, uint64_t *to)
{
	const struct view_kind *kind = layer_kind(l);
	const struct view *v = layer_view_of(l);

	*from = view_from(kind, v, *from);
	*to = view_to(kind, v, *to);
	if (!kind->decoded && v->run < *from)
		*from = v->run;
}

static unsigned
decoded(const struct layer *l, uint64_t from, uint64_t to)
{
	const struct view_kind *kind = layer_kind(l);

	return kind->decoded ? kind->decoded(layer_view_of(l), from, to) :
		kind->decodes;
}

void
layer_add_ways(const struct layer *l, uint64_t from, uint64_t to,
	unsigned *ways)
{
	for (; l->parent; l = l->parent) {
		*ways++ |= decoded(l, from ? from - 1 : 0, to + 1);
		go_up(l, &from, &to);
	}
}

const char *
layer_name(size_t bit)
{
	return bit < NAMES ? names[bit] : NULL;
}

uint8_t
layer_wide(const struct layer *l)
{
	while (l->parent && l->parent->parent)
		l = l->parent;
	if (!l->parent || layer_kind(l) != &view_wide)
		return 0;
	return ((const struct wide *)layer_view_of(l))->big ? 2 : 1;
}

bool
layer_changed(const struct layer *l, uint64_t from, uint64_t to)
{
	bool changed = false;

	for (; l->parent && !changed; l = l->parent) {
		changed = decoded(l, from, to);
		go_up(l, &from, &to);
	}
	return changed;
}

bool
layer_doubtful(const struct layer *l, uint64_t from, uint64_t to)
{
	for (; l->parent; l = l->parent) {
		const struct view_kind *kind = layer_kind(l);

		if (kind->doubtful && kind->doubtful(layer_view_of(l), to))
			return true;
		go_up(l, &from, &to);
	}
	return false;
}

void
layer_way(const struct layer *l, uint64_t from, uint64_t to, char *out,
	size_t size)
{
	unsigned bits[LAYER_DEEP] = { 0 };
	size_t n = l->depth, at = 0;

	out[0] = '\0';
	if (l->open && from == l->open_at && to >= l->open_upto) {
		memcpy(bits, l->open_ways, sizeof bits);
		from = l->open_upto;
	}
	layer_add_ways(l, from, to, bits);
	for (size_t i = 0; i < n; i++)
		if (!bits[i])
			return;
	while (n--)
		for (size_t i = 0; i < NAMES && at < size; i++)
			if (bits[n] & 1U << i)
				at += (size_t)snprintf(out + at, size - at,
					"%s%s", at ? "+" : "", names[i]);
}
