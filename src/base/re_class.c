/* SPDX-License-Identifier: Apache-2.0 */
/* re_class.c - character classes and escapes of an expression, as sets. */
#include "base/re_class.h"

#include <ctype.h>
#include <string.h>

#include "base/codec.h"

/* Named classes as PCRE2 has them for bytes in the C locale. */
static const struct {
	const char *name;
	int (*has)(int);
} posix[] = {
	{ "alpha", isalpha }, { "digit", isdigit }, { "alnum", isalnum },
	{ "upper", isupper }, { "lower", islower }, { "space", isspace },
	{ "blank", isblank }, { "punct", ispunct }, { "print", isprint },
	{ "graph", isgraph }, { "cntrl", iscntrl }, { "xdigit", isxdigit },
};

static int
isword(int c)
{
	return isalnum(c) || c == '_';
}

static int
isvertical(int c)
{
	return (c >= 0x0a && c <= 0x0d) || c == 0x85;
}

static int
ishorizontal(int c)
{
	return c == ' ' || c == '\t' || c == 0xa0;
}

static int
isnotline(int c)
{
	return c != '\n';
}

static void
add_where(struct re_set *set, int (*has)(int), bool negate)
{
	for (int c = 0; c < 256; c++) {
		bool ascii = c < 128 || has == isvertical ||
			has == ishorizontal || has == isnotline;
		if ((ascii && has(c) != 0) != negate)
			re_set_add(set, (uint8_t)c);
	}
}

static void
add_byte(const struct re_reader *r, struct re_set *set, uint8_t c)
{
	re_set_add(set, c);
	if (r->flags.caseless && c < 128 && isalpha(c)) {
		re_set_add(set, (uint8_t)tolower(c));
		re_set_add(set, (uint8_t)toupper(c));
	}
}

void
re_class_byte(const struct re_reader *r, struct re_set *set, uint8_t c)
{
	memset(set, 0, sizeof *set);
	add_byte(r, set, c);
}

void
re_class_dot(const struct re_reader *r, struct re_set *set)
{
	memset(set, 0, sizeof *set);
	add_where(set, isnotline, false);
	if (r->flags.dotall)
		re_set_add(set, '\n');
}

/* After "\x": HH or {H...}; at most one byte's worth. */
static int
hex_escape(struct re_reader *r)
{
	bool braces = r->pos < r->len && r->text[r->pos] == '{';
	int value = 0, digit, n = 0;

	r->pos += braces;
	while (r->pos < r->len && n < (braces ? 8 : 2) &&
		(digit = codec_hex_value((uint8_t)r->text[r->pos])) >= 0) {
		value = value * 16 + digit;
		if (value > 255)
			return -1;
		r->pos++;
		n++;
	}
	if (braces && (r->pos >= r->len || r->text[r->pos++] != '}'))
		return -1;
	return value;
}

static int
octal_escape(struct re_reader *r)
{
	int value = 0;

	for (int n = 0; n < 2 && r->pos < r->len && r->text[r->pos] >= '0' &&
		r->text[r->pos] <= '7'; n++)
		value = value * 8 + (r->text[r->pos++] - '0');
	return value;
}

/* The one byte that the escape letter c stands for; -1: none. */
static int
byte_escape(struct re_reader *r, char c, bool in_class)
{
	static const char letters[] = "nrtfea", values[] = "\n\r\t\f\033\a";
	const char *p = strchr(letters, c);

	if (c && p)
		return (unsigned char)values[p - letters];
	if (c == 'x')
		return hex_escape(r);
	if (c == '0')
		return octal_escape(r);
	if (c == 'b' && in_class)
		return '\b';
	if (!isalnum((unsigned char)c))
		return (unsigned char)c;
	return -1;
}

