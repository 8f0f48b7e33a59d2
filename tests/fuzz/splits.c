/* SPDX-License-Identifier: Apache-2.0 */
/* splits.c - bytes through a filter or a scanner, in pieces. */
#include "splits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct splits
splits_of(const uint8_t bytes[SPLIT_BYTES])
{
	struct splits s;

	memcpy(&s.state, bytes, sizeof s.state);
	s.state |= 1;	/* xorshift stays at 0 */
	return s;
}

/* Mostly a few bytes, at times many: both ends of a hold-back are met. */
size_t
splits_next(struct splits *s, size_t left)
{
	size_t n;

	s->state ^= s->state << 13;
	s->state ^= s->state >> 17;
	s->state ^= s->state << 5;
	n = s->state >> 16;
	n %= s->state & 6 ? 40 : 1500;
	return n < left ? n : left;
}

const struct stanch_engine *
engine_builtin(void)
{
	static struct stanch_engine *engine;

	if (!engine && stanch_engine_new(&engine, stanch_rules_builtin(),
		NULL, NULL) != STANCH_OK)
		abort();
	return engine;
}

void
result_init(struct result *r)
{
	buf_init(&r->out, RESULT_MAX);
	buf_init(&r->found, RESULT_MAX);
}

void
result_free(struct result *r)
{
	buf_free(&r->out);
	buf_free(&r->found);
}

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	struct buf *b = &((struct result *)payload)->found;
	const char *reason;

	buf_printf(b, "%s %" PRIu64 "-%" PRIu64 " %" PRIu64 ":%" PRIu64
		" %d %d %s %s %s", stanch_rule_id(stanch_finding_rule(f)),
		stanch_finding_start(f), stanch_finding_end(f),
		stanch_finding_line(f), stanch_finding_column(f),
		(int)stanch_finding_severity(f),
		(int)stanch_finding_confidence(f), stanch_finding_decoded(f),
		stanch_finding_preview(f), stanch_finding_fingerprint(f));
	for (size_t i = 0; (reason = stanch_finding_reason(f, i)); i++)
		buf_printf(b, "; %s", reason);
	return buf_byte(b, '\n');
}

static bool
on_output(const void *data, size_t len, void *payload)
{
	return buf_append(&((struct result *)payload)->out, data, len);
}

static void
must(enum stanch_result result)
{
	if (result == STANCH_OK)
		return;
	fprintf(stderr, "failed: %s\n", stanch_result_text(result));
	abort();
}

static size_t
piece(struct splits *splits, size_t left)
{
	return splits ? splits_next(splits, left) : left;
}

void
run_filter(struct result *r, const struct stanch_engine *e, struct span in,
	struct splits *splits, const struct mode *mode)
{
	struct stanch_values_options none = { .size = sizeof none };
	struct stanch_filter_options opt = { .size = sizeof opt,
		.on_output = on_output, .on_finding = on_finding,
		.payload = r, .json = mode->json, .neutral = mode->neutral,
		.fill = mode->fill, .in_band = mode->in_band };
	struct stanch_filter *f;
	enum stanch_result made;
	size_t n;

	result_init(r);
	if (mode->in_band)
		must(stanch_values_new(&opt.values, &none, NULL));
	made = stanch_filter_new(&f, e, &opt, NULL);
	/* An unknown check, or a rule that finds a secret in the tag. */
	if (made == STANCH_ERULE || made == STANCH_EUSAGE) {
		stanch_values_free(opt.values);
		return;
	}
	must(made);
	for (; in.len; in = span_skip(in, n)) {
		n = piece(splits, in.len);
		must(stanch_filter_write(f, in.ptr, n, STANCH_RUN));
	}
	must(stanch_filter_write(f, NULL, 0, STANCH_FINISH));
	stanch_filter_free(f);
	stanch_values_free(opt.values);
}

/* Each piece lies in memory of its own: nothing may be read beyond it. */
static enum stanch_result
feed_copy(struct stanch_scanner *s, struct span in)
{
	uint8_t *copy = malloc(in.len ? in.len : 1);
	enum stanch_result result;

	if (!copy)
		abort();
	if (in.len)
		memcpy(copy, in.ptr, in.len);
	result = stanch_scanner_feed(s, copy, in.len);
	free(copy);
	return result;
}

void
run_scanner(struct result *r, const struct stanch_engine *e, struct span in,
	struct splits *splits)
{
	struct stanch_scan_options opt = { .size = sizeof opt };
	struct stanch_scanner *s;
	size_t n;

	result_init(r);
	must(stanch_scanner_new(&s, e, &opt, on_finding, r, NULL));
	must(stanch_scanner_begin(s, ""));
	for (; in.len; in = span_skip(in, n)) {
		n = piece(splits, in.len);
		must(feed_copy(s, span_first(in, n)));
	}
	must(stanch_scanner_finish(s));
	stanch_scanner_free(s);
}

void
must_equal(const char *what, const struct buf *a, const struct buf *b)
{
	if (!a->failed && !b->failed &&
	    span_equal(buf_span(a), buf_span(b)))
		return;
	fprintf(stderr, "%s differ:\n--- one\n%.*s\n--- the other\n%.*s\n",
		what, (int)a->len, (const char *)a->ptr, (int)b->len,
		(const char *)b->ptr);
	abort();
}

bool
run_filter_both_ways(struct result *whole, struct span *text,
	const uint8_t *data, size_t size, const struct mode *mode)
{
	const struct stanch_engine *e = engine_builtin();
	struct result pieces;
	struct splits splits;

	if (size < SPLIT_BYTES)
		return false;
	splits = splits_of(data);
	*text = span_of(data + SPLIT_BYTES, size - SPLIT_BYTES);
	run_filter(whole, e, *text, NULL, mode);
	run_filter(&pieces, e, *text, &splits, mode);
	must_equal("outputs", &whole->out, &pieces.out);
	must_equal("findings", &whole->found, &pieces.found);
	result_free(&pieces);
	return true;
}
