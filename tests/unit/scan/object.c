/* SPDX-License-Identifier: Apache-2.0 */
/* object.c - what is made of another one, whose dead come to life, or not. */
#include "fixture.h"
#include "scan/object.h"

static const char rules_text[] =
	"[[rules]]\nid = \"left\"\n"
	"regex = '''[a-c]{4,40}QZXV-[0-9]{6}'''\n"
	"[[rules]]\nid = \"right\"\nregex = '''START_[0-9]{1,60}!{2}'''\n"
	"[[rules]]\nid = \"behind\"\n"
	"regex = '''(?<!no )LOOK_[0-9]{8}'''\n"
	"[[rules]]\nid = \"chain\"\nregex = '''link_[0-9a-z_]{20}'''\n";

/* What changes stands between copies with room round all. */
static const struct change {
	const char *name, *head, *old, *new, *tail;
	unsigned before, after;		/* findings */
} changes[] = {
	{ "what its match begins with comes", "cb", "_", "a", "cQZXV-836251",
		0, 1 },
	{ "... and goes", "cb", "a", "_", "cQZXV-836251", 1, 0 },
	{ "its last byte comes", "START_836251749", "", "0", "!! ", 1, 1 },
	{ "... far behind its literal",
		"START_836251740926384715502938471625!", "?", "!", " ", 0, 1 },
	{ "what must not stand before it goes", "n", "o", "a",
		" LOOK_83625174", 0, 1 },
	{ "... and comes", "n", "a", "o", " LOOK_83625174", 1, 0 },
	{ "its literal comes about", "LOOK", "", "_", "83625174", 0, 1 },
	{ "... at a copy's end", "LOOK", " ", "_", "83625174", 0, 1 },
	{ "a match that hid another one breaks", "link_8r2d", "5", "-",
		"7plink_6j3f9g4s0lq8w1xk5vn2 ", 1, 1 },
	{ "a run of base64 becomes one",
		"c2F5IExPT0tfODM2MjUxNz", "(", "",
		"QgdG8gaXQsIGFuZCBubyBtb3Jl", 0, 1 },
	{ "... and goes on",
		"c2F5IExPT0tfODM2MjUxNzQg\n", ")", "",
		"dG8gaXQsIGFuZCBubyBtb3Jl", 1, 1 },
	{ "... and is another one",
		"c2F5IExPT0tfODM2MjUxN", "", ":",
		"zQgdG8gaXQsIGFuZCBubyBtb3Jl", 1, 0 },
	{ "... and stays",
		"= ", "", ":",
		" c2F5IExPT0tfODM2MjUxNzQgdG8gaXQsIGFuZCBubyBtb3Jl", 1, 1 },
	{ "the byte next to it changes", "START_", "x", "1", "!!", 0, 1 },
};

enum { ROOM = 400, CHANGES = sizeof changes / sizeof *changes };

static void
begin(void)
{
	fixture_begin(rules_text);
}

TestSuite(scan_object, .init = begin, .fini = fixture_end);

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	unsigned *n = payload;

	++*n;
	return true;
}

static void
put_room(struct buf *b)
{
	for (int i = 0; i < ROOM; i++)
		buf_byte(b, i % 50 ? '.' : '\n');
}

/* Returns where the tail begins. */
static size_t
put(struct buf *b, const struct change *c, const char *what)
{
	size_t at;

	buf_init(b, 2 * ROOM + 200);
	put_room(b);
	buf_str(b, c->head);
	buf_str(b, what);
	at = b->len;
	buf_str(b, c->tail);
	put_room(b);
	return at;
}

static void
expect(const struct change *c, struct stanch_scanner *s, unsigned *n,
	bool again)
{
	struct kin_note notes[3] = { { 0 } };
	struct kin kin = { .own = &notes[0] };
	struct kin_copy copies[2];
	struct buf base, made;
	size_t old = put(&base, c, c->old), new = put(&made, c, c->new);

	*n = 0;
	cr_assert_eq(scan_object(s, "", buf_span(&base), &kin), STANCH_OK);
	cr_expect_eq(*n, c->before, "%s: %u before", c->name, *n);
	if (again) {	/* an exact copy in between: all is carried twice */
		copies[0] = (struct kin_copy){ 0, 0, base.len };
		kin = (struct kin){ copies, 1, base.len, &notes[0],
			&notes[1] };
		*n = 0;
		cr_assert_eq(scan_object(s, "", buf_span(&base), &kin),
			STANCH_OK);
		cr_expect_eq(*n, c->before, "%s: %u in a copy", c->name, *n);
	}
	copies[0] = (struct kin_copy){ 0, 0, ROOM + strlen(c->head) };
	copies[1] = (struct kin_copy){ old, new, base.len - old };
	kin = (struct kin){ copies, 2, base.len, &notes[again], &notes[2] };
	*n = 0;
	cr_assert_eq(scan_object(s, "", buf_span(&made), &kin), STANCH_OK);
	cr_expect_eq(*n, c->after, "%s: %u after", c->name, *n);
	for (int i = 0; i < 3; i++)
		if (notes[i].ptr)
			notes[i].free(notes[i].ptr);
	buf_free(&base);
	buf_free(&made);
}

Test(scan_object, a_change_next_to_a_copy_is_minded)
{
	struct stanch_scan_options opt = { .size = sizeof opt };
	struct stanch_scanner *s;
	unsigned n;

	cr_assert_eq(stanch_scanner_new(&s, fix.engine, &opt, on_finding, &n,
		NULL), STANCH_OK);
	for (size_t i = 0; i < CHANGES; i++) {
		expect(&changes[i], s, &n, false);
		expect(&changes[i], s, &n, true);
	}
	stanch_scanner_free(s);
}

Test(scan_object, what_is_known_of_a_place_full_of_candidates_is_not_kept)
{
	struct stanch_scan_options opt = { .size = sizeof opt };
	struct kin_note note = { 0 };
	struct kin kin = { .own = &note };
	struct stanch_scanner *s;
	struct buf text;
	unsigned n = 0;

	buf_init(&text, 1024 * 1024);
	for (int i = 0; i < 40000; i++)
		buf_str(&text, "link_a ");
	cr_assert_eq(stanch_scanner_new(&s, fix.engine, &opt, on_finding, &n,
		NULL), STANCH_OK);
	cr_assert_eq(scan_object(s, "", buf_span(&text), &kin), STANCH_OK);
	cr_expect_null(note.ptr);
	text.len = 7 * 100;
	cr_assert_eq(scan_object(s, "", buf_span(&text), &kin), STANCH_OK);
	cr_expect_not_null(note.ptr);
	note.free(note.ptr);
	stanch_scanner_free(s);
	buf_free(&text);
}
