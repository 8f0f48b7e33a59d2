/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_out.h - writing JSON (RFC 8259) into a buffer, member by member, in
 * the order of the calls and without blanks, so that the same values always
 * give the same bytes.
 *
 * A key of NULL stands for an element of an array.  Keys are written as they
 * are: plain ASCII.  When the buffer refuses (to->failed), the text is
 * useless; callers look once at the end.
 */
#ifndef BASE_JSON_OUT_H
#define BASE_JSON_OUT_H

#include "base/buf.h"

struct json_out {
	struct buf *to;
	bool comma;	/* a value stands before this place */
};

void json_out_init(struct json_out *j, struct buf *to);
/* kind: '{' or '[' to open one, '}' or ']' to close it. */
void json_out_open(struct json_out *j, const char *key, char kind);
void json_out_close(struct json_out *j, char kind);

/*
 * A string.  Control characters, DEL and C1 controls are escaped; a byte that
 * is not UTF-8 becomes U+FFFD.  Returns whether there was none of those.
 */
bool json_out_string(struct json_out *j, const char *key, struct span s);
/* Bytes as base64 (RFC 4648 section 4, padded). */
void json_out_base64(struct json_out *j, const char *key, struct span s);
/*
 * A string, and when it is not UTF-8 also the exact bytes, as base64, under
 * key_b64: nothing is lost, and most readers never see the second member.
 */
void json_out_bytes(struct json_out *j, const char *key, const char *key_b64,
	struct span s);
void json_out_text(struct json_out *j, const char *key, const char *s);
void json_out_number(struct json_out *j, const char *key, uint64_t n);
/* With two decimals. */
void json_out_hundredths(struct json_out *j, const char *key, double v);
void json_out_boolean(struct json_out *j, const char *key, bool b);

#endif
