/* SPDX-License-Identifier: Apache-2.0 */
/*
 * make-history.c - the history of a project for git fast-import, the same one
 * each time.
 *
 *	make-history VERSIONS NAMES [HITS N]
 *
 * Up to FILES of the files listed in NAMES, each in so many versions that
 * differ in a few lines, taken from other files; two of them change in a
 * commit.  N of the lines of HITS, each a secret, stand in some version on.
 * Versions of a file follow each other, so that each is packed as a delta.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILES = 1000, A_DIR = 25, EDITS = 3,
	LEAST = 4 * 1024, MOST = 64 * 1024,	/* bytes of a file */
	LINES = 8 * 1024,	/* of a file, with all that comes to it */
	BEGAN = 1600000000	/* the time of the first commit */
};

struct lines {
	char *v[LINES];
	size_t n;
};

static struct lines files[FILES], hits;
static char *names[FILES];
static size_t nfiles;
static uint64_t state;

/* splitmix64 (Steele, Lea, Flood: Fast splittable generators, 2014). */
static size_t
below(size_t n)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (size_t)((z ^ (z >> 31)) % n);
}

/* False: there is none, or not of the size asked for. */
static bool
read_lines(struct lines *l, const char *path, long least, long most)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0;
	long size;

	l->n = 0;
	if (!f)
		return false;
	size = fseek(f, 0, SEEK_END) ? -1 : ftell(f);
	rewind(f);
	while (size >= least && size <= most && l->n < LINES / 2 &&
		getline(&line, &cap, f) > 0)
		l->v[l->n++] = strdup(line);
	free(line);
	fclose(f);
	return l->n > 20;
}

static void
read_files(const char *list)
{
	FILE *f = fopen(list, "r");
	char *line = NULL;
	size_t cap = 0;

	while (f && nfiles < FILES && getline(&line, &cap, f) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (!read_lines(&files[nfiles], line, LEAST, MOST))
			continue;
		names[nfiles++] = strdup(strrchr(line, '/') ?
			strrchr(line, '/') + 1 : line);
	}
	free(line);
	if (f)
		fclose(f);
}

/* A line comes, goes, or is another one than before. */
static void
edit(struct lines *l)
{
	const struct lines *other = &files[below(nfiles)];
	size_t at = below(l->n), how = below(3);

	if (how == 0 && l->n < LINES) {
		memmove(l->v + at + 1, l->v + at, (l->n - at) * sizeof *l->v);
		l->n++;
	} else if (how == 1 && l->n > 20) {
		l->n--;
		memmove(l->v + at, l->v + at + 1, (l->n - at) * sizeof *l->v);
		return;
	}
	l->v[at] = other->v[below(other->n)];
}

static void
put_blob(const struct lines *l, size_t mark)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += strlen(l->v[i]);
	printf("blob\nmark :%zu\ndata %zu\n", mark, n);
	for (size_t i = 0; i < l->n; i++)
		fputs(l->v[i], stdout);
	putchar('\n');
}

static void
put_files(size_t versions, size_t planted)
{
	size_t step = planted ? nfiles * versions / planted : 0, next = 0;

	for (size_t f = 0; f < nfiles; f++)
		for (size_t v = 0; v < versions; v++) {
			size_t n = f * versions + v;

			for (int i = 0; v && i < EDITS; i++)
				edit(&files[f]);
			if (planted && n == (next + 1) * step - 1)
				files[f].v[below(files[f].n)] =
					hits.v[next++ % hits.n];
			put_blob(&files[f], n + 1);
		}
}

/* Round and round: in each round all files come to their next version. */
static void
put_commits(size_t versions)
{
	for (size_t n = 0; n + 2 <= nfiles * versions; n += 2) {
		printf("commit refs/heads/main\ncommitter B <b@example.org> "
			"%zu +0000\ndata 7\nchange\n\n", BEGAN + n * 60);
		for (size_t k = n; k < n + 2; k++) {
			size_t f = k % nfiles, v = k / nfiles;

			printf("M 100644 :%zu %zu/%zu-%s\n",
				f * versions + v + 1, f / A_DIR, f, names[f]);
		}
		putchar('\n');
	}
}

int
main(int argc, char **argv)
{
	size_t versions, planted;

	if (argc != 3 && argc != 5)
		return 2;
	versions = strtoul(argv[1], NULL, 10);
	planted = argc == 5 ? strtoul(argv[4], NULL, 10) : 0;
	read_files(argv[2]);
	if (nfiles < A_DIR || !versions ||
		(planted && !read_lines(&hits, argv[3], 1, 1 << 24)))
		return 2;
	put_files(versions, planted);
	put_commits(versions);
	return fflush(stdout) ? 2 : 0;
}
