/* SPDX-License-Identifier: Apache-2.0 */
/*
 * command.c - values that come to be known by commands in the input: from the
 * end of a command on they do not come out, however the bytes come.
 */
#include <inttypes.h>

#include "base/codec.h"
#include "prop.h"

/* Made up; the rules know none of them.  The last two are weak. */
static const char *const values[] = {
	"hq8Zk2-wPPxs71", "Vb+n3/Kd9=0Lm4", "two words, 5Tz", "uX1\\\"Qr7&<>",
	"1234", "no",
};
enum { VALUES = sizeof values / sizeof *values, STRONG = VALUES - 2 };

static const char *const openings[] = {
	"::add-mask::", "  ::ADD-MASK a=b::", "##[add-mask]",
	"##vso[task.setsecret]", "x ##VSO[task.setSecret a=b;]",
	"##vso[task.setvariable variable=N;isSecret=true;]",
};

static const char *const noise[] = {
	"::add-mask", "::", ":", "#", "##vso[task.set", "##[add-mask ",
	"##vso[task.setvariable variable=N]", "\n", "\r\n", "%25", " ",
	"::stop-commands::x\n", "::add-mask a=b", "-----BEGIN PRIVATE KEY-----",
	"\nMIIaBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789+/AbCd\n", "password=",
};

#define SOME(r, list) list[rng_below(r, sizeof list / sizeof *list)]

static void
put_base64(struct buf *out, const char *text)
{
	static const char pad[] = "xyz";

	buf_append(out, pad, strlen(text) % 3);
	codec_base64_encode(out, span_str(text), CODEC_BASE64,
		true);
}

void
make_commands(struct buf *out, const struct stanch_rules *rules,
	struct rng *r)
{
	struct buf other;

	buf_init(&other, PROP_INPUT_MAX);
	for (size_t n = rng_below(r, 24); n--; )
		switch (rng_below(r, 8)) {
		case 0:
		case 1:
			buf_str(out, SOME(r, openings));
			buf_str(out, SOME(r, values));
			buf_str(out, rng_once_in(r, 3) ? "\r\n" : "\n");
			break;
		case 2:
		case 3:
			buf_str(out, SOME(r, values));
			break;
		case 4:
			put_base64(out, SOME(r, values));
			break;
		case 5:
			if (!rng_once_in(r, 4))
				break;
			make_input(&other, rules, r);
			buf_append(out, other.ptr, other.len);
			other.len = 0;
			break;
		default:
			buf_str(out, SOME(r, noise));
			break;
		}
	buf_free(&other);
}

static bool
count_command(const struct stanch_command *c, void *payload)
{
	return true;
}

static void
drive(struct got *g, struct world *w, struct span in, struct split s,
	bool json)
{
	struct stanch_filter_options way = { .on_command = count_command,
		.in_band = STANCH_IN_BAND_GITHUB | STANCH_IN_BAND_AZURE,
		.json = json };

	if (stanch_values_new(&way.values, NULL, NULL) != STANCH_OK) {
		got_init(g);
		g->result = STANCH_ENOMEM;
		return;
	}
	drive_filter_way(g, w->engine, in, s, &way);
	stanch_values_free(way.values);
}

static bool
same(struct world *w, struct got *a, struct got *b, const char *how)
{
	if (a->result != STANCH_OK || b->result != STANCH_OK)
		return fails(w, "%s, %s", stanch_result_text(a->result),
			stanch_result_text(b->result));
	if (a->stats.commands != b->stats.commands ||
		a->stats.commands_refused != b->stats.commands_refused)
		return fails(w, "%" PRIu64 " commands, then %" PRIu64,
			a->stats.commands, b->stats.commands);
	if (span_equal(buf_span(&a->out), buf_span(&b->out)))
		return span_equal(buf_span(&a->text), buf_span(&b->text)) ||
			fails(w, "findings differ (%s)", how);
	buf_byte(&a->out, 0);
	buf_byte(&b->out, 0);
	return fails(w, "output differs (%s):\n%s\n---\n%s", how,
		(char *)a->out.ptr, (char *)b->out.ptr);
}

bool
commands_do_not_see_pieces(struct world *w, struct span in, uint64_t seed)
{
	static const size_t most[] = { 1, 7, 90, 5000 };
	struct got whole, pieces;
	bool ok = true;

	for (size_t i = 0; ok && i < 8; i++) {
		drive(&whole, w, in, split_whole(), i & 1);
		drive(&pieces, w, in, split_random(most[i / 2], seed + i),
			i & 1);
		ok = same(w, &whole, &pieces, i & 1 ? "JSON" : "text");
		got_free(&whole);
		got_free(&pieces);
	}
	return ok;
}

static size_t
count(struct span in, const char *what)
{
	size_t n = 0, k = strlen(what);
	const uint8_t *p;

	while (in.len && (p = memmem(in.ptr, in.len, what, k))) {
		n++;
		in = span_skip(in, (size_t)(p - in.ptr) + 1);
	}
	return n;
}

/* The first place of the value behind an opening and before a line's end. */
static size_t
known_from(struct span in, const char *value)
{
	struct span line;
	size_t at = 0, k = strlen(value);

	for (; at < in.len; at += line.len + 1) {
		const uint8_t *p = in.ptr + at, *end = p;

		while (end < in.ptr + in.len && *end != '\n' && *end != '\r')
			end++;
		line = span_of(p, (size_t)(end - p));
		if (line.len < k || memcmp(end - k, value, k))
			continue;
		for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
			if (line.len >= k + strlen(openings[i]) &&
				!memcmp(end - k - strlen(openings[i]),
				openings[i], strlen(openings[i])))
				return at + line.len - k;
	}
	return in.len;
}

bool
what_a_command_names_does_not_come_out(struct world *w, struct span in,
	uint64_t seed)
{
	struct got g;
	bool ok;

	drive(&g, w, in, split_random(300, seed), false);
	ok = g.result == STANCH_OK || fails(w, "%s",
		stanch_result_text(g.result));
	for (size_t i = 0; ok && i < STRONG; i++) {
		size_t from = known_from(in, values[i]);
		size_t before = count(span_first(in, from), values[i]);
		size_t out = count(buf_span(&g.out), values[i]);

		ok = out <= before || fails(w, "\"%s\" comes out %zu times, "
			"%zu of them before its command", values[i], out,
			before);
	}
	got_free(&g);
	return ok;
}

bool
a_log_of_commands_filtered_again_names_nothing(struct world *w,
	struct span in, uint64_t seed)
{
	struct got once, twice;
	bool ok;

	drive(&once, w, in, split_whole(), false);
	drive(&twice, w, buf_span(&once.out), split_random(90, seed), false);
	ok = (twice.result == STANCH_OK && !twice.stats.commands) ||
		fails(w, "%s, %" PRIu64 " commands are left",
		stanch_result_text(twice.result), twice.stats.commands);
	got_free(&once);
	got_free(&twice);
	return ok;
}
