/* SPDX-License-Identifier: Apache-2.0 */
/*
 * site.c - reads the bytes between a name and its value, and those round
 * them.  What follows from that is generic.c's business.
 */
#include "judge/site.h"

#include "judge/chars.h"

static bool
is_name_byte(uint8_t c)
{
	return char_is_alnum(c) || c == '_' || c == '.' || c == '-';
}

/* before without the name at its end. */
static struct span
without_name(struct span before)
{
	while (before.len && is_name_byte(before.ptr[before.len - 1]))
		before.len--;
	return before;
}

/* Without blanks at its end, but for one that parts it from a word. */
static struct span
without_indent(struct span s)
{
	while (s.len && (s.ptr[s.len - 1] == '\t' || (s.ptr[s.len - 1] == ' '
		&& (s.len == 1 || memchr(" \t\n", s.ptr[s.len - 2], 3)))))
		s.len--;
	return s;
}

static bool
ends_with(struct span s, const char *end)
{
	size_t n = strlen(end);

	return s.len >= n && !memcmp(s.ptr + s.len - n, end, n);
}

/* Without one of the words and signs that may begin a line of settings. */
static bool
drop_lead(struct span *s)
{
	static const char *const leads[] = {
		"export ", "set ", "ENV ", "env ", "setx ", "declare -x ",
		"- ", "// ", "# ", "; ", "* ", "+ ", "+", ";"
	};

	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
		if (ends_with(*s, leads[i])) {
			s->len -= strlen(leads[i]);
			return true;
		}
	}
	return false;
}

static bool
starts_line(struct span before)
{
	struct span s = without_indent(without_name(before));

	while (drop_lead(&s))
		s = without_indent(s);
	return s.len == 0 || s.ptr[s.len - 1] == '\n' ||
		s.ptr[s.len - 1] == '\0';
}

static bool
is_quote(uint8_t c)
{
	return c == '"' || c == '\'' || c == '`';
}

/* name="..." value=, default = and its like between the two. */
static bool
has_field(struct span op)
{
	static const char *const fields[] = { "value", "default", "content" };

	for (size_t i = 0; i < op.len; i++) {
		if (!char_is_alpha(op.ptr[i]))
			continue;
		for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
			size_t n = strlen(fields[k]);

			if (op.len - i >= n && !strncasecmp(
				(const char *)op.ptr + i, fields[k], n))
				return true;
		}
	}
	return false;
}

/* ${key:-value} and ${key:value}, ?key=value& of a URL, a colour before it,
   | key | value |. */
static bool
is_marked(struct span before, struct span op, uint8_t end)
{
	struct span s = without_name(before);
	uint8_t last = s.len ? s.ptr[s.len - 1] : 0;

	if (!op.len)
		return false;
	if (ends_with(s, "${"))
		return op.ptr[0] == ':' && end == '}';
	if (last == '?' || last == '&' || last == '#')
		return op.len == 1 && op.ptr[0] == '=';
	return memchr(op.ptr, '\x1b', op.len) || memchr(op.ptr, '|', op.len) ||
		has_field(op);
}

/* NAME=value, as shells and .env files assign: the value is the text. */
static bool
is_assignment(struct span before, struct span head, struct span op)
{
	if (op.len != 1 || op.ptr[0] != '=' || !starts_line(before))
		return false;
	for (size_t i = 0; i < head.len && head.ptr + i != op.ptr; i++)
		if (char_is_lower(head.ptr[i]))
			return false;
	for (; before.len && is_name_byte(before.ptr[before.len - 1]);
		before.len--)
		if (char_is_lower(before.ptr[before.len - 1]))
			return false;
	return true;
}

/* Of s, the line that its end is in. */
static struct span
last_line(struct span s)
{
	const uint8_t *nl = s.len ? memrchr(s.ptr, '\n', s.len) : NULL;

	return nl ? span_skip(s, (size_t)(nl + 1 - s.ptr)) : s;
}

/* It, or the line above, begins as those of files that test algorithms do. */
static bool
is_vector(struct span before)
{
	static const char *const names[] = {
		"Availablein =", "COUNT =", "Ciphertext =", "Ctrl.", "Ctrl=",
		"Derive=", "KDF =", "PeerKey=", "Plaintext ="
	};
	struct span line = last_line(before), above = { 0 };

	if (line.len < before.len)
		above = last_line(span_first(before,
			before.len - line.len - 1));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_starts(line, names[i]) ||
			span_starts(above, names[i]))
			return true;
	return false;
}

