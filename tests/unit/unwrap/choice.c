/* SPDX-License-Identifier: Apache-2.0 */
/* --formats: what it chooses, and formats that only it lets in. */
#include "made.h"

TestSuite(unwrap_choice, .timeout = 60);

static void
has_with(struct span s, const char *formats, const char *const *want)
{
	const struct unwrap_options opt = { .formats = formats };

	for (size_t piece = 1; piece; piece = piece == 1 ? SIZE_MAX : 0) {
		struct made m = made_unwrap(s, piece, &opt);

		for (size_t k = 0; want[k]; k++)
			cr_assert(made_has(&m, want[k]), "no '%s' in:\n%s",
				want[k], (char *)m.text.ptr);
		buf_free(&m.text);
	}
}

#define HAS_WITH(b, formats, ...) \
	has_with(b, formats, (const char *const[]){ __VA_ARGS__, NULL })

Test(unwrap_choice, lists)
{
	static const char *const good[] = { "all", "default", "zip", "zip,tar",
		"-zip", "+rar,-zip", "all,-lha", "+all" };
	static const char *const bad[] = { "zipp", "zip,,tar", "+", "zip, tar",
		"-", ",", "ZIP" };
	struct span unknown;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		cr_expect(unwrap_knows_formats(good[i], &unknown), "%s",
			good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		cr_expect_not(unwrap_knows_formats(bad[i], &unknown), "%s",
			bad[i]);
	cr_assert_not(unwrap_knows_formats("zip,+what,-no", &unknown));
	cr_assert(span_equal(unknown, span_str("what")));
}

Test(unwrap_choice, what_is_left_out_is_a_gap_and_scanned_as_it_is)
{
	struct buf b = made_buf();

	made_zip_member(&b, "a", span_str("first"), (struct made_zip){ 0 });
	made_zip_member(&b, "b", span_str("second"), (struct made_zip){ 0 });
	made_zip_end(&b);
	HAS_WITH(buf_span(&b), "-zip", "f: PK\3\4", "second",
		"gap f: format: --formats leaves its kind out");
	HAS_WITH(buf_span(&b), "tar,gzip", "gap f: format: ");
	HAS_WITH(buf_span(&b), "zip", "f!a: first");
	buf_free(&b);
}

Test(unwrap_choice, left_out_in_the_midst_of_others_is_one_gap)
{
	const struct unwrap_options opt = { .formats = "-zip" };
	struct buf b = made_buf();
	struct made m;
	const char *gap;

	made_add(&b, "before", 6);
	made_zip_member(&b, "a", span_str("first"), (struct made_zip){ 0 });
	made_zip_member(&b, "b", span_str("second"), (struct made_zip){ 0 });
	m = made_unwrap(buf_span(&b), SIZE_MAX, &opt);
	gap = strstr((char *)m.text.ptr, "gap f: format: ");
	cr_assert_not_null(gap);
	cr_assert_null(strstr(gap + 1, "gap f: format: "));
	buf_free(&m.text);
	buf_free(&b);
}

/* ---- formats off by default ---- */

/* A block of RAR 4, with its checksum. */
static void
rar_block(struct buf *b, uint8_t type, unsigned flags, const struct buf *body)
{
	struct buf head = made_buf();

	made_le(&head, type, 1);
	made_le(&head, flags, 2);
	made_le(&head, 7 + body->len, 2);
	made_add(&head, body->ptr, body->len);
	made_le(b, crc32_z(0, head.ptr, head.len) & 0xffff, 2);
	made_add(b, head.ptr, head.len);
	buf_free(&head);
}

static void
rar_member(struct buf *b, const char *name, const char *text)
{
	struct buf body = made_buf();

	made_le(&body, strlen(text), 4);
	made_le(&body, strlen(text), 4);
	made_le(&body, 3, 1);
	made_le(&body, crc32_z(0, (const Bytef *)text, strlen(text)), 4);
	made_le(&body, 0x5a210000, 4);
	made_le(&body, 20, 1);
	made_le(&body, '0', 1);			/* stored */
	made_le(&body, strlen(name), 2);
	made_le(&body, 0100644, 4);
	made_add(&body, name, strlen(name));
	rar_block(b, 0x74, 0x8000, &body);
	made_add(b, text, strlen(text));
	buf_free(&body);
}

static struct buf
rar(void)
{
	struct buf b = made_buf(), body = made_buf();

	made_add(&b, "Rar!\x1a\7\0", 7);
	made_le(&body, 0, 6);
	rar_block(&b, 0x73, 0, &body);
	rar_member(&b, "a", "first");
	rar_member(&b, "d/b", "second");
	body.len = 0;
	rar_block(&b, 0x7b, 0x4000, &body);
	buf_free(&body);
	return b;
}

Test(unwrap_choice, rar_only_when_it_is_asked_for)
{
	struct buf b = rar();

	made_add(&b, "behind", 6);
	HAS_WITH(buf_span(&b), NULL, "f: Rar!", "second", "behind",
		"gap f: format: a RAR archive (--formats +rar)");
	HAS_WITH(buf_span(&b), "+rar", "f!a: first\n", "f!d/b: second\n",
		"f!headers@0: a\nd/b\n");
	buf_free(&b);
}

Test(unwrap_choice, rar_cut_anywhere_is_no_silent_loss)
{
	const struct unwrap_options opt = { .formats = "all" };
	struct buf b = rar();

	for (size_t n = 24; n + 7 < b.len; n++) {
		struct made m = made_unwrap(span_of(b.ptr, n), 5, &opt);

		cr_assert(made_has(&m, "gap f"), "cut at %zu:\n%s", n,
			(char *)m.text.ptr);
		buf_free(&m.text);
	}
	buf_free(&b);
}

/* CRC-16 as ARC has it. */
static unsigned
crc16(const char *text)
{
	unsigned crc = 0;

	for (; *text; text++) {
		crc ^= (unsigned char)*text;
		for (int i = 0; i < 8; i++)
			crc = crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1;
	}
	return crc;
}

static void
lha_member(struct buf *b, const char *name, const char *text)
{
	struct buf head = made_buf();
	unsigned sum = 0;

	made_add(&head, "-lh0-", 5);
	made_le(&head, strlen(text), 4);
	made_le(&head, strlen(text), 4);
	made_le(&head, 0x5a210000, 4);
	made_le(&head, 0x20, 2);		/* attribute, level 0 */
	made_le(&head, strlen(name), 1);
	made_add(&head, name, strlen(name));
	made_le(&head, crc16(text), 2);
	for (size_t i = 0; i < head.len; i++)
		sum += head.ptr[i];
	made_le(b, head.len, 1);
	made_le(b, sum, 1);
	made_add(b, head.ptr, head.len);
	made_add(b, text, strlen(text));
	buf_free(&head);
}

Test(unwrap_choice, lha_only_when_it_is_asked_for)
{
	struct buf b = made_buf();

	lha_member(&b, "a", "first");
	lha_member(&b, "b", "second");
	made_le(&b, 0, 1);
	HAS_WITH(buf_span(&b), NULL, "second", "gap f: format: an LHA");
	HAS_WITH(buf_span(&b), "+lha", "f!a: first\n", "f!b: second\n");
	buf_free(&b);
}

Test(unwrap_choice, cabinet_only_when_it_is_asked_for)
{
	static const char text[] = "firstsecond";
	struct buf b = made_buf();

	made_add(&b, "MSCF\0\0\0\0", 8);
	made_le(&b, 36 + 8 + 2 * 18 + 8 + 11, 4);
	made_le(&b, 0, 4);
	made_le(&b, 36 + 8, 4);
	made_le(&b, 0, 4);
	made_le(&b, 0x0103, 2);
	made_le(&b, 1, 2);		/* folder */
	made_le(&b, 2, 2);		/* files */
	made_le(&b, 0, 6);
	made_le(&b, 36 + 8 + 2 * 18, 4);
	made_le(&b, 1, 2);
	made_le(&b, 0, 2);		/* stored */
	for (unsigned i = 0; i < 2; i++) {
		made_le(&b, i ? 6 : 5, 4);
		made_le(&b, i ? 5 : 0, 4);
		made_le(&b, 0, 2);
		made_le(&b, 0x5a21, 4);
		made_le(&b, 0x20, 2);
		made_add(&b, i ? "b" : "a", 2);
	}
	made_le(&b, 0, 4);
	made_le(&b, 11, 2);
	made_le(&b, 11, 2);
	made_add(&b, text, 11);
	HAS_WITH(buf_span(&b), NULL, text, "gap f: format: a cabinet file");
	HAS_WITH(buf_span(&b), "all", "f!a: first\n", "f!b: second\n");
	buf_free(&b);
}
