/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hook.c - what each hook of githooks(5) is to look at.  The work is that of
 * cmd_scan.c.
 */
#include "cli/hook.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES_MOST = 4 * 1024 * 1024, FIELDS = 4 };

const char hook_names[] = "pre-commit, pre-merge-commit, commit-msg, "
	"post-commit, pre-push, pre-receive, update";

static bool
is_zero(const char *id)
{
	return !id[strspn(id, "0")];
}

static void
add(struct hook *h, const char *from, const char *to)
{
	if (!is_zero(from))
		h->from[h->opt.ngit_from++] = from;
	if (!is_zero(to))
		h->to[h->opt.ngit_to++] = to;
}

/* All of standard input. */
static bool
read_lines(struct hook *h, const struct cli *cli)
{
	size_t n = 0;
	ssize_t got = 1;

	h->text = calloc(1, LINES_MOST + 1);
	while (h->text && n < LINES_MOST && got > 0) {
		got = read(STDIN_FILENO, h->text + n, LINES_MOST - n);
		n += got > 0 ? (size_t)got : 0;
	}
	if (h->text && got == 0)
		return true;
	say(cli, "standard input, where git names what is pushed, cannot be "
		"read whole");
	return false;
}

/* Lines of fields; which of them are the ids before and after. */
static bool
take_lines(struct hook *h, const struct cli *cli, size_t fields, size_t from,
	size_t to)
{
	if (!read_lines(h, cli))
		return false;
	for (char *line = h->text, *next; *line; line = next) {
		char *field[FIELDS] = { NULL }, *s = line;
		size_t n = 0;

		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		for (; n < fields && *s; n++) {
			field[n] = s;
			s += strcspn(s, " ");
			if (*s)
				*s++ = '\0';
		}
		if (n < fields || h->opt.ngit_to == HOOK_REFS ||
			h->opt.ngit_from == HOOK_REFS) {
			say(cli, n < fields ? "a line of standard input is "
				"not one of git's" : "more refs in one push "
				"than can be looked at");
			return false;
		}
		add(h, field[from], field[to]);
	}
	return true;
}

static bool
take_commit(struct hook *h, const struct cli *cli)
{
	h->opt.git = STANCH_GIT_STAGED;
	h->opt.git_index = getenv("GIT_INDEX_FILE");
	return true;
}

static bool
take_message(struct hook *h, const struct cli *cli)
{
	if (cli->nargs < 2) {
		say(cli, "git gives this hook the file of the message");
		return false;
	}
	h->path = cli->args[1];
	return true;
}

/* It is made already: what can be done is to say so, at once. */
static bool
take_made(struct hook *h, const struct cli *cli)
{
	add(h, "HEAD~1", "HEAD");
	h->from[h->opt.ngit_from++] = "HEAD^2";
	return true;
}

static bool
take_push(struct hook *h, const struct cli *cli)
{
	const char *remote = cli->nargs > 1 ? cli->args[1] : "*";

	/* A remote that is named by its URL has no refs of its own. */
	if (strpbrk(remote, "/:"))
		remote = "*";
	snprintf(h->not_refs, sizeof h->not_refs, "refs/remotes/%s/*", remote);
	return take_lines(h, cli, 4, 3, 1);
}

static bool
take_receive(struct hook *h, const struct cli *cli)
{
	const char *quarantine = getenv("GIT_QUARANTINE_PATH");

	snprintf(h->not_refs, sizeof h->not_refs, "refs/*");
	if (!take_lines(h, cli, 3, 0, 1))
		return false;
	if (quarantine) {	/* exactly what is new, though no ref has it */
		h->opt.git = STANCH_GIT_OBJECTS;
		h->opt.git_objects = quarantine;
		h->opt.git_new_only = true;
	}
	return true;
}

static bool
take_update(struct hook *h, const struct cli *cli)
{
	if (cli->nargs < 4) {
		say(cli, "git gives this hook a ref, its old and its new id");
		return false;
	}
	snprintf(h->not_refs, sizeof h->not_refs, "refs/*");
	add(h, cli->args[2], cli->args[3]);
	return true;
}

static const struct {
	const char *name;
	bool (*take)(struct hook *h, const struct cli *cli);
	bool push;		/* there may be nothing new in it */
	bool reads;		/* lines of its standard input */
} hooks[] = {
	{ "pre-commit", take_commit, false, false },
	{ "pre-merge-commit", take_commit, false, false },
	{ "commit-msg", take_message, false, false },
	{ "post-commit", take_made, false, false },
	{ "pre-push", take_push, true, true },
	{ "pre-receive", take_receive, true, true },
	{ "update", take_update, true, false },
};

enum { HOOKS = sizeof hooks / sizeof *hooks };

/* Its number; HOOKS: there is none of that name. */
static size_t
find(const char *name)
{
	size_t i = 0;

	while (i < HOOKS && strcmp(hooks[i].name, name) != 0)
		i++;
	return i;
}

bool
hook_known(const char *name)
{
	return find(name) < HOOKS;
}

bool
hook_reads(const char *name)
{
	return hook_known(name) && hooks[find(name)].reads;
}

bool
hook_take(struct hook *h, const struct cli *cli)
{
	const char *dir = getenv("GIT_DIR");
	size_t i = find(cli->args[0]);

	memset(h, 0, sizeof *h);
	h->opt.size = sizeof h->opt;
	h->path = dir ? dir : ".";
	h->opt.git_not_refs = h->not_refs;
	h->opt.git_from = h->from;
	h->opt.git_to = h->to;
	h->opt.git_may_lack = true;
	h->opt.git_objects = getenv("GIT_OBJECT_DIRECTORY");
	h->opt.git_alternates = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	h->opt.git = STANCH_GIT_RANGE;
	if (i == HOOKS) {
		say(cli, "no hook '%s'; there are %s", cli->args[0],
			hook_names);
		return false;
	}
	if (hooks[i].take == take_message)
		h->opt.git = STANCH_GIT_FILES;
	if (!hooks[i].take(h, cli))
		return false;
	h->nothing = hooks[i].push && h->opt.ngit_to == 0;
	return true;
}
