/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_rules_bench.c - "stanch rules bench": what each rule costs on a sample.
 * The sample is scanned to warm up, then to see how long it takes, then
 * watched, to see for which rules; of several scans the least time of each
 * counts, as nothing else makes a scan faster than it is.
 */
#include "base/buf.h"
#include "base/io.h"
#include "cli/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	SAMPLE_MOST = 64 * 1024 * 1024,
	SAMPLE_OWN = 1024 * 1024,	/* bytes of the one made of examples */
	EXAMPLE_MOST = 64 * 1024,
	BLOCK = 64 * 1024,
	RUNS = 5
};

struct cost {
	const struct stanch_rule *rule;
	uint64_t candidates, matches, kept;
	uint64_t ns, run;	/* the least of all scans, of this one */
};

struct bench {
	const struct cli *cli;
	struct setup setup;
	struct buf sample;
	struct cost *costs;	/* as many as there are rules */
	size_t n, last;
	uint64_t now;		/* when the last step had been taken */
	uint64_t ns;		/* of the scan that nobody watched */
};

static uint64_t
clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* ---- the sample ---- */

static bool
read_all(struct bench *b, const char *path)
{
	int fd = !strcmp(path, "-") ? STDIN_FILENO :
		open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool ok = fd >= 0;
	ssize_t n = 1;

	while (ok && n > 0) {
		ok = buf_reserve(&b->sample, b->sample.len + BLOCK);
		if (!ok) {
			errno = EFBIG;
			break;
		}
		n = io_read(fd, b->sample.ptr + b->sample.len, BLOCK);
		ok = n >= 0;
		b->sample.len += n > 0 ? (size_t)n : 0;
	}
	if (!ok)
		say(b->cli, "%s: cannot be read: %s", path, strerror(errno));
	if (fd > STDIN_FILENO)
		close(fd);
	return ok;
}

/* One example of each recipe of the rule, its description between them. */
static bool
add_examples(struct bench *b, const struct stanch_rule *rule, uint64_t seed,
	char *text)
{
	size_t len, start, end;
	bool ok = true;

	for (int positive = 0; ok && positive < 2; positive++)
		for (size_t i = 0; ok && stanch_rule_example(rule, positive, i,
			seed, text, EXAMPLE_MOST, &len, &start, &end, NULL) ==
			STANCH_OK; i++)
			ok = buf_append(&b->sample, text, len) &&
				buf_printf(&b->sample, "\n# %s\n",
				stanch_rule_description(rule));
	return ok;
}

static bool
make_sample(struct bench *b)
{
	char *text = malloc(EXAMPLE_MOST);
	size_t before = SIZE_MAX;
	bool ok = text;

	for (uint64_t seed = 1; ok && b->sample.len < SAMPLE_OWN &&
		b->sample.len != before; seed++) {
		before = b->sample.len;
		for (size_t i = 0; ok && i < b->n; i++)
			ok = add_examples(b, b->costs[i].rule, seed, text);
	}
	free(text);
	if (ok && b->sample.len)
		return true;
	say(b->cli, ok ? "no rule has examples: name a file to try them on" :
		"out of memory");
	return false;
}

static bool
take_sample(struct bench *b)
{
	bool ok = true;

	buf_init(&b->sample, SAMPLE_MOST);
	if (!b->cli->nargs)
		return make_sample(b);
	for (size_t i = 0; ok && i < b->cli->nargs; i++)
		ok = read_all(b, b->cli->args[i]);
	if (ok && !b->sample.len)
		say(b->cli, "the sample is empty");
	return ok && b->sample.len;
}

/* ---- the scans ---- */

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	return true;
}

static size_t
number_of(struct bench *b, const struct stanch_rule *rule)
{
	if (b->costs[b->last].rule != rule)
		for (b->last = 0; b->costs[b->last].rule != rule; )
			b->last++;
	return b->last;
}

/* Time since the step before it belongs to this one's rule, from its first
   try on; what comes before that is the search for literals. */
static void
on_step(const struct stanch_step *s, void *payload)
{
	struct bench *b = payload;
	struct cost *c = &b->costs[number_of(b, s->rule)];
	uint64_t now = clock_ns();

	if (s->kind == STANCH_STEP_CANDIDATE)
		c->candidates++;
	else if (s->kind < STANCH_STEP_RIVAL)
		c->run += now - b->now;
	c->matches += s->kind == STANCH_STEP_CONFIRM &&
		s->outcome != STANCH_FAILED;
	c->kept += s->kind == STANCH_STEP_JUDGED &&
		s->outcome == STANCH_PASSED;
	b->now = clock_ns();
}

