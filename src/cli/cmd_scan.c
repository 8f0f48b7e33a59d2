/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_scan.c - "stanch scan": the paths given, through the library, into a
 * report.  The work is the library's; here it is set up, and its outcome put
 * into an exit status.
 */
#include "cli/gitopts.h"
#include "cli/hook.h"
#include "cli/keyfile.h"
#include "cli/outfile.h"
#include "cli/progress.h"
#include "cli/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { JOBS_MAX = 64, DEPTH_MAX = 64, GAPS_LISTED = 20 };

struct job {
	struct cli *cli;
	struct setup setup;
	struct buf key;
	struct outfile file;
	struct stanch_source *source;
	struct stanch_sink *sink;
	struct progress progress;
	struct gitopts git;
	int fd;			/* where the report goes */
	unsigned leave_encoded;
};

static bool
wants_stdin(const struct cli *cli)
{
	for (size_t i = 0; !cli->hook && i < cli->nargs; i++)
		if (!strcmp(cli->args[i], "-"))
			return true;
	return false;
}

/* Whether the report goes to standard output. */
static bool
wants_stdout(const struct cli *cli)
{
	const char *output = cli->opt.output;

	return output ? !strcmp(output, "-") : !cli->opt.quiet;
}

/* What can be known to be wrong before any work is done. */
static bool
check_call(const struct cli *cli)
{
	if (cli->opt.jobs > JOBS_MAX)
		say(cli, "option '--jobs': at most %d", JOBS_MAX);
	else if (cli->opt.max_depth > DEPTH_MAX)
		say(cli, "option '--max-depth': at most %d", DEPTH_MAX);
	else if (wants_stdin(cli) && cli->closed_in)
		say(cli, "standard input is closed: '-' has nothing to read; "
			"redirect it from a file or a pipe");
	else if (cli->closed_out && wants_stdout(cli))
		say_output(cli, EBADF, "the report");
	else
		return true;
	return false;
}

static bool
open_report(struct job *j)
{
	const char *path = j->cli->opt.output;
	mode_t mode = j->cli->opt.show_secrets ? 0600 : 0666;

	if (wants_stdout(j->cli)) {
		j->fd = STDOUT_FILENO;
	} else if (!path) {
		j->fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	} else if (outfile_open(&j->file, path, mode)) {
		j->fd = j->file.fd;
	} else {
		say(j->cli, "%s: the report cannot be written there: %s",
			path, strerror(errno));
		return false;
	}
	return j->fd >= 0;
}

static bool
wants_colour(const struct job *j)
{
	const char *when = j->cli->opt.color, *no = getenv("NO_COLOR");

	if (when[1] != 'u')	/* not auto */
		return when[0] == 'a';
	return say_terminal(j->fd) && !(no && *no);
}

static bool
open_source(struct job *j)
{
	static const char *const here[] = { "." };
	struct stanch_source_options opt = {
		.size = sizeof opt,
		.max_file_size = j->cli->opt.max_file_size,
		.git_whole = j->cli->opt.no_delta_aware,
	};
	const struct hook *hook = j->cli->hook;
	const char *const *paths = hook ? &hook->path : j->cli->nargs ?
		(const char *const *)j->cli->args : here;
	size_t n = !hook && j->cli->nargs ? j->cli->nargs : 1;
	struct stanch_error err;

	if (!gitopts_take(&j->git, j->cli, &opt))
		return false;
	if (stanch_source_paths(&j->source, paths, n,
		&opt, &err) == STANCH_OK)
		return true;
	say_error(j->cli, &err);
	return false;
}

static bool
open_sink(struct job *j)
{
	struct stanch_sink_options opt = {
		.size = sizeof opt,
		.colour = wants_colour(j),
		.show_secrets = j->cli->opt.show_secrets,
		.gaps_listed = GAPS_LISTED,
		.news_only = j->cli->hook != NULL,
		.all_places = j->cli->opt.all_places,
		.now = j->git.now,
	};
	struct stanch_error err;

	if (stanch_sink_open(&j->sink, j->cli->opt.format, j->fd, &opt,
		&err) == STANCH_OK)
		return true;
	say_error(j->cli, &err);
	return false;
}

