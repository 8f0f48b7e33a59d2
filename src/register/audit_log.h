/* SPDX-License-Identifier: Apache-2.0 */
/* audit_log.h - the log that an audit log speaks of, read beside it. */
#ifndef REGISTER_AUDIT_LOG_H
#define REGISTER_AUDIT_LOG_H

#include "base/span.h"

struct hash_sha256;

enum { AUDIT_LOG_BLOCK = 64 * 1024 };

struct audit_log {
	int fd;			/* -1: none; all calls say yes */
	int sys;		/* errno of a read that failed; 0: none */
	bool differs;		/* bytes were not those; else it ended */
	uint64_t pos;		/* bytes read and added to hash */
	struct hash_sha256 *hash;
	uint8_t block[AUDIT_LOG_BLOCK];
};

bool audit_log_open(struct audit_log *l, int fd);	/* false: no memory */
void audit_log_close(struct audit_log *l);

/* Each returns false when the log ends before, or differs. */
bool audit_log_reaches(struct audit_log *l, uint64_t to);
bool audit_log_has(struct audit_log *l, struct span bytes);	/* at pos */
/* len bytes, at pos, that can be a fill. */
bool audit_log_is_filled(struct audit_log *l, uint64_t len);
bool audit_log_hashes_to(struct audit_log *l, struct span hex);
bool audit_log_ends(struct audit_log *l);		/* at pos */

#endif
