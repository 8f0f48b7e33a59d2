/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sink.h - where reports are written: begin, then findings and gaps in the
 * order they come, then end.  One thread at a time.
 *
 * A format turns each call into text in sink->out; sink.c writes that to the
 * descriptor, in large pieces.  The first failure is the last: every later
 * call fails with the same result and writes nothing.
 */
#ifndef SINK_SINK_H
#define SINK_SINK_H

#include "base/buf.h"
#include "base/coverage.h"
#include "base/gap.h"
#include "finding/finding.h"
#include "stanch.h"

enum {
	SINK_WRITE = 64 * 1024,	/* bytes gathered before a write */
	SINK_MOST = 128 * 1024 * 1024	/* of one record, twice over: a place
					   of the longest kind, escaped */
};

/* What a report says about its run besides the tally. */
struct sink_about {
	const char *rules_digest;
	size_t rules;		/* their number */
};

/* All return false when out of memory.  begin, own_free may be NULL. */
struct sink_format {
	const char *name;
	size_t own;		/* bytes of sink->own, zeroed */
	bool (*begin)(struct stanch_sink *s);
	bool (*finding)(struct stanch_sink *s,
		const struct stanch_finding *f);
	bool (*gap)(struct stanch_sink *s, const struct gap *g);
	/* NULL: it does not tell of that. */
	bool (*coverage)(struct stanch_sink *s, const struct coverage *c);
	bool (*end)(struct stanch_sink *s, const struct stanch_tally *t);
	void (*own_free)(void *own);
};

struct stanch_sink {
	const struct sink_format *format;
	struct stanch_sink_options opt;
	struct sink_about about;
	struct buf out;
	void *own;		/* the format's */
	int fd;
	enum stanch_result failed;	/* STANCH_OK: not yet */
};

extern const struct sink_format sink_text, sink_jsonl;

/* EIO with sys set: the descriptor does not take it (EPIPE, ENOSPC). */
enum stanch_result sink_begin(struct stanch_sink *s,
	const struct sink_about *about, struct stanch_error *err);
enum stanch_result sink_finding(struct stanch_sink *s,
	const struct stanch_finding *f, struct stanch_error *err);
enum stanch_result sink_gap(struct stanch_sink *s, const struct gap *g,
	struct stanch_error *err);
enum stanch_result sink_coverage(struct stanch_sink *s,
	const struct coverage *c, struct stanch_error *err);
/* Writes what was gathered; for readers who wait. */
enum stanch_result sink_flush(struct stanch_sink *s,
	struct stanch_error *err);
/* The summary, and all that is left. */
enum stanch_result sink_end(struct stanch_sink *s,
	const struct stanch_tally *t, struct stanch_error *err);

#endif
