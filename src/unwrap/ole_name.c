/* SPDX-License-Identifier: Apache-2.0 */
/* ole_name.c - what streams in compound files are called. */
#include "base/utf8.h"
#include "unwrap/le.h"
#include "unwrap/ole.h"

enum { CHARACTERS = 32, LENGTH = 64, PACKED = 0x3800, SINGLE = 0x4800 };

static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	"abcdefghijklmnopqrstuvwxyz._";

void
ole_name(struct buf *b, const uint8_t *entry)
{
	unsigned n = le_16(entry + LENGTH) / 2;
	uint8_t utf[4];

	for (unsigned i = 0; i < n && i < CHARACTERS; i++) {
		unsigned c = le_16(entry + 2 * (size_t)i);

		if (!c)
			return;
		if (c >= PACKED && c < SINGLE) {
			buf_byte(b, (uint8_t)letters[c & 0x3f]);
			buf_byte(b, (uint8_t)letters[(c - PACKED) >> 6 & 0x3f]);
		} else if (c >= SINGLE && c < SINGLE + 64) {
			buf_byte(b, (uint8_t)letters[c - SINGLE]);
		} else if (c >= 0xd800 && c < 0xe000) {
			buf_byte(b, '?');
		} else {
			buf_append(b, utf, utf8_put(c, utf));
		}
	}
}
