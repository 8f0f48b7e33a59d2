/* SPDX-License-Identifier: Apache-2.0 */
/* joint.c - what a tag and the text before it may not become together. */
#include <criterion/criterion.h>

#include "redact/joint.h"

enum { CAN = 0x18 };

static char
guard_of(const char *before, size_t len, const char *tag)
{
	struct joint j = { .n = 0 };

	joint_note(&j, (const uint8_t *)before, len);
	return joint_guard(&j, span_str(tag), false);
}

Test(redact_joint, text_and_whole_sequences_need_no_guard)
{
	static const char *const before[] = { "", "a", "token = ", "#", "[",
		"\x1b[31m", "\x1b]0;title\x07", "\x1b(B", "\x1b" "c", "a\x18",
		"\x1b[\x18", "\xd0\x9b", "\x1bOA", ":" };

	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		cr_expect_eq(guard_of(before[i], strlen(before[i]),
			"[REDACTED:x]"), 0, "row %zu", i);
}

Test(redact_joint, a_sequence_that_has_begun_is_cancelled)
{
	static const char *const before[] = { "\x1b", "x\x1b[", "\x1b[3",
		"\x1b[?25;1", "\x1b(", "\x1b#", "\x9b", "\xc2\x9b", "\x9b" "1",
		"\x1b[\r", "\x1bO", "\x1b\x1b" };

	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		cr_expect_eq(guard_of(before[i], strlen(before[i]),
			"[REDACTED:x]"), CAN, "row %zu", i);
}

Test(redact_joint, a_command_is_kept_from_coming_about)
{
	static const struct { const char *before, *tag; char guard; } rows[] = {
		{ "##", "[x]", ' ' }, { "##vso", "[x]", ' ' },
		{ "##VSO", "[x]", ' ' }, { ":", ":x", ' ' },
		{ "#", "#[x]", ' ' }, { "##", "vso", ' ' },
		{ "#", "[x]", 0 }, { "##", "<x>", 0 }, { "#vso", "[x]", 0 },
		{ "::", "x", 0 }, { "##vs", "[x]", 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(guard_of(rows[i].before, strlen(rows[i].before),
			rows[i].tag), rows[i].guard, "row %zu", i);
}

Test(redact_joint, nul_bytes_between_do_not_hide_it)
{
	cr_expect_eq(guard_of("\x1b\0", 2, "x"), CAN);
	cr_expect_eq(guard_of("#\0#\0", 4, "[x]"), ' ');
}

Test(redact_joint, pieces_of_any_size_give_the_same_tail)
{
	uint8_t text[200];
	struct joint whole, parts;

	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (uint8_t)(i * 7);
	for (size_t len = 0; len <= sizeof text; len++)
		for (size_t step = 1; step < 80; step += 13) {
			whole = parts = (struct joint){ .n = 0 };
			joint_note(&whole, text, len);
			for (size_t at = 0; at < len; at += step)
				joint_note(&parts, text + at,
					len - at < step ? len - at : step);
			cr_assert_eq(whole.n, parts.n);
			cr_assert(!memcmp(whole.tail, parts.tail, whole.n));
		}
}

Test(redact_joint, escapes_of_json_are_what_they_stand_for)
{
	struct joint j = { .n = 0 };

	joint_note(&j, (const uint8_t *)"\"\\u001b", 7);
	cr_expect_eq(joint_guard(&j, span_str("[x]"), true), CAN);
	cr_expect_eq(joint_guard(&j, span_str("[x]"), false), 0);
}
