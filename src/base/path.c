/* SPDX-License-Identifier: Apache-2.0 */
/* path.c - tidying and showing paths.  Opening them is left to source. */
#include "base/path.h"

#include "base/utf8.h"

bool
path_clean(struct buf *out, const char *path)
{
	bool slash = path[0] == '/';

	if (slash && !buf_byte(out, '/'))
		return false;
	for (bool first = true; *path; path += strspn(path, "/")) {
		size_t n = strcspn(path, "/");
		if (n && !(n == 1 && *path == '.')) {
			if (!first && !buf_byte(out, '/'))
				return false;
			if (!buf_append(out, path, n))
				return false;
			first = false;
		}
		path += n;
	}
	return true;
}

const char *
path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Characters that a terminal obeys instead of showing. */
static bool
acts(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) ||
		c == 0x61c || c == 0x200e || c == 0x200f ||
		(c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool
show_acting(struct buf *out, uint32_t c)
{
	static const char name[] = "\tt\nn\rr";

	for (size_t i = 0; i + 1 < sizeof name; i += 2)
		if (c == (uint8_t)name[i])
			return buf_printf(out, "\\%c", name[i + 1]);
	return buf_printf(out, c < 0x80 ? "\\x%02x" : "\\u%04x", c);
}

bool
path_show(struct buf *out, struct span text)
{
	while (text.len) {
		uint32_t c = 0;
		size_t n = utf8_next(text, &c);
		bool ok;

		if (n == 0)
			ok = buf_printf(out, "\\x%02x", text.ptr[0]);
		else if (c == '\\')
			ok = buf_str(out, "\\\\");
		else if (acts(c))
			ok = show_acting(out, c);
		else
			ok = buf_append(out, text.ptr, n);
		if (!ok)
			return false;
		text = span_skip(text, n ? n : 1);
	}
	return true;
}
