/* SPDX-License-Identifier: Apache-2.0 */
/*
 * selftest.c - every rule against its own examples, in every mode there is:
 * whole, byte by byte, inside a long line, across the ends of a window, and
 * through the filter.  What an example is, rule/recipe.h says.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/error.h"
#include "engine/engine.h"
#include "rule/rule.h"
#include "stanch.h"

enum {
	EXAMPLE = 64 * 1024,
	WINDOW = 256 * 1024,	/* what scan and filter look at in one go */
	SEEDS = 2,
	LONG_LINE = 20 * 1000,
	PREFIX_KEPT = 6		/* bytes of the secret: its literal, often */
};

/* An example laid out for a mode. */
struct trial {
	const struct stanch_rule *rule;
	const char *mode;
	struct span text;
	uint64_t start, end;	/* where the secret must be found */
	size_t step;		/* bytes a feed */
	bool hit;		/* a finding of the rule, there */
	bool other;		/* a finding of the rule elsewhere */
};

struct test {
	const struct stanch_engine *engine;
	stanch_warning_fn *on_problem;
	void *payload;
	struct stanch_scanner *scanner;
	struct trial *trial;	/* the one that runs */
	struct buf text, clean;
	uint8_t *example;
	size_t problems;
	uint32_t line, column;	/* of what is tested, in the rule's file */
	bool failed;	/* this example did: one problem is enough */
	bool gave_up;	/* an expression hit a limit */
};

static void
problem(struct test *t, const struct stanch_rule *r, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void
problem(struct test *t, const struct stanch_rule *r, const char *fmt, ...)
{
	struct stanch_error e;
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	error_at(&e, STANCH_ERULE, r->file ? r->file : r->id,
		t->line ? t->line : r->line,
		t->column, "rule \"%s\": %s", r->id, text);
	t->problems++;
	t->failed = true;
	if (t->on_problem)
		t->on_problem(&e, t->payload);
}

static void
note(struct trial *trial, uint64_t start, uint64_t end)
{
	if (start == trial->start && end == trial->end)
		trial->hit = true;
	else
		trial->other = true;
}

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	struct trial *trial = ((struct test *)payload)->trial;

	if (stanch_finding_rule(f) == trial->rule)
		note(trial, stanch_finding_start(f), stanch_finding_end(f));
	return true;
}

/*
 * What is a part only is no finding: what the judge keeps of it counts.  An
 * expression that gives up says so here only.
 */
static void
on_step(const struct stanch_step *s, void *payload)
{
	struct test *t = payload;
	struct trial *trial = t->trial;

	t->gave_up |= s->rule == trial->rule && s->kind ==
		STANCH_STEP_CONFIRM && s->outcome == STANCH_CANNOT_TELL;
	if (s->rule == trial->rule && s->rule->part &&
		s->kind == STANCH_STEP_JUDGED && s->outcome == STANCH_PASSED)
		note(trial, s->start, s->end);
}

static bool
on_output(const void *data, size_t len, void *payload)
{
	return buf_append(&((struct test *)payload)->clean, data, len);
}

static enum stanch_result
scan(struct test *t, struct trial *trial)
{
	enum stanch_result r;
	size_t n;

	t->trial = trial;
	trial->hit = trial->other = false;
	r = stanch_scanner_begin(t->scanner, "");
	for (size_t i = 0; i < trial->text.len && r == STANCH_OK; i += n) {
		n = trial->text.len - i;
		n = n < trial->step ? n : trial->step;
		r = stanch_scanner_feed(t->scanner, trial->text.ptr + i, n);
	}
	return r == STANCH_OK ? stanch_scanner_finish(t->scanner) : r;
}

static enum stanch_result
expect_hit(struct test *t, struct trial *trial, size_t i)
{
	enum stanch_result r = scan(t, trial);

	if (r == STANCH_OK && !trial->hit)
		problem(t, trial->rule, "positive example %zu is %s (%s): "
			"'stanch explain' shows why", i + 1, trial->other ?
			"found with another span" : "not found by this rule",
			trial->mode);
	return r;
}

