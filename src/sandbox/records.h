/* SPDX-License-Identifier: Apache-2.0 */
/*
 * records.h - what a decoder sends and what it is sent.  Nothing that comes
 * from it is believed: each number is checked, and what does not fit ends it.
 *
 *	we:      options, then for each item: job, data, data ...
 *	decoder: records of what it gives out ... want -> data ... done
 *
 * Both ends are the same program on the same machine, so numbers are as they
 * are in memory.
 */
#ifndef SANDBOX_RECORDS_H
#define SANDBOX_RECORDS_H

#include "base/buf.h"
#include "unwrap/unwrap.h"

enum {
	RECORDS_CHUNK = 64 * 1024,	/* bytes of an item, or of a record */
	RECORDS_TEXT = 160		/* bytes of a gap's detail */
};

/* What a decoder is told first. */
struct records_options {
	struct unwrap_options opt;	/* without formats, */
	char formats[UNWRAP_FORMATS];	/* which are these; "": the default */
};

/* ---- to a decoder: a head, and head.n bytes ---- */

enum records_to { TO_JOB, TO_DATA, TO_ANSWER, TO_FAR };

struct records_head {
	uint32_t kind;
	uint32_t n;		/* bytes that follow; TO_DATA, TO_FAR only */
	uint64_t value;		/* job: bytes before; answer: the record */
	uint8_t open;		/* job: the place has no end yet */
	uint8_t eager;		/* job: data may be asked for in advance */
	uint8_t far;		/* job: ... and out of turn */
	uint8_t last, broken;	/* data: no more comes; too early */
	uint8_t spare[3];
};

/* ---- from one ---- */

enum records_kind {
	RECORD_PLACE,	/* value: bytes of the last name kept; then more */
	RECORD_BEGIN,
	RECORD_BYTES,
	RECORD_END,
	RECORD_GAP,	/* value: bytes; why; the detail */
	RECORD_WANT,	/* data, please */
	RECORD_FAR,	/* why: bytes, from value on, please */
	RECORD_ASK,	/* which record was the last to bring a finding? */
	RECORD_DONE	/* a struct records_done */
};

struct record {
	uint32_t kind;
	uint32_t n;		/* bytes that follow */
	uint64_t value;
	uint32_t why;
	uint32_t spare;
};

struct records_done {
	struct unwrap_count count;
	uint64_t nomem;
};

/* What reads them for one item. */
struct records {
	const struct unwrap_out *out;
	/* Keeps a text for good; by who owns the decoder. */
	const char *(*keep)(const char *text, void *payload);
	void *payload;
	struct buf place;
	size_t item;		/* length of the item's own */
	uint64_t taken;		/* records */
	uint64_t news, last;	/* findings, and the record that brought one */
	bool open;		/* a place is */
	bool may_want;		/* it has not asked, and there is more */
	bool may_far;		/* bytes out of turn can be had, */
	uint64_t far_at;	/* ... and it asks for these */
	size_t far_n;
	uint64_t bytes;		/* of the item, that it was sent */
	struct records_done done;
};

enum records_state {
	RECORDS_MORE,	/* of them must come */
	RECORDS_WANT,	/* send data */
	RECORDS_FAR,	/* send far_n bytes from far_at on, or fewer */
	RECORDS_ASK,	/* send an answer: last */
	RECORDS_DONE,
	RECORDS_STOP,	/* out said so, or there is no memory (place.failed) */
	RECORDS_BAD	/* this cannot be */
};

/*
 * Takes whole records of *s, until one needs an answer or there is no whole
 * one left.
 */
enum records_state records_take(struct records *r, struct span *s);

#endif
