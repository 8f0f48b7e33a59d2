/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mask.c - the values to mask: variables of the environment whose names tell
 * that they are secret, files, a descriptor.  What is done with a value is
 * the library's business; what it is, is never said.
 */
#include "cli/mask.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "cli/mask_command.h"
#include "cli/names.h"

enum { FILE_MOST = 1024 * 1024, NAME_MOST = 128 };

/* Names of variables that hold secrets; case does not matter. */
static const char default_names[] =
	"PASSWORD,*_PASSWORD,*PASSWD,*_PASS,*_PWD,PGPASSWORD,MYSQL_PWD,"
	"SECRET,*_SECRET,*_SECRETS,*_SECRET_*,TOKEN,*_TOKEN,*_PAT,"
	"APIKEY,*_APIKEY,*_API_KEY,*_ACCESS_KEY,*_PRIVATE_KEY,*_SSH_KEY,"
	"*_SIGNING_KEY,*_ENCRYPTION_KEY,*_CREDENTIALS,*_CREDENTIAL,*_AUTH,"
	"*_CONNECTION_STRING,*_WEBHOOK_URL,*_PASSPHRASE,*_LICENSE_KEY";

/* For the report: whoever plays with us gets no memory by it. */
static void
remember(struct mask *m, const char *name, enum stanch_value_use use,
	const char *why)
{
	struct weak_value one = { .use = use, .why = why };

	snprintf(one.name, sizeof one.name, "%s", name);
	if (m->weak.len < MASK_WEAK_MOST * sizeof one)
		buf_append(&m->weak, &one, sizeof one);
}

void
mask_note(struct mask *m, const struct cli *cli, const char *name,
	enum stanch_value_use use, const char *why)
{
	m->full += use == STANCH_VALUE_FULL;
	m->words += use == STANCH_VALUE_WORD;
	m->refused += use == STANCH_VALUE_REFUSED;
	if (use != STANCH_VALUE_FULL)
		remember(m, name, use, why);
	if (use == STANCH_VALUE_WORD)
		say(cli, "warning: %s: the value %s: it is masked only where it"
			" stands as a word", name, why);
	else if (use == STANCH_VALUE_REFUSED)
		say(cli, "warning: %s: the value %s: it is NOT masked", name,
			why);
}

bool
mask_add(struct mask *m, const struct cli *cli, const char *name,
	const void *value, size_t len)
{
	enum stanch_value_use use;
	struct stanch_error err;
	const char *why;

	if (stanch_values_add(m->values, name, value, len, &use, &why, &err) !=
		STANCH_OK) {
		say_error(cli, &err);
		return false;
	}
	mask_note(m, cli, name, use, why);
	return true;
}

/* ---- the environment ---- */

static bool
is_one_of(const char *name, const char *globs)
{
	char glob[NAME_MOST];
	size_t n;

	for (; *globs; globs += n + (globs[n] == ',')) {
		n = strcspn(globs, ",");
		snprintf(glob, sizeof glob, "%.*s", (int)n, globs);
		if (n < sizeof glob && n > 0 &&
			fnmatch(glob, name, FNM_CASEFOLD) == 0)
			return true;
	}
	return false;
}

static bool
read_environment(struct mask *m, const struct cli *cli, const char *globs)
{
	for (char **e = environ; *e; e++) {
		const char *value = strchr(*e, '=');
		char name[NAME_MOST];

		if (!value)
			continue;
		snprintf(name, sizeof name, "%.*s", (int)(value - *e), *e);
		if (value[1] && is_one_of(name, *globs ? globs :
			default_names) && !mask_add(m, cli, name, value + 1,
			strlen(value + 1)))
			return false;
	}
	return true;
}

/* ---- files: NUL-separated, NAME=value lines, or a value a line ---- */

/* The length of NAME in "NAME=" or "export NAME="; 0: it is none.  *skip:
   what stands before it. */
static size_t
name_of(const char *line, size_t len, size_t *skip)
{
	size_t n = 0;

	*skip = len > 7 && !memcmp(line, "export ", 7) ? 7 : 0;
	line += *skip;
	len -= *skip;
	while (n < len && (line[n] == '_' || (line[n] >= '0' && n &&
		line[n] <= '9') || ((line[n] | 0x20) >= 'a' &&
		(line[n] | 0x20) <= 'z')))
		n++;
	return n < len && line[n] == '=' ? n : 0;
}

static bool
is_aside(const char *line, size_t len)
{
	size_t i = 0;

	while (i < len && strchr(" \t\r", line[i]))
		i++;
	return i == len || line[i] == '#';
}

struct lines {
	const char *at, *end;
	char separator;
	unsigned number;	/* of the line, from 1 */
};

static bool
next_line(struct lines *l, const char **line, size_t *len)
{
	const char *stop;

	if (l->at == l->end)
		return false;
	stop = memchr(l->at, l->separator, (size_t)(l->end - l->at));
	*line = l->at;
	*len = (size_t)((stop ? stop : l->end) - l->at);
	l->at = stop ? stop + 1 : l->end;
	l->number++;
	return true;
}

