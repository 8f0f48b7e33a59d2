/* SPDX-License-Identifier: Apache-2.0 */
/* jobs.c - stanch_run(): the parts of a run, put together. */
#include "base/options.h"
#include "engine/engine.h"
#include "run/run.h"

enum stanch_result
stanch_run(const struct stanch_engine *engine, struct stanch_source *source,
	struct stanch_sink *sink, const struct stanch_run_options *opt,
	struct stanch_tally *tally, struct stanch_error *err)
{
	static const struct run_scanner scanner = {
		.make = stanch_scanner_new,
		.begin = stanch_scanner_begin,
		.feed = stanch_scanner_feed,
		.finish = stanch_scanner_finish,
		.free = stanch_scanner_free,
		.let_pass = stanch_scanner_let_pass,
	};
	const struct stanch_rules *rules = engine_rules(engine);
	struct run run = {
		.scanner = &scanner, .engine = engine, .source = source,
		.sink = sink, .about = {
			.rules_digest = stanch_rules_digest(rules),
			.rules = stanch_rules_count(rules),
		},
	};

	options_take(&run.opt, sizeof run.opt, opt);
	run.opt.scan.size = sizeof run.opt.scan;
	return run_all(&run, tally, err);
}