/* The filter lets nothing of the secret through, and all of the rest. */
static enum stanch_result
expect_masked(struct test *t, struct trial *trial, size_t i)
{
	struct stanch_filter_options opt = { .size = sizeof opt,
		.tag = "*", .on_output = on_output, .payload = t };
	struct stanch_filter *f;
	enum stanch_result r;
	struct span secret = span_of(trial->text.ptr + trial->start,
		(size_t)(trial->end - trial->start));
	size_t n;

	if (trial->rule->part)
		return STANCH_OK;	/* nothing to mask */
	t->clean.len = 0;
	r = stanch_filter_new(&f, t->engine, &opt, NULL);
	if (r != STANCH_OK)
		return r;
	for (size_t k = 0; k < trial->text.len && r == STANCH_OK; k += n) {
		n = trial->text.len - k;
		n = n < trial->step ? n : trial->step;
		r = stanch_filter_write(f, trial->text.ptr + k, n,
			STANCH_RUN);
	}
	if (r == STANCH_OK)
		r = stanch_filter_write(f, NULL, 0, STANCH_FINISH);
	stanch_filter_free(f);
	if (r == STANCH_OK && t->clean.len && memmem(t->clean.ptr,
		t->clean.len, secret.ptr, secret.len))
		problem(t, trial->rule, "the secret of positive example %zu "
			"comes through the filter (%s)", i + 1, trial->mode);
	return r;
}

/* n bytes that end, or begin, with the second of the filler's two. */
static bool
append_filler(struct buf *b, const char filler[2], size_t n, bool end)
{
	uint8_t *p;

	if (!buf_reserve(b, b->len + n))
		return false;
	p = b->ptr + b->len;
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)filler[(end ? n - i : i + 1) & 1];
	b->len += n;
	return true;
}

/* Filler, the example, filler: the example begins at `at`. */
static bool
lay_out(struct test *t, struct trial *trial, struct span example, size_t at,
	size_t total, const char *filler)
{
	t->text.len = 0;
	if (!append_filler(&t->text, filler, at, true) ||
		!buf_append(&t->text, example.ptr, example.len) ||
		!append_filler(&t->text, filler, total - t->text.len, false))
		return false;
	trial->text = buf_span(&t->text);
	trial->start += at;
	trial->end += at;
	return true;
}

static enum stanch_result
try_placed(struct test *t, struct trial trial, struct span example,
	size_t i, size_t at, size_t total, const char *filler)
{
	enum stanch_result r;

	if (!lay_out(t, &trial, example, at, total, filler))
		return STANCH_ENOMEM;
	r = expect_hit(t, &trial, i);
	return r == STANCH_OK ? expect_masked(t, &trial, i) : r;
}

/* The example across the end of the first window, at several places. */
static enum stanch_result
try_ends(struct test *t, struct trial trial, struct span example, size_t i)
{
	size_t n = example.len;
	size_t before[] = { 1, n / 4, n / 2, n };
	enum stanch_result r = STANCH_OK;

	trial.mode = "across the end of a window";
	trial.step = WINDOW;
	for (size_t k = 0; k < sizeof before / sizeof *before &&
		r == STANCH_OK; k++)
		if (before[k] < WINDOW)
			r = try_placed(t, trial, example, i,
				WINDOW - before[k], WINDOW + n + 100, "-\n");
	return r;
}

static enum stanch_result
try_both(struct test *t, struct trial trial, size_t i, const char *mode,
	size_t step)
{
	enum stanch_result r;

	trial.mode = mode;
	trial.step = step;
	r = expect_hit(t, &trial, i);
	return r == STANCH_OK && !t->failed ? expect_masked(t, &trial, i) : r;
}

static enum stanch_result
try_modes(struct test *t, const struct stanch_rule *rule, struct span example,
	size_t i, size_t start, size_t end)
{
	struct trial trial = { .rule = rule, .text = example, .start = start,
		.end = end };
	enum stanch_result r;

	t->failed = false;
	r = try_both(t, trial, i, "whole", WINDOW);
	if (r == STANCH_OK && !t->failed)
		r = try_both(t, trial, i, "byte by byte", 1);
	trial.mode = "in a long line";
	trial.step = 1000;
	if (r == STANCH_OK && !t->failed)
		r = try_placed(t, trial, example, i, LONG_LINE,
			LONG_LINE + example.len + LONG_LINE, ". ");
	return r == STANCH_OK && !t->failed ?
		try_ends(t, trial, example, i) : r;
}

/* ---- expressions that take for ever ---- */

/*
 * The example's beginning, then one of its bytes, or all of its secret, over
 * and over, and an end that does not fit, though what a match must have is
 * there.  A short one is for expressions that are bounded.
 */
