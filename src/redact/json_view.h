/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_view.h - a line of JSON with the escapes of its strings undone, and
 * the secrets in it.  It is a place of its own: nothing crosses its end.
 */
#ifndef REDACT_JSON_VIEW_H
#define REDACT_JSON_VIEW_H

#include "base/buf.h"
#include "scan/scanner.h"

struct json_view {
	struct scanner *scanner;	/* NULL: not wanted */
	struct buf text;
	struct buf map;		/* of uint32_t: where in the line each byte
				   of text comes from, and its end */
	scan_cover_fn *on_cover;
	void *payload;
};

enum stanch_result json_view_init(struct json_view *v,
	const struct stanch_engine *engine,
	const struct stanch_scan_options *opt, unsigned flags,
	struct stanch_error *err);
void json_view_free(struct json_view *v);

/*
 * Calls on_cover with each secret of the line that is seen with its escapes
 * undone; offsets are of the line.  A line without escapes has none to undo,
 * and on_cover is not called.  False: no memory, or on_cover failed.
 */
bool json_view_scan(struct json_view *v, struct span line,
	scan_cover_fn *on_cover, void *payload);

#endif
