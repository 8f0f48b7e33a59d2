/* SPDX-License-Identifier: Apache-2.0 */
/* stream.c - one stream of bytes through a filter of its own. */
#include "cli/stream.h"

#include "cli/keyfile.h"
#include "cli/names.h"

#include <inttypes.h>
#include <string.h>

enum { REFUSED_SAID = 10 };

/* What --key-file, --fill and --in-band say. */
static bool
read_options(struct streams *all)
{
	const struct opt_values *opt = &all->cli->opt;

	buf_init(&all->key, KEYFILE_MAX);
	if (opt->fill && strlen(opt->fill) != 1) {
		say(all->cli, "--fill: '%s' is not one character", opt->fill);
		return false;
	}
	if (opt->in_band && !names_read(&all->in_band, all->cli, "in-band",
		opt->in_band, stanch_in_band_name))
		return false;
	return !opt->key_file ||
		keyfile_read(&all->key, all->cli, opt->key_file);
}

bool
streams_open(struct streams *all, const struct cli *cli)
{
	const struct opt_list *files = &cli->opt.rules;

	*all = (struct streams){ .cli = cli };
	if (!read_options(all) ||
		!setup_rules(&all->setup, cli, files->v, files->n) ||
		!mask_read(&all->mask, cli) ||
		!setup_engine(&all->setup, cli) ||
		!auditing_open(&all->auditing, cli,
			stanch_rules_digest(all->setup.rules)))
		return false;
	if (!cli->opt.stats && !redact_report_asked(cli))
		return true;
	if (counts_open(&all->counts, all->setup.rules, all->mask.values))
		return redact_report_open(&all->report, cli);
	say(cli, "out of memory");
	return false;
}

void
streams_free(struct streams *all)
{
	auditing_free(&all->auditing);
	counts_free(&all->counts);
	redact_report_free(&all->report);
	mask_free(&all->mask);
	buf_free(&all->key);
	setup_free(&all->setup);
}

static bool
take_output(const void *data, size_t len, void *payload)
{
	struct stream *s = payload;

	return auditing_output(&s->all->auditing, s->is, data, len) &&
		pump_take(data, len, &s->pump);
}

static bool
take_redaction(const struct stanch_redaction *r, void *payload)
{
	struct stream *s = payload;

	return auditing_redaction(&s->all->auditing, s->is, r);
}

/* Each is said until it is plain that somebody plays with us. */
static bool
take_command(const struct stanch_command *c, void *payload)
{
	struct stream *s = payload;
	struct streams *all = s->all;

	all->refused += c->use == STANCH_VALUE_REFUSED;
	if (c->use != STANCH_VALUE_REFUSED || all->refused <= REFUSED_SAID)
		mask_note(&all->mask, all->cli, c->name, c->use, c->why);
	else if (++all->mask.refused && all->refused == REFUSED_SAID + 1)
		say(all->cli, "warning: more commands name values that are "
			"NOT masked; that is not said of each any more");
	return auditing_command(&all->auditing, s->is, c);
}

static bool
count_finding(const struct stanch_finding *f, void *payload)
{
	struct stream *s = payload;

	counts_add(&s->all->counts, s->is, f);
	return true;
}

bool
stream_open(struct stream *s, struct streams *all, const char *from, int in,
	int out)
{
	struct stanch_filter_options opt = {
		.size = sizeof opt,
		.tag = all->cli->opt.tag,
		.on_output = take_output,
		.on_finding = all->counts.by_rule ? count_finding : NULL,
		.on_redaction = all->auditing.log ? take_redaction : NULL,
		.payload = s,
		.least = setup_confidence(all->cli),
		.key = all->key.ptr,
		.key_len = all->key.len,
		.json = all->cli->opt.json,
		.values = all->mask.values,
		.in_band = all->in_band,
		.neutral = all->cli->opt.neutral,
		.on_command = take_command,
		.fill = all->cli->opt.fill ? *all->cli->opt.fill : 0,
	};
	struct stanch_error err;

	if (!setup_decode(&opt.leave_encoded, all->cli))
		return false;
	*s = (struct stream){ .all = all, .from = from,
		.is = all->opened++ ? STANCH_STDERR : STANCH_STDOUT };
	if (stanch_filter_new(&s->filter, all->setup.engine, &opt,
		&err) != STANCH_OK) {
		say_error(all->cli, &err);
		return false;
	}
	pump_init(&s->pump, in, out);
	s->pump.filter = s->filter;
	return true;
}

