/* SPDX-License-Identifier: Apache-2.0 */
/*
 * repo.c - a repository's objects as items: parts that any worker may take.
 * Which are chosen is select.c's, where they come from trace.c's business.
 */
#include "source/repo.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

enum {
	LISTED = 64,		/* chosen objects a part */
	REPO_PLACE = 2 * SOURCE_PLACE
};

struct repo *
repo_new(struct stanch_source *s)
{
	struct repo **v = reallocarray(s->repos, s->nrepos + 1, sizeof *v);
	struct repo *r = calloc(1, sizeof *r);

	if (v)
		s->repos = v;
	if (!v || !r) {
		free(r);
		return NULL;
	}
	v[s->nrepos++] = r;
	r->id = (uint32_t)s->nrepos;
	return r;
}

void
repo_refuse(struct repo *r, const char *detail)
{
	r->is_refused = true;
	r->refused = (struct gap){ .place = "", .why = STANCH_GAP_HISTORY,
		.detail = detail, .bytes = GAP_BYTES_UNKNOWN };
}

bool
repo_open(struct repo *r, const struct stanch_source *s, const char *path,
	const char *place)
{
	struct git_options opt = { .objects = s->opt.git_objects,
		.alternates = s->opt.git_alternates,
		.new_only = s->opt.git_new_only,
		.most = s->opt.max_file_size };
	enum stanch_result res;

	r->by_delta = !s->opt.git_whole;
	free(r->place);
	r->place = strdup(place);
	if (!r->place)
		return false;
	r->new_only = opt.new_only;
	r->home = &s->home;
	res = git_open(&r->git, path, &opt, NULL);
	if (res == STANCH_ENOMEM)
		return false;
	if (res != STANCH_OK) {
		repo_refuse(r, "the repository cannot be opened");
		return true;
	}
	return git_refs_read(&r->refs, r->git);
}

bool
repo_choose(struct repo *r, const struct git_id *id)
{
	if (r->nlist == r->cap_list) {
		size_t cap = r->cap_list ? 2 * r->cap_list : 64;
		struct git_id *v = reallocarray(r->list, cap, sizeof *v);

		if (!v)
			return false;
		r->list = v;
		r->cap_list = cap;
	}
	r->list[r->nlist++] = *id;
	return true;
}

void
repo_free(struct repo *r)
{
	if (!r)
		return;
	git_refs_free(&r->refs);
	packnotes_free(r->notes);
	loosenotes_free(r->loose);
	git_free(r->git);
	free(r->list);
	free(r->place);
	free(r);
}

/* ---- items ---- */

static bool
add(struct repo *r, struct source_batch *b, enum source_kind kind, size_t part,
	const char *name, const struct gap *gap)
{
	struct span place = span_str(r->place ? r->place : "");
	struct source_item *item = &b->items[b->n];

	if (!batch_add(b, NULL, place, name, kind, gap))
		return false;
	item->repo = r->id;
	item->of = r;
	item->part = part;
	return true;
}

/* Behind those of objects come those of refs; of new objects, which nothing
   names, refs are not asked. */
static const struct git_problem *
next_problems(struct repo *r)
{
	bool done = r->refs_asked || r->new_only;

	r->refs_asked = true;
	return done ? NULL : r->refs.problems;
}

static bool
add_problem(struct repo *r, struct source_batch *b)
{
	const struct git_problem *p = r->problem;
	char name[4096];

	r->problem = p->next;
	if (!r->problem)
		r->problem = next_problems(r);
	/* Of chosen objects each that is not there is told of itself. */
	if (r->listed && p->gap.why == STANCH_GAP_MISSING)
		return true;
	snprintf(name, sizeof name, "/%s", p->place);
	return add(r, b, SOURCE_GAP, 0, name, &p->gap);
}

/* Refs' names are the last part of a scan of all; of new objects there are
   none yet. */
static size_t
parts_of(const struct repo *r)
{
	if (!r->git)
		return 0;
	return r->listed ? (r->nlist + LISTED - 1) / LISTED :
		git_units(r->git) + !r->new_only;
}

static bool
plan(struct repo *r)
{
	if (!git_plan(r->git))
		return false;
	if (!r->home->dir || r->new_only)
		return true;
	r->notes = packnotes_begin(r->git, r->home);
	r->loose = loosenotes_begin(r->git, r->home);
	return r->notes && r->loose;
}

