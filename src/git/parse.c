/* SPDX-License-Identifier: Apache-2.0 */
/* parse.c - commits, tags and trees, line by line and entry by entry. */
#include "git/parse.h"

static struct span
take_line(struct span *s)
{
	const uint8_t *end = s->len ? memchr(s->ptr, '\n', s->len) : NULL;
	struct span line = span_first(*s, end ? (size_t)(end - s->ptr) :
		s->len);

	*s = span_skip(*s, line.len + 1);
	return line;
}

/* Digits from the end of s; *s is cut before them. */
static bool
cut_number(struct span *s, int64_t *out)
{
	int64_t n = 0, unit = 1;
	size_t digits = 0;

	while (s->len && s->ptr[s->len - 1] >= '0' &&
		s->ptr[s->len - 1] <= '9' && digits < 18) {
		n += (s->ptr[--s->len] - '0') * unit;
		unit *= 10;
		digits++;
	}
	*out = n;
	return digits > 0;
}

static void
cut_blanks(struct span *s)
{
	while (s->len && s->ptr[s->len - 1] == ' ')
		s->len--;
}

static void
take_person(struct git_person *p, struct span s)
{
	struct span all = s;
	int64_t zone;
	bool west;

	if (cut_number(&s, &zone) && s.len && (s.ptr[s.len - 1] == '+' ||
		s.ptr[s.len - 1] == '-')) {
		west = s.ptr[s.len - 1] == '-';
		s.len--;
		cut_blanks(&s);
		p->dated = cut_number(&s, &p->time);
		p->zone = (int)(zone / 100 % 100 * 60 + zone % 100);
		if (west)
			p->zone = -p->zone;
	}
	cut_blanks(&s);
	p->name = p->dated ? s : all;
}

bool
git_commit_parse(struct git_commit *c, const struct git_repo *r,
	struct span data)
{
	struct span s = data, line;

	memset(c, 0, sizeof *c);
	line = take_line(&s);
	if (!span_starts(line, "tree ") ||
		!git_unhex(r, span_skip(line, 5), &c->tree))
		return false;
	c->parents = s;
	while (s.len && s.ptr[0] != '\n') {
		line = take_line(&s);
		if (span_starts(line, "author "))
			take_person(&c->author, span_skip(line, 7));
		else if (span_starts(line, "committer "))
			take_person(&c->committer, span_skip(line, 10));
	}
	c->message = data.len - s.len;
	return true;
}

bool
git_commit_parent(struct git_commit *c, const struct git_repo *r,
	struct git_id *id)
{
	struct span line = take_line(&c->parents);

	return span_starts(line, "parent ") &&
		git_unhex(r, span_skip(line, 7), id);
}

bool
git_tag_parse(struct git_tag *t, const struct git_repo *r, struct span data)
{
	struct span line = take_line(&data);

	memset(t, 0, sizeof *t);
	if (!span_starts(line, "object ") ||
		!git_unhex(r, span_skip(line, 7), &t->target))
		return false;
	while (data.len && data.ptr[0] != '\n') {
		line = take_line(&data);
		if (span_starts(line, "tag "))
			t->name = span_skip(line, 4);
		else if (span_starts(line, "tagger "))
			take_person(&t->tagger, span_skip(line, 7));
	}
	return true;
}

bool
git_tree_next(struct span *tree, const struct git_repo *r,
	struct git_tree_entry *e)
{
	const uint8_t *blank = tree->len ? memchr(tree->ptr, ' ', tree->len) :
		NULL, *nul;
	size_t head;

	if (!blank)
		return false;
	nul = memchr(blank, 0, tree->len - (size_t)(blank - tree->ptr));
	if (!nul)
		return false;
	head = (size_t)(nul - tree->ptr) + 1;
	if (tree->len - head < git_id_len(r))
		return false;
	e->mode = 0;
	for (const uint8_t *c = tree->ptr; c < blank; c++) {
		if (*c < '0' || *c > '7' || e->mode > UINT32_MAX / 16)
			return false;
		e->mode = e->mode * 8 + (uint32_t)(*c - '0');
	}
	e->name = span_of(blank + 1, (size_t)(nul - blank) - 1);
	e->id = (struct git_id){ { 0 } };
	memcpy(e->id.v, nul + 1, git_id_len(r));
	*tree = span_skip(*tree, head + git_id_len(r));
	return true;
}
