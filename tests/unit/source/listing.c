/* SPDX-License-Identifier: Apache-2.0 */
#include "source/listing.h"

#include "fs.h"

static struct fs fs;

static void
begin(void)
{
	fs_begin(&fs);
}

static void
end(void)
{
	fs_end(&fs);
}

TestSuite(source_listing, .init = begin, .fini = end);

/* Leaves the least share of memory for what comes next. */
static void
fill(struct listing_stack *s)
{
	cr_assert(listing_stack_init(s));
	cr_assert(buf_reserve(&s->text, LISTING_MOST));
	s->text.len = LISTING_MOST;
}

/* All names in the order listed, one a line; how many rounds it took. */
static int
list_all(struct listing_stack *s, struct buf *out)
{
	int fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), rounds = 1;
	struct listing l;
	const char *name;
	uint8_t type;

	cr_assert_eq(listing_read(s, &l, fd), 0);
	for (;;) {
		while ((name = listing_next(s, &l, &type))) {
			buf_str(out, name);
			buf_byte(out, '\n');
		}
		if (!l.more)
			break;
		cr_assert_eq(listing_again(s, &l, fd), 0);
		cr_assert_leq(s->text.len - l.text, 2 * LISTING_LEAST);
		rounds++;
	}
	listing_pop(s, &l);
	close(fd);
	return rounds;
}

Test(source_listing, many_names_come_sorted_in_rounds)
{
	struct listing_stack s;
	struct buf out;
	char want[3000 * 8], *w = want;

	for (int i = 0; i < 3000; i++) {
		char name[12];
		/* made in an order that is not the sorted one */
		snprintf(name, sizeof name, "n%05d", i * 1013 % 3000);
		fs_file(name, "");
		snprintf(w, 8, "n%05d\n", i);
		w += 7;
	}
	fill(&s);
	buf_init(&out, sizeof want);
	cr_assert_gt(list_all(&s, &out), 5);
	cr_assert_eq(s.text.len, LISTING_MOST);
	cr_assert(span_equal(buf_span(&out), span_of(want, 3000 * 7)));
	listing_stack_free(&s);

	cr_assert(listing_stack_init(&s));
	out.len = 0;
	cr_assert_eq(list_all(&s, &out), 1);
	cr_assert(span_equal(buf_span(&out), span_of(want, 3000 * 7)));
	cr_assert_eq(s.text.len, 0);
	listing_stack_free(&s);
	buf_free(&out);
}

Test(source_listing, names_of_the_longest_kind_fit_one_a_round)
{
	struct listing_stack s;
	struct buf out;
	char name[256];

	memset(name, 'x', 255);
	name[255] = 0;
	for (int i = 0; i < 40; i++) {
		name[254] = (char)('0' + i);
		fs_file(name, "");
	}
	fill(&s);
	buf_init(&out, 40 * 256);
	cr_assert_gt(list_all(&s, &out), 1);
	cr_assert_eq(out.len, 40 * 256);
	for (int i = 0; i < 40; i++)
		cr_assert_eq(out.ptr[i * 256 + 254], '0' + i);
	buf_free(&out);
	listing_stack_free(&s);
}

Test(source_listing, an_empty_directory_has_no_names)
{
	struct listing_stack s;
	struct buf out;

	cr_assert(listing_stack_init(&s));
	buf_init(&out, 10);
	cr_assert_eq(list_all(&s, &out), 1);
	cr_assert_eq(out.len, 0);
	buf_free(&out);
	listing_stack_free(&s);
}

Test(source_listing, an_error_is_told)
{
	struct listing_stack s;
	struct listing l;
	int fd;

	fs_file("f", "");
	fd = open("f", O_RDONLY);
	cr_assert(listing_stack_init(&s));
	cr_assert_neq(listing_read(&s, &l, fd), 0);
	cr_assert_not(l.more);
	listing_pop(&s, &l);
	listing_stack_free(&s);
	close(fd);
}
