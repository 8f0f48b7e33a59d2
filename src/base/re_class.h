/* SPDX-License-Identifier: Apache-2.0 */
/* re_class.h - the reader of re_parse.c, and its character classes. */
#ifndef BASE_RE_CLASS_H
#define BASE_RE_CLASS_H

#include "base/re_ast.h"

struct re_flagset { bool caseless, dotall, extended; };

struct re_reader {
	struct arena *arena;
	const char *text;
	size_t pos, len;
	struct re_flagset flags;
	uint32_t groups;
	int depth;
	bool failed;
	const char *where;
	struct stanch_error *err;
};

/* Notes the first failure; what == NULL: out of memory. */
void re_refuse(struct re_reader *r, const char *what);

/* set = the one byte, in both cases when caseless. */
void re_class_byte(const struct re_reader *r, struct re_set *set, uint8_t c);
void re_class_dot(const struct re_reader *r, struct re_set *set);
/* After '\\': one byte or a class such as \d. */
bool re_class_escape(struct re_reader *r, struct re_set *set, bool in_class);
/* After '[': up to and with ']'. */
bool re_class(struct re_reader *r, struct re_set *set);

#endif
