/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_explain.c - "stanch explain": why a place is, or is not, found.  The
 * file is scanned as by any other command; what the scanner tells of its steps
 * is kept where the place asked for is, by steps.c.
 */
#include "base/io.h"
#include "base/path.h"
#include "cli/setup.h"
#include "cli/steps.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024, OUT_MOST = 64 * 1024 * 1024, PATH_MOST = 64 * 1024 };

struct explain {
	struct cli *cli;
	struct setup setup;
	struct steps steps;
	struct buf path, out;
	uint64_t pos;		/* bytes read */
	int fd;
};

/* ---- FILE:LINE:COLUMN ---- */

/* Cuts ":N" off the end of s and returns N; 0: there is none. */
static uint64_t
cut_number(char *s)
{
	char *colon = strrchr(s, ':'), *end;
	uint64_t n;

	if (!colon || colon == s ||
		strspn(colon + 1, "0123456789") != strlen(colon + 1))
		return 0;
	errno = 0;
	n = strtoull(colon + 1, &end, 10);
	if (errno || !n || end == colon + 1)
		return 0;
	*colon = '\0';
	return n;
}

/* A file that is called as the operand is goes before FILE:LINE. */
static bool
read_place(struct explain *e)
{
	const char *arg = e->cli->args[0];
	uint64_t last = 0, before = 0;
	char *path;

	buf_init(&e->path, PATH_MOST);
	if (!buf_append(&e->path, arg, strlen(arg) + 1)) {
		say(e->cli, "the path is too long");
		return false;
	}
	path = (char *)e->path.ptr;
	if (access(path, F_OK) != 0)
		last = cut_number(path);
	if (last)
		before = cut_number(path);
	if (steps_init(&e->steps, before ? before : last, before ? last : 0))
		return true;
	say(e->cli, "out of memory");
	return false;
}

static bool
open_file(struct explain *e)
{
	const char *path = (const char *)e->path.ptr;

	if (!strcmp(path, "-"))
		e->fd = STDIN_FILENO;
	else
		e->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (e->fd >= 0)
		return true;
	say(e->cli, "%s: cannot be read: %s", path, strerror(errno));
	return false;
}

/* ---- the scan ---- */

static void
take_lines(struct explain *e, const uint8_t *data, size_t n)
{
	const uint8_t *p = data, *nl;

	for (; (nl = memchr(p, '\n', n - (size_t)(p - data))); p = nl + 1)
		steps_line(&e->steps, e->pos + (uint64_t)(nl + 1 - data));
	e->pos += n;
}

static bool
scan(struct explain *e, struct stanch_scanner *scanner)
{
	uint8_t *block = malloc(BLOCK);
	enum stanch_result r = block ? STANCH_OK : STANCH_ENOMEM;
	ssize_t n = 1;

	while (r == STANCH_OK && n > 0) {
		n = io_read(e->fd, block, BLOCK);
		if (n > 0) {
			take_lines(e, block, (size_t)n);
			r = stanch_scanner_feed(scanner, block, (size_t)n);
		}
	}
	if (n < 0)
		say(e->cli, "%s: cannot be read: %s", (char *)e->path.ptr,
			strerror(errno));
	else if (r == STANCH_OK)
		r = stanch_scanner_finish(scanner);
	if (block)
		explicit_bzero(block, BLOCK);
	free(block);
	if (r == STANCH_OK && e->steps.failed)
		r = STANCH_ENOMEM;
	if (r != STANCH_OK)
		say(e->cli, "%s: %s", (char *)e->path.ptr,
			stanch_result_text(r));
	return r == STANCH_OK && n == 0;
}

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	return true;	/* told as a step, too */
}

/* The place as scan calls it, so that rules on paths apply as there. */
static bool
place_of(struct buf *place, const char *path)
{
	buf_init(place, PATH_MOST);
	if (!strcmp(path, "-"))
		return buf_append(place, "stdin", sizeof "stdin");
	return path_clean(place, path) && buf_byte(place, 0);
}

static bool
run(struct explain *e, const char *place)
{
	struct stanch_scan_options opt = {
		.size = sizeof opt,
		.least = setup_confidence(e->cli),
		.show_secrets = e->cli->opt.show_secrets,
		.on_step = steps_take,
		.step_payload = &e->steps,
	};
	struct stanch_scanner *scanner;
	struct stanch_error err;
	bool ok;

	if (stanch_scanner_new(&scanner, e->setup.engine, &opt, on_finding,
		NULL, &err) != STANCH_OK) {
		say_error(e->cli, &err);
		return false;
	}
	ok = stanch_scanner_begin(scanner, place) == STANCH_OK &&
		scan(e, scanner);
	stanch_scanner_free(scanner);
	return ok;
}

static bool
print(struct explain *e, const char *place)
{
	const struct steps *st = &e->steps;

	if (st->line && (!steps_reached(st) || st->from >= e->pos)) {
		say(e->cli, "%s: there is no line %llu%s", place,
			(unsigned long long)st->line,
			st->column ? " of that length" : "");
		return false;
	}
	buf_init(&e->out, OUT_MOST);
	if (!strcmp(e->cli->opt.format, "text"))
		steps_text(st, &e->out, place);
	else
		steps_json(st, &e->out, place);
	fwrite(e->out.ptr, 1, e->out.len, stdout);
	return !e->out.failed;
}

static int
explain(struct explain *e)
{
	struct buf place = { 0 };
	int status = EXIT_TROUBLE;

	if (read_place(e) && open_file(e) &&
		setup_rules(&e->setup, e->cli, e->cli->opt.rules.v,
			e->cli->opt.rules.n) &&
		setup_engine(&e->setup, e->cli) &&
		place_of(&place, (const char *)e->path.ptr) &&
		run(e, (const char *)place.ptr) &&
		print(e, (const char *)place.ptr))
		status = steps_found(&e->steps) ? EXIT_FINDINGS : EXIT_CLEAN;
	buf_free(&place);
	return status;
}

int
cmd_explain(struct cli *cli)
{
	struct explain e = { .cli = cli, .fd = -1 };
	int status = explain(&e);

	if (e.fd > STDIN_FILENO)
		close(e.fd);
	setup_free(&e.setup);
	steps_free(&e.steps);
	buf_free(&e.path);
	buf_free(&e.out);
	return status;
}
