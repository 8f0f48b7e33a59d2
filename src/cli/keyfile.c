/* SPDX-License-Identifier: Apache-2.0 */
/* keyfile.c - the key of fingerprints, from a file that is private. */
#include "cli/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
read_all(struct buf *key, int fd)
{
	uint8_t part[512];
	ssize_t n;

	do {
		n = read(fd, part, sizeof part);
		if (n < 0 && errno == EINTR)
			continue;
		if (n > 0 && !buf_append(key, part, (size_t)n)) {
			errno = EFBIG;
			n = -1;
		}
	} while (n > 0 || (n < 0 && errno == EINTR));
	explicit_bzero(part, sizeof part);
	return n == 0;
}

/* What stat() says is of the file that is open: none can be put there since. */
static bool
is_private(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

bool
keyfile_read(struct buf *key, const struct cli *cli, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool ok = false;

	buf_init(key, KEYFILE_MAX);
	if (fd < 0) {
		say(cli, "%s: the key cannot be read: %s", path,
			strerror(errno));
		return false;
	}
	if (!is_private(fd))
		say(cli, "%s: the key is open to group or others; "
			"run 'chmod 600' on it", path);
	else if (!read_all(key, fd))
		say(cli, "%s: the key cannot be read: %s", path,
			strerror(errno));
	else if (key->len < KEYFILE_MIN)
		say(cli, "%s: the key has %zu bytes; give it %d or more", path,
			key->len, KEYFILE_MIN);
	else
		ok = true;
	close(fd);
	return ok;
}
