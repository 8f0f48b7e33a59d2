/* SPDX-License-Identifier: Apache-2.0 */
/* Packs in memory: what is found of one that is cut or changed anywhere. */
#include "git/heldpack.h"

#include <criterion/criterion.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/hash.h"

TestSuite(git_heldpack, .timeout = 60);

enum { MOST = 1 << 20, BLOB = 3, OFS_DELTA = 6, REF_DELTA = 7 };

struct told {
	size_t blobs, gaps;
	char text[4096];	/* of all blobs */
	uint8_t id[20];		/* of the last */
};

static bool
on_object(const struct git_object *o, void *payload)
{
	struct told *t = payload;
	size_t at = strlen(t->text);

	t->gaps += o->gap != NULL;
	if (o->gap)
		return true;
	t->blobs++;
	cr_assert_lt(at + o->data.len + 2, sizeof t->text);
	memcpy(t->text + at, o->data.ptr, o->data.len);
	t->text[at + o->data.len] = '|';
	memcpy(t->id, o->id.v, sizeof t->id);
	return true;
}

static void
add_head(struct buf *b, unsigned kind, size_t n)
{
	uint8_t c = (uint8_t)(kind << 4 | (n & 15));

	for (n >>= 4; n; n >>= 7) {
		cr_assert(buf_byte(b, c | 0x80));
		c = n & 0x7f;
	}
	cr_assert(buf_byte(b, c));
}

static void
add_stream(struct buf *b, const void *data, size_t n)
{
	uLongf len = compressBound(n);

	cr_assert(buf_reserve(b, b->len + len));
	cr_assert_eq(compress2(b->ptr + b->len, &len, data, n, 9), Z_OK);
	b->len += len;
}

static void
add_blob(struct buf *b, const char *text)
{
	add_head(b, BLOB, strlen(text));
	add_stream(b, text, strlen(text));
}

static struct buf
begin(uint8_t n)
{
	struct buf b;

	buf_init(&b, MOST);
	cr_assert(buf_append(&b, "PACK\0\0\0\2\0\0\0", 11));
	cr_assert(buf_byte(&b, n));
	return b;
}

static void
end(struct buf *b)
{
	uint8_t sum[20];

	hash_object(20, buf_span(b), span_of(NULL, 0), sum);
	cr_assert(buf_append(b, sum, sizeof sum));
}

static struct told
read_it(struct span pack, struct heldpack *h)
{
	struct told t = { .blobs = 0 };
	bool nomem;

	cr_assert(heldpack_objects(h, pack, 20, on_object, &t, &nomem));
	cr_assert_not(nomem);
	return t;
}

/* "first" and, made of it, "first, second"; in either order. */
static struct buf
with_delta(bool by_id, bool before)
{
	static const char delta[] = { 5, 13, (char)0x90, 5, 8, ',', ' ', 's',
		'e', 'c', 'o', 'n', 'd' };
	struct buf b = begin(2);
	size_t at = b.len;
	uint8_t id[20];

	if (!before)
		add_blob(&b, "first");
	add_head(&b, by_id ? REF_DELTA : OFS_DELTA, sizeof delta);
	hash_object(20, span_of("blob 5", 7), span_str("first"), id);
	if (by_id)
		cr_assert(buf_append(&b, id, sizeof id));
	else
		cr_assert(buf_byte(&b, (uint8_t)(b.len - 1 - at)));
	add_stream(&b, delta, sizeof delta);
	if (before)
		add_blob(&b, "first");
	end(&b);
	return b;
}

Test(git_heldpack, deltas_by_offset_and_by_id_whatever_comes_first)
{
	for (int i = 0; i < 3; i++) {
		struct buf b = with_delta(i > 0, i > 1);
		struct heldpack h;
		struct told t = read_it(buf_span(&b), &h);

		cr_assert_null(h.wrong);
		cr_assert_eq(h.used, b.len);
		cr_assert_str_eq(t.text, "first|first, second|");
		cr_assert_eq(t.gaps, 0);
		buf_free(&b);
	}
}

Test(git_heldpack, a_base_that_is_not_there_is_a_gap)
{
	static const char delta[] = { 5, 1, 1, 'x' };
	struct buf b = begin(1);
	struct heldpack h;
	struct told t;

	add_head(&b, REF_DELTA, sizeof delta);
	cr_assert(buf_append(&b, "01234567890123456789", 20));
	add_stream(&b, delta, sizeof delta);
	end(&b);
	t = read_it(buf_span(&b), &h);
	cr_assert_null(h.wrong);
	cr_assert_eq(t.blobs, 0);
	cr_assert_eq(t.gaps, 1);
	buf_free(&b);
}

Test(git_heldpack, a_damaged_object_costs_no_other_one)
{
	struct buf b = begin(3);
	struct heldpack h;
	struct told t;
	size_t at;

	add_blob(&b, "first");
	at = b.len;
	add_blob(&b, "second");
	add_blob(&b, "third");
	end(&b);
	for (size_t i = 1; i < 10; i++) {
		b.ptr[at + i] ^= 0x55;
		t = read_it(buf_span(&b), &h);
		b.ptr[at + i] ^= 0x55;
		cr_assert_not_null(h.wrong);
		cr_assert_eq(h.used, at);
		cr_assert_str_eq(t.text, "first|third|");
	}
	buf_free(&b);
}

Test(git_heldpack, cut_anywhere_is_told)
{
	struct buf b = with_delta(false, false);
	struct heldpack h;

	for (size_t n = 0; n < b.len; n++) {
		read_it(span_of(b.ptr, n), &h);
		cr_assert_not_null(h.wrong, "cut at %zu", n);
		cr_assert_leq(h.used, n);
	}
	buf_free(&b);
}