void
stream_free(struct stream *s)
{
	stanch_filter_free(s->filter);
	s->filter = NULL;
}

void
stream_say_fault(const struct stream *s)
{
	const struct pump *p = &s->pump;

	if (p->fault == PUMP_BAD_OUT)
		say_output(s->all->cli, p->sys, "the output");
	else if (p->fault == PUMP_BAD_IN)
		say(s->all->cli, "%s: %s; what was held back is discarded",
			s->from, strerror(p->sys));
	else
		say(s->all->cli, "the filter failed: %s; what was not filtered "
			"is discarded", stanch_result_text(p->result));
}

static void
add_stats(struct stanch_filter_stats *sum, const struct stream *s)
{
	struct stanch_filter_stats st;

	stanch_filter_get_stats(s->filter, &st);
	sum->findings += st.findings;
	sum->bytes_in += st.bytes_in;
	sum->bytes_out += st.bytes_out;
	sum->bytes_masked += st.bytes_masked;
	sum->json_lines += st.json_lines;
	sum->json_long += st.json_long;
	sum->commands += st.commands;
	sum->commands_refused += st.commands_refused;
	if (st.held_most > sum->held_most)
		sum->held_most = st.held_most;
}

static void
say_stats(const struct streams *all, const struct stream *of, size_t n)
{
	struct stanch_filter_stats st = { 0 };
	char kinds[1024] = "";
	const char *id;
	uint64_t found;
	size_t len = 0;

	if (!all->cli->opt.stats)
		return;
	for (size_t i = 0; len < sizeof kinds &&
		(id = counts_next(&all->counts, &i, &found)); )
		len += (size_t)snprintf(kinds + len, sizeof kinds - len,
			"%s%s %" PRIu64, len ? ", " : ": ", id, found);
	for (size_t i = 0; i < n; i++)
		add_stats(&st, &of[i]);
	say(all->cli, "%" PRIu64 " secret%s masked%s; %" PRIu64 " bytes in, %"
		PRIu64 " out, %" PRIu64 " masked, at most %" PRIu64
		" held back", st.findings, st.findings == 1 ? "" : "s", kinds,
		st.bytes_in, st.bytes_out, st.bytes_masked, st.held_most);
	if (all->mask.full + all->mask.words + all->mask.refused)
		say(all->cli, "%zu values given: %zu masked in any form, %zu "
			"as words only, %zu not at all",
			all->mask.full + all->mask.words + all->mask.refused,
			all->mask.full, all->mask.words, all->mask.refused);
	if (all->in_band)
		say(all->cli, "%" PRIu64 " command%s in the input; the values "
			"of %" PRIu64 " are not masked", st.commands,
			st.commands == 1 ? "" : "s", st.commands_refused);
	if (all->cli->opt.json)
		say(all->cli, "%" PRIu64 " lines of JSON; %" PRIu64
			" were too long to be taken for it", st.json_lines,
			st.json_long);
}

/* An end only where all was read, filtered and written. */
static bool
audit_ends(struct streams *all, const struct stream *of, size_t n)
{
	struct stanch_filter_stats st;
	bool ok = true;

	for (size_t i = 0; i < n; i++) {
		stanch_filter_get_stats(of[i].filter, &st);
		ok &= of[i].pump.state == PUMP_DONE ?
			auditing_end(&all->auditing, of[i].is, &st) :
			auditing_degraded(&all->auditing,
				"a stream was left before its end");
	}
	return ok;
}

static bool
is_masked(const struct stream *of, size_t n)
{
	struct stanch_filter_stats st = { 0 };

	for (size_t i = 0; i < n; i++)
		add_stats(&st, &of[i]);
	return st.bytes_masked > 0;
}

int
streams_end(struct streams *all, const struct stream *of, size_t n,
	int status)
{
	bool ok = audit_ends(all, of, n);

	if (all->cli->opt.check && status == EXIT_CLEAN &&
		is_masked(of, n))
		status = EXIT_FINDINGS;
	ok = auditing_close(&all->auditing, status) && ok;
	say_stats(all, of, n);
	status = ok ? status : cli_trouble(all->cli);
	return redact_report_write(&all->report, all, of, n, status) ?
		status : cli_trouble(all->cli);
}
