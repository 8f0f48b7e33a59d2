/* SPDX-License-Identifier: Apache-2.0 */
/*
 * records.c - what a decoder sends, whatever it is, becomes places that begin
 * and end and hold bytes, or an error; however it is cut into pieces.
 */
#include <stdlib.h>
#include <string.h>

#include "sandbox/records.h"

#define must(x) do { if (!(x)) abort(); } while (0)

struct seen {
	bool open;
	uint64_t sum, news;
};

static void
add(struct seen *s, const void *data, size_t n)
{
	const uint8_t *p = data;

	for (size_t i = 0; i < n; i++)
		s->sum = s->sum * 31 + p[i] + 1;
	s->news += s->sum % 3 == 0;
}

static bool
on_begin(const char *place, void *payload)
{
	struct seen *s = payload;

	must(!s->open && !strncmp(place, "item", 4));
	s->open = true;
	add(s, place, strlen(place));
	return true;
}

static bool
on_bytes(const void *data, size_t n, void *payload)
{
	struct seen *s = payload;

	must(s->open && n);
	add(s, data, n);
	return true;
}

static bool
on_end(void *payload)
{
	struct seen *s = payload;

	must(s->open);
	s->open = false;
	return true;
}

static bool
on_gap(const struct gap *gap, void *payload)
{
	must(gap->why < STANCH_GAP_COUNT && gap->detail[0]);
	must(strlen(gap->detail) <= RECORDS_TEXT);
	must(!strncmp(gap->place, "item", 4));
	add(payload, gap->detail, strlen(gap->detail));
	return true;
}

static const char *
keep(const char *text, void *payload)
{
	return text;
}

static struct seen
look(struct span data, size_t piece)
{
	enum records_state state = RECORDS_MORE;
	struct seen s = { 0 };
	const struct unwrap_out out = { .begin = on_begin, .bytes = on_bytes,
		.end = on_end, .gap = on_gap, .news = &s.news, .payload = &s };
	struct records r = { .out = &out, .keep = keep, .item = 4,
		.may_want = true, .may_far = true };
	size_t there = 0, taken = 0;

	buf_init(&r.place, 1 << 20);
	must(buf_str(&r.place, "item"));
	while (state < RECORDS_DONE && there < data.len) {
		struct span now;

		there = data.len - there < piece ? data.len : there + piece;
		do {
			now = span_of(data.ptr + taken, there - taken);
			state = records_take(&r, &now);
			taken = there - now.len;
		} while (state == RECORDS_WANT || state == RECORDS_FAR ||
			state == RECORDS_ASK);
	}
	must(r.last <= r.taken && r.open == s.open);
	add(&s, &state, sizeof state);
	buf_free(&r.place);
	return s;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span all = { data, size };
	struct seen whole = look(all, SIZE_MAX), pieces = look(all, 7);

	must(whole.sum == pieces.sum && whole.news == pieces.news);
	return 0;
}
