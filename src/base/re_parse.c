/* SPDX-License-Identifier: Apache-2.0 */
/*
 * re_parse.c - reads the part of PCRE2's syntax that rules use, by recursive
 * descent.  What it does not know it refuses; PCRE2 itself decides whether a
 * pattern is right.  Classes are in re_class.c.
 */
#include <ctype.h>
#include <string.h>

#include "base/error.h"
#include "base/re_ast.h"
#include "base/re_class.h"

enum { DEPTH_MAX = 100, REPEAT_MAX = 65535,
	COUNTS_MAX = 8 };

static struct re_node *parse_alt(struct re_reader *r);
static struct re_node *parse_counts(struct re_reader *r, struct re_node *atom);

static struct re_node *
node_new(struct re_reader *r, enum re_kind kind)
{
	struct re_node *node = arena_alloc(r->arena, sizeof *node);

	if (!node)
		return re_refuse(r, NULL), NULL;
	node->kind = kind;
	return node;
}

static bool
add_kid(struct re_reader *r, struct re_node *node, struct re_node *kid)
{
	size_t cap = node->nkids && !(node->nkids & (node->nkids - 1)) ?
		node->nkids * 2 : node->nkids ? 0 : 1;
	struct re_node **kids;

	if (!kid)
		return false;
	if (cap) {	/* at each power of two, and at the start */
		kids = arena_array(r->arena, cap, sizeof *kids);
		if (!kids)
			return re_refuse(r, NULL), false;
		if (node->nkids)
			memcpy(kids, node->kids,
				node->nkids * sizeof *kids);
		node->kids = kids;
	}
	node->kids[node->nkids++] = kid;
	return true;
}

static struct re_node *
bytes_node(struct re_reader *r, const struct re_set *set)
{
	struct re_node *node = node_new(r, RE_BYTES);

	if (node)
		node->set = *set;
	return node;
}

static struct re_node *
look_node(struct re_reader *r, uint32_t ahead)
{
	struct re_node *node = node_new(r, RE_LOOK);

	if (node)
		node->max = ahead;
	return node;
}

/* How many bytes the node may match at most; for what lies ahead. */
static uint32_t
widest(const struct re_node *node)
{
	uint64_t w = 0, kid;

	if (node->kind == RE_BYTES)
		return 1;
	if (node->kind == RE_LOOK)
		return node->max;
	for (size_t i = 0; i < node->nkids; i++) {
		kid = widest(node->kids[i]);
		if (node->kind == RE_REPEAT)
			kid *= node->max;
		w = node->kind == RE_ALT ? (kid > w ? kid : w) : w + kid;
	}
	return w < RE_WIDTH_INF ? (uint32_t)w : RE_WIDTH_INF;
}

/* After "(?": flags up to ':' or ')'.  Returns false when it is none. */
static bool
parse_flags(struct re_reader *r, struct re_flagset *flags)
{
	bool on = true;

	for (; r->pos < r->len; r->pos++) {
		switch (r->text[r->pos]) {
		case 'i': flags->caseless = on; break;
		case 's': flags->dotall = on; break;
		case 'x':
			flags->extended = on;
			if (r->pos + 1 < r->len && r->text[r->pos + 1] == 'x')
				return false;	/* other classes */
			break;
		case 'm': case 'U': case 'J': break;
		case '-': on = false; break;
		case '^': *flags = (struct re_flagset){ 0 }; break;
		case ':': case ')': return true;
		default: return false;
		}
	}
	return false;
}

static bool
skip_name(struct re_reader *r, char end)
{
	while (r->pos < r->len && r->text[r->pos] != end)
		r->pos++;
	if (r->pos == r->len)
		return false;
	r->pos++;
	return true;
}

/* The inside of a group and its ')'. */
static struct re_node *
group_body(struct re_reader *r)
{
	struct re_flagset saved = r->flags;
	struct re_node *node;

	if (++r->depth > DEPTH_MAX)
		return re_refuse(r, "groups nested this deep"), NULL;
	node = parse_alt(r);
	r->depth--;
	r->flags = saved;
	if (!node)
		return NULL;
	if (r->pos >= r->len || r->text[r->pos] != ')')
		return re_refuse(r, "a group without its end"), NULL;
	r->pos++;
	return node;
}

static struct re_node *
capture(struct re_reader *r)
{
	struct re_node *node = node_new(r, RE_GROUP);

	if (!node)
		return NULL;
	node->group = ++r->groups;
	return add_kid(r, node, group_body(r)) ? node : NULL;
}