/* Behind the letters of an option, the next one's sign, and blanks: -g -x . */
static size_t
skip_option(struct span s, size_t n)
{
	while (n < s.len && char_is_alpha(s.ptr[n]))
		n++;
	while (n < s.len && s.ptr[n] == ' ')
		n++;
	return n + (n < s.len && s.ptr[n] == '-');
}

/*
 * ENV NAME value: *before and *head become as if the name stood alone, with
 * its telling word at the head's begin.
 */
static bool
read_instruction(struct span *before, struct span *head)
{
	static const char *const words[] = {
		"env ", "setenv ", "setx ", "fastcgi_param ", "set -"
	};
	size_t n = 0, next, name, stem;

	for (size_t i = 0; i < sizeof words / sizeof *words && !n; i++)
		if (head->len > strlen(words[i]) && !strncasecmp(
			(const char *)head->ptr, words[i], strlen(words[i])))
			n = strlen(words[i]);
	if (!n)
		return false;
	for (; head->ptr[n - 1] == '-'; n = next)
		if ((next = skip_option(*head, n)) == n)
			break;
	while (n < head->len && !is_name_byte(head->ptr[n]))
		n++;
	for (name = n; name < head->len && is_name_byte(head->ptr[name]);
		name++)
		;
	stem = keyname_stem(span_of(head->ptr + n, name - n));
	*before = span_of(head->ptr + n, stem);
	*head = span_skip(*head, n + stem);
	return true;
}

/*
 * value = "...", name = NAME: *before and *head become the name, and *op what
 * stands between "value" and the value.
 */
static bool
read_named_after(struct span *before, struct span *head, struct span tail,
	struct span *op)
{
	static const char word[] = "value";
	size_t n = tail.len, stem;

	if (head->len < sizeof word || strncasecmp((const char *)head->ptr,
		word, sizeof word - 1))
		return false;
	while (n > 0 && is_name_byte(tail.ptr[n - 1]))
		n--;
	*op = span_skip(*head, sizeof word - 1);
	*head = span_skip(tail, n);
	stem = keyname_stem(*head);
	*before = span_first(*head, stem);
	*head = span_skip(*head, stem);
	return true;
}

/* A blank alone, or `is`, between a name and its value. */
static bool
is_spoken(struct span op)
{
	size_t n = 0;

	while (n < op.len && (op.ptr[n] == ' ' || op.ptr[n] == '\t'))
		n++;
	return n > 0 && (n == op.len || span_starts(span_skip(op, n), "is"));
}

/* The bytes between the name and the value, quote and all. */
static void
read_operator(struct site *t, struct span op, bool dashed)
{
	uint8_t last = op.len ? op.ptr[op.len - 1] : 0;

	t->quote = is_quote(last) ? last : 0;
	t->markup = last == '>';
	t->colon = op.len && op.ptr[0] == ':';
	t->option = dashed && op.len && op.ptr[0] == ' ';
	t->spoken = !t->option && !t->quote && is_spoken(op);
	t->tight = t->option || !op.len || !memchr(op.ptr, ' ', op.len) ||
		(t->colon && op.len == 2);	/* as tight as YAML gets */
}

/* a:key:value, "A::Key": a part of a longer name. */
static bool
is_joined(struct span before, struct span op)
{
	struct span s = without_name(before);

	if (op.len == 1)
		return op.ptr[0] == ':' && ends_with(s, ":");
	return op.len && is_quote(op.ptr[0]) && ends_with(s, "::");
}

void
site_read(struct site *t, const struct judge_case *c)
{
	size_t at = (size_t)(c->secret.ptr - c->match.ptr);
	struct span head = span_first(c->match, at), op;
	struct span tail = span_skip(c->match, at + c->secret.len);
	struct span before = c->before;
	bool after, instruction;

	if (head.len && is_quote(head.ptr[0]))	/* ['pass'] = value */
		head = span_skip(head, 1);
	after = read_named_after(&before, &head, tail, &op);
	instruction = !after && read_instruction(&before, &head);
	if (after)
		keyname_read(&t->key, before, head);
	else
		op = span_skip(head, keyname_read(&t->key, before, head));
	read_operator(t, op, head.len && (head.ptr[0] == '-' ||
		span_starts(head, "sshpass")));
	t->end = tail.len ? tail.ptr[0] : 0;
	t->vector = !t->quote && is_vector(c->before);
	t->marked = after || instruction || is_assignment(before, head, op) ||
		is_marked(c->before, op, t->end);
	t->joined = is_joined(c->before, op);
	t->line = (t->end == '\n' || t->end == '\r' || t->end == 0) &&
		starts_line(c->before);
}
