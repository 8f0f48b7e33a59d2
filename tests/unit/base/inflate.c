/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <zlib.h>

#include "base/inflate.h"

enum { TEXT = 5000, PACKED = 6000 };

struct stream {
	uint8_t text[TEXT], packed[PACKED], out[TEXT + 1];
	size_t len;
	struct inflate *z;
};

static struct stream
make(void)
{
	struct stream s = { .z = inflate_new() };
	uLongf n = PACKED;

	cr_assert_not_null(s.z);
	for (size_t i = 0; i < TEXT; i++)
		s.text[i] = (uint8_t)(i * i >> 3);
	cr_assert_eq(compress(s.packed, &n, s.text, TEXT), Z_OK);
	s.len = n;
	return s;
}

Test(inflate, tells_how_long_the_stream_is_when_more_follows)
{
	struct stream s = make();

	cr_assert_lt(s.len, PACKED);
	cr_assert_eq(inflate_exact(s.z, span_of(s.packed, PACKED), s.out,
		TEXT), s.len);
	cr_assert_eq(memcmp(s.out, s.text, TEXT), 0);
	inflate_free(s.z);
}

Test(inflate, another_length_than_stated_is_refused)
{
	struct stream s = make();
	struct span in = span_of(s.packed, s.len);

	cr_assert_eq(inflate_exact(s.z, in, s.out, TEXT - 1), 0);
	cr_assert_eq(inflate_exact(s.z, in, s.out, TEXT + 1), 0);
	inflate_free(s.z);
}

Test(inflate, a_cut_or_changed_stream_is_refused_and_nothing_else_after_it)
{
	struct stream s = make();

	for (size_t n = 0; n < s.len; n += 7)
		cr_assert_eq(inflate_exact(s.z, span_of(s.packed, n), s.out,
			TEXT), 0, "%zu", n);
	s.packed[s.len - 1] ^= 1;	/* its checksum */
	cr_assert_eq(inflate_exact(s.z, span_of(s.packed, s.len), s.out,
		TEXT), 0);
	s.packed[s.len - 1] ^= 1;
	cr_assert_eq(inflate_exact(s.z, span_of(s.packed, s.len), s.out,
		TEXT), s.len);
	inflate_free(s.z);
}

Test(inflate, the_first_bytes_come_without_the_rest)
{
	struct stream s = make();

	cr_assert_eq(inflate_first(s.z, span_of(s.packed, s.len), s.out, 100),
		100);
	cr_assert_eq(memcmp(s.out, s.text, 100), 0);
	inflate_free(s.z);
}