bool
repo_next(struct repo *r, struct source_batch *b)
{
	bool ok = true;

	if (!r->begun) {
		r->begun = true;
		if (r->git && !r->listed && !plan(r))
			return false;
		r->problem = r->git ? git_problems(r->git) : NULL;
		if (!r->problem)
			r->problem = next_problems(r);
	}
	while (ok && !batch_full(b) && !r->ended) {
		if (r->is_refused) {
			r->is_refused = false;
			ok = add(r, b, SOURCE_GAP, 0, "", &r->refused);
		} else if (r->problem) {
			ok = add_problem(r, b);
		} else if (r->part < parts_of(r)) {
			ok = add(r, b, SOURCE_OBJECTS, r->part++, "", NULL);
		} else {
			ok = add(r, b, SOURCE_REPO_END, 0, "", NULL);
			r->ended = true;
		}
	}
	return ok;
}

/* ---- reading them ---- */

struct source_hand {
	struct git_reader *reader;
	uint32_t repo;		/* whose it is; 0: nobody's */
	struct buf place;
};

struct telling {
	struct source_hand *hand;
	const struct repo *repo;
	source_object_fn *fn;
	void *payload;
	bool nomem;
	size_t part;
	struct packnotes_unit *note;	/* of the part; or NULL */
	uint64_t quiet, quiet_bytes;	/* loose objects that are known */
};

struct source_hand *
source_hand_new(void)
{
	struct source_hand *h = calloc(1, sizeof *h);

	if (h)
		buf_init(&h->place, REPO_PLACE);
	return h;
}

void
source_hand_free(struct source_hand *h)
{
	if (!h)
		return;
	git_reader_free(h->reader);
	buf_free(&h->place);
	free(h);
}

static bool
tell(struct telling *t, const char *what, struct source_object *o)
{
	struct buf *place = &t->hand->place;

	place->len = 0;
	if (!buf_str(place, t->repo->place) || !buf_byte(place, '!') ||
		!buf_str(place, what) || !buf_byte(place, 0)) {
		t->nomem = true;
		return false;
	}
	o->place = (const char *)place->ptr;
	return t->fn(o, t->payload);
}

/* Trees hold names and ids of others only. */
static bool
on_object(const struct git_object *o, void *payload)
{
	struct telling *t = payload;
	struct source_object out = { .data = o->data, .gap = o->gap,
		.more = o->more,
		.kin = t->repo->by_delta ? o->kin : NULL,
		.id = span_of(o->id.v, git_id_len(t->repo->git)) };
	char hex[GIT_HEX];
	bool loud = false;

	if (o->type == GIT_TREE && !o->gap) {
		if (o->digest)
			loosenotes_add(t->repo->loose, o->digest,
				LOOSENOTES_TREE);
		return true;
	}
	out.loud = &loud;
	git_hex(t->repo->git, &o->id, hex);
	if (!tell(t, hex, &out))
		return false;
	if (t->note && !t->note->known)
		packnotes_add(t->note, t->repo->notes, t->part, o, loud);
	if (o->digest && !loud)
		loosenotes_add(t->repo->loose, o->digest, o->data.len);
	return true;
}

/* A loose object that an earlier run knows. */
static bool
is_quiet(const uint8_t digest[32], void *payload)
{
	struct telling *t = payload;
	uint64_t bytes;

	if (!loosenotes_knows(t->repo->loose, digest, &bytes))
		return false;
	loosenotes_add(t->repo->loose, digest, bytes);
	if (bytes != LOOSENOTES_TREE) {
		t->quiet++;
		t->quiet_bytes += bytes;
	}
	return true;
}

static bool
tell_loose(struct telling *t)
{
	struct source_object quiet = { .place = t->repo->place };

	if (!git_loose_unit(t->hand->reader, t->part, is_quiet, on_object, t,
		&t->nomem))
		return false;
	loosenotes_done(t->repo->loose);
	quiet.known = t->quiet;
	quiet.known_bytes = t->quiet_bytes;
	return !t->quiet || t->fn(&quiet, t->payload);
}