static struct re_node *
look_around(struct re_reader *r, size_t skip, bool ahead)
{
	struct re_node *body;

	r->pos += skip;
	body = group_body(r);
	return body ? look_node(r, ahead ? widest(body) : 0) : NULL;
}

static bool
at(const struct re_reader *r, const char *s)
{
	size_t n = strlen(s);

	return r->len - r->pos >= n && !memcmp(r->text + r->pos, s, n);
}

/* After "(?". */
static struct re_node *
parse_special(struct re_reader *r)
{
	struct re_flagset flags = r->flags, saved = r->flags;
	struct re_node *node;

	if (at(r, "#"))	/* one with an end is skipped */
		return re_refuse(r, "a comment without end"), NULL;
	if (at(r, "=") || at(r, "!"))
		return look_around(r, 1, true);
	if (at(r, "<=") || at(r, "<!"))
		return look_around(r, 2, false);
	if (at(r, ">")) {
		r->pos++;
		return group_body(r);
	}
	if (at(r, "P<"))
		r->pos++;
	if (at(r, "<") || at(r, "'")) {
		char end = r->text[r->pos++] == '<' ? '>' : '\'';

		if (!skip_name(r, end))
			return re_refuse(r, "a group name without end"), NULL;
		return capture(r);
	}
	if (!parse_flags(r, &flags))
		return re_refuse(r, "this kind of group"), NULL;
	if (r->text[r->pos++] == ')') {	/* holds to the end of the group */
		r->flags = flags;
		return node_new(r, RE_EMPTY);
	}
	r->flags = flags;
	node = group_body(r);
	r->flags = saved;
	return node;
}

/* \Q...\E: its bytes as they stand; a count holds for the last of them. */
static struct re_node *
parse_quoted(struct re_reader *r)
{
	struct re_node *cat = node_new(r, RE_CAT);
	struct re_set set;

	while (cat && r->pos < r->len && !at(r, "\\E")) {
		re_class_byte(r, &set, (uint8_t)r->text[r->pos++]);
		if (!add_kid(r, cat, bytes_node(r, &set)))
			return NULL;
	}
	if (!cat || !cat->nkids)
		return cat;
	return (cat->kids[cat->nkids - 1] = parse_counts(r,
		cat->kids[cat->nkids - 1])) ? cat : NULL;
}

static struct re_node *
parse_escape(struct re_reader *r)
{
	struct re_set set;
	char c;

	if (r->pos >= r->len)
		return re_refuse(r, "a backslash at the end"), NULL;
	c = r->text[r->pos];
	if (c && strchr("bBzZ", c))
		return r->pos++, look_node(r, 1);
	if (c == 'Q')
		return r->pos++, parse_quoted(r);
	if (!re_class_escape(r, &set, false))
		return NULL;
	return bytes_node(r, &set);
}

static struct re_node *
parse_atom(struct re_reader *r)
{
	struct re_set set;
	char c = r->text[r->pos++];

	switch (c) {
	case '(':
		if (at(r, "*"))
			return re_refuse(r, "a verb"), NULL;
		if (!at(r, "?"))
			return capture(r);
		r->pos++;
		return parse_special(r);
	case '[':
		return re_class(r, &set) ? bytes_node(r, &set) : NULL;
	case '\\':
		return parse_escape(r);
	case '.':
		re_class_dot(r, &set);
		return bytes_node(r, &set);
	case '^':
		return look_node(r, 0);
	case '$':
		return look_node(r, 1);
	default:
		re_class_byte(r, &set, (uint8_t)c);
		return bytes_node(r, &set);
	}
}

/* "{n}", "{n,}" or "{n,m}" at pos; false: it is an ordinary brace. */
static bool
parse_braces(struct re_reader *r, uint32_t *min, uint32_t *max)
{
	size_t p = r->pos + 1, digits = 0;
	uint32_t v[2] = { 0, 0 };
	int i = 0;

	for (; p < r->len && r->text[p] != '}'; p++) {
		if (r->text[p] == ',' && i == 0 && digits) {
			i = 1;
			digits = 0;
		} else if (isdigit((unsigned char)r->text[p])) {
			digits++;
			v[i] = v[i] * 10 + (uint32_t)(r->text[p] - '0');
			if (v[i] > REPEAT_MAX)
				return false;
		} else {
			return false;
		}
	}
	if (p >= r->len || (i == 0 && !digits))
		return false;
	*min = v[0];
	*max = i == 0 ? v[0] : digits ? v[1] : RE_WIDTH_INF;
	r->pos = p + 1;
	return true;
}

