/* SPDX-License-Identifier: Apache-2.0 */
/* json_out.c - the JSON writer.  Reading is left to jansson. */
#include "base/json_out.h"

#include "base/codec.h"
#include "base/utf8.h"

void
json_out_init(struct json_out *j, struct buf *to)
{
	*j = (struct json_out){ .to = to };
}

static void
lead(struct json_out *j, const char *key)
{
	if (j->comma)
		buf_byte(j->to, ',');
	j->comma = true;
	if (key) {
		buf_byte(j->to, '"');
		buf_str(j->to, key);
		buf_str(j->to, "\":");
	}
}

void
json_out_open(struct json_out *j, const char *key, char kind)
{
	lead(j, key);
	buf_byte(j->to, (uint8_t)kind);
	j->comma = false;
}

void
json_out_close(struct json_out *j, char kind)
{
	buf_byte(j->to, (uint8_t)kind);
	j->comma = true;
}

static void
escape(struct buf *to, uint32_t c)
{
	static const char name[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	for (size_t i = 0; i + 1 < sizeof name; i += 2) {
		if (c == (uint8_t)name[i]) {
			buf_byte(to, '\\');
			buf_byte(to, (uint8_t)name[i + 1]);
			return;
		}
	}
	buf_printf(to, "\\u%04x", c);
}

/* Bytes from the start that need no thought. */
static size_t
plain(struct span s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] >= 0x20 && s.ptr[n] < 0x7f &&
		s.ptr[n] != '"' && s.ptr[n] != '\\')
		n++;
	return n;
}

bool
json_out_string(struct json_out *j, const char *key, struct span s)
{
	bool valid = true;

	lead(j, key);
	buf_byte(j->to, '"');
	while (s.len) {
		uint32_t c = 0;
		size_t n = plain(s);

		buf_append(j->to, s.ptr, n);
		s = span_skip(s, n);
		if (s.len == 0)
			break;
		n = utf8_next(s, &c);
		if (n == 0)
			buf_str(j->to, "\xef\xbf\xbd");	/* U+FFFD */
		else if (c < 0xa0)
			escape(j->to, c);
		else
			buf_append(j->to, s.ptr, n);
		valid = valid && n;
		s = span_skip(s, n ? n : 1);
	}
	buf_byte(j->to, '"');
	return valid;
}

void
json_out_base64(struct json_out *j, const char *key, struct span s)
{
	lead(j, key);
	buf_byte(j->to, '"');
	codec_base64_encode(j->to, s, CODEC_BASE64, true);
	buf_byte(j->to, '"');
}

void
json_out_bytes(struct json_out *j, const char *key, const char *key_b64,
	struct span s)
{
	if (!json_out_string(j, key, s))
		json_out_base64(j, key_b64, s);
}

void
json_out_text(struct json_out *j, const char *key, const char *s)
{
	json_out_string(j, key, span_str(s));
}

void
json_out_number(struct json_out *j, const char *key, uint64_t n)
{
	lead(j, key);
	buf_printf(j->to, "%llu", (unsigned long long)n);
}

void
json_out_hundredths(struct json_out *j, const char *key, double v)
{
	lead(j, key);
	buf_printf(j->to, "%.2f", v);
}

void
json_out_boolean(struct json_out *j, const char *key, bool b)
{
	lead(j, key);
	buf_str(j->to, b ? "true" : "false");
}
