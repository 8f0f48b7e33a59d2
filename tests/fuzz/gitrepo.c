/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gitrepo.c - a repository of files that the input describes: config, refs,
 * reflogs, index, loose objects.  It is read as a source is, and all that
 * comes out is asked where it comes from: there is an end, and every object
 * has a place.  The first byte says what of it is chosen.
 */
#include <stdio.h>
#include <stdlib.h>

#include "git/gitindex.h"
#include "git/rev.h"
#include "gitdir.h"
#include "source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILES_MOST = 24, RAW = 0x80, SHA256 = 0x40, IDS = 64 };

static const char *const names[] = { "config", "packed-refs", "HEAD",
	"refs/heads/main", "refs/tags/v", "logs/HEAD", "logs/refs/heads/main",
	"index", "objects/info/alternates", "ORIG_HEAD",
	"objects/pack/multi-pack-index", "commondir" };

enum { NAMES = sizeof names / sizeof *names };

/* Object n has the id 00...0n; its text is packed, unless it is raw. */
static void
write_loose(uint8_t what, unsigned n, struct span text)
{
	char name[128];
	struct buf packed;

	snprintf(name, sizeof name, "objects/00/%0*x", what & SHA256 ? 62 : 38,
		n);
	buf_init(&packed, SIZE_MAX);
	if (!(what & RAW))
		gitdir_pack(&packed, text);
	gitdir_write(name, what & RAW ? text : buf_span(&packed));
	buf_free(&packed);
}

/* Parts of a byte that says what it is, two that say how long, the file. */
static void
write_files(struct span in)
{
	for (size_t i = 0; i < FILES_MOST && in.len > 3; i++) {
		uint8_t what = in.ptr[0];
		size_t n = in.ptr[1] | (size_t)in.ptr[2] << 8;
		struct span text = span_first(span_skip(in, 3), n);

		in = span_skip(in, 3 + n);
		if ((what & 31) < NAMES)
			gitdir_write(names[what & 31], text);
		else
			write_loose(what, (what & 31) - NAMES, text);
	}
}

/* ---- read by the git room ---- */

static void
check_refs(const struct git_refs *refs)
{
	for (size_t i = 1; i < refs->n; i++)
		must(strcmp(refs->v[i - 1].name, refs->v[i].name) <= 0);
	for (size_t i = 0; i < refs->n; i++)
		must(git_refs_find(refs, refs->v[i].name) != NULL);
}

static void
read_parts(void)
{
	static const char *const revs[] = { "HEAD", "main~2", "v^2", "0000",
		"@^1~1" };
	struct git_refs refs;
	struct git_index ix;
	struct git_repo *r;
	struct git_reader *rd;
	struct git_id id;

	if (git_open(&r, gitdir_path(), NULL, NULL) != STANCH_OK)
		return;
	must((rd = git_reader_new(r)) && git_refs_read(&refs, r));
	check_refs(&refs);
	git_index_read(&ix, r, git_dir_fd(r), "index", NULL);
	for (size_t i = 0; i < ix.n; i++)
		must(strlen(ix.v[i].path) < SIZE_MAX);
	for (size_t i = 0; i < sizeof revs / sizeof *revs; i++)
		if (git_rev(&id, rd, r, &refs, revs[i], NULL) == STANCH_OK)
			must(git_number(r, &id) == SIZE_MAX ||
				!git_id_is_zero(&id) || git_count(r) > 0);
	git_index_free(&ix);
	git_refs_free(&refs);
	git_reader_free(rd);
	git_free(r);
}

/* ---- read as a source ---- */

struct told {
	uint8_t id[IDS][GIT_ID];
	size_t n;
};

static bool
on_object(const struct source_object *o, void *payload)
{
	struct told *t = payload;

	must(strstr(o->place, "!") && (o->gap || o->data.ptr ||
		!o->data.len));
	if (o->id.len && t->n < IDS) {
		memset(t->id[t->n], 0, GIT_ID);
		memcpy(t->id[t->n++], o->id.ptr, o->id.len);
	}
	return true;
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, GIT_ID);
}

static void
trace(struct stanch_source *s, uint32_t repo, struct told *t)
{
	const uint8_t *ids[IDS];
	struct source_trace trace;
	size_t n = 0;

	qsort(t->id, t->n, sizeof *t->id, compare);
	for (size_t i = 0; i < t->n; i++)
		if (!n || compare(ids[n - 1], t->id[i]))
			ids[n++] = t->id[i];
	if (n) {
		must(source_trace(&trace, s, repo, ids, n, 2, NULL) ==
			STANCH_OK);
		for (size_t i = 0; i < n; i++)
			must(trace.of[i].n > 0 && trace.of[i].v[0].place);
		source_trace_free(&trace);
	}
	t->n = 0;
}

static void
read_all(struct stanch_source *s)
{
	struct source_hand *hand = source_hand_new();
	struct source_batch b;
	struct told told = { .n = 0 };
	bool more = true, nomem;

	source_batch_init(&b);
	while (more) {
		must(hand && source_next(s, &b, &more, NULL) == STANCH_OK);
		for (size_t i = 0; i < b.n; i++) {
			if (b.items[i].kind == SOURCE_OBJECTS)
				must(source_objects(hand, &b, i, on_object,
					&told, &nomem));
			if (b.items[i].kind == SOURCE_REPO_END)
				trace(s, b.items[i].repo, &told);
		}
		source_batch_clear(&b);
	}
	source_batch_free(&b);
	source_hand_free(hand);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum stanch_git ways[] = { STANCH_GIT_OBJECTS,
		STANCH_GIT_STAGED, STANCH_GIT_RANGE };
	static const char *const from = "HEAD~1";
	struct stanch_source_options opt = { .size = sizeof opt,
		.git_from = &from, .ngit_from = 1, .git_may_lack = true };
	const char *path = gitdir_path();
	struct stanch_source *s;

	opt.git = ways[(size ? data[0] : 0) % (sizeof ways / sizeof *ways)];
	write_files(span_skip(span_of(data, size), 1));
	read_parts();
	if (stanch_source_paths(&s, &path, 1, &opt, NULL) == STANCH_OK) {
		read_all(s);
		stanch_source_free(s);
	}
	gitdir_empty();
	return 0;
}
