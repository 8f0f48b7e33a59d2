/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packnotes.c - notes on packs, on disk.  A file is named after a digest over
 * the bytes of pack and index, the rules and the options.
 *
 * Its payload, numbers of 32 bits unless said: quiet objects and their bytes
 * (64 bits each), units; of each unit its loud objects, and their numbers in
 * the pack.
 */
#include "source/packnotes.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/keep.h"

enum { NAME = 80 };

static const struct keep kept = { "stanch-notes-1\n", "a note", NOTES_MOST };

struct note {
	char name[NAME];	/* "": nothing is noted of this pack */
	size_t first, n;	/* units */
	size_t first_object, nobjects;
	bool known;
};

struct packnotes {
	const struct git_repo *repo;
	struct packnotes_home home;
	struct note *v;		/* by pack */
	size_t n;
	struct packnotes_unit *units;
	size_t nunits;
};

static void
name_of(char name[NAME], const struct packnotes_home *home,
	const uint8_t digest[32])
{
	uint8_t both[64], own[32];
	char hex[65];

	memcpy(both, home->key, 32);
	memcpy(both + 32, digest, 32);
	hash_sha256_of(span_of(both, sizeof both), own);
	hash_hex(own, sizeof own, hex);
	snprintf(name, NAME, "%s.note", hex);
}

/* ---- from disk ---- */

static bool
take(struct span *s, unsigned bytes, uint64_t *n)
{
	if (s->len < bytes)
		return false;
	*n = 0;
	for (unsigned i = 0; i < bytes; i++)
		*n = *n << 8 | s->ptr[i];
	*s = span_skip(*s, bytes);
	return true;
}

static bool
take_unit(struct span *s, struct packnotes_unit *u, const struct note *note)
{
	uint64_t n, at;

	if (!take(s, 4, &n) || n > s->len / 4)
		return false;
	u->loud = calloc(n ? n : 1, sizeof *u->loud);
	if (!u->loud)
		return false;
	while (u->n < n) {
		if (!take(s, 4, &at) || at >= note->nobjects)
			return false;
		u->loud[u->n++] = (uint32_t)at;
	}
	return true;
}

static void
forget(struct packnotes_unit *u)
{
	free(u->loud);
	memset(u, 0, sizeof *u);
}

/* All of it, or nothing. */
static void
load(struct packnotes *n, struct note *note)
{
	struct packnotes_unit *u = &n->units[note->first];
	uint64_t objects, bytes, units;
	char why[128];
	struct buf file;
	struct span s;
	bool ok;

	buf_init(&file, NOTES_MOST);
	ok = note->n && keep_load(&file, &s, &kept, n->home.dir, note->name,
		why, sizeof why) && take(&s, 8, &objects) &&
		take(&s, 8, &bytes) && take(&s, 4, &units) && units == note->n;
	for (size_t i = 0; ok && i < note->n; i++)
		ok = take_unit(&s, &u[i], note);
	ok = ok && s.len == 0;
	for (size_t i = 0; i < note->n; i++) {
		if (!ok)
			forget(&u[i]);
		u[i].known = ok;
	}
	if (ok) {	/* told of with the first unit */
		u->objects = objects;
		u->bytes = bytes;
	}
	note->known = ok;
	buf_free(&file);
}

struct packnotes *
packnotes_begin(const struct git_repo *r, const struct packnotes_home *home)
{
	struct packnotes *n = calloc(1, sizeof *n);

	if (!n)
		return NULL;
	n->repo = r;
	n->home = *home;
	n->n = git_packs(r);
	n->nunits = git_units(r);
	n->v = calloc(n->n + 1, sizeof *n->v);
	n->units = calloc(n->nunits + 1, sizeof *n->units);
	if (!n->v || !n->units) {
		packnotes_free(n);
		return NULL;
	}
	for (size_t i = 0; i < n->n; i++) {
		struct note *note = &n->v[i];
		uint8_t digest[32];

		note->n = git_pack_units(r, i, &note->first);
		note->nobjects = git_pack_objects(r, i, &note->first_object);
		if (!git_pack_digest(r, i, digest))
			continue;
		name_of(note->name, home, digest);
		load(n, note);
	}
	return n;
}

/* ---- in a run ---- */

static const struct note *
note_of(const struct packnotes *n, size_t unit)
{
	for (size_t i = 0; i < n->n; i++)
		if (unit - n->v[i].first < n->v[i].n)
			return n->v[i].name[0] ? &n->v[i] : NULL;
	return NULL;
}

struct packnotes_unit *
packnotes_of(struct packnotes *n, size_t unit)
{
	return note_of(n, unit) ? &n->units[unit] : NULL;
}

void
packnotes_add(struct packnotes_unit *u, const struct packnotes *n,
	size_t unit, const struct git_object *o, bool loud)
{
	const struct note *note = note_of(n, unit);
	size_t cap = u->cap ? 2 * u->cap : 16;
	uint32_t *v;

	/* A gap is found out anew each time, with what it depends on. */
	u->bad |= o->gap != NULL || o->more != NULL || o->number == SIZE_MAX;
	if (!loud) {
		u->objects++;
		u->bytes += o->data.len;
	}
	if (!loud || u->bad)
		return;
	if (u->n == u->cap) {
		v = reallocarray(u->loud, cap, sizeof *v);
		if (!v) {
			u->bad = true;
			return;
		}
		u->loud = v;
		u->cap = cap;
	}
	u->loud[u->n++] = (uint32_t)(o->number - note->first_object);
}

size_t
packnotes_loud(const struct packnotes *n, size_t unit, size_t i)
{
	return note_of(n, unit)->first_object + n->units[unit].loud[i];
}

/* ---- to disk ---- */

static void
put(struct buf *b, unsigned bytes, uint64_t n)
{
	while (bytes-- > 0)
		buf_byte(b, (uint8_t)(n >> 8 * bytes));
}

static void
keep(const struct packnotes *n, const struct note *note)
{
	const struct packnotes_unit *u = &n->units[note->first];
	uint64_t objects = 0, bytes = 0;
	char why[128];
	struct buf b;

	for (size_t i = 0; i < note->n; i++) {
		if (!u[i].done || u[i].bad)
			return;
		objects += u[i].objects;
		bytes += u[i].bytes;
	}
	buf_init(&b, NOTES_MOST / 2);
	put(&b, 8, objects);
	put(&b, 8, bytes);
	put(&b, 4, note->n);
	for (size_t i = 0; i < note->n; i++) {
		put(&b, 4, u[i].n);
		for (size_t k = 0; k < u[i].n; k++)
			put(&b, 4, u[i].loud[k]);
	}
	if (!b.failed)
		keep_store(&kept, n->home.dir, note->name, buf_span(&b), why,
			sizeof why);
	buf_free(&b);
}

void
packnotes_keep(const struct packnotes *n)
{
	for (size_t i = 0; n && i < n->n; i++)
		if (n->v[i].name[0] && !n->v[i].known && n->v[i].n &&
			git_pack_is_same(n->repo, i))
			keep(n, &n->v[i]);
}

void
packnotes_free(struct packnotes *n)
{
	if (!n)
		return;
	for (size_t i = 0; n->units && i < n->nunits; i++)
		forget(&n->units[i]);
	free(n->units);
	free(n->v);
	free(n);
}
