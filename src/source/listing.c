/* SPDX-License-Identifier: Apache-2.0 */
/*
 * listing.c - sorted names by rounds: a round keeps the least names that fit
 * and the next one begins after the last of them.  One round is the rule;
 * only huge directories need more.
 */
#include "source/listing.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

bool
listing_stack_init(struct listing_stack *s)
{
	*s = (struct listing_stack){ .dents = malloc(LISTING_DENTS) };
	/* The walk's depth (TREE_DEPTH) bounds it below this. */
	buf_init(&s->text, 4 * (size_t)LISTING_MOST);
	return s->dents != NULL;
}

void
listing_stack_free(struct listing_stack *s)
{
	buf_free(&s->text);
	free(s->names);
	free(s->dents);
}

static const char *
name_at(const struct listing_stack *s, size_t i)
{
	return (const char *)s->text.ptr + s->names[i];
}

static int
compare(const void *a, const void *b, void *text)
{
	return strcmp((const char *)text + *(const uint32_t *)a,
		(const char *)text + *(const uint32_t *)b);
}

static void
sort(struct listing_stack *s, const struct listing *l)
{
	if (s->n > l->first)
		qsort_r(s->names + l->first, s->n - l->first,
			sizeof *s->names, compare, s->text.ptr);
}

static bool
push(struct listing_stack *s, const char *name, uint8_t type)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : 256;
		uint32_t *p = reallocarray(s->names, cap, sizeof *p);
		if (!p)
			return false;
		s->names = p;
		s->cap = cap;
	}
	if (!buf_byte(&s->text, type))
		return false;
	s->names[s->n] = (uint32_t)s->text.len;
	if (!buf_append(&s->text, name, strlen(name) + 1))
		return false;
	s->n++;
	return true;
}

static size_t
cost(const struct listing_stack *s, size_t text, size_t names)
{
	return s->text.len - text + (s->n - names) * sizeof *s->names;
}

/* The first `kept` names, sorted, one after the other into text. */
static bool
pack(struct listing_stack *s, const struct listing *l, size_t kept,
	struct buf *text)
{
	for (size_t i = l->first; i < kept; i++) {
		const char *name = name_at(s, i);
		if (!buf_append(text, name - 1, strlen(name) + 2))
			return false;	/* type, name, NUL */
	}
	return true;
}

/* Keeps the lesser half; *ceiling becomes the least name let go. */
static bool
halve(struct listing_stack *s, const struct listing *l, char **ceiling)
{
	size_t kept = l->first + (s->n - l->first) / 2;
	size_t at = l->text + 1;
	struct buf text;
	bool ok;

	sort(s, l);
	free(*ceiling);
	*ceiling = strdup(name_at(s, kept));
	buf_init(&text, s->text.len);
	ok = *ceiling && pack(s, l, kept, &text);
	if (ok) {
		memcpy(s->text.ptr + l->text, text.ptr, text.len);
		s->text.len = l->text + text.len;
		s->n = kept;
		for (size_t i = l->first; i < kept; i++) {
			s->names[i] = (uint32_t)at;
			at += strlen((char *)s->text.ptr + at) + 2;
		}
	}
	buf_free(&text);
	return ok;
}

static unsigned
mark(const char *name)
{
	if (!strcmp(name, "HEAD"))
		return LISTING_HEAD;
	if (!strcmp(name, "objects"))
		return LISTING_OBJECTS;
	if (!strcmp(name, ".git"))
		return LISTING_GIT;
	return !strcmp(name, "refs") ? LISTING_REFS : 0;
}

/* The names of one getdents64(2); 0 or ENOMEM. */
static int
take(struct listing_stack *s, struct listing *l, size_t n, size_t budget,
	char **ceiling)
{
	for (size_t at = 0; at < n; ) {
		const struct dirent64 *d = (const void *)(s->dents + at);
		const char *name = d->d_name;

		at += d->d_reclen;
		if (name[0] == '.' && (!name[1] || !strcmp(name, "..")))
			continue;
		l->marks |= mark(name);
		if (l->after && strcmp(name, l->after) <= 0)
			continue;
		if (*ceiling && strcmp(name, *ceiling) >= 0) {
			l->more = true;
			continue;
		}
		if (!push(s, name, d->d_type))
			return ENOMEM;
		if (cost(s, l->text, l->first) <= budget ||
			s->n - l->first < 2)
			continue;
		l->more = true;
		if (!halve(s, l, ceiling))
			return ENOMEM;
	}
	return 0;
}

static size_t
budget_of(const struct listing_stack *s)
{
	size_t used = cost(s, 0, 0);
	size_t share = used < LISTING_MOST ? (LISTING_MOST - used) / 2 : 0;

	return share > LISTING_LEAST ? share : LISTING_LEAST;
}

static int
read_round(struct listing_stack *s, struct listing *l, int fd)
{
	size_t budget = budget_of(s);
	char *ceiling = NULL;
	int error = 0;

	l->more = false;
	while (!error) {
		ssize_t got = getdents64(fd, s->dents, LISTING_DENTS);
		if (got < 0)
			error = errno;
		if (got <= 0)
			break;
		error = take(s, l, (size_t)got, budget, &ceiling);
	}
	free(ceiling);
	sort(s, l);
	l->next = l->first;
	l->end = s->n;
	return error;
}

int
listing_read(struct listing_stack *s, struct listing *l, int fd)
{
	*l = (struct listing){ .text = s->text.len, .first = s->n };
	return read_round(s, l, fd);
}

int
listing_again(struct listing_stack *s, struct listing *l, int fd)
{
	char *last = strdup(name_at(s, l->end - 1));

	if (!last)
		return ENOMEM;
	free(l->after);
	l->after = last;
	s->text.len = l->text;
	s->n = l->first;
	if (lseek(fd, 0, SEEK_SET) < 0)
		return errno;
	return read_round(s, l, fd);
}

const char *
listing_next(const struct listing_stack *s, struct listing *l, uint8_t *type)
{
	const char *name;

	if (l->next == l->end)
		return NULL;
	name = name_at(s, l->next++);
	*type = (uint8_t)name[-1];
	return name;
}

void
listing_pop(struct listing_stack *s, struct listing *l)
{
	s->text.len = l->text;
	s->n = l->first;
	free(l->after);
	l->after = NULL;
}
