/* SPDX-License-Identifier: Apache-2.0 */
/*
 * iso_names.c - names in ISO 9660: plain (ECMA-119 7.5), Joliet, and Rock
 * Ridge's NM entries (IEEE P1282).  They are shown, and used for nothing else;
 * what a continuation area has of them is left out.
 */
#include "unwrap/iso_names.h"

#include "base/utf8.h"

void
iso_names_joliet(struct buf *b, struct span name)
{
	for (size_t i = 0; i + 1 < name.len; i += 2) {
		uint8_t utf[4];
		uint32_t c = (uint32_t)name.ptr[i] << 8 | name.ptr[i + 1];

		if (c == ';')
			return;
		if (c >= 0xd800 && c < 0xe000)
			c = 0xfffd;
		buf_append(b, utf, utf8_put(c, utf));
	}
}

void
iso_names_plain(struct buf *b, struct span name)
{
	const uint8_t *version = memchr(name.ptr, ';', name.len);

	if (version)
		name.len = (size_t)(version - name.ptr);
	if (name.len > 1 && name.ptr[name.len - 1] == '.')
		name.len--;
	buf_append(b, name.ptr, name.len);
}

/* Entries of two letters, a length, a version, what they have to say. */
bool
iso_names_rock(struct buf *b, struct span r)
{
	size_t at = 33 + (size_t)r.ptr[32] + !(r.ptr[32] & 1);
	size_t had = b->len;

	while (at + 5 <= r.len && r.ptr[at + 2] >= 5 &&
		at + r.ptr[at + 2] <= r.len) {
		const uint8_t *p = r.ptr + at;

		if (p[0] == 'N' && p[1] == 'M')
			buf_append(b, p + 5, p[2] - 5U);
		at += p[2];
	}
	return b->len > had;
}
