/* SPDX-License-Identifier: Apache-2.0 */
/* rev.c - a part of gitrevisions(7): names and ids, their parents. */
#include "git/rev.h"

#include <stdio.h>

#include "base/error.h"
#include "git/parse.h"

enum { NAME_MOST = 1024, SHORT_LEAST = 4, TAGS_MOST = 32, UP_MOST = 100000 };

static bool
by_name(struct git_id *id, const struct git_refs *refs, const char *name)
{
	static const char *const forms[] = { "%s", "refs/%s", "refs/tags/%s",
		"refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD" };

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		char full[NAME_MOST + 32];
		const char *at = strstr(forms[i], "%s");
		const struct git_ref *ref;

		snprintf(full, sizeof full, "%.*s%s%s",
			(int)(at - forms[i]), forms[i], name, at + 2);
		ref = git_refs_find(refs, full);
		if (ref && !git_id_is_zero(&ref->id)) {
			*id = ref->id;
			return true;
		}
	}
	return false;
}

/* Takes tags off, down to a commit. */
static bool
to_commit(struct git_id *id, struct git_reader *rd, const struct git_repo *r,
	struct git_commit *c)
{
	struct git_object o;
	struct git_tag tag;
	struct gap gap;

	for (int i = 0; i < TAGS_MOST; i++) {
		if (!git_read(rd, id, &o, &gap))
			return false;
		if (o.type == GIT_COMMIT)
			return git_commit_parse(c, r, o.data);
		if (o.type != GIT_TAG || !git_tag_parse(&tag, r, o.data))
			return false;
		*id = tag.target;
	}
	return false;
}

static bool
up(struct git_id *id, struct git_reader *rd, const struct git_repo *r,
	unsigned nth)
{
	struct git_commit c;

	if (!to_commit(id, rd, r, &c))
		return false;
	for (unsigned i = 0; i < nth; i++)
		if (!git_commit_parent(&c, r, id))
			return false;
	return true;
}

/* ~N goes up N times, ^N to the N-th parent; without N it is 1. */
static bool
follow(struct git_id *id, struct git_reader *rd, const struct git_repo *r,
	const char *s)
{
	while (*s) {
		char how = *s++;
		unsigned n = 1;

		if (how != '~' && how != '^')
			return false;
		if (*s >= '0' && *s <= '9')
			for (n = 0; *s >= '0' && *s <= '9' && n < UP_MOST; s++)
				n = n * 10 + (unsigned)(*s - '0');
		if (how == '^' && !up(id, rd, r, n))
			return false;
		for (unsigned i = 0; how == '~' && i < n; i++)
			if (!up(id, rd, r, 1))
				return false;
	}
	return true;
}

enum stanch_result
git_rev(struct git_id *id, struct git_reader *rd, const struct git_repo *r,
	const struct git_refs *refs, const char *text,
	struct stanch_error *err)
{
	char name[NAME_MOST];
	size_t n = strcspn(text, "~^"), found;

	if (n == 0 || n >= sizeof name)
		return error_set(err, STANCH_EUSAGE, text,
			"is no name of a commit");
	snprintf(name, sizeof name, "%.*s", (int)n, text);
	if (!strcmp(name, "@"))
		snprintf(name, sizeof name, "HEAD");
	if (!by_name(id, refs, name)) {
		found = n >= SHORT_LEAST ?
			git_prefix(r, span_str(name), id) : 0;
		if (found != 1)
			return error_set(err, STANCH_EUSAGE, text, "%s",
				found ? "is the beginning of several ids" :
				"there is no such ref or object");
	}
	if (follow(id, rd, r, text + n))
		return STANCH_OK;
	return error_set(err, STANCH_EUSAGE, text,
		"leads to no commit that is there");
}