static enum stanch_result
pump(struct test *t, const struct stanch_rule *rule, struct span example,
	size_t head, struct span part)
{
	static const size_t lengths[] = { 24, 60, 300, 4000 };
	struct trial trial = { .rule = rule, .step = WINDOW };
	enum stanch_result r = STANCH_OK;
	bool ok = true;

	t->gave_up = false;
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths &&
		r == STANCH_OK; i++) {
		t->text.len = 0;
		ok = buf_append(&t->text, example.ptr, head);
		while (ok && t->text.len < head + lengths[i])
			ok = buf_append(&t->text, part.ptr, part.len);
		ok = ok && buf_byte(&t->text, '!') && buf_append(&t->text,
			example.ptr + head, example.len - head);
		trial.text = buf_span(&t->text);
		r = ok ? scan(t, &trial) : STANCH_ENOMEM;
	}
	if (r == STANCH_OK && t->gave_up)
		problem(t, rule, "its expression gives up on a long text: one "
			"repeat stands inside another, or beside it, and both "
			"fit; make each byte fit one of them only");
	return r;
}

static enum stanch_result
test_time(struct test *t, const struct stanch_rule *rule, struct span example,
	size_t start, size_t end)
{
	struct span secret = span_of(example.ptr + start, end - start);
	enum stanch_result r = STANCH_OK;
	bool seen[256] = { false };
	size_t keep = secret.len < PREFIX_KEPT ? secret.len : PREFIX_KEPT;
	t->line = rule->regex_line;
	t->column = rule->regex_column;
	t->failed = false;
	for (size_t i = keep; i < secret.len && r == STANCH_OK &&
		!t->failed; i++) {
		if (seen[secret.ptr[i]])
			continue;
		seen[secret.ptr[i]] = true;
		r = pump(t, rule, example, start + keep,
			span_of(secret.ptr + i, 1));
	}
	return r == STANCH_OK && !t->failed ? pump(t, rule, example,
		start + keep, secret) : r;
}

static enum stanch_result
test_recipe(struct test *t, const struct stanch_rule *rule, bool positive,
	size_t i, uint64_t seed)
{
	struct stanch_error err;
	size_t len, start, end;
	struct trial trial;
	enum stanch_result r;

	t->line = positive ? rule->positive_line : rule->negative_line;
	t->column = positive ? rule->positive_column : rule->negative_column;
	r = stanch_rule_example(rule, positive, i, seed,
		(char *)t->example, EXAMPLE, &len, &start, &end, &err);

	if (r != STANCH_OK) {
		problem(t, rule, "%s example %zu: %s",
			positive ? "positive" : "negative", i + 1, err.text);
		return r == STANCH_ENOMEM ? r : STANCH_OK;
	}
	if (positive) {
		r = try_modes(t, rule, span_of(t->example, len), i, start,
			end);
		return r == STANCH_OK && !i && seed == 1 ? test_time(t, rule,
			span_of(t->example, len), start, end) : r;
	}
	trial = (struct trial){ .rule = rule, .step = WINDOW,
		.text = span_of(t->example, len) };
	r = scan(t, &trial);
	if (r == STANCH_OK && (trial.hit || trial.other))
		problem(t, rule, "negative example %zu is found: narrow the "
			"expression, or add a check", i + 1);
	return r;
}

static enum stanch_result
test_rule(struct test *t, const struct stanch_rule *rule)
{
	enum stanch_result r = STANCH_OK;

	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		for (size_t i = 0; i < rule->positive.n && r == STANCH_OK; i++)
			r = test_recipe(t, rule, true, i, seed);
		for (size_t i = 0; i < rule->negative.n && r == STANCH_OK; i++)
			r = test_recipe(t, rule, false, i, seed);
	}
	return r;
}

enum stanch_result
stanch_engine_selftest(const struct stanch_engine *engine,
	stanch_warning_fn *on_problem, void *payload,
	struct stanch_error *err)
{
	const struct stanch_rules *rules = engine_rules(engine);
	struct test t = { .engine = engine, .on_problem = on_problem,
		.payload = payload };
	struct stanch_scan_options opt = { .size = sizeof opt,
		.on_step = on_step, .step_payload = &t };
	enum stanch_result r;

	buf_init(&t.text, WINDOW + 4 * EXAMPLE);
	buf_init(&t.clean, WINDOW + 4 * EXAMPLE);
	t.example = malloc(EXAMPLE);
	r = t.example ? stanch_scanner_new(&t.scanner, engine, &opt,
		on_finding, &t, err) : error_nomem(err);
	for (size_t i = 0; i < rules->n && r == STANCH_OK; i++) {
		r = test_rule(&t, &rules->rules[i]);
		if (r != STANCH_OK)
			error_set(err, r, rules->rules[i].id, "%s",
				stanch_result_text(r));
	}
	if (r == STANCH_OK && t.problems)
		r = error_set(err, STANCH_ERULE, NULL, "%zu of the examples "
			"did not do as they should", t.problems);
	stanch_scanner_free(t.scanner);
	buf_free(&t.text);
	buf_free(&t.clean);
	free(t.example);
	return r;
}
