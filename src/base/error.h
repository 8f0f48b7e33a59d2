/* SPDX-License-Identifier: Apache-2.0 */
/* error.h - filling struct stanch_error.  Texts never hold secret bytes. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "stanch.h"

/*
 * Fills *err (when not NULL) and returns result, so that a function can end
 * with `return error_set(...)`.  where may be NULL.
 */
enum stanch_result error_set(struct stanch_error *err,
	enum stanch_result result, const char *where, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* The same with a position in `where`, counted from 1. */
enum stanch_result error_at(struct stanch_error *err,
	enum stanch_result result, const char *where, uint32_t line,
	uint32_t column, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));

/* EIO with "what: " and the text of the errno value sys. */
enum stanch_result error_sys(struct stanch_error *err, int sys,
	const char *where, const char *what);

enum stanch_result error_nomem(struct stanch_error *err);

#endif
