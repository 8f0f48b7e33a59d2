/* SPDX-License-Identifier: Apache-2.0 */
/*
 * make-log.c - a build log as large as asked for, the same one each time.
 *
 *	make-log log BYTES NAMES REAL [HITS PER_MILLION]
 *	make-log base64 BYTES
 *
 * What makes, compilers, installers and test runners print about the files
 * listed in NAMES, one in three lines taken from the log REAL; of a million
 * lines PER_MILLION are lines of HITS.  Or random base64 in one endless line.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lines { char **v; size_t n; };

static uint64_t state;

/* splitmix64 (Steele, Lea, Flood: Fast splittable generators, 2014). */
static uint64_t
next(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static unsigned
below(size_t n)
{
	return (unsigned)(next() % n);
}

/* The file's lines, which are never freed; *n == 0: none, or no file. */
static struct lines
read_lines(const char *path)
{
	struct lines l = { 0 };
	char *line = NULL;
	size_t size = 0, cap = 0;
	FILE *f = fopen(path, "r");

	while (f && getline(&line, &size, f) > 0) {
		if (l.n == cap) {
			cap = cap ? 2 * cap : 1024;
			l.v = realloc(l.v, cap * sizeof *l.v);
			if (!l.v)
				abort();
		}
		line[strcspn(line, "\n")] = '\0';
		l.v[l.n++] = strdup(line);
	}
	free(line);
	if (f)
		fclose(f);
	if (!l.n)
		fprintf(stderr, "make-log: %s: nothing to be read\n", path);
	return l;
}

static const char *
pick(const struct lines *l)
{
	return l->v[below(l->n)];
}

/* ---- the lines ---- */

static int
compile_line(const char *name)
{
	return printf("gcc -DHAVE_CONFIG_H -D_FORTIFY_SOURCE=2 -I. -I.. "
		"-I./include -O2 -g -Wall -Wextra -fstack-protector-strong "
		"-MT .%s.o -MD -MP -MF .deps%s.Tpo -c -o .%s.o .%s.c\n", name,
		name, name, name);
}

static int
short_line(const char *name)
{
	return printf("  CC      .%s.o\n", name);
}

static int
cmake_line(const char *name)
{
	return printf("[%3u%%] Building CXX object CMakeFiles/main.dir%s.o\n",
		below(101), name);
}

static int
warning_line(const char *name)
{
	return printf(".%s:%u:%u: warning: unused parameter 'key' "
		"[-Wunused-parameter]\n", name, below(2000), below(80));
}

static int
install_line(const char *name)
{
	return printf("/usr/bin/install -c -m 644 .%s '/build/debian/tmp%s'\n",
		name, name);
}

static int
test_line(const char *name)
{
	return printf("ok %u - %s (%u.%03u s)\n", below(5000), name, below(9),
		below(1000));
}

static int
digest_line(const char *name)
{
	return printf("2024-03-%02uT%02u:%02u:%02u.%06uZ info copied %s, %u "
		"bytes, sha256:%016" PRIx64 "%016" PRIx64 "%016" PRIx64 "%016"
		PRIx64 "\n", 1 + below(28), below(24), below(60), below(60),
		below(1000000), name, below(1000000), next(), next(), next(),
		next());
}

static int
progress_line(const char *name)
{
	return printf("\r\033[Kdownloading %s %u kB/s eta 0:%02u\n", name,
		below(90000), below(60));
}

static int (*const kinds[])(const char *name) = {
	compile_line, compile_line, short_line, short_line, cmake_line,
	warning_line, install_line, test_line, digest_line, progress_line,
};

static int
write_log(uint64_t bytes, char **files, unsigned per_million)
{
	struct lines names = read_lines(files[0]);
	struct lines real = read_lines(files[1]), hits = { 0 };
	uint64_t done = 0;
	int n;

	if (per_million)
		hits = read_lines(files[2]);
	if (!names.n || !real.n || (per_million && !hits.n))
		return 2;
	while (done < bytes) {
		if (per_million && below(1000000) < per_million)
			n = printf("+ %s\n", pick(&hits));
		else if (below(3) == 0)
			n = printf("%s\n", pick(&real));
		else
			n = kinds[below(sizeof kinds / sizeof *kinds)](
				pick(&names));
		if (n < 0)
			return 2;
		done += (uint64_t)n;
	}
	return fflush(stdout) == 0 ? 0 : 2;
}

static int
write_base64(uint64_t bytes)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789+/";
	static char block[64 * 1024];
	uint64_t r;
	size_t n;

	for (; bytes > 0; bytes -= n) {
		for (size_t i = 0; i < sizeof block; i += 8) {
			r = next();
			for (size_t k = 0; k < 8; k++)
				block[i + k] = set[(r >> (8 * k)) & 63];
		}
		n = bytes < sizeof block ? (size_t)bytes : sizeof block;
		if (fwrite(block, 1, n, stdout) != n)
			return 2;
	}
	return fflush(stdout) == 0 ? 0 : 2;
}

int
main(int argc, char **argv)
{
	uint64_t bytes = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;

	if (argc == 3 && strcmp(argv[1], "base64") == 0)
		return write_base64(bytes);
	if ((argc == 5 || argc == 7) && strcmp(argv[1], "log") == 0)
		return write_log(bytes, argv + 3, argc == 7 ?
			(unsigned)strtoul(argv[6], NULL, 10) : 0);
	fprintf(stderr, "usage: make-log log BYTES NAMES REAL "
		"[HITS PER_MILLION]\n       make-log base64 BYTES\n");
	return 2;
}
