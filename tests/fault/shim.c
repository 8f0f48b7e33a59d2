/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shim.c - preloaded into the program: makes one of its calls fail, so that a
 * test can try each in turn (run.py).
 *
 *	FAULT_KIND	memory, read or write
 *	FAULT_AT	which call of that kind fails, from 1; 0: none.  A file
 *			or pipe in trouble stays so: later ones fail as well
 *	FAULT_COUNT	a file that gets the number of calls at exit
 *
 * What the program starts is left alone.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { NONE, MEMORY, READ, WRITE };

static enum kind kind;
static unsigned long at;
static const char *count_to;
static atomic_ulong calls;

static bool
fails(enum kind k)
{
	unsigned long n;

	if (k != kind)
		return false;
	n = atomic_fetch_add(&calls, 1) + 1;
	if (!at || (k == MEMORY ? n != at : n < at))
		return false;
	errno = k == MEMORY ? ENOMEM : k == READ ? EIO : ENOSPC;
	return true;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *name = getenv("FAULT_KIND"), *n = getenv("FAULT_AT");

	count_to = getenv("FAULT_COUNT");
	at = n ? strtoul(n, NULL, 10) : 0;
	unsetenv("LD_PRELOAD");
	kind = !name ? NONE : !strcmp(name, "memory") ? MEMORY :
		!strcmp(name, "read") ? READ : WRITE;
}

__attribute__((destructor)) static void
end(void)
{
	int fd;

	kind = NONE;
	if (!count_to)
		return;
	fd = open(count_to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dprintf(fd, "%lu\n", atomic_load(&calls));
	close(fd);
}

/* ---- memory: glibc's own under other names ---- */

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);

void *
malloc(size_t n)
{
	return fails(MEMORY) ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails(MEMORY) ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails(MEMORY) ? NULL : __libc_realloc(p, n);
}

int
posix_memalign(void **p, size_t align, size_t n)
{
	if (fails(MEMORY))
		return ENOMEM;
	*p = __libc_memalign(align, n);
	return *p ? 0 : ENOMEM;
}

/* ---- reads and writes ---- */

#define REAL(type, name) ((type)dlsym(RTLD_NEXT, name))

ssize_t
read(int fd, void *data, size_t n)
{
	static ssize_t (*real)(int, void *, size_t);

	if (!real)
		real = REAL(ssize_t (*)(int, void *, size_t), "read");
	return fails(READ) ? -1 : real(fd, data, n);
}

ssize_t
write(int fd, const void *data, size_t n)
{
	static ssize_t (*real)(int, const void *, size_t);

	if (!real)
		real = REAL(ssize_t (*)(int, const void *, size_t), "write");
	/* What went wrong can still be said. */
	return fd != STDERR_FILENO && fails(WRITE) ? -1 : real(fd, data, n);
}

ssize_t
writev(int fd, const struct iovec *v, int n)
{
	static ssize_t (*real)(int, const struct iovec *, int);

	if (!real)
		real = REAL(ssize_t (*)(int, const struct iovec *, int),
			"writev");
	return fails(WRITE) ? -1 : real(fd, v, n);
}
