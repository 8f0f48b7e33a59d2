/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_shape.c - reads shapes piece by piece.  A value is held against one by
 * the set of places that the pieces so far can lead to, so nothing is tried
 * twice.
 */
#include "rule/rule_shape.h"

#include "rule/recipe_make.h"

static const char uuid[] = "{{hex:8}}-{{hex:4}}-{{hex:4}}-{{hex:4}}-"
	"{{hex:12}}";

const char rule_shape_any[] = "{{base64url:20-120}}";

/* One byte, or a run of an alphabet's. */
struct piece {
	const char *chars;	/* NULL: the byte alone */
	char byte;
	size_t least, most;
};

/* The piece that *at begins with, and *at behind it; or what is wrong. */
static const char *
read_part(struct piece *p, const char **at)
{
	const char *name = *at + 2, *end = strstr(name, "}}"), *colon;

	colon = end ? memchr(name, ':', (size_t)(end - name)) : NULL;
	if (!colon)
		return "holds a part that is no alphabet; {{NAME:N}},"
			" {{NAME:N-M}} and {{uuid}} may stand in it";
	p->chars = recipe_alphabet(span_of(name, (size_t)(colon - name)));
	if (!p->chars)
		return "names an alphabet that there is not";
	*at = end + 2;
	colon++;
	return recipe_count(span_of(colon, (size_t)(end - colon)),
		&p->least, &p->most) ? NULL : "an alphabet takes :N or :N-M";
}

static const char *
read_piece(struct piece *p, const char **at)
{
	*p = (struct piece){ .byte = **at, .least = 1, .most = 1 };
	if (!strncmp(*at, "{{", 2))
		return read_part(p, at);
	++*at;
	return NULL;
}

/* *at is behind it, if it was there. */
static bool
take_uuid(const char **at)
{
	static const char part[] = "{{uuid}}";

	if (strncmp(*at, part, sizeof part - 1))
		return false;
	*at += sizeof part - 1;
	return true;
}

const char *
rule_shape_read(const char *shape, uint32_t *least, uint32_t *most)
{
	const char *at = shape, *why;
	size_t low = 0, high = 0;
	struct piece p;

	while (*at) {
		if (take_uuid(&at)) {
			low += 36;
			high += 36;
			continue;
		}
		why = read_piece(&p, &at);
		if (why)
			return why;
		low += p.least;
		high += p.most;
		if (high > RULE_SHAPE_MAX)
			return "is of more than 256 bytes";
	}
	if (low < RULE_SHAPE_MIN)
		return "is of less than 8 bytes";
	*least = (uint32_t)low;
	*most = (uint32_t)high;
	return NULL;
}

/* ---- fitting ---- */

struct places { bool at[RULE_SHAPE_MAX + 1]; };

/* From every place the piece's bytes lead on from. */
static void
follow(struct places *to, const struct places *from, const struct piece *p,
	struct span s)
{
	size_t run, i;

	*to = (struct places){ { false } };
	for (i = 0; i <= s.len; i++) {
		for (run = 0; from->at[i] && run <= p->most; run++) {
			if (run >= p->least)
				to->at[i + run] = true;
			if (i + run == s.len || !(p->chars ?
				memchr(p->chars, s.ptr[i + run],
				strlen(p->chars)) != NULL :
				s.ptr[i + run] == (uint8_t)p->byte))
				break;
		}
	}
}

static bool
follow_all(struct places *now, const char *shape, struct span s)
{
	struct places next;
	struct piece p;

	while (*shape) {
		if (take_uuid(&shape)) {
			if (!follow_all(now, uuid, s))
				return false;
			continue;
		}
		if (read_piece(&p, &shape))
			return false;
		follow(&next, now, &p, s);
		*now = next;
	}
	return true;
}

bool
rule_shape_fits(const char *shape, struct span s)
{
	struct places now = { { true } };

	return s.len <= RULE_SHAPE_MAX && follow_all(&now, shape, s) &&
		now.at[s.len];
}
