/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stream.h - one stream of bytes through a filter of its own, as the options
 * ask for it, and what is told of it.  When to read and write is the pump's.
 */
#ifndef CLI_STREAM_H
#define CLI_STREAM_H

#include "base/buf.h"
#include "cli/auditing.h"
#include "cli/counts.h"
#include "cli/mask.h"
#include "cli/pump.h"
#include "cli/redact_report.h"
#include "cli/setup.h"

/* What all streams of a call share. */
struct streams {
	const struct cli *cli;
	struct setup setup;
	struct mask mask;
	struct buf key;		/* of --key-file; empty without one */
	struct counts counts;	/* of findings; with --stats and --report */
	struct redact_report report;
	unsigned opened;	/* streams so far: output first, then errors */
	struct auditing auditing;
	unsigned in_band;	/* enum stanch_in_band */
	unsigned refused;	/* commands whose values are not masked */
	bool cut;		/* --drain-timeout had its way */
	int signal;		/* that ended it; 0: none */
};

struct stream {
	struct streams *all;
	const char *from;	/* "standard input", for messages */
	enum stanch_stream is;	/* for the audit log */
	struct pump pump;
	struct stanch_filter *filter;
};

/* Rules, engine, counters.  False: said. */
bool streams_open(struct streams *all, const struct cli *cli);
/*
 * What the n streams did together goes to whom it concerns, and the call may
 * end with status.  Returns that, or what it must be instead.
 */
int streams_end(struct streams *all, const struct stream *of, size_t n,
	int status);
void streams_free(struct streams *all);

/*
 * The descriptors stay the caller's.  s must stay where it is.  False: said,
 * and nothing is to be freed.
 */
bool stream_open(struct stream *s, struct streams *all, const char *from,
	int in, int out);
/* Why its pump failed. */
void stream_say_fault(const struct stream *s);
void stream_free(struct stream *s);

#endif