/* A part of a pack that an earlier run knows. */
static bool
tell_known(struct telling *t)
{
	const struct packnotes_unit *u = t->note;
	struct source_object quiet = { .place = t->repo->place,
		.known = u->objects, .known_bytes = u->bytes };

	if (u->objects && !t->fn(&quiet, t->payload))
		return false;
	for (size_t i = 0; i < u->n; i++) {
		struct git_object o;
		struct gap gap;

		if (!git_read_nth(t->hand->reader, packnotes_loud(
			t->repo->notes, t->part, i), &o, &gap))
			o.gap = &gap;
		if (!on_object(&o, t))
			return false;
	}
	return true;
}

static bool
tell_part(struct telling *t)
{
	bool ok;

	if (t->repo->loose && git_unit_is_loose(t->repo->git, t->part))
		return tell_loose(t);
	t->note = t->repo->notes ? packnotes_of(t->repo->notes, t->part) :
		NULL;
	if (t->note && t->note->known)
		return tell_known(t);
	ok = git_unit(t->hand->reader, t->part, on_object, t, &t->nomem);
	if (t->note)
		t->note->done = ok;
	return ok;
}

static bool
tell_names(struct telling *t)
{
	const struct git_refs *refs = &t->repo->refs;
	struct source_object out = { .data = span_of(NULL, 0) };
	struct buf text;
	bool ok;

	buf_init(&text, SIZE_MAX);	/* bounded by the names themselves */
	for (size_t i = 0; i < refs->n; i++) {
		buf_str(&text, refs->v[i].name);
		buf_byte(&text, '\n');
	}
	buf_append(&text, refs->past.ptr, refs->past.len);
	out.data = buf_span(&text);
	t->nomem |= text.failed;
	ok = !text.failed && (text.len == 0 || tell(t, "refs", &out));
	buf_free(&text);
	for (size_t i = 0; i < refs->ntexts && ok; i++) {
		out = (struct source_object){
			.data = buf_span(&refs->texts[i].text) };
		ok = !out.data.len || tell(t, refs->texts[i].place, &out);
	}
	return ok;
}

static bool
tell_listed(struct telling *t, size_t part)
{
	const struct repo *r = t->repo;
	size_t end = (part + 1) * LISTED;

	for (size_t i = part * LISTED; i < end && i < r->nlist; i++) {
		struct git_object o;
		struct gap gap;

		if (!git_read(t->hand->reader, &r->list[i], &o, &gap)) {
			if (gap.why == STANCH_GAP_OVER_LIMIT &&
				git_stream(t->hand->reader, &r->list[i]))
				o.more = t->hand->reader;
			else
				o.gap = &gap;
		}
		if (!on_object(&o, t))
			return false;
	}
	return true;
}

bool
source_objects(struct source_hand *h, const struct source_batch *b, size_t i,
	source_object_fn *fn, void *payload, bool *nomem)
{
	const struct source_item *item = &b->items[i];
	const struct repo *r = item->of;
	struct telling t = { .hand = h, .repo = r, .fn = fn,
		.payload = payload, .part = item->part };
	bool ok;

	if (h->repo != r->id) {
		git_reader_free(h->reader);
		h->reader = git_reader_new(r->git);
		h->repo = h->reader ? r->id : 0;
	}
	*nomem = !h->reader;
	if (*nomem)
		return false;
	if (r->listed)
		ok = tell_listed(&t, item->part);
	else if (item->part == git_units(r->git))
		ok = tell_names(&t);
	else
		ok = tell_part(&t);
	*nomem |= t.nomem;
	return ok && !*nomem;
}

int
source_more(const struct source_object *o, struct span *bytes,
	struct gap *gap)
{
	int more = git_more(o->more, bytes);

	if (more < 0)
		*gap = (struct gap){ .place = "", .why = STANCH_GAP_CORRUPT,
			.detail = "its packed bytes are damaged",
			.bytes = GAP_BYTES_UNKNOWN };
	return more;
}

void
source_repo_done(struct stanch_source *s, uint32_t repo)
{
	if (!repo || repo > s->nrepos)
		return;
	if (s->repos[repo - 1]) {
		packnotes_keep(s->repos[repo - 1]->notes);
		loosenotes_keep(s->repos[repo - 1]->loose);
	}
	repo_free(s->repos[repo - 1]);
	s->repos[repo - 1] = NULL;
}
