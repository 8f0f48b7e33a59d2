/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.c - git-config(5), as far as sections, keys and plain values go.  It
 * is read for the format of the repository alone; nothing in it is obeyed,
 * no other file is included.
 */
#include "git/config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"

enum { CONFIG_MOST = 1024 * 1024, WORD = 64 };

struct line {
	char section[WORD];	/* without its subsection, in lower case */
	char key[WORD];
	const char *value;	/* quotes and comments taken off; "" */
};

static void
heed(struct git_config *c, const struct line *l)
{
	static const char *const known[] = { "noop", "partialclone",
		"worktreeconfig", "preciousobjects", "noop-v1",
		"compatobjectformat", "relativeworktrees" };
	const char *v = l->value;

	if (!strcmp(l->section, "core") && !strcmp(l->key, "worktree"))
		snprintf(c->worktree, sizeof c->worktree, "%s", v);
	else if (!strcmp(l->section, "core") && !strcmp(l->key, "hookspath"))
		snprintf(c->hooks, sizeof c->hooks, "%s", v);
	else if (!strcmp(l->section, "remote") && !strcmp(l->key, "promisor"))
		c->promisor |= !strcasecmp(v, "true");
	if (strcmp(l->section, "extensions") != 0)
		return;
	if (!strcmp(l->key, "objectformat")) {
		c->sha256 = !strcasecmp(v, "sha256");
		c->unknown |= !c->sha256 && strcasecmp(v, "sha1") != 0;
	} else if (!strcmp(l->key, "refstorage")) {
		c->reftable = !strcasecmp(v, "reftable");
		c->strange_refs = !c->reftable && strcasecmp(v, "files") != 0;
	} else {
		bool is = false;

		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			is |= !strcmp(l->key, known[i]);
		c->promisor |= !strcmp(l->key, "partialclone");
		c->unknown |= !is;
	}
}

/* Lower-case letters, digits, - and . at s into word; where they end. */
static char *
take_word(char *s, char word[WORD])
{
	size_t n = strcspn(s, " \t\"]=#;");

	for (size_t i = 0; i < n && i < WORD - 1; i++)
		word[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] | 0x20) :
			s[i];
	word[n < WORD - 1 ? n : WORD - 1] = '\0';
	return s + n;
}

/* Takes quotes, what they protect and comments apart, in place. */
static char *
tidy(char *s)
{
	char *out, *from, *end;
	bool quoted = false;

	s += strspn(s, " \t");
	end = s;
	for (out = from = s; *from; from++) {
		if (*from == '"') {
			quoted = !quoted;
			end = out;
			continue;
		}
		if (!quoted && (*from == '#' || *from == ';'))
			break;
		if (*from == '\\' && from[1])
			from++;
		*out++ = *from;
		if (quoted || (*from != ' ' && *from != '\t' && *from != '\r'))
			end = out;
	}
	*end = '\0';
	return s;
}

static void
take_line(struct git_config *c, struct line *l, char *s)
{
	s += strspn(s, " \t");
	if (*s == '[') {
		s = take_word(s + 1, l->section);
		s = strchr(s, ']');
		if (!s)
			return;
		s++;
		s += strspn(s, " \t");
	}
	if (!*s || *s == '#' || *s == ';')
		return;
	s = take_word(s, l->key);
	s += strspn(s, " \t");
	/* A key without a value is true. */
	l->value = *s == '=' ? tidy(s + 1) : "true";
	heed(c, l);
}

void
config_lay(struct git_config *c, int dir, const char *name, bool links)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK |
		O_NOCTTY | (links ? 0 : O_NOFOLLOW));
	char *text = calloc(1, CONFIG_MOST + 1);
	struct line l = { .value = "" };
	ssize_t n = fd >= 0 && text ? io_read_all(fd, text, CONFIG_MOST) : -1;

	if (fd >= 0)
		close(fd);
	for (char *s = text, *next; n > 0 && s && *s; s = next) {
		next = s + strcspn(s, "\n");
		if (*next)
			*next++ = '\0';
		take_line(c, &l, s);
	}
	free(text);
}

void
config_read(struct git_config *c, int dir)
{
	memset(c, 0, sizeof *c);
	config_lay(c, dir, "config", false);
}
