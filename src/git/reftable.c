/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reftable.c - blocks and records of one table.  All of it is walked from the
 * front: indexes and blocks of objects, which are there to find a name fast,
 * are passed over, and so are the restarts of a block.  Which table of several
 * is right is refstack.c's business.
 */
#include "git/reftable.h"

#include <stdlib.h>

#include "base/hash.h"

enum {
	NAME_MOST = 4096,
	KEY_MOST = NAME_MOST + 9,	/* of a log: NUL and an index behind */
	HEADER = 24,			/* of version 1; 2 has 4 bytes more */
	FOOTER = 44,			/* what follows the header's copy */
	LOG_AT = 24,			/* where, in that, the logs' place is */
	BLOCK_HEAD = 4,
	RESTART = 3,
	TYPES = 8			/* of records */
};

struct table {
	struct span file;
	size_t header, end;	/* blocks lie between */
	size_t id_len;
	uint64_t logs_at;	/* by the footer; 0: none, or unknown */
	struct reftable_room *room;
	reftable_fn *fn;
	void *payload;
	const char *wrong;	/* the first that is */
	bool stopped;
	uint8_t key[KEY_MOST + 1];
	size_t key_len;
};

/* ---- numbers ---- */

static uint64_t
number(const uint8_t *p, size_t bytes)
{
	uint64_t v = 0;

	for (size_t i = 0; i < bytes; i++)
		v = v << 8 | p[i];
	return v;
}

/* Of any length, as the offsets of deltas in packs are. */
static bool
take_varint(struct span *s, uint64_t *v)
{
	size_t i = 0;

	if (!s->len)
		return false;
	*v = s->ptr[0] & 0x7f;
	while (s->ptr[i] & 0x80) {
		if (++i == s->len || *v >= UINT64_MAX >> 7)
			return false;
		*v = (*v + 1) << 7 | (s->ptr[i] & 0x7f);
	}
	*s = span_skip(*s, i + 1);
	return true;
}

static bool
take_bytes(struct span *s, uint64_t n, struct span *out)
{
	if (n > s->len)
		return false;
	*out = span_of(s->ptr, (size_t)n);
	*s = span_skip(*s, (size_t)n);
	return true;
}

static bool
take_text(struct span *s, struct span *out)
{
	uint64_t n;

	return take_varint(s, &n) && take_bytes(s, n, out);
}

static bool
take_id(const struct table *t, struct span *s, struct git_id *id)
{
	struct span v;

	if (!take_bytes(s, t->id_len, &v))
		return false;
	*id = (struct git_id){ { 0 } };
	memcpy(id->v, v.ptr, v.len);
	return true;
}

/* ---- records ---- */

/* The key, which shares its beginning with the one before, and the type. */
static bool
take_key(struct table *t, struct span *s, unsigned *type)
{
	uint64_t shared, word;
	struct span rest;

	if (!take_varint(s, &shared) || !take_varint(s, &word) ||
		shared > t->key_len || word / TYPES > KEY_MOST - shared ||
		!take_bytes(s, word / TYPES, &rest))
		return false;
	*type = word % TYPES;
	if (rest.len)
		memcpy(t->key + shared, rest.ptr, rest.len);
	t->key_len = (size_t)shared + rest.len;
	t->key[t->key_len] = '\0';
	return true;
}

static bool
take_ref(struct table *t, struct span *s, struct reftable_record *r)
{
	struct git_id peeled;
	uint64_t since;
	unsigned type;

	if (!take_key(t, s, &type) || !take_varint(s, &since) ||
		!t->key_len || t->key_len > NAME_MOST ||
		memchr(t->key, '\0', t->key_len))
		return false;
	r->name = (const char *)t->key;
	r->gone = type == 0;
	if (type == 1 || type == 2)
		return take_id(t, s, &r->id) &&
			(type == 1 || take_id(t, s, &peeled));
	return type == 0 || (type == 3 && take_text(s, &r->target) &&
		r->target.len && !memchr(r->target.ptr, '\0', r->target.len));
}

/* Its key: the name, NUL, the index of the update with all bits turned. */
static bool
take_log(struct table *t, struct span *s, struct reftable_record *r)
{
	struct span zone;
	unsigned type;

	if (!take_key(t, s, &type) || t->key_len < 10 || type > 1 ||
		strlen((char *)t->key) != t->key_len - 9)
		return false;
	r->name = (const char *)t->key;
	r->log = true;
	r->gone = type == 0;
	r->index = ~number(t->key + t->key_len - 8, 8);
	if (r->gone)
		return true;
	if (!take_id(t, s, &r->old) || !take_id(t, s, &r->id) ||
		!take_text(s, &r->who) || !take_text(s, &r->mail) ||
		!take_varint(s, &r->time) || !take_bytes(s, 2, &zone) ||
		!take_text(s, &r->why))
		return false;
	r->zone = (int16_t)number(zone.ptr, 2);
	return true;
}

typedef bool take_fn(struct table *t, struct span *s,
	struct reftable_record *r);

/* A note of damage; false, so that one can return it. */
static bool
damaged(struct table *t, const char *what)
{
	if (!t->wrong)
		t->wrong = what;
	return false;
}