/* 1: a class, added; 0: one byte, *byte; -1: not known. */
static int
read_escape(struct re_reader *r, struct re_set *set, bool in_class, int *byte)
{
	static const struct { char c; int (*has)(int); } classes[] = {
		{ 'd', isdigit }, { 's', isspace }, { 'w', isword },
		{ 'v', isvertical }, { 'h', ishorizontal },
	};
	char c;

	if (r->pos >= r->len)
		return re_refuse(r, "a backslash at the end"), -1;
	c = r->text[r->pos++];
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (tolower((unsigned char)c) == classes[i].c) {
			add_where(set, classes[i].has,
				isupper((unsigned char)c) != 0);
			return 1;
		}
	if (c == 'N' && !in_class)
		return add_where(set, isnotline, false), 1;
	*byte = byte_escape(r, c, in_class);
	if (*byte >= 0)
		return 0;
	r->pos--;
	return re_refuse(r, "this escape"), -1;
}

bool
re_class_escape(struct re_reader *r, struct re_set *set, bool in_class)
{
	int byte = 0, kind;

	memset(set, 0, sizeof *set);
	kind = read_escape(r, set, in_class, &byte);
	if (kind == 0)
		add_byte(r, set, (uint8_t)byte);
	return kind >= 0;
}

/* "[:name:]" at pos; 1: added, 0: there is none, -1: not known. */
static int
posix_class(struct re_reader *r, struct re_set *set)
{
	const char *start = r->text + r->pos + 2, *end;
	bool negate;

	if (r->len - r->pos < 4 || r->text[r->pos] != '[' ||
		r->text[r->pos + 1] != ':')
		return 0;
	end = memmem(start, r->len - r->pos - 2, ":]", 2);
	if (!end)
		return 0;
	negate = *start == '^';
	start += negate;
	for (size_t i = 0; i < sizeof posix / sizeof *posix; i++)
		if (strlen(posix[i].name) == (size_t)(end - start) &&
			!memcmp(posix[i].name, start, (size_t)(end - start))) {
			add_where(set, r->flags.caseless &&
				(posix[i].has == isupper ||
				posix[i].has == islower) ? isalpha :
				posix[i].has, negate);
			r->pos = (size_t)(end + 2 - r->text);
			return 1;
		}
	if (end - start == 4 && !memcmp(start, "word", 4)) {
		add_where(set, isword, negate);
		r->pos = (size_t)(end + 2 - r->text);
		return 1;
	}
	return re_refuse(r, "this named class"), -1;
}

/* One member: 1: a class, added; 0: one byte, *byte; -1: failed. */
static int
read_member(struct re_reader *r, struct re_set *set, int *byte)
{
	int kind = posix_class(r, set);

	if (kind)
		return kind;
	if (r->text[r->pos] != '\\') {
		*byte = (unsigned char)r->text[r->pos++];
		return 0;
	}
	r->pos++;
	return read_escape(r, set, true, byte);
}

static bool
read_range(struct re_reader *r, struct re_set *set, int first)
{
	int last = 0, kind;

	r->pos++;	/* the '-' */
	kind = read_member(r, set, &last);
	if (kind < 0)
		return false;
	if (kind == 1) {	/* [a-\d]: the '-' is itself */
		add_byte(r, set, (uint8_t)first);
		add_byte(r, set, '-');
		return true;
	}
	for (int c = first; c <= last; c++)
		add_byte(r, set, (uint8_t)c);
	return true;
}

bool
re_class(struct re_reader *r, struct re_set *set)
{
	bool negate = r->pos < r->len && r->text[r->pos] == '^';
	size_t first = r->pos += negate;
	int byte = 0, kind;

	memset(set, 0, sizeof *set);
	while (r->pos < r->len &&
		(r->text[r->pos] != ']' || r->pos == first)) {
		kind = read_member(r, set, &byte);
		if (kind < 0)
			return false;
		if (kind == 1)
			continue;
		if (r->pos + 1 < r->len && r->text[r->pos] == '-' &&
			r->text[r->pos + 1] != ']') {
			if (!read_range(r, set, byte))
				return false;
		} else {
			add_byte(r, set, (uint8_t)byte);
		}
	}
	if (r->pos >= r->len)
		return re_refuse(r, "a class without its end"), false;
	r->pos++;
	for (size_t i = 0; negate && i < sizeof set->bits; i++)
		set->bits[i] = (uint8_t)~set->bits[i];
	return true;
}
