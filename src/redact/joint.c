/* SPDX-License-Identifier: Apache-2.0 */
/* joint.c - tags and what stands before them: see joint.h. */
#include "redact/joint.h"

#include "base/json_walk.h"

enum { ESC = 0x1b, CAN = 0x18, SUB = 0x1a, CSI = 0x9b };

void
joint_note(struct joint *j, const uint8_t *data, size_t len)
{
	size_t stays;

	if (len >= JOINT_TAIL) {
		memcpy(j->tail, data + len - JOINT_TAIL, JOINT_TAIL);
		j->n = JOINT_TAIL;
		return;
	}
	stays = j->n + len > JOINT_TAIL ? JOINT_TAIL - len : j->n;
	memmove(j->tail, j->tail + j->n - stays, stays);
	memcpy(j->tail + stays, data, len);
	j->n = stays + len;
}

/* ---- escape sequences (ECMA-48) ---- */

enum state { GROUND, ESCAPE, CONTROL, SHIFT };

static enum state
after_escape(uint8_t c)
{
	if (c == '[')
		return CONTROL;
	if (c == 'N' || c == 'O')
		return SHIFT;	/* the next character, of another set */
	return c >= 0x20 && c < 0x30 ? ESCAPE : GROUND;
}

static enum state
next_state(enum state s, uint8_t before, uint8_t c)
{
	if (c == ESC)
		return ESCAPE;
	/* As a byte of its own or as U+009B, not as the end of a letter. */
	if (c == CSI && (before < 0x80 || before == 0xc2))
		return CONTROL;
	if (c == CAN || c == SUB)
		return GROUND;
	if (s == GROUND || c < 0x20)
		return s;	/* a terminal obeys controls inside, too */
	if (s == ESCAPE)
		return after_escape(c);
	return s == CONTROL && c < 0x40 ? CONTROL : GROUND;
}

static bool
is_in_sequence(struct span s)
{
	enum state state = GROUND;

	for (size_t i = 0; i < s.len; i++)
		state = next_state(state, i ? s.ptr[i - 1] : 0, s.ptr[i]);
	return state != GROUND;
}

/* ---- commands of build systems ---- */

static const char *const commands[] = { "::", "##[", "##vso[" };

static uint8_t
fold(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

static bool
same(struct span a, const char *b)
{
	for (size_t i = 0; i < a.len; i++)
		if (fold(a.ptr[i]) != (uint8_t)b[i])
			return false;
	return true;
}

/* Whether s ends in the command's beginning, and text goes on with it. */
static bool
continues(struct span s, struct span text, const char *command)
{
	size_t len = strlen(command);

	for (size_t k = 1; k < len && k <= s.len; k++)
		if (same(span_of(s.ptr + s.len - k, k), command) &&
			same(span_first(text, len - k), command + k))
			return true;
	return false;
}

/* In UTF-16 every other byte is NUL, and terminals skip it. */
static size_t
tail_of(const struct joint *j, uint8_t out[JOINT_TAIL])
{
	size_t n = 0;

	for (size_t i = 0; i < j->n; i++)
		if (j->tail[i])
			out[n++] = j->tail[i];
	return n;
}

/* An escape is never shorter than what it stands for. */
static size_t
unescape(uint8_t *text, size_t n)
{
	size_t to = 0, len;
	uint8_t c[4];

	for (size_t i = 0; i < n; to += len) {
		i += json_walk_char(span_of(text + i, n - i), c, &len);
		memcpy(text + to, c, len);
	}
	return to;
}

char
joint_guard(const struct joint *j, struct span text, bool json)
{
	uint8_t tail[JOINT_TAIL];
	size_t n = tail_of(j, tail);
	struct span s = span_of(tail, json ? unescape(tail, n) : n);

	if (is_in_sequence(s))
		return CAN;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (continues(s, text, commands[i]))
			return ' ';
	return 0;
}

/* All commands have one of these twice. */
static bool
is_armed(uint8_t c)
{
	return c == ':' || c == '#';
}

void
joint_disarm(uint8_t *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] < 0x20 || text[i] > 0x7e || (is_armed(text[i]) &&
			(i + 1 == len || text[i + 1] == text[i])))
			text[i] = '_';
}

bool
joint_is_disarmed(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_armed(text.ptr[i]) && (i + 1 == text.len ||
			text.ptr[i + 1] == text.ptr[i]))
			return false;
	return true;
}
