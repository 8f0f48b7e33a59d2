/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gitbytes.c - any bytes as a delta, a commit, a tag, a tree, a zlib stream or
 * what an index says of its other part:
 * what is taken lies inside them, and comes out the same twice.  The first
 * byte says as what.
 */
#include <stdlib.h>

#include "base/inflate.h"
#include "git/pack.h"
#include "git/parse.h"
#include "git/splitindex.h"
#include "git/store.h"
#include "gitdir.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MOST = 1024 * 1024 };

/* The parsers ask it for the length of ids alone. */
static struct git_repo repo;

static void
must_lie_in(struct span part, struct span all)
{
	must(part.len == 0 || (part.ptr >= all.ptr &&
		part.len <= all.len - (size_t)(part.ptr - all.ptr)));
}

/* The first two bytes of it: how long the base is. */
static void
try_delta(struct span s)
{
	struct git_delta d;
	struct git_op op;
	struct span base, delta;
	uint8_t *out;
	size_t sum = 0;
	int more;

	if (s.len < 2)
		return;
	base = span_first(span_skip(s, 2), s.ptr[0] | (size_t)s.ptr[1] << 8);
	delta = span_skip(s, 2 + base.len);
	if (!git_delta_begin(&d, delta) || d.out_len > OUT_MOST)
		return;
	while ((more = git_delta_next(&d, &op)) > 0) {
		must(op.len > 0 && (op.copy ? op.from + op.len <= d.base_len :
			op.from + op.len <= delta.len));
		sum += op.len;
	}
	out = malloc((size_t)d.out_len + 1);
	must(out && delta_apply(base, delta, out, (size_t)d.out_len,
		NULL) ==
		(more == 0 && sum == d.out_len && base.len == d.base_len));
	free(out);
}

static void
try_commit(struct span s)
{
	struct git_commit c;
	struct git_id id;
	size_t n = 0;

	if (!git_commit_parse(&c, &repo, s))
		return;
	must_lie_in(c.author.name, s);
	must_lie_in(c.committer.name, s);
	must(c.message <= s.len);
	while (git_commit_parent(&c, &repo, &id))
		must(++n <= s.len);
}

static void
try_tag(struct span s)
{
	struct git_tag t;

	if (!git_tag_parse(&t, &repo, s))
		return;
	must_lie_in(t.name, s);
	must_lie_in(t.tagger.name, s);
}

static void
try_tree(struct span s)
{
	struct git_tree_entry e;
	struct span rest = s;
	size_t left = s.len;

	while (git_tree_next(&rest, &repo, &e)) {
		must_lie_in(e.name, s);
		must(rest.len < left);
		left = rest.len;
	}
	must(rest.len == left);
}

/* A stream that is damaged, and one that is not: the bytes themselves. */
static void
try_stream(struct span s)
{
	uint8_t *out = malloc(s.len + 1), head[64];
	struct inflate *z = inflate_new();
	struct buf packed;
	size_t n;

	must(out && z);
	inflate_exact(z, s, out, s.len);
	must(inflate_first(z, s, head, sizeof head) <= sizeof head);
	buf_init(&packed, SIZE_MAX);
	gitdir_pack(&packed, s);
	n = packed.len;
	must(buf_str(&packed, "behind"));
	must(inflate_exact(z, buf_span(&packed), out, s.len) == n &&
		span_equal(span_of(out, s.len), s));
	must(!s.len || !inflate_exact(z, buf_span(&packed), out, s.len - 1));
	must(!inflate_exact(z, buf_span(&packed), out, s.len + 1));
	must(!inflate_exact(z, span_first(buf_span(&packed), n - 1), out,
		s.len));
	n = inflate_first(z, buf_span(&packed), head, sizeof head);
	must(span_equal(span_of(head, n), span_first(s, sizeof head)));
	inflate_free(z);
	buf_free(&packed);
	free(out);
}

/* The first byte: how many entries both parts have. */
static void
try_link(struct span s)
{
	struct git_index ix = { .n = s.len ? s.ptr[0] & 15 : 0 };
	struct git_index shared = { .n = s.len ? s.ptr[0] >> 4 : 0 };
	size_t most = ix.n + shared.n;

	ix.v = calloc(16, sizeof *ix.v);
	shared.v = calloc(16, sizeof *shared.v);
	must(ix.v && shared.v);
	for (size_t i = 0; i < 16; i++)
		ix.v[i].path = shared.v[i].path = i % 3 ? "a" : "";
	splitindex_lay(&ix, &shared, span_skip(s, 1));
	must(ix.n <= most);
	for (size_t i = 0; i < ix.n; i++)
		must(ix.v[i].path != NULL);
	git_index_free(&ix);
	git_index_free(&shared);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const tries[])(struct span) = { try_delta, try_commit,
		try_tag, try_tree, try_stream, try_link };
	uint8_t what = size ? data[0] : 0;

	repo.id_len = what & 0x80 ? 32 : 20;
	tries[(what & 0x7f) % (sizeof tries / sizeof *tries)](
		span_of(size ? data + 1 : data, size ? size - 1 : 0));
	return 0;
}
