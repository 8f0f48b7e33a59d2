/* SPDX-License-Identifier: Apache-2.0 */
/* short.c - short inputs in every way they can be cut, and placed. */
#include <inttypes.h>

#include "prop.h"

enum { SHORT_MOST = 90, LENGTHS = 600 };

static bool
is_same(struct world *w, struct span in, const struct got *want,
	struct split split, size_t one, size_t two)
{
	struct got scan, filter;
	bool ok;

	drive_scanner(&scan, w->engine, in, split);
	drive_filter(&filter, w->engine, in, split, NULL);
	ok = (span_equal(buf_span(&want->text), buf_span(&scan.text)) &&
		span_equal(buf_span(&want->text), buf_span(&filter.text)) &&
		span_equal(buf_span(&want->out), buf_span(&filter.out))) ||
		fails(w, "cut at %zu and %zu of %zu bytes, findings or "
			"output differ:\n%.*s---\n%.*s---\n%.*s", one, two,
			in.len, (int)want->text.len, (char *)want->text.ptr,
			(int)scan.text.len, (char *)scan.text.ptr,
			(int)filter.text.len, (char *)filter.text.ptr);
	got_free(&scan);
	got_free(&filter);
	return ok;
}

/* In two and in three pieces, at all places. */
static bool
every_split(struct world *w, struct span in)
{
	struct got want;
	bool ok = true;

	drive_filter(&want, w->engine, in, split_whole(), NULL);
	for (size_t one = 0; ok && one <= in.len; one++)
		for (size_t two = one; ok && two <= in.len; two++)
			ok = is_same(w, in, &want, split_at(one, two), one,
				two);
	got_free(&want);
	return ok;
}

bool
every_split_of_short_inputs(struct world *w)
{
	struct buf in;
	bool ok = true;

	buf_init(&in, PROP_INPUT_MAX);
	for (size_t i = 0; ok && i * 100 < w->rounds; i++) {
		struct rng rng;

		rng_seed(&rng, w->seed + i);
		in.len = 0;
		make_short(&in, w->rules, &rng, SHORT_MOST);
		ok = every_split(w, buf_span(&in));
	}
	buf_free(&in);
	return ok;
}

/* ---- bytes without a secret ---- */

static bool
passes(struct world *w, struct span in, const char *what)
{
	struct got g;
	bool ok;

	drive_filter(&g, w->engine, in, split_random(97, w->seed), NULL);
	ok = g.result == STANCH_OK && got_count(&g) == 0 &&
		span_equal(buf_span(&g.out), in);
	if (!ok)
		fails(w, "%zu bytes of %s do not come out as they went in",
			in.len, what);
	got_free(&g);
	return ok;
}

static bool
passes_text(struct world *w, const char *text)
{
	return passes(w, span_str(text), text);
}

bool
clean_bytes_pass(struct world *w)
{
	struct buf in;
	struct rng rng;
	bool ok = passes_text(w, "") && passes_text(w, "\n") &&
		passes_text(w, "\r\n\r\n") && passes_text(w, "\r") &&
		passes_text(w, "no final newline") &&
		passes_text(w, "\xef\xbb\xbf" "a\xff\xfe\xc0\x80\xed\xa0\x80")
		&& passes(w, span_of("\0\0a\0b\0c\0d\0e\0f\0g\0h\0i\0", 20),
			"UTF-16");

	rng_seed(&rng, w->seed);
	buf_init(&in, PROP_INPUT_MAX);
	for (size_t n = 0; ok && n < LENGTHS; n++) {
		in.len = 0;
		for (size_t i = 0; i < n * (n % 7 ? 1 : 101); i++)
			buf_byte(&in, (uint8_t)rng_next(&rng));
		ok = passes(w, buf_span(&in), "random bytes");
	}
	buf_free(&in);
	return ok;
}

/* ---- a secret wherever it stands ---- */

/* Where windows, views and buffers of the library end, and round it. */
static const size_t offsets[] = {
	0, 1, 255, 256, 4095, 4096, 4097, 8191, 8192, 16384, 65535, 65536,
	131072, 256 * 1024 - 60, 256 * 1024 - 1, 256 * 1024,
	256 * 1024 + 1,
};

static bool
is_found_at(struct world *w, const struct buf *text, size_t start, size_t end,
	size_t at)
{
	struct buf in;
	struct got whole, pieces;
	bool ok, hit = false;

	buf_init(&in, PROP_INPUT_MAX);
	while (in.len < at)
		buf_byte(&in, in.len % 61 == 60 || in.len + 1 == at ? '\n' :
			'.');
	buf_append(&in, text->ptr, text->len);
	buf_str(&in, "\n");
	drive_filter(&whole, w->engine, buf_span(&in), split_whole(), NULL);
	drive_filter(&pieces, w->engine, buf_span(&in),
		split_random(9000, w->seed + at), NULL);
	for (size_t i = 0; i < got_count(&whole); i++)
		hit |= got_at(&whole, i)->start <= at + start &&
			got_at(&whole, i)->end >= at + end;
	ok = hit && span_equal(buf_span(&whole.out), buf_span(&pieces.out));
	if (!ok)
		fails(w, "at %zu (%zu bytes, secret at %zu): %s\n%.*s", at,
			text->len, start, hit ?
			"other output in pieces" : "not found",
			(int)text->len, (char *)text->ptr);
	got_free(&whole);
	got_free(&pieces);
	buf_free(&in);
	return ok;
}

bool
a_secret_at_any_offset(struct world *w)
{
	struct buf text;
	struct rng rng;
	size_t start, end;
	bool ok = true;

	rng_seed(&rng, w->seed);
	buf_init(&text, PROP_INPUT_MAX);
	for (size_t i = 0; ok && i < sizeof offsets / sizeof *offsets; i++)
		for (size_t k = 0; ok && k * 200 < w->rounds; k++) {
			text.len = 0;
			make_example(&text, w->rules, &rng, &start, &end);
			ok = is_found_at(w, &text, start, end, offsets[i]);
		}
	buf_free(&text);
	return ok;
}
