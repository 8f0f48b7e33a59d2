/* SPDX-License-Identifier: Apache-2.0 */
/* progress.c - one line on the terminal that says how far a long job is. */
#include "cli/progress.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_AFTER_MS = 1000, AGAIN_AFTER_MS = 200 };

static void
put(const char *s, size_t n)
{
	/* A line of progress that is lost is no loss. */
	if (write(STDERR_FILENO, s, n) < 0)
		return;
}

static struct timespec
later(struct timespec t, long ms)
{
	t.tv_sec += ms / 1000;
	t.tv_nsec += ms % 1000 * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

static bool
before(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec :
		a.tv_nsec < b.tv_nsec;
}

void
progress_start(struct progress *p, const struct cli *cli, bool plain)
{
	struct timespec now;

	memset(p, 0, sizeof *p);
	p->wanted = !cli->opt.no_progress && !cli->opt.quiet && !plain &&
		say_terminal(STDERR_FILENO);
	clock_gettime(CLOCK_MONOTONIC, &now);
	p->next = later(now, FIRST_AFTER_MS);
}

/* The cursor is left at the start of the line: what comes next covers it. */
void
progress_show(const struct stanch_tally *so_far, void *payload)
{
	struct progress *p = payload;
	struct timespec now;
	char line[160];
	int n;

	if (!p->wanted)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (before(now, p->next))
		return;
	p->next = later(now, AGAIN_AFTER_MS);
	n = snprintf(line, sizeof line, "\r\033[K%" PRIu64 " files, %" PRIu64
		" MB, %" PRIu64 " findings, %" PRIu64 " gaps\r",
		so_far->items, so_far->bytes / 1000000, so_far->findings,
		so_far->gaps);
	put(line, (size_t)n);
	p->shown = true;
}

void
progress_clear(struct progress *p)
{
	if (p->shown)
		put("\r\033[K", 4);
	p->shown = false;
}
