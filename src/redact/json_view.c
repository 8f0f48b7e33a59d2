/* SPDX-License-Identifier: Apache-2.0 */
/* json_view.c - a line of JSON with its escapes undone: see json_view.h. */
#include "redact/json_view.h"

#include "base/json_walk.h"

enum { VIEW_TEXT_MAX = 1024 * 1024, VIEW_MAP_MAX = 8 * VIEW_TEXT_MAX };

/* A cover of the view becomes one of the line. */
static enum stanch_result
on_cover(const struct scan_cover *c, void *payload)
{
	const struct json_view *v = payload;
	const uint32_t *map = (const uint32_t *)(const void *)v->map.ptr;
	struct stanch_finding f = *c->finding;
	struct scan_cover of_line = *c;

	of_line.start = map[c->start];
	of_line.end = map[c->end];
	f.start = map[f.start];
	f.end = map[f.end];
	of_line.wide = 0;
	of_line.finding = &f;
	return v->on_cover(&of_line, v->payload);
}

enum stanch_result
json_view_init(struct json_view *v, const struct stanch_engine *engine,
	const struct stanch_scan_options *opt, unsigned flags,
	struct stanch_error *err)
{
	buf_init(&v->text, VIEW_TEXT_MAX);
	buf_init(&v->map, VIEW_MAP_MAX);
	return scanner_new(&v->scanner, engine, opt, flags, on_cover, v, err);
}

void
json_view_free(struct json_view *v)
{
	if (!v->scanner)
		return;
	scanner_free(v->scanner);
	buf_free(&v->text);
	buf_free(&v->map);
}

/* n bytes, all of what begins at `at` in the line. */
static bool
put(struct json_view *v, const uint8_t *bytes, size_t n, size_t at)
{
	uint32_t from = (uint32_t)at;

	for (size_t i = 0; i < n; i++)
		if (!buf_append(&v->map, &from, sizeof from))
			return false;
	return buf_append(&v->text, bytes, n);
}

/* A backslash is in strings only. */
static bool
undo(struct json_view *v, struct span line)
{
	uint8_t out[4];
	size_t n, at = 0;
	uint32_t end;
	bool ok = true;

	v->text.len = v->map.len = 0;
	while (ok && at < line.len) {
		size_t takes = json_walk_char(span_skip(line, at), out, &n);

		ok = put(v, out, n, at);
		at += takes;
	}
	end = (uint32_t)at;
	return ok && buf_append(&v->map, &end, sizeof end);
}

bool
json_view_scan(struct json_view *v, struct span line,
	scan_cover_fn *on_cover_of_line, void *payload)
{
	bool ok;

	if (!line.len || !memchr(line.ptr, '\\', line.len))
		return true;
	v->on_cover = on_cover_of_line;
	v->payload = payload;
	scanner_begin(v->scanner, "");
	ok = undo(v, line) && scanner_push(v->scanner, buf_span(&v->text), 0,
		true) == STANCH_OK;
	if (v->text.len)
		explicit_bzero(v->text.ptr, v->text.len);
	return ok;
}
