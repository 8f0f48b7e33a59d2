/* SPDX-License-Identifier: Apache-2.0 */
/* unwrap_private.h - the state of an unwrapping as its own room sees it. */
#ifndef UNWRAP_UNWRAP_PRIVATE_H
#define UNWRAP_UNWRAP_PRIVATE_H

#include "base/buf.h"
#include "unwrap/tap.h"
#include "unwrap/unwrap.h"

enum {
	/* Two taps and some more for each depth. */
	UNWRAP_ROOMS = 3 * UNWRAP_DEPTH + 4,
	UNWRAP_LOOK = 34 * 1024,	/* bytes that tell a format */
	UNWRAP_HEADERS = 64 * 1024,	/* given out when there are so many */
	UNWRAP_MEMO = 256		/* containers that are remembered */
};

struct unwrap {
	struct unwrap_out out;
	struct unwrap_options opt;
	struct unwrap_count count;
	const struct tap *item;
	struct buf place;
	uint8_t *rooms[UNWRAP_ROOMS];	/* not in use */
	size_t nrooms;
	size_t memory;		/* what decoders may yet ask for */
	unsigned false_starts;
	bool stopped, nomem;
	bool spent;		/* a limit was hit: decode no more */
	uint64_t checked;	/* decoded when the clock was asked last */
	double began;		/* seconds of this thread */
	uint64_t gaps;		/* told of this item */
	uint64_t opened;	/* formats of it that were looked into */
	uint64_t left_out;	/* formats, a bit each; formats.c */
	uint64_t told;		/* of those, in the midst of others */
	uint8_t (*memo)[16];	/* digests of containers without news */
	size_t nmemo;
};

/* ---- giving out; unwrap.c ---- */

void unwrap_begin(struct unwrap *u);	/* the place as it stands */
void unwrap_bytes(struct unwrap *u, struct span s);
void unwrap_end(struct unwrap *u);
/* Of the place as it stands. */
void unwrap_gap(struct unwrap *u, enum stanch_gap why, const char *detail,
	uint64_t bytes);

/* Adds "!" and the name to the place; its length before. */
size_t unwrap_enter(struct unwrap *u, struct span name);
size_t unwrap_enter_at(struct unwrap *u, const char *what, uint64_t at);
void unwrap_leave(struct unwrap *u, size_t before);

/* The bytes of t from there on, up to n, are raw and belong to no member. */
void unwrap_apart(struct unwrap *u, const struct tap *t, uint64_t from,
	uint64_t n);

uint8_t *unwrap_room(struct unwrap *u);		/* NULL: then u->nomem */
void unwrap_room_back(struct unwrap *u, uint8_t *room);

/* n more bytes were decoded, a member more was met.  False: too many; it
   was told. */
bool unwrap_decoded(struct unwrap *u, size_t n);
bool unwrap_member(struct unwrap *u);

/* ---- containers whose like was seen; memo.c ---- */

struct memo_mark {
	struct span bytes;	/* all of it; they must stay where they are */
	uint8_t method;
	uint8_t digest[32];
	bool hashed, added;
	uint64_t news, gaps, opened;
};

/*
 * The bytes are a container; or, packed by a method that is not 0, they may
 * turn out to be one.  True: it was seen, and need not be looked into.
 */
bool memo_begin(struct memo_mark *m, struct unwrap *u, struct span bytes,
	uint8_t method);
void memo_end(struct memo_mark *m, struct unwrap *u);

/* ---- what a tap holds; sift.c ---- */

/* All of t, to its end. */
void sift(struct unwrap *u, struct tap *t, unsigned depth);
/* ... of an item whose place is open: raw up to a format, then the rest. */
void sift_on(struct unwrap *u, struct tap *t);
/*
 * The bytes of an item up to where a format may begin, and nothing of it is
 * decoded.  True: there is more, and *open: its place has no end yet.
 */
bool sift_plain(struct unwrap *u, struct tap *t, bool *open);
/* The same as it is, without looking for formats. */
void sift_raw(struct unwrap *u, struct tap *t);
/*
 * The next n bytes of t are a member.  Tells when there are fewer.
 */
void sift_member(struct unwrap *u, struct tap *t, uint64_t n,
	struct span name, unsigned depth);

