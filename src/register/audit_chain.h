/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit_chain.h - records that cannot be changed, taken out or put elsewhere
 * without that being seen.
 *
 *	{"seq":0,...,"prev":"00..","mac":".."}
 *	{"seq":1,...,"prev":"ab..","mac":".."}	prev: SHA-256 of the line above
 *
 * mac is HMAC-SHA-256 of the line up to its own member, under a key that is
 * of this record alone: the next one's is a hash of it, and it is wiped.  Who
 * takes the process over can go on with the log, but not change what is in
 * it.  docs/audit.md has the formulas.
 */
#ifndef REGISTER_AUDIT_CHAIN_H
#define REGISTER_AUDIT_CHAIN_H

#include "base/buf.h"

enum {
	AUDIT_NONCE = 16,		/* bytes */
	AUDIT_DIGEST = 32,
	AUDIT_HEX = 2 * AUDIT_DIGEST,
	AUDIT_LINE_MAX = 16 * 1024	/* bytes of a record */
};

struct audit_chain {
	uint64_t seq;			/* of the next record */
	bool keyed;			/* the key is known */
	bool unread;			/* there are MACs nobody checks */
	uint8_t key[AUDIT_DIGEST];	/* of the next record */
	uint8_t head[AUDIT_DIGEST];	/* of the last line; all 0: none */
};

/* key: empty for a chain without MACs. */
void audit_chain_begin(struct audit_chain *c, struct span key,
	const uint8_t nonce[AUDIT_NONCE]);
/*
 * line is a record as far as what it says: "{" and members.  Appends prev and
 * mac, "}" and a newline, and steps on.  False: line is full.
 */
bool audit_chain_seal(struct audit_chain *c, struct buf *line);
/*
 * Whether line, without its newline, is the next record; steps on when it is.
 * NULL, or what is wrong with it.
 */
const char *audit_chain_check(struct audit_chain *c, struct span line);
void audit_chain_wipe(struct audit_chain *c);

#endif
