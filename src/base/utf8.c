/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.c - strict decoding, the table of RFC 3629 section 4 in code. */
#include "base/utf8.h"

/* Length by first byte; 0: no character begins so. */
static size_t
length_of(uint8_t c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c <= 0xdf)
		return 2;
	if (c >= 0xe0 && c <= 0xef)
		return 3;
	return c >= 0xf0 && c <= 0xf4 ? 4 : 0;
}

size_t
utf8_next(struct span s, uint32_t *point)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s.len ? length_of(s.ptr[0]) : 0;
	uint32_t p;

	if (n == 0 || n > s.len)
		return 0;
	p = n == 1 ? s.ptr[0] : s.ptr[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s.ptr[i] & 0xc0) != 0x80)
			return 0;
		p = p << 6 | (s.ptr[i] & 0x3f);
	}
	if (p < least[n] || p > 0x10ffff || (p >= 0xd800 && p <= 0xdfff))
		return 0;
	*point = p;
	return n;
}

bool
utf8_valid(struct span s)
{
	uint32_t point;

	while (s.len) {
		size_t n = utf8_next(s, &point);
		if (n == 0)
			return false;
		s = span_skip(s, n);
	}
	return true;
}

size_t
utf8_put(uint32_t c, uint8_t out[4])
{
	if (c < 0x80) {
		out[0] = (uint8_t)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (uint8_t)(0xc0 | c >> 6);
		out[1] = (uint8_t)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (uint8_t)(0xe0 | c >> 12);
		out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		out[2] = (uint8_t)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (uint8_t)(0xf0 | c >> 18);
	out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
	out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	out[3] = (uint8_t)(0x80 | (c & 0x3f));
	return 4;
}
