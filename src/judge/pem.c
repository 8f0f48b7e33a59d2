/* SPDX-License-Identifier: Apache-2.0 */
/* pem.c - undoing what text formats and logs do to armour. */
#include "judge/pem.h"

#include "base/codec.h"

enum { LABEL_MOST = 64, RUN_LEAST = 2, MATERIAL_RUN = 16 };

static const char begin_mark[] = "-----BEGIN ";
static const char end_mark[] = "-----END";
static const char dashes[] = "-----";

static bool
in_base64(uint8_t b)
{
	return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') ||
		(b >= 'a' && b <= 'z') || b == '+' || b == '/' || b == '=';
}

/* The value of four hex digits of ASCII; -1: they are none. */
static int
unicode_escape(struct span s)
{
	int value = 0;

	if (s.len < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = codec_hex_value(s.ptr[i]);

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value < 0x80 ? value : -1;
}

/* Puts what stands for the backslashes at s, and returns their length. */
static size_t
escape_undo(struct buf *out, struct span s)
{
	size_t n = 0;
	int value;

	while (n < s.len && s.ptr[n] == '\\')
		n++;		/* a string inside a string has more of them */
	if (n == s.len)
		return n;
	value = s.ptr[n] == 'u' ? unicode_escape(span_skip(s, n + 1)) : -1;
	if (value >= 0) {
		buf_byte(out, (uint8_t)value);
		return n + 5;
	}
	if (s.ptr[n] == 'n' || s.ptr[n] == 'r')
		buf_byte(out, '\n');
	else
		buf_byte(out, s.ptr[n] == 't' ? ' ' : s.ptr[n]);
	return n + 1;
}

static bool
unescape(struct buf *out, struct span s)
{
	while (s.len && !out->failed) {
		size_t n = 1;

		if (s.ptr[0] == '\\')
			n = escape_undo(out, s);
		else
			buf_byte(out, s.ptr[0]);
		s = span_skip(s, n);
	}
	return !out->failed;
}

static bool
find(struct span s, const char *what, size_t *at)
{
	const uint8_t *p = s.len ? memmem(s.ptr, s.len, what, strlen(what)) :
		NULL;

	if (p)
		*at = (size_t)(p - s.ptr);
	return p != NULL;
}

bool
pem_open(struct pem *pem, struct span armour)
{
	struct span rest;
	size_t at;

	*pem = (struct pem){ .ended = false };
	buf_init(&pem->text, PEM_MOST);
	if (!unescape(&pem->text, span_first(armour, PEM_MOST)))
		return false;
	rest = buf_span(&pem->text);
	if (!span_starts(rest, begin_mark))
		return false;
	rest = span_skip(rest, sizeof begin_mark - 1);
	if (!find(span_first(rest, LABEL_MOST), dashes, &at))
		return false;
	pem->label = span_first(rest, at);
	pem->body = span_skip(rest, at + sizeof dashes - 1);
	if (find(pem->body, end_mark, &at)) {
		pem->body.len = at;
		pem->ended = true;
	}
	pem->old_encrypted = find(pem->body, "Proc-Type:", &at) &&
		find(pem->body, "ENCRYPTED", &at);
	return true;
}

void
pem_free(struct pem *pem)
{
	buf_free(&pem->text);
}

/* Takes one line off s. */
static struct span
line_take(struct span *s)
{
	struct span line = *s;

	for (size_t i = 0; i < s->len; i++)
		if (s->ptr[i] == '\n' || s->ptr[i] == '\r') {
			line.len = i;
			break;
		}
	*s = span_skip(*s, line.len + 1);
	return line;
}

/* "Name: value", of a name of letters and dashes. */
static bool
is_header(struct span line)
{
	size_t i = 0;

	while (i < line.len && ((line.ptr[i] | 0x20) >= 'a' ||
	    line.ptr[i] == '-') && (line.ptr[i] | 0x20) <= 'z')
		i++;
	return i > 1 && i < line.len && line.ptr[i] == ':';
}

/* Takes the next run of base64 characters off line; empty: no more. */
static struct span
run_take(struct span *line)
{
	struct span run;
	size_t i = 0;

	while (i < line->len && !in_base64(line->ptr[i]))
		i++;
	run = span_skip(*line, i);
	for (i = 0; i < run.len && in_base64(run.ptr[i]); )
		i++;
	*line = span_skip(run, i);
	run.len = i;
	return run;
}

/* An armour checksum has '=' before it, not after. */
static void
run_put(struct span run, struct buf *out, struct buf *crc)
{
	if (run.len == 5 && run.ptr[0] == '=' && run.ptr[1] != '=') {
		crc->len = 0;
		buf_append(crc, run.ptr + 1, 4);
	} else if (run.len >= RUN_LEAST)
		buf_append(out, run.ptr, run.len);
}

static void
line_put(struct span line, bool longest, struct buf *out, struct buf *crc)
{
	struct span best = span_of(NULL, 0), run;

	while ((run = run_take(&line)).len) {
		if (!longest)
			run_put(run, out, crc);
		else if (run.len > best.len)
			best = run;
	}
	run_put(best, out, crc);
}

bool
pem_base64(const struct pem *pem, enum pem_view view, size_t indent,
	struct buf *out, struct buf *crc)
{
	struct span rest = pem->body;

	while (rest.len) {
		struct span line = line_take(&rest);

		if (view == PEM_INDENTED)
			line = span_skip(line, indent);
		if (!is_header(line))
			line_put(line, view == PEM_LONGEST, out, crc);
	}
	return !out->failed && !crc->failed;
}

/* Whether text is varied enough to be a key: 40 random base64 characters have
   30 different ones. */
static bool
varied(const bool seen[256])
{
	int n = 0;

	for (int i = 0; i < 256; i++)
		n += seen[i];
	return n >= 12;
}

size_t
pem_material(const struct pem *pem)
{
	struct span rest = pem->body, run;
	bool seen[256] = { false };
	size_t material = 0;

	while ((run = run_take(&rest)).len) {
		if (run.len < MATERIAL_RUN)
			continue;
		material += run.len;
		for (size_t i = 0; i < run.len; i++)
			seen[run.ptr[i]] = true;
	}
	return varied(seen) ? material : 0;
}