static bool
parse_count(struct re_reader *r, uint32_t *min, uint32_t *max)
{
	char c = r->pos < r->len ? r->text[r->pos] : '\0';

	if (c == '{')
		return parse_braces(r, min, max);
	if (!c || !strchr("*+?", c))
		return false;
	*min = c == '+';
	*max = c == '?' ? 1 : RE_WIDTH_INF;
	r->pos++;
	return true;
}

/* White space and a comment, where they mean nothing. */
static bool
skip_extended(struct re_reader *r)
{
	if (!r->flags.extended || r->pos >= r->len)
		return false;
	if (isspace((unsigned char)r->text[r->pos]))
		return r->pos++, true;
	if (r->text[r->pos] != '#')
		return false;
	while (r->pos < r->len && r->text[r->pos] != '\n')
		r->pos++;
	return true;
}

/* What may stand between pieces, and between a piece and its count. */
static void
skip_ignored(struct re_reader *r)
{
	static const char *const nothing[] = { "\\Q\\E", "\\E" };
	const char *end;
	size_t i;

	do {
		while (skip_extended(r))
			;
		for (i = 0; i < 2 && !at(r, nothing[i]); i++)
			;
		if (i < 2) {
			r->pos += strlen(nothing[i]);
			continue;
		}
		end = at(r, "(?#") ? memchr(r->text + r->pos, ')',
			r->len - r->pos) : NULL;
		if (end)
			r->pos = (size_t)(end + 1 - r->text);
	} while (i < 2 || end);
}

static struct re_node *
parse_counts(struct re_reader *r, struct re_node *atom)
{
	struct re_node *repeat;
	uint32_t min, max;
	int counts = 0;

	skip_ignored(r);
	while (atom && parse_count(r, &min, &max)) {
		if (++counts > COUNTS_MAX)
			return re_refuse(r, "so many counts"), NULL;
		if (at(r, "?") || at(r, "+"))
			r->pos++;	/* lazy, possessive: as wide */
		repeat = node_new(r, RE_REPEAT);
		if (!repeat || !add_kid(r, repeat, atom))
			return NULL;
		repeat->min = min;
		repeat->max = max;
		atom = repeat;
		skip_ignored(r);
	}
	return atom;
}

static struct re_node *
parse_cat(struct re_reader *r)
{
	struct re_node *cat = node_new(r, RE_CAT);

	if (!cat)
		return NULL;
	for (skip_ignored(r); r->pos < r->len && r->text[r->pos] != '|' &&
		r->text[r->pos] != ')'; skip_ignored(r))
		if (!add_kid(r, cat, parse_counts(r, parse_atom(r))))
			return NULL;
	return cat;
}

static struct re_node *
parse_alt(struct re_reader *r)
{
	struct re_node *first = parse_cat(r), *alt;

	if (!first || r->pos >= r->len || r->text[r->pos] != '|')
		return first;
	alt = node_new(r, RE_ALT);
	if (!alt || !add_kid(r, alt, first))
		return NULL;
	while (r->pos < r->len && r->text[r->pos] == '|') {
		r->pos++;
		if (!add_kid(r, alt, parse_cat(r)))
			return NULL;
	}
	return alt;
}

void
re_refuse(struct re_reader *r, const char *what)
{
	if (r->failed)
		return;
	r->failed = true;
	if (!what)
		error_nomem(r->err);
	else
		error_at(r->err, STANCH_ERULE, r->where, 0,
			(uint32_t)r->pos + 1, "%s is not supported here "
			"(at byte %zu of the expression)", what, r->pos + 1);
}

enum stanch_result
re_parse(struct re_node **out, struct arena *a, const char *pattern, size_t n,
	uint32_t *groups, const char *where, struct stanch_error *err)
{
	struct stanch_error none;
	struct re_reader r = { .arena = a, .text = pattern, .len = n,
		.where = where, .err = err ? err : &none };
	struct re_node *node = parse_alt(&r);

	if (node && r.pos < r.len)
		re_refuse(&r, "a ')' without its group");
	if (r.failed)
		return r.err->result;
	*groups = r.groups;
	*out = node;
	return STANCH_OK;
}
