/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h - reading JSON (RFC 8259) that others wrote: bounded, strict, wiped.
 * A value is borrowed and lives as long as its document.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/span.h"

enum {
	JSON_BYTES = 1024 * 1024,	/* the longest text read */
	JSON_DEPTH = 32			/* the most arrays and objects open */
};

struct json;				/* a document */
typedef struct json_t json_value;	/* any value in it */

/*
 * NULL: not JSON, too long or too deep, a member named twice, or no memory.
 * The top may be any value.  Linear in the text.
 */
struct json *json_parse(struct span text);
const json_value *json_top(const struct json *j);
/* Wipes the strings.  (The parser's own scratch copy of the last tokens it
   read is freed unwiped: the library gives no hook for it.) */
void json_free(struct json *j);

/* Each takes NULL as v, and then says no. */
bool json_get_object(const json_value *v);	/* whether v is one */
size_t json_get_size(const json_value *v);	/* members, elements; or 0 */
/* The member of an object, the i-th element of an array; NULL: none. */
const json_value *json_get_member(const json_value *v, const char *name);
const json_value *json_get_element(const json_value *v, size_t i);
/* The name of an object's i-th member; NULL after the last.  Linear. */
const char *json_get_name(const json_value *v, size_t i);
/* Whether v is a string; *s borrows its bytes (UTF-8, may hold NUL). */
bool json_get_string(const json_value *v, struct span *s);
/* Whether v is a number; a real one is cut to an integer, clamped. */
bool json_get_integer(const json_value *v, int64_t *n);
/* Whether v is a string, equal to s. */
bool json_get_equal(const json_value *v, const char *s);

#endif