/*
 * What fill makes of something, in a place that is called `name`; it tells
 * when that is broken.
 */
void sift_made(struct unwrap *u, const char *name, tap_fn *fill, void *of,
	unsigned depth);

/* ---- headers: bytes of a container that tell of its members ---- */

struct headers {
	struct unwrap *u;
	struct buf bytes;
	uint64_t at;		/* of the first */
};

void headers_init(struct headers *h, struct unwrap *u);
/* Takes n bytes of t, all of which can be seen. */
void headers_take(struct headers *h, struct tap *t, size_t n);
/* Bytes at an offset, that are taken otherwise. */
void headers_add(struct headers *h, uint64_t at, struct span s);
void headers_end(struct headers *h);

/* ---- formats; formats.c ---- */

struct codec;

struct format {
	const char *name;	/* for --formats; NULL: it cannot be chosen */
	/* Its first bytes, at an offset; or a function that knows more. */
	uint16_t at, n;
	const char *magic;
	bool (*is)(struct span head);
	/* Takes what belongs to it, a byte at least; or: it is compressed and
	   no more. */
	void (*run)(struct unwrap *u, struct tap *t, unsigned depth);
	const struct codec *codec;
	/* It is this, and cannot be looked into, or only when it is chosen. */
	const char *unread;
};

extern const struct format format_table[];
extern const size_t format_count;

/*
 * Why it is not looked into; NULL: it is.
 */
const char *format_closed(const struct unwrap *u, const struct format *f);
/* The formats that the list leaves out, a bit each.  False: it has a name
   that is not known. */
bool format_choose(const char *list, uint64_t *left_out,
	struct span *unknown);

/* What begins with head, UNWRAP_LOOK bytes or all there are.  NULL: nothing
   that is known. */
const struct format *format_of(struct span head);
/* The same in the midst of other bytes: only what is hard to mistake. */
const struct format *format_within(struct unwrap *u, struct tap *t);

/*
 * What either may turn out to be; certain where it is no codec, or its bytes
 * are not decoded to tell.
 */
const struct format *format_maybe(struct span head);
const struct format *format_maybe_within(struct unwrap *u, struct tap *t);

enum {
	FORMAT_WITHIN = 8 * 1024,	/* bytes that decide in the midst */
	FORMAT_FALSE_STARTS = 10000	/* of one item: then no more */
};

bool zip_is(struct span head);
void zip_run(struct unwrap *u, struct tap *t, unsigned depth);
bool tar_is(struct span head);
void tar_run(struct unwrap *u, struct tap *t, unsigned depth);
void ar_run(struct unwrap *u, struct tap *t, unsigned depth);
void cpio_run(struct unwrap *u, struct tap *t, unsigned depth);
void seven_run(struct unwrap *u, struct tap *t, unsigned depth);
void foreign_rar(struct unwrap *u, struct tap *t, unsigned depth);
void foreign_cab(struct unwrap *u, struct tap *t, unsigned depth);
bool foreign_lha_is(struct span head);
void foreign_lha(struct unwrap *u, struct tap *t, unsigned depth);
void foreign_xar(struct unwrap *u, struct tap *t, unsigned depth);
void iso_run(struct unwrap *u, struct tap *t, unsigned depth);
bool sqlite_is(struct span head);
void sqlite_run(struct unwrap *u, struct tap *t, unsigned depth);
bool sqlite_wal_is(struct span head);
void sqlite_wal_run(struct unwrap *u, struct tap *t, unsigned depth);
void pdf_run(struct unwrap *u, struct tap *t, unsigned depth);
bool java_class_is(struct span head);
void java_class_run(struct unwrap *u, struct tap *t, unsigned depth);
bool pyc_is(struct span head);
void pyc_run(struct unwrap *u, struct tap *t, unsigned depth);
bool android_is(struct span head);
void android_run(struct unwrap *u, struct tap *t, unsigned depth);
bool ole_is(struct span head);
void ole_run(struct unwrap *u, struct tap *t, unsigned depth);
void gitpack_run(struct unwrap *u, struct tap *t, unsigned depth);
bool gitpack_bundle_is(struct span head);
void gitpack_bundle_run(struct unwrap *u, struct tap *t,
	unsigned depth);
void rpm_run(struct unwrap *u, struct tap *t, unsigned depth);

#endif
