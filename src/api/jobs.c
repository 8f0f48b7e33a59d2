/* SPDX-License-Identifier: Apache-2.0 */
/* jobs.c - stanch_run(): the parts of a run, put together. */
#include <inttypes.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/options.h"
#include "engine/engine.h"
#include "run/run.h"
#include "scan/object.h"
#include "unwrap/unwrap.h"

enum { KEY_TEXT = 1024 };

/* All but the bytes themselves that a finding depends on. */
static void
key_of(uint8_t key[32], const struct stanch_rules *rules,
	const struct stanch_run_options *opt)
{
	char versions[128];
	struct buf b;

	buf_init(&b, KEY_TEXT);
	buf_printf(&b, "%s\n%s\n%s\n%d %d %u\n", stanch_version(),
		stanch_version_details(versions, sizeof versions),
		stanch_rules_digest(rules), opt->scan.least,
		opt->scan.comments, opt->scan.leave_encoded);
	buf_printf(&b, "%d %u %" PRIu64 " %" PRIu64 " %" PRIu64 " %s\n",
		opt->no_archives, opt->max_depth, opt->max_decoded,
		opt->max_ratio, opt->max_members,
		opt->formats ? opt->formats : "");
	hash_sha256_of(buf_span(&b), key);
	buf_free(&b);
}

static enum stanch_result
check_formats(const char *list, struct stanch_error *err)
{
	struct span unknown;

	if (!list || unwrap_knows_formats(list, &unknown))
		return STANCH_OK;
	return error_set(err, STANCH_EUSAGE, "formats",
		"no format is called '%.*s'; docs/archives.md lists them",
		(int)unknown.len, (const char *)unknown.ptr);
}

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
		.object = scan_object,
	};
	const struct stanch_rules *rules = engine_rules(engine);
	enum stanch_result r;
	uint8_t key[32];
	struct run run = {
		.scanner = &scanner, .engine = engine, .source = source,
		.sink = sink, .about = {
			.rules_digest = stanch_rules_digest(rules),
			.rules = stanch_rules_count(rules),
		},
	};

	memset(tally, 0, sizeof *tally);
	options_take(&run.opt, sizeof run.opt, opt);
	run.opt.scan.size = sizeof run.opt.scan;
	/* No digest is over known values; who asks for steps wants all. */
	r = check_formats(run.opt.formats, err);
	if (r == STANCH_OK && run.opt.remember && !run.opt.scan.values &&
		!run.opt.scan.on_step) {
		key_of(key, rules, &run.opt);
		r = source_remember(source, run.opt.remember, key, err);
	}
	return r == STANCH_OK ? run_all(&run, tally, err) : r;
}
