/* SPDX-License-Identifier: Apache-2.0 */
/*
 * apart.c - the bytes of a file on their way to unwrap, and the one place
 * where what may be an archive is handed over to the sandbox.  What comes back
 * goes the way of what is unwrapped here.
 */
#include "run/crew.h"

ssize_t
crew_read(void *of, void *to, size_t n)
{
	struct reading *r = of;

	return source_read(&r->reader, to, n, &r->gap);
}

ssize_t
crew_read_at(void *of, void *to, size_t n, uint64_t at)
{
	const struct reading *r = of;

	return source_read_at(&r->reader, to, n, at);
}

struct unwrap_options
crew_unwrap_options(const struct crew *c)
{
	const struct stanch_run_options *opt = &c->run->opt;

	return (struct unwrap_options){ .off = opt->no_archives,
		.depth = opt->max_depth, .decoded = opt->max_decoded,
		.ratio = opt->max_ratio, .members = opt->max_members,
		.formats = opt->formats };
}

static bool
is_stopped(void *payload)
{
	const struct worker *w = payload;

	return order_stopped(w->crew->order);
}

static bool
read_again(void *of)
{
	struct reading *r = of;

	/* Why its end came early it will say again. */
	if (!source_again(&r->reader))
		return false;
	r->gap.detail = NULL;
	return true;
}

/* A small one is scanned before another thread is awake. */
static bool
is_worth_it(const struct source_reader *r)
{
	return r->size >= RUN_BIG || r->kind == SOURCE_STREAM;
}

bool
crew_apart(struct unwrap_rest *rest, void *payload)
{
	struct worker *w = payload;
	const struct unwrap_options opt = crew_unwrap_options(w->crew);
	const struct unwrap_out out = crew_unwrap_out(w);
	struct reading *reading = w->reading;
	const struct remote_item item = {
		.rest = rest,
		.eager = !reading || reading->reader.kind == SOURCE_FILE,
		.again = reading ? read_again : NULL,
		.read = crew_read,
		.of = reading,
		.stopped = is_stopped,
	};

	if (!w->remote)
		w->remote = remote_new(w->crew->run->opt.sandbox, &opt);
	rest->nomem = !w->remote;
	w->fans = w->crew->fan && reading && is_worth_it(&reading->reader);
	w->turn = w->brought = 0;
	return w->remote && remote_rest(w->remote, &item, &out);
}