static bool
prepare(struct job *j)
{
	const struct opt_values *opt = &j->cli->opt;

	return check_call(j->cli) && setup_sandbox(&j->setup, j->cli) &&
		setup_decode(&j->leave_encoded, j->cli) &&
		(!opt->key_file ||
			keyfile_read(&j->key, j->cli, opt->key_file)) &&
		setup_rules(&j->setup, j->cli, opt->rules.v, opt->rules.n) &&
		open_source(j) && open_report(j) &&
		setup_engine(&j->setup, j->cli) && open_sink(j);
}

/* The library knows the report by its descriptor only. */
static void
say_failure(const struct job *j, const struct stanch_error *err)
{
	if (err->result != STANCH_EIO || strcmp(err->where, "report") != 0)
		say_error(j->cli, err);
	else if (j->fd == STDOUT_FILENO)
		say_output(j->cli, err->sys, "the report");
	else
		say(j->cli, "%s: %s; there is no new report",
			j->cli->opt.output, strerror(err->sys));
}

static bool
commit_report(struct job *j)
{
	if (j->file.fd < 0 || outfile_commit(&j->file))
		return true;
	say(j->cli, "%s: the report cannot be put there: %s",
		j->cli->opt.output, strerror(errno));
	return false;
}

static int
judge(struct job *j, const struct stanch_tally *tally)
{
	uint64_t gaps = tally->gaps;

	if (!commit_report(j))
		return EXIT_TROUBLE;
	if (j->cli->opt.unfinished && j->cli->opt.unfinished[0] == 'a')
		gaps -= tally->by_gap[STANCH_GAP_TIME];
	return (tally->findings ? EXIT_FINDINGS : 0) | (gaps ? EXIT_GAPS : 0);
}

static enum stanch_comments
comments(const struct cli *cli)
{
	switch (cli->opt.allow_comments[0]) {
	case 'o':
		return STANCH_COMMENTS_OWN;
	case 'a':
		return STANCH_COMMENTS_ALL;
	default:
		return STANCH_COMMENTS_NONE;
	}
}

static int
run(struct job *j)
{
	struct stanch_run_options opt = {
		.size = sizeof opt,
		.jobs = (unsigned)j->cli->opt.jobs,
		.scan = {
			.size = sizeof opt.scan,
			.least = setup_confidence(j->cli),
			.show_secrets = j->cli->opt.show_secrets,
			.key = j->key.len ? j->key.ptr : NULL,
			.key_len = j->key.len,
			.comments = comments(j->cli),
			.leave_encoded = j->leave_encoded,
		},
		.on_progress = progress_show,
		.payload = &j->progress,
		.seconds_most = (double)j->cli->opt.time_budget,
		.no_archives = j->cli->opt.no_archives,
		.max_depth = (unsigned)j->cli->opt.max_depth,
		.max_decoded = j->cli->opt.max_decoded,
		.max_ratio = j->cli->opt.max_ratio,
		.max_members = j->cli->opt.max_members,
		.remember = j->cli->opt.remember,
		.formats = j->cli->opt.formats,
		.coverage = j->cli->opt.explain_coverage,
		.sandbox = j->setup.sandbox,
	};
	struct stanch_tally tally = { 0 };
	struct stanch_error err = { 0 };
	enum stanch_result r;

	progress_start(&j->progress, j->cli, isatty(j->fd) && !wants_colour(j));
	r = stanch_run(j->setup.engine, j->source, j->sink, &opt, &tally,
		&err);
	progress_clear(&j->progress);
	if (r == STANCH_OK)
		return judge(j, &tally);
	say_failure(j, &err);
	return EXIT_TROUBLE;
}

int
cmd_scan(struct cli *cli)
{
	struct job j = { .cli = cli, .fd = -1, .file.fd = -1 };
	int status = prepare(&j) ? run(&j) : EXIT_TROUBLE;

	stanch_sink_free(j.sink);
	stanch_source_free(j.source);
	setup_free(&j.setup);
	outfile_drop(&j.file);
	gitopts_free(&j.git);
	buf_free(&j.key);
	return status;
}
