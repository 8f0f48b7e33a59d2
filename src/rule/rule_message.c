/* SPDX-License-Identifier: Apache-2.0 */
/* rule_message.c - errors and warnings that name file, place and rule. */
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "rule/rule_load.h"

static void
compose(char *out, size_t size, const struct rule_load *l, const char *fmt,
	va_list ap)
{
	size_t n = 0;

	if (l->id) {
		snprintf(out, size, "rule \"%s\": ", l->id);
		n = strlen(out);
	}
	vsnprintf(out + n, size - n, fmt, ap);
}

static void
place(const struct toml_node *node, uint32_t *line, uint32_t *column)
{
	*line = *column = 0;
	if (node)
		toml_where(node, line, column);
}

enum stanch_result
rule_load_fail_at(struct rule_load *l, uint32_t line, uint32_t column,
	const char *fmt, ...)
{
	char text[sizeof ((struct stanch_error *)0)->text];
	va_list ap;

	va_start(ap, fmt);
	compose(text, sizeof text, l, fmt, ap);
	va_end(ap);
	return error_at(l->err, STANCH_ERULE, l->file, line, column, "%s",
		text);
}

enum stanch_result
rule_load_fail(struct rule_load *l, const struct toml_node *node,
	const char *fmt, ...)
{
	char text[sizeof ((struct stanch_error *)0)->text];
	uint32_t line, column;
	va_list ap;

	va_start(ap, fmt);
	compose(text, sizeof text, l, fmt, ap);
	va_end(ap);
	place(node, &line, &column);
	return error_at(l->err, STANCH_ERULE, l->file, line, column, "%s",
		text);
}

static void
warn(struct rule_load *l, const struct toml_node *node, enum stanch_result r,
	const char *fmt, va_list ap)
{
	char text[sizeof ((struct stanch_error *)0)->text];
	struct stanch_error warning;
	uint32_t line, column;

	if (!l->on_warning)
		return;
	compose(text, sizeof text, l, fmt, ap);
	place(node, &line, &column);
	error_at(&warning, r, l->file, line, column, "%s", text);
	l->on_warning(&warning, l->payload);
}

void
rule_load_warn(struct rule_load *l, const struct toml_node *node,
	const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	warn(l, node, STANCH_ERULE, fmt, ap);
	va_end(ap);
}

void
rule_load_warn_limit(struct rule_load *l, const struct toml_node *node,
	const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	warn(l, node, STANCH_ELIMIT, fmt, ap);
	va_end(ap);
}

struct shown
rule_shown(struct span s)
{
	struct shown out = { "" };
	const size_t most = sizeof out.text - 4;
	size_t i;

	for (i = 0; i < s.len && i < most; i++)
		out.text[i] = s.ptr[i] < 0x20 || s.ptr[i] == 0x7f ? '?' :
			(char)s.ptr[i];
	if (i == s.len)
		return out;
	while (i && (s.ptr[i] & 0xc0) == 0x80)	/* not inside a character */
		out.text[i--] = '\0';
	memcpy(out.text + i, "...", 3);
	return out;
}