static bool
scan(struct bench *b, bool watched, uint64_t *ns)
{
	struct stanch_scan_options opt = { .size = sizeof opt,
		.least = STANCH_CONTEXTUAL,
		.on_step = watched ? on_step : NULL, .step_payload = b };
	struct stanch_scanner *s;
	struct stanch_error err;
	enum stanch_result r;

	if (stanch_scanner_new(&s, b->setup.engine, &opt, on_finding, NULL,
		&err) != STANCH_OK) {
		say_error(b->cli, &err);
		return false;
	}
	b->now = *ns = clock_ns();
	r = stanch_scanner_begin(s, "sample");
	if (r == STANCH_OK)
		r = stanch_scanner_feed(s, b->sample.ptr, b->sample.len);
	if (r == STANCH_OK)
		r = stanch_scanner_finish(s);
	*ns = clock_ns() - *ns;
	stanch_scanner_free(s);
	if (r != STANCH_OK)
		say(b->cli, "the sample: %s", stanch_result_text(r));
	return r == STANCH_OK;
}

static void
next_run(struct bench *b, unsigned i)
{
	for (size_t k = 0; k < b->n; k++) {
		struct cost *c = &b->costs[k];

		if (!i || c->run < c->ns)
			c->ns = c->run;
		c->run = 0;
		if (i + 1 < RUNS)	/* each counts them all */
			c->candidates = c->matches = c->kept = 0;
	}
}

static bool
measure(struct bench *b)
{
	uint64_t ns;
	bool ok = scan(b, false, &ns);

	b->ns = ns;
	for (unsigned i = 0; ok && i < RUNS; i++) {
		ok = scan(b, false, &ns);
		b->ns = ns < b->ns ? ns : b->ns;
	}
	for (unsigned i = 0; ok && i < RUNS; i++) {
		ok = scan(b, true, &ns);
		next_run(b, i);
	}
	return ok;
}

/* ---- what came of it ---- */

static int
dearest_first(const void *x, const void *y)
{
	const struct cost *a = x, *b = y;

	if (a->ns != b->ns)
		return a->ns > b->ns ? -1 : 1;
	if (a->candidates != b->candidates)
		return a->candidates > b->candidates ? -1 : 1;
	return strcmp(stanch_rule_id(a->rule), stanch_rule_id(b->rule));
}

static double
each_mb(const struct bench *b, uint64_t n)
{
	return (double)n * 1e6 / (double)b->sample.len;
}

static void
print_text(const struct bench *b)
{
	size_t idle = 0;

	printf("%-40s %10s %10s %10s %8s %7s\n", "RULE", "CANDIDATES",
		"MATCHES", "KEPT", "us", "SHARE");
	for (size_t i = 0; i < b->n; i++) {
		const struct cost *c = &b->costs[i];

		if (!c->candidates && !c->matches) {
			idle++;
			continue;
		}
		printf("%-40s %10.1f %10.1f %10.1f %8.1f %6.1f%%\n",
			stanch_rule_id(c->rule), each_mb(b, c->candidates),
			each_mb(b, c->matches), each_mb(b, c->kept),
			each_mb(b, c->ns) / 1000,
			100.0 * (double)c->ns / (double)b->ns);
	}
	printf("\nAll per MB of the sample, which has %.2f and takes %.1f ms "
		"(%.0f MB/s).\n", (double)b->sample.len / 1e6,
		(double)b->ns / 1e6, (double)b->sample.len * 1e3 /
		(double)b->ns);
	if (idle)
		printf("%zu rule%s had no candidate.\n", idle,
			idle == 1 ? "" : "s");
}

static void
print_json(const struct bench *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct cost *c = &b->costs[i];

		printf("{\"rule_id\":\"%s\",\"candidates\":%llu,"
			"\"matches\":%llu,\"kept\":%llu,\"ns\":%llu}\n",
			stanch_rule_id(c->rule),
			(unsigned long long)c->candidates,
			(unsigned long long)c->matches,
			(unsigned long long)c->kept,
			(unsigned long long)c->ns);
	}
	printf("{\"bytes\":%zu,\"ns\":%llu}\n", b->sample.len,
		(unsigned long long)b->ns);
}

static bool
prepare(struct bench *b)
{
	const struct opt_list *files = &b->cli->opt.rules;

	if (!setup_rules(&b->setup, b->cli, files->v, files->n) ||
		!setup_engine(&b->setup, b->cli))
		return false;
	b->n = stanch_rules_count(b->setup.rules);
	b->costs = calloc(b->n, sizeof *b->costs);
	if (!b->costs) {
		say(b->cli, "out of memory");
		return false;
	}
	for (size_t i = 0; i < b->n; i++)
		b->costs[i].rule = stanch_rules_get(b->setup.rules, i);
	return take_sample(b);
}

int
cmd_rules_bench(struct cli *cli)
{
	struct bench b = { .cli = cli };
	bool ok = prepare(&b) && measure(&b);

	if (ok) {
		qsort(b.costs, b.n, sizeof *b.costs, dearest_first);
		if (!strcmp(cli->opt.format, "text"))
			print_text(&b);
		else
			print_json(&b);
	}
	buf_free(&b.sample);
	free(b.costs);
	setup_free(&b.setup);
	return ok ? EXIT_CLEAN : EXIT_TROUBLE;
}
