/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.c - lines of JSON stay JSON: documents are made up with secrets in
 * them, and beside them what must come out.
 */
#include <jansson.h>
#include <stdlib.h>

#include "base/json_walk.h"
#include "prop.h"

static const struct stanch_filter_options ways[] = {
	{ .json = true },
	{ .json = true, .tag = "<\"{rule}\\\">" },
	{ .json = true, .tag = "[REDACTED:{rule}:{hash}]",
	  .key = "a key of the tests", .key_len = 18 },
	{ .json = true, .fill = '*' },
};
enum { WAYS = sizeof ways / sizeof *ways };

/* A document, and what it must become. */
struct doc {
	struct rng *rng;
	const struct stanch_rules *rules;
	struct buf in, want;
	int depth;
};

static void
both(struct doc *d, const char *text)
{
	buf_str(&d->in, text);
	buf_str(&d->want, text);
}

/* In one of the forms that a character of a string may have. */
static void
put_char(struct doc *d, char c, bool escape)
{
	if (escape && rng_once_in(d->rng, 3))
		buf_printf(&d->in, rng_once_in(d->rng, 2) ? "\\u%04x" :
			"\\u%04X", (unsigned)c);
	else
		buf_byte(&d->in, (uint8_t)c);
}

static void
put_secret(struct doc *d)
{
	static const char *const ids[] = { "github-pat", "npm-access-token",
		"digitalocean-access-token" };
	const char *id = ids[rng_below(d->rng, 3)];
	bool escape = rng_once_in(d->rng, 2);
	size_t len, start, end;
	char text[256];

	if (stanch_rule_example(stanch_rules_find(d->rules, id), true, 0,
		rng_next(d->rng), text, sizeof text, &len, &start, &end,
		NULL) != STANCH_OK)
		abort();
	for (size_t i = start; i < end; i++)
		put_char(d, text[i], escape);
	buf_printf(&d->want, "[REDACTED:%s]", id);
}

static void
put_string(struct doc *d)
{
	static const char *const parts[] = { "word ", "\\n", "\\\"", "\\\\ ",
		"\\u00e9", "\\ud83d\\ude00", "\xc3\xa9", "\\/", " and ", ".",
		"", "\\u0001", "{[,:]}" };

	both(d, "\"");
	for (size_t n = rng_below(d->rng, 4); n; n--)
		both(d, parts[rng_below(d->rng, sizeof parts /
			sizeof *parts)]);
	if (rng_once_in(d->rng, 4)) {
		both(d, " ");
		put_secret(d);
		both(d, " ");
	}
	both(d, "\"");
}

static void
put_blanks(struct doc *d)
{
	static const char *const blanks[] = { "", "", " ", "\t", "  \r" };

	both(d, blanks[rng_below(d->rng, sizeof blanks / sizeof *blanks)]);
}

static void
put_value(struct doc *d)
{
	static const char *const bare[] = { "0", "-1.50", "1e400", "true",
		"123456789012345678901234567890", "false", "null", "[]",
		"{}" };
	size_t kind = rng_below(d->rng, d->depth > 5 ? 2 : 4);
	bool object = kind == 3;

	put_blanks(d);
	if (kind == 0) {
		both(d, bare[rng_below(d->rng, sizeof bare / sizeof *bare)]);
	} else if (kind == 1) {
		put_string(d);
	} else {
		d->depth++;
		both(d, object ? "{" : "[");
		for (size_t n = rng_below(d->rng, 4); n; n--) {
			put_blanks(d);
			if (object) {
				put_string(d);
				both(d, ":");
			}
			put_value(d);
			if (n > 1)
				both(d, ",");
		}
		both(d, object ? "}" : "]");
		d->depth--;
	}
	put_blanks(d);
}

static void
put_line(struct doc *d)
{
	both(d, "[");
	put_value(d);
	both(d, ",");
	put_string(d);
	both(d, "]\n");
}

static bool
parses(struct span line)
{
	json_t *j = json_loadb((const char *)line.ptr, line.len,
		JSON_ALLOW_NUL | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL,
		NULL);

	json_decref(j);
	return j != NULL;
}

/* Each line is JSON to us and, numbers that are too big apart, to jansson. */
static bool
all_parse(struct world *w, struct span s)
{
	while (s.len) {
		const uint8_t *nl = memchr(s.ptr, '\n', s.len);
		struct span line = span_first(s, (size_t)(nl - s.ptr));

		if (!json_walk_valid(line) || (!parses(line) &&
			!memmem(line.ptr, line.len, "1e400", 5)))
			return fails(w, "no JSON: %.*s", (int)line.len,
				(const char *)line.ptr);
		s = span_skip(s, line.len + 1);
	}
	return true;
}

