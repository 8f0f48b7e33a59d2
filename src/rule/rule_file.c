/* SPDX-License-Identifier: Apache-2.0 */
/* rule_file.c - rule files from disk, with a maximum. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"
#include "rule/rule_load.h"

static enum stanch_result
read_all(struct buf *out, int fd, const char *path, struct stanch_error *err)
{
	ssize_t n;

	for (;;) {
		if (!buf_reserve(out, out->len + 1))
			return out->cap < out->max ? error_nomem(err) :
				error_set(err, STANCH_ELIMIT, path,
					"larger than %u MiB", TOML_MAX >> 20);
		n = read(fd, out->ptr + out->len, out->cap - out->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_sys(err, errno, path, "cannot read");
		if (n == 0)
			return STANCH_OK;
		out->len += (size_t)n;
	}
}

enum stanch_result
rule_file_read(struct buf *out, const char *path, struct stanch_error *err)
{
	enum stanch_result r;
	int fd;

	buf_init(out, (size_t)TOML_MAX + 1);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return error_sys(err, errno, path, "cannot open");
	r = read_all(out, fd, path, err);
	close(fd);
	return r;
}

char *
rule_file_dir(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return arena_strdup(a, ".");
	return arena_strndup(a, path, (size_t)(slash - path) + 1);
}
