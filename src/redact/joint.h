/* SPDX-License-Identifier: Apache-2.0 */
/*
 * joint.h - where a tag meets what stands before it: neither an escape
 * sequence of a terminal nor a command of a build system may come about by
 * the two together.  docs/redaction.md, "Tags", says which.
 */
#ifndef REDACT_JOINT_H
#define REDACT_JOINT_H

#include "base/span.h"

enum { JOINT_TAIL = 64 };

struct joint {
	uint8_t tail[JOINT_TAIL];	/* the last bytes that went out */
	size_t n;
};

/* data went out. */
void joint_note(struct joint *j, const uint8_t *data, size_t len);
/*
 * What must stand between them and text: a character, or 0 for nothing.
 * json: they end inside a string, whose escapes somebody will undo.
 */
char joint_guard(const struct joint *j, struct span text, bool json);
/* Takes commands out of text that is to be a tag, in place. */
void joint_disarm(uint8_t *text, size_t len);
/* Whether a tag may have it: joint_disarm() would leave it as it is. */
bool joint_is_disarmed(struct span text);

#endif
