/* SPDX-License-Identifier: Apache-2.0 */
/*
 * alternates.c - other directories of objects that a repository reads: those
 * that its own one names, as gitrepository-layout(5) has it, and those that
 * git tells its hooks of.  store.c opens them.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/io.h"
#include "git/store.h"

enum {
	DIR_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY,
	LIST_MOST = 64 * 1024
};

static enum stanch_result
follow(struct git_repo *r, int from, const char *path, unsigned depth,
	struct stanch_error *err)
{
	int fd = openat(from, path, DIR_FLAGS);

	if (fd >= 0)
		return store_open(r, fd, path, depth + 1, err);
	return store_problem(r, STANCH_GAP_MISSING, "objects/info/alternates",
		"an alternate cannot be opened") ? STANCH_OK :
		error_nomem(err);
}

/* A line a directory; relative ones to the objects that name it. */
enum stanch_result
alternates_read(struct git_repo *r, int objects, unsigned depth,
	struct stanch_error *err)
{
	int fd = openat(objects, "info/alternates", O_RDONLY | O_CLOEXEC |
		O_NOFOLLOW | O_NONBLOCK);
	enum stanch_result res = STANCH_OK;
	char *text, *line, *next;
	ssize_t n;

	if (fd < 0)
		return STANCH_OK;
	text = calloc(1, LIST_MOST + 1);
	n = text ? io_read_all(fd, text, LIST_MOST) : -1;
	close(fd);
	for (line = text; n > 0 && line && *line && res == STANCH_OK;
		line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (*line && *line != '#')
			res = follow(r, objects, line, depth, err);
	}
	if (!text)
		res = error_nomem(err);
	free(text);
	return res;
}

/* One octal escape, or the byte itself; where it ends. */
static const char *
take_escape(const char *s, char *out)
{
	unsigned n = 0;

	if (s[0] < '0' || s[0] > '3' || s[1] < '0' || s[1] > '7' ||
		s[2] < '0' || s[2] > '7') {
		*out = *s == 'n' ? '\n' : *s == 't' ? '\t' : *s;
		return *s ? s + 1 : s;
	}
	for (int i = 0; i < 3; i++)
		n = n * 8 + (unsigned)(s[i] - '0');
	*out = (char)n;
	return s + 3;
}

/* Up to a colon; a path with one in it stands in quotes, as in C. */
static const char *
take_path(const char *s, char *out)
{
	bool quoted = *s == '"';

	s += quoted;
	while (*s && (quoted ? *s != '"' : *s != ':')) {
		if (quoted && *s == '\\')
			s = take_escape(s + 1, out++);
		else
			*out++ = *s++;
	}
	*out = '\0';
	return s + strcspn(s, ":");
}

enum stanch_result
alternates_given(struct git_repo *r, const char *list,
	struct stanch_error *err)
{
	enum stanch_result res = STANCH_OK;
	char *path;

	if (strlen(list) > LIST_MOST)
		return error_set(err, STANCH_ELIMIT, NULL,
			"the list of alternates is too long");
	path = malloc(strlen(list) + 1);
	if (!path)
		return error_nomem(err);
	while (*list && res == STANCH_OK) {
		list = take_path(list, path);
		list += *list == ':';
		if (*path)
			res = follow(r, AT_FDCWD, path, 0, err);
	}
	free(path);
	return res;
}