static bool
stays(struct world *w, struct span out,
	const struct stanch_filter_options *way)
{
	struct got again;
	bool ok;

	drive_filter_way(&again, w->engine, out, split_whole(), way);
	ok = again.result == STANCH_OK &&
		span_equal(buf_span(&again.out), out);
	if (!ok)
		fails(w, "%.*s\nfiltered again is %.*s", (int)out.len,
			(const char *)out.ptr, (int)again.out.len,
			(char *)again.out.ptr);
	got_free(&again);
	return ok;
}

static bool
is_as_wanted(struct world *w, struct doc *d, uint64_t seed)
{
	struct got g;
	bool ok;

	drive_filter_way(&g, w->engine, buf_span(&d->in),
		split_random(200, seed), &ways[0]);
	ok = g.result == STANCH_OK &&
		span_equal(buf_span(&g.out), buf_span(&d->want));
	if (!ok)
		fails(w, "seed %llu: %.*s\nbecame %.*s\nand not %.*s",
			(unsigned long long)seed, (int)d->in.len,
			(char *)d->in.ptr, (int)g.out.len, (char *)g.out.ptr,
			(int)d->want.len, (char *)d->want.ptr);
	got_free(&g);
	for (size_t i = 0; ok && i < WAYS; i++) {
		drive_filter_way(&g, w->engine, buf_span(&d->in),
			split_random(200, seed), &ways[i]);
		ok = g.result == STANCH_OK &&
			all_parse(w, buf_span(&g.out)) &&
			stays(w, buf_span(&g.out), &ways[i]);
		got_free(&g);
	}
	return ok;
}

bool
json_stays_json(struct world *w)
{
	bool ok = true;

	for (size_t i = 0; ok && i < w->rounds / 4; i++) {
		struct rng rng;
		struct doc d = { .rng = &rng, .rules = w->rules };

		rng_seed(&rng, w->seed + i);
		buf_init(&d.in, PROP_INPUT_MAX);
		buf_init(&d.want, PROP_INPUT_MAX);
		for (size_t n = 1 + rng_below(&rng, 3); n; n--)
			put_line(&d);
		ok = is_as_wanted(w, &d, w->seed + i);
		buf_free(&d.in);
		buf_free(&d.want);
	}
	return ok;
}

/* ---- anything, some lines of it JSON ---- */

/* s as the inside of a string. */
static void
put_escaped(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = s.ptr[i];

		if (c < 0x20 || c == '"' || c == '\\')
			buf_printf(out, c == '\n' ? "\\n" : "\\u%04x", c);
		else
			buf_byte(out, c);
	}
}

static void
put_part(struct buf *out, const struct stanch_rules *rules, struct rng *r,
	bool json)
{
	size_t start, end;
	struct buf example;

	buf_init(&example, PROP_INPUT_MAX);
	make_example(&example, rules, r, &start, &end);
	if (rng_once_in(r, 3) && example.len > 1)
		example.len = 1 + rng_below(r, example.len);
	if (json) {
		buf_str(out, rng_once_in(r, 2) ? "{\"a\": 1,\"b\":\"" :
			"[\"");
		put_escaped(out, buf_span(&example));
		buf_byte(out, '"');
	} else {
		buf_append(out, example.ptr, example.len);
	}
	buf_free(&example);
}

void
make_lines(struct buf *out, const struct stanch_rules *rules, struct rng *r)
{
	static const char *const ends[] = { "]\n", "}\n", "\n", "", "}]\n",
		"\r\n", " \n \n", "1\n", "{}\n[\"plain\"]\n" };

	for (size_t n = 1 + rng_below(r, 6); n; n--) {
		put_part(out, rules, r, rng_once_in(r, 2));
		buf_str(out, ends[rng_below(r, sizeof ends / sizeof *ends)]);
	}
}

bool
json_does_not_see_pieces(struct world *w, struct span in, uint64_t seed)
{
	const struct stanch_filter_options *way = &ways[seed % WAYS];
	struct got whole, pieces;
	bool ok;

	drive_filter_way(&whole, w->engine, in, split_whole(), way);
	drive_filter_way(&pieces, w->engine, in, split_random(60, seed), way);
	ok = whole.result == STANCH_OK && pieces.result == STANCH_OK &&
		span_equal(buf_span(&whole.out), buf_span(&pieces.out));
	if (!ok)
		fails(w, "whole: %.*s\npieces: %.*s", (int)whole.out.len,
			(char *)whole.out.ptr, (int)pieces.out.len,
			(char *)pieces.out.ptr);
	got_free(&whole);
	got_free(&pieces);
	return ok;
}
