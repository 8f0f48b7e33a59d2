/* SPDX-License-Identifier: Apache-2.0 */
/*
 * select.c - some of a repository's objects, instead of all: those of its
 * index, those that the next commit would bring.
 */
#include <stdlib.h>

#include "git/gitindex.h"
#include "source/trace.h"

static void
refuse(struct repo *r, const char *detail)
{
	r->is_refused = true;
	r->refused = (struct gap){ .place = "", .why = STANCH_GAP_HISTORY,
		.detail = detail, .bytes = GAP_BYTES_UNKNOWN };
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct git_id));
}

/* Sorted, each once. */
static void
settle(struct repo *r)
{
	size_t kept = 0;

	if (r->nlist)
		qsort(r->list, r->nlist, sizeof *r->list, compare);
	for (size_t i = 0; i < r->nlist; i++)
		if (!kept || compare(&r->list[kept - 1], &r->list[i]))
			r->list[kept++] = r->list[i];
	r->nlist = kept;
}

bool
repo_select(struct repo *r, const struct stanch_source *s)
{
	const char *name = s->opt.git_index ? s->opt.git_index : "index";
	struct git_index ix;
	bool ok = true;

	r->listed = true;
	if (git_index_read(&ix, r->git, git_dir_fd(r->git), name, NULL) !=
		STANCH_OK)
		refuse(r, "its index cannot be read whole");
	for (size_t i = 0; ok && i < ix.n; i++)
		if (!ix.v[i].to_add && !git_mode_is_link(ix.v[i].mode))
			ok = repo_choose(r, &ix.v[i].id);
	git_index_free(&ix);
	settle(r);
	return ok;
}
