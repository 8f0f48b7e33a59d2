/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opt_value.c - the values of options: reading them by their kind, their
 * defaults, and which name was meant by one that does not exist.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Digits only: no sign, no space, no overflow.  *end is set past them. */
static bool
read_digits(const char *s, uint64_t *out, char **end)
{
	if (*s < '0' || *s > '9')
		return false;
	errno = 0;
	*out = strtoull(s, end, 10);
	return errno == 0;
}

static bool
read_number(const char *s, uint64_t *out)
{
	char *end;

	return read_digits(s, out, &end) && !*end;
}

static bool
read_size(const char *s, uint64_t *out)
{
	static const char units[] = "KkMmGgTt";
	const char *unit;
	unsigned shift;
	char *end;

	if (!read_digits(s, out, &end))
		return false;
	if (!*end)
		return true;
	unit = strchr(units, *end);
	if (!unit || (end[1] && strcmp(end + 1, "iB") && strcmp(end + 1, "B")))
		return false;
	shift = 10 * (unsigned)((unit - units) / 2 + 1);
	if (*out > UINT64_MAX >> shift)
		return false;
	*out <<= shift;
	return true;
}

static bool
read_choice(const char *s, const char *choices, const char **out)
{
	size_t len = strlen(s);
	const char *c = choices;

	while (c) {
		size_t n = strcspn(c, "|");

		if (n == len && !memcmp(c, s, n)) {
			*out = s;
			return true;
		}
		c = c[n] ? c + n + 1 : NULL;
	}
	return false;
}

static bool
append(struct opt_list *list, const char *value)
{
	if (list->n == OPT_LIST_MAX)
		return false;
	list->v[list->n++] = value;
	return true;
}

const char *
opt_store(struct opt_values *values, const struct opt_spec *spec,
	const char *value)
{
	void *at = (char *)values + spec->at;

	switch (spec->kind) {
	case OPT_FLAG:
		*(bool *)at = true;
		return NULL;
	case OPT_MAYBE:
		*(const char **)at = value;
		return NULL;
	case OPT_TEXT:
	case OPT_FILE:
	case OPT_DIR:
		*(const char **)at = value;
		return *value ? NULL : "is empty";
	case OPT_FILES:
		if (!*value)
			return "is empty";
		return append(at, value) ? NULL : "is one too many";
	case OPT_CHOICE:
		return read_choice(value, spec->choices, at) ? NULL :
			"is not one of";
	case OPT_NUMBER:
		return read_number(value, at) ? NULL :
			"is not a number of 0 or more";
	case OPT_SIZE:
		return read_size(value, at) ? NULL :
			"is not a size; write bytes, or 10K, 10M, 10G, 10T";
	}
	return "is of no known kind";
}

void
opt_defaults(struct opt_values *values)
{
	memset(values, 0, sizeof *values);
	for (const struct opt_spec *s = opt_specs; s->name; s++)
		if (s->value)
			opt_store(values, s, s->value);
}

/* ---- did you mean? ---- */

enum { WORD_MAX = 32 };

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein distance; a and b are shorter than WORD_MAX. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[WORD_MAX + 1], n = strlen(b);

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < n; j++) {
			size_t change = diagonal + (a[i] != b[j]);

			diagonal = row[j + 1];
			row[j + 1] = least(change,
				least(row[j], row[j + 1]) + 1);
		}
	}
	return row[n];
}

/* 0 when word begins name, else the number of edits; WORD_MAX: too far. */
static size_t
apart(const char *word, const char *name)
{
	size_t len = strlen(word), far = len / 3 + 1, d;

	if (len >= WORD_MAX || strlen(name) >= WORD_MAX || len < 2)
		return WORD_MAX;
	if (!strncmp(word, name, len))
		return 0;
	d = distance(word, name);
	return d <= far ? d : WORD_MAX;
}

const char *
opt_nearest(const char *word, const char *(*next)(void *from, size_t i),
	void *from)
{
	const char *best = NULL, *name;
	size_t best_apart = WORD_MAX;

	for (size_t i = 0; (name = next(from, i)); i++) {
		size_t d = apart(word, name);

		if (d < best_apart) {
			best = name;
			best_apart = d;
		}
	}
	return best;
}
