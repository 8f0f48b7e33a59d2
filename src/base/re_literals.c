/* SPDX-License-Identifier: Apache-2.0 */
/*
 * re_literals.c - the parts of an expression that match just a few texts,
 * spelt out: alternatives, small classes, short fixed repeats.
 */
#include "base/re_literals.h"

#include <ctype.h>

enum {
	CHOICES_MAX = 10,	/* bytes of a class that is still spelt out */
	REPEATS_MAX = 4		/* fixed repeats that are still spelt out */
};

bool
re_literals_add(struct re_literals *out, const struct re_lit *lit)
{
	if (out->n == RE_LITERALS_MAX)
		return false;
	out->v[out->n++] = *lit;
	return true;
}

/* The classes of more than one byte that are one letter in both cases. */
static bool
exact_bytes(const struct re_set *set, struct re_literals *out)
{
	size_t n = 0;

	out->n = 0;
	for (int c = 0; c < 256; c++) {
		struct re_lit lit = { .len = 1, .bytes = { (char)c } };
		bool letter = c < 128 && isalpha(c);

		if (!re_set_has(set, (uint8_t)c))
			continue;
		if (letter && isupper(c) &&
			re_set_has(set, (uint8_t)tolower(c)))
			continue;
		lit.caseless = letter && islower(c) &&
			re_set_has(set, (uint8_t)toupper(c));
		if (++n > CHOICES_MAX || !re_literals_add(out, &lit))
			return false;
	}
	return n > 0;
}

bool
re_literals_cross(struct re_literals *a, const struct re_literals *b)
{
	struct re_literals out = { .n = 0 };

	if (a->n * b->n > RE_LITERALS_MAX)
		return false;
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++) {
			struct re_lit lit = a->v[i];

			if (lit.len + b->v[k].len > RE_LITERAL_MAX)
				return false;
			memcpy(lit.bytes + lit.len, b->v[k].bytes,
				b->v[k].len);
			lit.len = (uint8_t)(lit.len + b->v[k].len);
			lit.caseless |= b->v[k].caseless;
			re_literals_add(&out, &lit);
		}
	*a = out;
	return true;
}

const struct re_literals re_literals_none = { .n = 1 };	/* just "" */

static bool
exact_repeat(const struct re_node *node, struct re_literals *out)
{
	struct re_literals kid;
	bool maybe = node->min == 0 && node->max == 1;

	if (!maybe && (node->min != node->max || node->max > REPEATS_MAX))
		return false;
	if (!re_literals_of(node->kids[0], &kid))
		return false;
	*out = re_literals_none;
	for (uint32_t i = 0; i < node->max; i++)
		if (!re_literals_cross(out, &kid))
			return false;
	return !maybe || re_literals_add(out, &re_literals_none.v[0]);
}

bool
re_literals_of(const struct re_node *node, struct re_literals *out)
{
	struct re_literals kid;

	if (node->kind == RE_BYTES)
		return exact_bytes(&node->set, out);
	if (node->kind == RE_REPEAT)
		return exact_repeat(node, out);
	*out = re_literals_none;
	if (node->kind == RE_ALT)
		out->n = 0;
	for (size_t i = 0; i < node->nkids; i++) {
		if (!re_literals_of(node->kids[i], &kid))
			return false;
		if (node->kind != RE_ALT) {
			if (!re_literals_cross(out, &kid))
				return false;
			continue;
		}
		for (size_t k = 0; k < kid.n; k++)
			if (!re_literals_add(out, &kid.v[k]))
				return false;
	}
	return true;
}
