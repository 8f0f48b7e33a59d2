/* SPDX-License-Identifier: Apache-2.0 */
/* lines.c - lines and columns against a count byte by byte. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "scan/lines.h"

enum { N = 20000 };

static uint8_t data[N];
static uint32_t state = 12345;

static uint32_t
draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

/* every: one byte in so many is a newline. */
static void
fill(uint32_t every)
{
	for (size_t i = 0; i < N; i++)
		data[i] = draw(every) ? (uint8_t)(draw(255) + 11) : '\n';
}

static struct lines_mark
naive(uint64_t pos)
{
	struct lines_mark m = { pos, 1, 0 };

	for (uint64_t i = 0; i < pos; i++)
		if (data[i] == '\n') {
			m.line++;
			m.line_start = i + 1;
		}
	return m;
}

static void
expect_at(struct lines *l, uint64_t base, uint64_t pos)
{
	struct lines_mark m = lines_at(l, span_of(data + base, N - base),
		base, pos), want = naive(pos);

	cr_expect_eq(m.pos, want.pos);
	cr_expect_eq(m.line, want.line, "at %zu", (size_t)pos);
	cr_expect_eq(m.line_start, want.line_start, "at %zu", (size_t)pos);
}

Test(scan_lines, every_offset_near_the_start)
{
	struct lines l;

	fill(3);
	lines_begin(&l);
	for (uint64_t pos = 0; pos < 300; pos++)
		expect_at(&l, 0, pos);
	for (uint64_t pos = 300; pos-- > 0; )
		expect_at(&l, 0, pos);
}

Test(scan_lines, random_offsets_while_the_floor_moves)
{
	static const uint32_t every[] = { 1, 2, 17, 300, 100000 };

	for (size_t i = 0; i < 5; i++) {
		struct lines l;
		uint64_t floor = 0;

		fill(every[i]);
		lines_begin(&l);
		while (floor < N) {
			for (int k = 0; k < 4; k++)
				expect_at(&l, floor, floor +
					draw((uint32_t)(N - floor)));
			floor += draw(3000);
			if (floor > N)
				floor = N;
			lines_advance(&l, span_of(data, N), 0, floor);
			lines_advance(&l, span_of(data, N), 0, floor / 2);
			expect_at(&l, floor, floor);
		}
	}
}

/* A sum of 16 bytes at a time must not overflow. */
Test(scan_lines, newlines_alone)
{
	struct lines l;

	memset(data, '\n', N);
	lines_begin(&l);
	expect_at(&l, 0, N);
	expect_at(&l, 0, 255 * 16);
	expect_at(&l, 0, 256 * 16 + 7);
}

Test(scan_lines, begin_forgets)
{
	struct lines l;

	memset(data, '\n', N);
	lines_begin(&l);
	lines_advance(&l, span_of(data, N), 0, 500);
	lines_begin(&l);
	expect_at(&l, 0, 7);
}

/* Of a value that became known when its line was counted. */
Test(scan_lines, offsets_before_the_floor)
{
	struct lines l;

	fill(20);
	lines_begin(&l);
	lines_advance(&l, span_of(data, N), 0, N / 2);
	for (uint64_t pos = N / 2 + 40; pos-- > N / 2 - 3000; )
		expect_at(&l, N / 4, pos);
}
