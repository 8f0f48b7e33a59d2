/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.c - any bytes as an audit log, with a key, without one, and beside a
 * log: no bytes but those that were written with it are intact under a key.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "stanch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
file_of(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size ||
		lseek(fd, 0, SEEK_SET) != 0)
		abort();
	return fd;
}

static void
verify(const uint8_t *data, size_t size, bool keyed, bool logged)
{
	struct stanch_audit_check check = { .size = sizeof check,
		.key = "a key that nobody has", .key_len = keyed ? 21 : 0,
		.log = logged ? file_of(data, size / 2) : -1 };
	struct stanch_audit_result r;
	int audit = file_of(data, size);

	if (stanch_audit_verify(audit, &check, &r, NULL) != STANCH_OK)
		abort();
	if (keyed && (r.verdict == STANCH_INTACT || r.records))
		abort();
	if ((r.verdict == STANCH_INTACT) != !r.text[0])
		abort();
	close(audit);
	if (logged)
		close(check.log);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	verify(data, size, false, false);
	verify(data, size, true, false);
	verify(data, size, false, true);
	return 0;
}
