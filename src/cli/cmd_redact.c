/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_redact.c - "stanch redact": standard input to standard output, secrets
 * masked.  Whatever goes wrong, nothing more is written.
 */
#include "cli/pump.h"
#include "cli/setup.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct job {
	struct cli *cli;
	struct setup setup;
	struct pump pump;
	struct stanch_filter *filter;
	uint64_t *counts;	/* of findings, by rule; with --stats */
	size_t last;		/* the rule found last */
};

static bool
take_output(const void *data, size_t len, void *payload)
{
	struct job *j = payload;

	return pump_take(data, len, &j->pump);
}

/* Findings come in runs of one kind: look at the last rule first. */
static bool
count_finding(const struct stanch_finding *f, void *payload)
{
	const struct stanch_rule *rule = stanch_finding_rule(f);
	struct job *j = payload;
	size_t n = stanch_rules_count(j->setup.rules), i = j->last;

	if (stanch_rules_get(j->setup.rules, i) != rule)
		for (i = 0; i + 1 < n; i++)
			if (stanch_rules_get(j->setup.rules, i) == rule)
				break;
	j->counts[i]++;
	j->last = i;
	return true;
}

static bool
check_call(const struct cli *cli)
{
	if (cli->closed_in)
		say(cli, "standard input is closed: there is nothing to read; "
			"redirect it from a file or a pipe");
	else if (cli->closed_out)
		say_output(cli, EBADF, "the output");
	else
		return true;
	return false;
}

static bool
open_counts(struct job *j)
{
	if (!j->cli->opt.stats)
		return true;
	j->counts = calloc(stanch_rules_count(j->setup.rules),
		sizeof *j->counts);
	if (!j->counts)
		say(j->cli, "out of memory");
	return j->counts;
}

static bool
open_filter(struct job *j)
{
	struct stanch_filter_options opt = {
		.size = sizeof opt,
		.tag = j->cli->opt.tag,
		.on_output = take_output,
		.on_finding = j->counts ? count_finding : NULL,
		.payload = j,
		.least = setup_confidence(j->cli),
	};
	struct stanch_error err;

	if (stanch_filter_new(&j->filter, j->setup.engine, &opt,
		&err) != STANCH_OK) {
		say_error(j->cli, &err);
		return false;
	}
	pump_init(&j->pump, STDIN_FILENO, STDOUT_FILENO);
	j->pump.filter = j->filter;
	return true;
}

static bool
prepare(struct job *j)
{
	const struct opt_list *files = &j->cli->opt.rules;

	return check_call(j->cli) &&
		setup_rules(&j->setup, j->cli, files->v, files->n) &&
		setup_engine(&j->setup, j->cli) && open_counts(j) &&
		open_filter(j);
}

static void
say_fault(const struct job *j)
{
	const struct pump *p = &j->pump;

	if (p->fault == PUMP_BAD_OUT)
		say_output(j->cli, p->sys, "the output");
	else if (p->fault == PUMP_BAD_IN)
		say(j->cli, "standard input: %s; what was held back is "
			"discarded", strerror(p->sys));
	else
		say(j->cli, "the filter failed: %s; what was not filtered is "
			"discarded", stanch_result_text(p->result));
}

static void
say_stats(const struct job *j)
{
	struct stanch_filter_stats st;
	char kinds[1024] = "";
	size_t len = 0;

	for (size_t i = 0; i < stanch_rules_count(j->setup.rules); i++) {
		if (!j->counts[i] || len >= sizeof kinds)
			continue;
		len += (size_t)snprintf(kinds + len, sizeof kinds - len,
			"%s%s %" PRIu64, len ? ", " : ": ",
			stanch_rule_id(stanch_rules_get(j->setup.rules, i)),
			j->counts[i]);
	}
	stanch_filter_get_stats(j->filter, &st);
	say(j->cli, "%" PRIu64 " secret%s masked%s; %" PRIu64 " bytes in, %"
		PRIu64 " out, %" PRIu64 " masked, at most %" PRIu64
		" held back", st.findings, st.findings == 1 ? "" : "s", kinds,
		st.bytes_in, st.bytes_out, st.bytes_masked, st.held_most);
}

int
cmd_redact(struct cli *cli)
{
	struct job j = { .cli = cli };
	int status = EXIT_TROUBLE;

	if (prepare(&j)) {
		if (pump_run(&j.pump))
			status = EXIT_CLEAN;
		else
			say_fault(&j);
		if (cli->opt.stats)
			say_stats(&j);
	}
	stanch_filter_free(j.filter);
	free(j.counts);
	setup_free(&j.setup);
	return status;
}