/* The records of a block, and behind them where some begin, and how many of
   those there are.  Of a block that is not whole what there is. */
static void
take_records(struct table *t, struct span s, bool whole, take_fn *take)
{
	if (whole && s.len >= 2) {
		size_t n = (size_t)number(s.ptr + s.len - 2, 2);

		if (n && n <= (s.len - 2) / RESTART)
			s.len -= 2 + n * RESTART;
		else
			damaged(t, "a block has no restarts");
	}
	t->key_len = 0;
	while (s.len && !t->stopped) {
		struct reftable_record r = { .name = NULL };

		if (!take(t, &s, &r)) {
			damaged(t, whole ? "a record is damaged" :
				"a block is cut short");
			return;
		}
		t->stopped = !t->fn(&r, t->payload);
	}
}

/* ---- blocks ---- */

/* Unpacks the logs of a block that is len bytes long; where the next one
   begins, or 0.  The first block of a file counts the file's header, too. */
static size_t
take_logs(struct table *t, size_t at, size_t len)
{
	struct span in = span_of(t->file.ptr + at + BLOCK_HEAD,
		t->end - at - BLOCK_HEAD);
	size_t n = len - BLOCK_HEAD, used, got;
	uint8_t *out;

	if (len > t->room->left) {
		t->room->full = true;
		return 0;
	}
	t->room->left -= len;
	out = malloc(n + 1);
	if (!out) {
		t->room->full = true;
		return 0;
	}
	used = inflate_exact(t->room->z, in, out, n);
	if (!used && at == t->header && n > t->header) {
		n -= t->header;
		used = inflate_exact(t->room->z, in, out, n);
	}
	got = used ? n : inflate_some(t->room->z, in, out, n);
	if (!used)
		damaged(t, "a block of reflogs is damaged");
	take_records(t, span_of(out, got), used > 0, take_log);
	free(out);
	return used ? at + BLOCK_HEAD + used : 0;
}

/* A block at `at`; where the next one begins, or 0. */
static size_t
take_block(struct table *t, size_t at)
{
	const uint8_t *p = t->file.ptr + at;
	size_t start = at == t->header ? 0 : at, len, end;

	if (t->end - at < BLOCK_HEAD)
		return damaged(t, "it ends early");
	len = (size_t)number(p + 1, 3);
	if (len < at - start + BLOCK_HEAD)
		return damaged(t, "a block has no length");
	if (*p == 'g')
		return take_logs(t, at, len);
	if (*p != 'r' && *p != 'o' && *p != 'i')
		return damaged(t, "a block is of no known kind");
	end = len <= t->end - start ? start + len : t->end;
	if (end - start < len)
		damaged(t, "it ends early");
	if (*p == 'r')
		take_records(t, span_of(p + BLOCK_HEAD,
			end - at - BLOCK_HEAD), end - start == len, take_ref);
	return end;
}

/* Blocks are filled up with NULs, or not at all.  Behind one that has no end
   the logs are found by the footer. */
static void
walk(struct table *t)
{
	size_t at = t->header;
	bool found = false;

	while (at < t->end && !t->stopped && !t->room->full) {
		size_t next = t->file.ptr[at] ? take_block(t, at) : at + 1;

		if (!next && !found && t->logs_at > at &&
			t->logs_at < t->end) {
			found = true;
			next = (size_t)t->logs_at;
		}
		if (!next)
			return;
		at = next;
	}
}

/* ---- file ---- */

/* The footer: the header once more, places, a sum. */
static void
take_footer(struct table *t)
{
	size_t n = t->header + FOOTER;
	const uint8_t *p;

	t->end = t->file.len;
	if (t->file.len < t->header + n) {
		damaged(t, "it ends early");
		return;
	}
	p = t->file.ptr + t->file.len - n;
	if (memcmp(p, t->file.ptr, t->header) != 0) {
		damaged(t, "it has no footer");
		return;
	}
	t->end -= n;
	if (hash_crc32(span_of(p, n - 4)) != number(p + n - 4, 4))
		damaged(t, "its checksum is wrong");
	else
		t->logs_at = number(p + t->header + LOG_AT, 8);
}

static bool
take_header(struct table *t)
{
	const uint8_t *p = t->file.ptr;
	unsigned version = t->file.len >= HEADER ? p[4] : 0;
	size_t id_len = 20;

	if (version < 1 || version > 2 || memcmp(p, "REFT", 4) != 0)
		return damaged(t, "it is no reftable");
	t->header = HEADER + (version == 2 ? 4 : 0);
	if (t->file.len < t->header)
		return damaged(t, "it ends early");
	if (version == 2 && !memcmp(p + HEADER, "s256", 4))
		id_len = 32;
	else if (version == 2 && memcmp(p + HEADER, "sha1", 4) != 0)
		return damaged(t, "its ids are of no known kind");
	return id_len == t->id_len ||
		damaged(t, "its ids are not those of the repository");
}

const char *
reftable_read(struct span file, size_t id_len, struct reftable_room *room,
	reftable_fn *fn, void *payload)
{
	struct table t = { .file = file, .id_len = id_len, .room = room,
		.fn = fn, .payload = payload };

	if (!take_header(&t))
		return t.wrong;
	take_footer(&t);
	walk(&t);
	return t.wrong;
}
