/* SPDX-License-Identifier: Apache-2.0 */
/* audit_names.h - what an audit log's writer and reader both know. */
#ifndef REGISTER_AUDIT_NAMES_H
#define REGISTER_AUDIT_NAMES_H

#include "stanch.h"

enum {
	AUDIT_STREAMS = 2,
	AUDIT_JOB_MAX = 1024,	/* bytes of "job" */
	AUDIT_WHY_MAX = 512,	/* bytes of "why" */
	AUDIT_VALUES = 1024	/* records of them */
};

enum audit_event {
	AUDIT_OPEN,
	AUDIT_REDACT,
	AUDIT_COUNTED,	/* redactions that have no record of their own */
	AUDIT_MARK,
	AUDIT_VALUE,	/* that a command in the input named */
	AUDIT_DEGRADED,
	AUDIT_END,	/* of a stream */
	AUDIT_CLOSE,
	AUDIT_EVENTS
};

static inline const char *
audit_event_name(enum audit_event ev)
{
	static const char *const names[AUDIT_EVENTS] = { "open", "redact",
		"counted", "mark", "value", "degraded", "end", "close" };

	return names[ev];
}

static inline const char *
audit_stream_name(enum stanch_stream stream)
{
	return stream == STANCH_STDERR ? "stderr" : "stdout";
}

#endif