/* Every line is empty, a comment or NAME=value. */
static bool
is_dotenv(struct lines l)
{
	size_t len, skip, found = 0;
	const char *line;

	while (next_line(&l, &line, &len)) {
		if (is_aside(line, len))
			continue;
		if (!name_of(line, len, &skip))
			return false;
		found++;
	}
	return found > 0;
}

static bool
take_lines(struct mask *m, const struct cli *cli, const char *place,
	struct lines l)
{
	bool dotenv = l.separator == '\n' && is_dotenv(l);
	char name[NAME_MOST];
	size_t len, n, skip;
	const char *line;

	while (next_line(&l, &line, &len)) {
		if (len == 0 || (dotenv && is_aside(line, len)))
			continue;
		n = dotenv ? name_of(line, len, &skip) : 0;
		if (n) {
			snprintf(name, sizeof name, "%.*s", (int)n,
				line + skip);
			n += skip + 1;
		} else {
			snprintf(name, sizeof name, "%.100s.%u", place,
				l.number);
		}
		if (n < len && !mask_add(m, cli, name, line + n, len - n))
			return false;
	}
	return true;
}

static bool
read_descriptor(struct mask *m, const struct cli *cli, const char *place,
	int fd)
{
	const char *slash = strrchr(place, '/');
	struct buf text;
	ssize_t n = -1;
	bool ok = false;

	buf_init(&text, FILE_MOST + 1);
	if (buf_reserve(&text, FILE_MOST + 1))
		n = io_read_all(fd, text.ptr, FILE_MOST + 1);
	if (n < 0)
		say(cli, "%s: the values cannot be read: %s", place,
			strerror(errno));
	else if (n > FILE_MOST)
		say(cli, "%s: more than %d MiB of values", place,
			FILE_MOST >> 20);
	else
		ok = take_lines(m, cli, slash ? slash + 1 : place,
			(struct lines){ (char *)text.ptr,
			(char *)text.ptr + n, memchr(text.ptr, '\0',
			(size_t)n) ? '\0' : '\n', 0 });
	text.len = text.cap;	/* all of it may hold a value */
	buf_free(&text);
	return ok;
}

static bool
read_file(struct mask *m, const struct cli *cli, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool ok;

	if (fd < 0) {
		say(cli, "%s: the values cannot be read: %s", path,
			strerror(errno));
		return false;
	}
	ok = read_descriptor(m, cli, path, fd);
	close(fd);
	return ok;
}

static bool
read_command(struct mask *m, const struct cli *cli, const char *text)
{
	struct mask_command c;
	bool ok;

	if (!mask_command_start(&c, cli, text))
		return false;
	ok = read_descriptor(m, cli, "command", c.fd);
	return mask_command_end(&c, cli, text) && ok;
}

static bool
read_all(struct mask *m, const struct cli *cli)
{
	const struct opt_values *opt = &cli->opt;
	char place[32];

	if (opt->mask_env && !read_environment(m, cli, opt->mask_env))
		return false;
	for (size_t i = 0; i < opt->mask_files.n; i++)
		if (!read_file(m, cli, opt->mask_files.v[i]))
			return false;
	if (opt->mask_command && !read_command(m, cli, opt->mask_command))
		return false;
	if (!opt->mask_fd)
		return true;
	snprintf(place, sizeof place, "fd.%d", (int)opt->mask_fd);
	if (!read_descriptor(m, cli, place, (int)opt->mask_fd))
		return false;
	close((int)opt->mask_fd);	/* CMD has no business with it */
	return true;
}

/* ---- the whole ---- */

static const char *
form_name(size_t i)
{
	static const char *const names[] = { "base64", "hex", "reversed",
		"spaced", "cut", "broken" };

	return i < sizeof names / sizeof *names ? names[i] : NULL;
}

bool
mask_read(struct mask *m, const struct cli *cli)
{
	const struct opt_values *opt = &cli->opt;
	struct stanch_values_options how = { .size = sizeof how,
		.weak = opt->mask_weak };
	struct stanch_error err;

	*m = (struct mask){ 0 };
	buf_init(&m->weak, MASK_WEAK_MOST * sizeof(struct weak_value));
	if (opt->no_form && !names_read(&how.without, cli, "no-form",
		opt->no_form, form_name))
		return false;
	/* A command may give some while it runs, and so may the log. */
	if (!opt->mask_env && !opt->mask_files.n && !opt->mask_fd &&
		!opt->mask_command && !opt->in_band && !cli->nargs)
		return true;
	if (stanch_values_new(&m->values, &how, &err) != STANCH_OK) {
		say_error(cli, &err);
		return false;
	}
	return read_all(m, cli);
}

void
mask_free(struct mask *m)
{
	stanch_values_free(m->values);
	buf_free(&m->weak);
	*m = (struct mask){ 0 };
}
