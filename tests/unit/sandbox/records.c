/* SPDX-License-Identifier: Apache-2.0 */
/* What a decoder sends is taken when it fits, and nothing else is. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "sandbox/records.h"

TestSuite(sandbox_records, .timeout = 30);

struct told {
	struct buf text, sent;
	struct records r;
	struct unwrap_out out;
	uint64_t news;
};

static bool
on_begin(const char *place, void *payload)
{
	struct told *t = payload;

	return buf_printf(&t->text, "[%s ", place);
}

static bool
on_bytes(const void *data, size_t n, void *payload)
{
	struct told *t = payload;

	t->news += memmem(data, n, "NEWS", 4) != NULL;
	return buf_append(&t->text, data, n);
}

static bool
on_end(void *payload)
{
	struct told *t = payload;

	return buf_byte(&t->text, ']');
}

static bool
on_gap(const struct gap *gap, void *payload)
{
	struct told *t = payload;

	return buf_printf(&t->text, "(%s: %s)", gap->place, gap->detail);
}

static const char *
keep(const char *text, void *payload)
{
	return text;
}

static struct told *
begin(void)
{
	struct told *t = calloc(1, sizeof *t);

	t->out = (struct unwrap_out){ .begin = on_begin, .bytes = on_bytes,
		.end = on_end, .gap = on_gap, .news = &t->news, .payload = t };
	t->r = (struct records){ .out = &t->out, .keep = keep, .item = 4,
		.bytes = 10 };
	buf_init(&t->text, 1 << 20);
	buf_init(&t->sent, 1 << 20);
	buf_init(&t->r.place, 1 << 20);
	cr_assert(buf_str(&t->r.place, "item"));
	return t;
}

static void
end(struct told *t)
{
	buf_free(&t->text);
	buf_free(&t->sent);
	buf_free(&t->r.place);
	free(t);
}

static void
add(struct told *t, struct record h, const char *bytes, size_t n)
{
	h.n = (uint32_t)n;
	cr_assert(buf_append(&t->sent, &h, sizeof h) &&
		buf_append(&t->sent, bytes, n));
}

static void
say(struct told *t, enum records_kind kind, uint64_t value, const char *text)
{
	add(t, (struct record){ .kind = kind, .value = value }, text,
		strlen(text));
}

static void
finish(struct told *t, uint64_t bytes, uint64_t raw, uint64_t inside)
{
	const struct records_done done = { .count = { .bytes = bytes,
		.raw = raw, .inside = inside } };

	add(t, (struct record){ .kind = RECORD_DONE }, (const char *)&done,
		sizeof done);
}

/* All that was said, taken; frees t when the answer is the last that counts. */
static enum records_state
take(struct told *t)
{
	struct span s = buf_span(&t->sent);
	enum records_state state = records_take(&t->r, &s);

	buf_drop(&t->sent, t->sent.len - s.len);
	return state;
}

#define ENDS_BAD(t) do { \
	cr_assert_eq(take(t), RECORDS_BAD); \
	end(t); \
} while (0)

Test(sandbox_records, become_places)
{
	struct told *t = begin();

	say(t, RECORD_PLACE, 0, "!a");
	say(t, RECORD_BEGIN, 0, "");
	say(t, RECORD_BYTES, 0, "one");
	say(t, RECORD_BYTES, 0, " two");
	say(t, RECORD_END, 0, "");
	say(t, RECORD_PLACE, 1, "b!c");
	say(t, RECORD_GAP, 5, "why");
	say(t, RECORD_BEGIN, 0, "");
	say(t, RECORD_END, 0, "");
	finish(t, 10, 4, 6);
	cr_assert_eq(take(t), RECORDS_DONE);
	cr_assert(buf_byte(&t->text, 0));
	cr_assert_str_eq((char *)t->text.ptr,
		"[item!a one two](item!b!c: why)[item!b!c ]");
	end(t);
}

Test(sandbox_records, come_a_byte_at_a_time)
{
	struct told *t = begin();
	struct span s;

	say(t, RECORD_BEGIN, 0, "");
	say(t, RECORD_BYTES, 0, "abc");
	for (size_t n = 0; n < t->sent.len; n++) {
		s = span_first(buf_span(&t->sent), n);
		if (n < sizeof(struct record)) {
			cr_assert_eq(records_take(&t->r, &s), RECORDS_MORE);
			cr_assert_eq(s.len, n, "nothing was taken");
		}
	}
	cr_assert_eq(take(t), RECORDS_MORE);
	cr_assert_eq(t->sent.len, 0);
	end(t);
}

