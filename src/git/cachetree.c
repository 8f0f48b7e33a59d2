/* SPDX-License-Identifier: Apache-2.0 */
/* cachetree.c - nodes, each before those below it, become a list by path. */
#include "git/cachetree.h"

#include <stdlib.h>

#include "base/buf.h"

enum { DEEP = 512, PATHS_TIMES = 64, PATHS_LEAST = 64 * 1024 };

struct reading {
	struct span s;		/* what is left */
	size_t id_len;
	struct buf paths, path;
	/* Of the nodes that the next one is below: its path's length, and how
	   many more are to come. */
	struct { size_t len, left; } up[DEEP];
	size_t depth;
};

/* A number in digits, and the byte behind it. */
static bool
take_number(struct span *s, char end, long *n)
{
	bool minus = s->len && s->ptr[0] == '-';
	size_t i = minus;

	for (*n = 0; i < s->len && s->ptr[i] >= '0' && s->ptr[i] <= '9' &&
		*n < INT32_MAX / 10; i++)
		*n = *n * 10 + (s->ptr[i] - '0');
	if (i == minus || i == s->len || s->ptr[i] != (uint8_t)end)
		return false;
	*n = minus ? -*n : *n;
	*s = span_skip(*s, i + 1);
	return true;
}

/* The path of the node that comes, from its name and where it is. */
static bool
take_name(struct reading *x)
{
	const uint8_t *nul = x->s.len ? memchr(x->s.ptr, 0, x->s.len) : NULL;
	size_t n;

	if (!nul)
		return false;
	n = (size_t)(nul - x->s.ptr);
	if (x->depth) {
		x->path.len = x->up[x->depth - 1].len;
		x->up[x->depth - 1].left--;
	}
	if ((x->path.len && !buf_byte(&x->path, '/')) ||
		!buf_append(&x->path, x->s.ptr, n))
		return false;
	x->s = span_skip(x->s, n + 1);
	return true;
}

static bool
add(struct cachetree *t, struct reading *x, size_t *cap, long entries)
{
	struct cachetree_node *node;

	if (x->s.len < x->id_len)
		return false;
	if (t->n == *cap) {
		struct cachetree_node *v;

		*cap = *cap ? 2 * *cap : 64;
		v = reallocarray(t->v, *cap, sizeof *v);
		if (!v)
			return false;
		t->v = v;
	}
	node = &t->v[t->n];
	*node = (struct cachetree_node){ .path = x->paths.len,
		.len = x->path.len, .entries = (uint32_t)entries };
	memcpy(node->id.v, x->s.ptr, x->id_len);
	x->s = span_skip(x->s, x->id_len);
	t->n++;
	return buf_append(&x->paths, x->path.ptr, x->path.len);
}

static bool
take_node(struct cachetree *t, struct reading *x, size_t *cap)
{
	long entries, below;

	if (!take_name(x) || !take_number(&x->s, ' ', &entries) ||
		!take_number(&x->s, '\n', &below) || below < 0 ||
		(entries >= 0 && !add(t, x, cap, entries)))
		return false;
	if (below && x->depth == DEEP)
		return false;
	if (below) {
		x->up[x->depth].len = x->path.len;
		x->up[x->depth++].left = (size_t)below;
	}
	while (x->depth && !x->up[x->depth - 1].left)
		x->depth--;
	return true;
}

static int
compare_text(const char *a, size_t n, const char *b, size_t m)
{
	int c = memcmp(a, b, n < m ? n : m);

	return c ? c : n < m ? -1 : n > m;
}

static int
compare(const void *a, const void *b, void *paths)
{
	const struct cachetree_node *x = a, *y = b;
	const char *p = paths;

	return compare_text(p + x->path, x->len, p + y->path, y->len);
}

void
cachetree_read(struct cachetree *t, struct span says, size_t id_len)
{
	struct reading x = { .s = says, .id_len = id_len };
	size_t cap = 0;
	bool ok;

	*t = (struct cachetree){ 0 };
	buf_init(&x.paths, PATHS_LEAST + PATHS_TIMES * says.len);
	buf_init(&x.path, PATHS_LEAST);
	ok = buf_byte(&x.paths, 0) && buf_byte(&x.path, 0);
	x.path.len = 0;
	do
		ok = ok && take_node(t, &x, &cap);
	while (ok && x.depth);
	buf_free(&x.path);
	t->paths = (char *)x.paths.ptr;
	if (ok && t->n)
		qsort_r(t->v, t->n, sizeof *t->v, compare, t->paths);
	if (!ok)
		cachetree_free(t);
}

void
cachetree_free(struct cachetree *t)
{
	free(t->v);
	free(t->paths);
	*t = (struct cachetree){ 0 };
}

const struct cachetree_node *
cachetree_find(const struct cachetree *t, const char *path, size_t len)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct cachetree_node *n = &t->v[mid];
		int c = compare_text(path, len, t->paths + n->path, n->len);

		if (!c)
			return n;
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}
