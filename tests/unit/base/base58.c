/* SPDX-License-Identifier: Apache-2.0 */
/* base58.c: examples of the Bitcoin wiki, round trips, altered texts. */
#include <criterion/criterion.h>

#include "base/base58.h"
#include "base/codec.h"

#define EXAMPLE "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"

static bool
decodes(const char *text)
{
	struct buf out;
	bool ok;

	buf_init(&out, BASE58_BYTES);
	ok = base58_check_decode(&out, span_str(text));
	buf_free(&out);
	return ok;
}

Test(base_base58, example_of_the_wiki_decodes)
{
	struct buf out, want;

	buf_init(&out, BASE58_BYTES);
	buf_init(&want, BASE58_BYTES);
	cr_assert(codec_hex_decode(&want, span_str("800C28FCA386C7A227600B2F"
		"E50B7CAE11EC86D3BF1FBE471BE89827E19D72AA1D")));
	cr_assert(base58_check_decode(&out, span_str(EXAMPLE)));
	cr_assert(span_equal(buf_span(&out), buf_span(&want)));
	buf_free(&out);
	buf_free(&want);
}

Test(base_base58, every_length_goes_there_and_back)
{
	uint8_t bytes[BASE58_BYTES - 4];
	struct buf text, back;

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(i < 3 ? 0 : 37 * i);
	for (size_t n = 1; n <= sizeof bytes; n++) {
		buf_init(&text, 2 * BASE58_TEXT);
		buf_init(&back, BASE58_BYTES);
		cr_assert(base58_check_encode(&text, span_of(bytes, n)));
		if (text.len <= BASE58_TEXT) {
			cr_assert(base58_check_decode(&back, buf_span(&text)),
				"%zu", n);
			cr_assert(span_equal(buf_span(&back),
				span_of(bytes, n)), "%zu", n);
		}
		buf_free(&text);
		buf_free(&back);
	}
}

Test(base_base58, altered_text_is_refused)
{
	char text[] = EXAMPLE;

	for (size_t i = 0; i < sizeof text - 1; i++) {
		char was = text[i];

		text[i] = was == 'x' ? 'y' : 'x';
		cr_expect_not(decodes(text), "%zu", i);
		text[i] = was;
	}
	cr_assert(decodes(text));
}

Test(base_base58, what_is_no_base58_is_refused)
{
	struct buf out;

	cr_assert_not(decodes(""));
	cr_assert_not(decodes("1"));
	cr_assert_not(decodes("1111"));
	cr_assert_not(decodes("0OIl"));
	cr_assert_not(decodes("5HueCGU8 rMjx"));
	buf_init(&out, BASE58_BYTES);
	cr_assert_not(base58_check_decode(&out, span_of("5\0H", 3)));
	cr_assert_not(base58_check_encode(&out, span_of(NULL, 0)));
	buf_free(&out);
}
