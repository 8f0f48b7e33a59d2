/* SPDX-License-Identifier: Apache-2.0 */
/* audit_log.c - the log that an audit log speaks of: see audit_log.h. */
#include "register/audit_log.h"

#include <errno.h>

#include "base/hash.h"
#include "base/io.h"

bool
audit_log_open(struct audit_log *l, int fd)
{
	l->fd = fd;
	l->sys = 0;
	l->differs = false;
	l->pos = 0;
	l->hash = hash_sha256_new();
	return l->hash != NULL;
}

void
audit_log_close(struct audit_log *l)
{
	uint8_t unused[32];

	if (l->hash)
		hash_sha256_end(l->hash, unused);
	l->hash = NULL;
}

/* Up to n bytes into block; how many. */
static size_t
take(struct audit_log *l, uint64_t n)
{
	ssize_t got = io_read_all(l->fd, l->block, n < sizeof l->block ?
		(size_t)n : sizeof l->block);

	if (got < 0) {
		l->sys = errno;
		return 0;
	}
	hash_sha256_add(l->hash, l->block, (size_t)got);
	l->pos += (uint64_t)got;
	return (size_t)got;
}

bool
audit_log_reaches(struct audit_log *l, uint64_t to)
{
	if (l->fd < 0)
		return true;
	while (l->pos < to)
		if (!take(l, to - l->pos))
			return false;
	return true;
}

bool
audit_log_has(struct audit_log *l, struct span bytes)
{
	if (l->fd < 0)
		return true;
	while (bytes.len) {
		size_t n = take(l, bytes.len);

		l->differs = n && memcmp(l->block, bytes.ptr, n) != 0;
		if (!n || l->differs)
			return false;
		bytes = span_skip(bytes, n);
	}
	return true;
}

bool
audit_log_is_filled(struct audit_log *l, uint64_t len)
{
	static const char fills[] = "*xX._\r\n\x18";	/* and NUL: UTF-16 */

	if (l->fd < 0)
		return true;
	while (len) {
		size_t n = take(l, len);

		if (!n)
			return false;
		for (size_t i = 0; i < n; i++)
			if (!memchr(fills, l->block[i], sizeof fills))
				return l->differs = true, false;
		len -= n;
	}
	return true;
}

bool
audit_log_hashes_to(struct audit_log *l, struct span hex)
{
	uint8_t digest[32];
	char text[65];

	if (l->fd < 0)
		return true;
	hash_sha256_peek(l->hash, digest);
	hash_hex(digest, sizeof digest, text);
	l->differs = !span_equal(hex, span_str(text));
	return !l->differs;
}

bool
audit_log_ends(struct audit_log *l)
{
	return l->fd < 0 || take(l, 1) == 0;
}
