/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.h - a whole job: items of a source through scanners into a sink.
 *
 *	source -> order -> workers, a scanner each -> order -> sink
 *
 * The calling thread asks the source and feeds the sink; only scanning is
 * done by workers.
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include "finding/finding.h"
#include "sink/sink.h"
#include "source/source.h"
#include "stanch.h"

enum {
	RUN_JOBS = 64,			/* most workers */
	RUN_BIG = 1024 * 1024,	/* a file from here on is work for one */
	RUN_TICK = 200			/* milliseconds between progress */
};

/* What is done with the bytes: the scanner of stanch.h, or a stand-in. */
struct run_scanner {
	enum stanch_result (*make)(struct stanch_scanner **out,
		const struct stanch_engine *engine,
		const struct stanch_scan_options *opt,
		stanch_finding_fn *on_finding, void *payload,
		struct stanch_error *err);
	enum stanch_result (*begin)(struct stanch_scanner *s,
		const char *place);
	enum stanch_result (*feed)(struct stanch_scanner *s,
		const void *data, size_t len);
	enum stanch_result (*finish)(struct stanch_scanner *s);
	void (*free)(struct stanch_scanner *s);
	uint64_t (*let_pass)(const struct stanch_scanner *s);	/* or NULL */
	/* All at once, of one that is made of another; or NULL. */
	enum stanch_result (*object)(struct stanch_scanner *s,
		const char *place, struct span data, const struct kin *kin);
};

struct run {
	const struct run_scanner *scanner;
	const struct stanch_engine *engine;
	struct stanch_source *source;
	struct stanch_sink *sink;
	struct stanch_run_options opt;
	struct sink_about about;
};

/* stanch_run() with all its parts named. */
enum stanch_result run_all(const struct run *run, struct stanch_tally *tally,
	struct stanch_error *err);

#endif
