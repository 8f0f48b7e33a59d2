/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - numbers as people read them, in English. */
#include "sink/words.h"

#include <inttypes.h>
#include <stdio.h>

static bool
number(struct buf *out, uint64_t n)
{
	char digits[24];
	size_t len = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, n);

	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0 && !buf_byte(out, ','))
			return false;
		if (!buf_byte(out, (uint8_t)digits[i]))
			return false;
	}
	return true;
}

bool
words_count(struct buf *out, uint64_t n, const char *noun)
{
	return number(out, n) && buf_printf(out, " %s%s", noun,
		n == 1 ? "" : "s");
}

bool
words_bytes(struct buf *out, uint64_t n)
{
	static const char unit[] = "KMGTPE";
	double v = (double)n / 1024;
	size_t i = 0;

	if (n < 1024)
		return words_count(out, n, "byte");
	/* What %.1f would round up to 1024.0 belongs to the next unit. */
	while (v >= 1023.95 && unit[i + 1]) {
		v /= 1024;
		i++;
	}
	return buf_printf(out, "%.1f %ciB", v, unit[i]);
}