Test(sandbox_records, the_last_one_with_a_finding_is_known)
{
	struct told *t = begin();

	say(t, RECORD_BEGIN, 0, "");
	say(t, RECORD_BYTES, 0, "NEWS");
	say(t, RECORD_BYTES, 0, "none");
	say(t, RECORD_ASK, 0, "");
	cr_assert_eq(take(t), RECORDS_ASK);
	cr_assert_eq(t->r.last, 2);
	end(t);
}

Test(sandbox_records, a_place_cannot_leave_the_item)
{
	struct told *t = begin();

	say(t, RECORD_PLACE, 1, "x");
	ENDS_BAD(t);
}

Test(sandbox_records, a_place_has_no_nul)
{
	struct told *t = begin();

	add(t, (struct record){ .kind = RECORD_PLACE }, "a\0b", 3);
	ENDS_BAD(t);
}

Test(sandbox_records, what_is_out_of_order_is_bad)
{
	static const enum records_kind alone[] = { RECORD_BYTES, RECORD_END,
		RECORD_WANT }, inside[] = { RECORD_PLACE, RECORD_BEGIN };
	struct told *t;

	for (size_t i = 0; i < 3; i++) {
		t = begin();
		say(t, alone[i], 0, alone[i] == RECORD_BYTES ? "x" : "");
		ENDS_BAD(t);
	}
	for (size_t i = 0; i < 2; i++) {
		t = begin();
		say(t, RECORD_BEGIN, 0, "");
		say(t, inside[i], 0, "");
		ENDS_BAD(t);
	}
}

Test(sandbox_records, data_is_asked_for_once)
{
	struct told *t = begin();

	t->r.may_want = true;
	say(t, RECORD_WANT, 0, "");
	cr_assert_eq(take(t), RECORDS_WANT);
	say(t, RECORD_WANT, 0, "");
	ENDS_BAD(t);
}

Test(sandbox_records, bytes_out_of_turn_where_they_can_be_had)
{
	const struct record some = { .kind = RECORD_FAR, .value = 70,
		.why = RECORDS_CHUNK }, none = { .kind = RECORD_FAR },
		many = { .kind = RECORD_FAR, .why = RECORDS_CHUNK + 1 };
	struct told *t = begin();

	t->r.may_far = true;
	add(t, some, "", 0);
	cr_assert_eq(take(t), RECORDS_FAR);
	cr_assert_eq(t->r.far_at, 70);
	cr_assert_eq(t->r.far_n, RECORDS_CHUNK);
	add(t, none, "", 0);
	ENDS_BAD(t);
	t = begin();
	t->r.may_far = true;
	add(t, many, "", 0);
	ENDS_BAD(t);
	t = begin();
	add(t, some, "", 0);
	ENDS_BAD(t);
}

Test(sandbox_records, lengths_and_kinds_that_cannot_be)
{
	static const struct record bad[] = {
		{ .kind = RECORD_DONE + 1 }, { .kind = UINT32_MAX },
		{ .kind = RECORD_BYTES, .n = RECORDS_CHUNK + 1 },
		{ .kind = RECORD_BEGIN, .n = 1 },
		{ .kind = RECORD_GAP, .n = RECORDS_TEXT + 1 },
		{ .kind = RECORD_DONE, .n = 1 },
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct told *t = begin();

		cr_assert(buf_append(&t->sent, &bad[i], sizeof bad[i]));
		ENDS_BAD(t);
	}
}

Test(sandbox_records, gaps_are_texts_of_a_known_kind)
{
	struct told *t = begin();

	say(t, RECORD_GAP, 0, "two\nlines");
	ENDS_BAD(t);
	t = begin();
	add(t, (struct record){ .kind = RECORD_GAP, .why = STANCH_GAP_COUNT },
		"x", 1);
	ENDS_BAD(t);
	t = begin();
	say(t, RECORD_GAP, 0, "");
	ENDS_BAD(t);
}

Test(sandbox_records, bytes_that_became_nothing_are_noticed)
{
	struct told *t = begin();

	finish(t, 9, 4, 5);
	ENDS_BAD(t);
	t = begin();
	finish(t, 10, 4, 5);
	ENDS_BAD(t);
	t = begin();
	finish(t, 10, 11, UINT64_MAX);
	ENDS_BAD(t);
	t = begin();
	say(t, RECORD_BEGIN, 0, "");
	finish(t, 10, 10, 0);
	ENDS_BAD(t);
}
