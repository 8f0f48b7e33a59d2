/* SPDX-License-Identifier: Apache-2.0 */
/* error.c - filling and printing struct stanch_error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void
fill(struct stanch_error *err, enum stanch_result result, const char *where,
	uint32_t line, uint32_t column, const char *fmt, va_list ap)
{
	if (!err)
		return;
	memset(err, 0, sizeof *err);
	err->result = result;
	err->line = line;
	err->column = column;
	snprintf(err->where, sizeof err->where, "%s", where ? where : "");
	vsnprintf(err->text, sizeof err->text, fmt, ap);
}

enum stanch_result
error_set(struct stanch_error *err, enum stanch_result result,
	const char *where, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, result, where, 0, 0, fmt, ap);
	va_end(ap);
	return result;
}

enum stanch_result
error_at(struct stanch_error *err, enum stanch_result result,
	const char *where, uint32_t line, uint32_t column, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, result, where, line, column, fmt, ap);
	va_end(ap);
	return result;
}

enum stanch_result
error_sys(struct stanch_error *err, int sys, const char *where,
	const char *what)
{
	error_set(err, STANCH_EIO, where, "%s: %s", what, strerror(sys));
	if (err)
		err->sys = sys;
	return STANCH_EIO;
}

enum stanch_result
error_nomem(struct stanch_error *err)
{
	return error_set(err, STANCH_ENOMEM, NULL, "out of memory");
}

const char *
stanch_error_format(const struct stanch_error *err, char *buf, size_t size)
{
	if (!err->where[0])
		snprintf(buf, size, "%s", err->text);
	else if (!err->line)
		snprintf(buf, size, "%s: %s", err->where, err->text);
	else if (!err->column)
		snprintf(buf, size, "%s:%u: %s", err->where, err->line,
			err->text);
	else
		snprintf(buf, size, "%s:%u:%u: %s", err->where, err->line,
			err->column, err->text);
	return buf;
}

const char *
stanch_result_text(enum stanch_result r)
{
	switch (r) {
	case STANCH_OK:		return "success";
	case STANCH_ENOMEM:	return "out of memory";
	case STANCH_EIO:	return "input/output error";
	case STANCH_EFORMAT:	return "malformed file";
	case STANCH_ERULE:	return "unusable rule";
	case STANCH_ELIMIT:	return "limit reached";
	case STANCH_EUSAGE:	return "wrong use of the library";
	case STANCH_ESTOP:	return "stopped by the caller";
	}
	return "unknown result";
}
