/* SPDX-License-Identifier: Apache-2.0 */
/* auditing.c - the audit log of a call: see auditing.h. */
#include "cli/auditing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "cli/keyfile.h"

/* ---- where it goes ---- */

/* A file that holds something is somebody's evidence: it stays. */
static bool
open_file(struct auditing *a, const char *path)
{
	struct stat st;

	a->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC |
		O_NOCTTY, 0600);
	a->owned = a->fd >= 0;
	if (a->fd < 0 || fstat(a->fd, &st) != 0) {
		say(a->cli, "%s: the audit log cannot be opened: %s", path,
			strerror(errno));
		return false;
	}
	if (!S_ISREG(st.st_mode) || st.st_size == 0)
		return true;
	say(a->cli, "%s: holds something already; give each audit log a file "
		"of its own", path);
	return false;
}

/* What a command would be run with must not be able to write it, too. */
static bool
use_descriptor(struct auditing *a, uint64_t fd)
{
	if (fd > 2 && fd <= INT32_MAX && fcntl((int)fd, F_SETFD,
		FD_CLOEXEC) == 0) {
		a->fd = (int)fd;
		return true;
	}
	say(a->cli, "--audit-fd: %llu is no descriptor that is open for the "
		"audit log alone", (unsigned long long)fd);
	return false;
}

/* ---- what it says of us ---- */

static const char *
job_of_environment(char *buf, size_t size)
{
	static const struct { const char *system, *variable; } jobs[] = {
		{ "github", "GITHUB_RUN_ID" }, { "gitlab", "CI_JOB_ID" },
		{ "jenkins", "BUILD_TAG" },
		{ "buildkite", "BUILDKITE_JOB_ID" },
		{ "azure", "BUILD_BUILDID" },
	};

	for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
		const char *id = getenv(jobs[i].variable);

		if (id && *id) {
			snprintf(buf, size, "%s:%s", jobs[i].system, id);
			return buf;
		}
	}
	return NULL;
}

static bool
on_write(const void *data, size_t len, void *payload)
{
	return io_write_all(((struct auditing *)payload)->fd, data, len);
}

static bool
begin(struct auditing *a, const char *rules, const struct buf *key)
{
	char job[256];
	struct stanch_audit_options opt = {
		.size = sizeof opt,
		.on_write = on_write,
		.payload = a,
		.key = key->ptr,
		.key_len = key->len,
		.rules = rules,
		.job = job_of_environment(job, sizeof job),
		.hash = a->cli->opt.audit_hash,
	};
	struct stanch_error err;

	if (stanch_audit_open(&a->log, &opt, &err) == STANCH_OK)
		return true;
	say(a->cli, "the audit log: %s: %s", err.text, strerror(errno));
	return false;
}

bool
auditing_open(struct auditing *a, const struct cli *cli, const char *rules)
{
	const struct opt_values *opt = &cli->opt;
	const char *path = opt->audit_key_file ? opt->audit_key_file :
		opt->key_file;
	struct buf key;
	bool ok;

	*a = (struct auditing){ .cli = cli, .fd = -1,
		.go_on = !strcmp(opt->on_audit_error, "continue") };
	if (!opt->audit && !opt->audit_fd)
		return true;
	buf_init(&key, KEYFILE_MAX);
	ok = (!path || keyfile_read(&key, cli, path)) &&
		(opt->audit ? open_file(a, opt->audit) :
		use_descriptor(a, opt->audit_fd)) && begin(a, rules, &key);
	buf_free(&key);
	return ok;
}

/* ---- while it runs ---- */

/* Whether to go on. */
static bool
settle(struct auditing *a, enum stanch_result r)
{
	int sys = errno;

	if (r == STANCH_OK || a->failed)
		return r == STANCH_OK || a->go_on;
	a->failed = true;
	say(a->cli, "the audit log cannot be written: %s; %s", strerror(sys),
		a->go_on ? "going on without it (--on-audit-error)" :
		"nothing more comes out");
	return a->go_on;
}

bool
auditing_redaction(struct auditing *a, enum stanch_stream stream,
	const struct stanch_redaction *r)
{
	return !a->log || settle(a, stanch_audit_redaction(a->log, stream, r));
}

bool
auditing_output(struct auditing *a, enum stanch_stream stream,
	const void *data, size_t len)
{
	return !a->log || settle(a, stanch_audit_output(a->log, stream, data,
		len));
}

bool
auditing_command(struct auditing *a, enum stanch_stream stream,
	const struct stanch_command *c)
{
	return !a->log || settle(a, stanch_audit_command(a->log, stream, c));
}

bool
auditing_degraded(struct auditing *a, const char *why)
{
	return !a->log || settle(a, stanch_audit_degraded(a->log, why));
}

bool
auditing_end(struct auditing *a, enum stanch_stream stream,
	const struct stanch_filter_stats *stats)
{
	return !a->log || settle(a, stanch_audit_end(a->log, stream, stats));
}

bool
auditing_close(struct auditing *a, int status)
{
	unsigned long long records;
	char head[65];
	bool ok;

	if (!a->log)
		return true;
	ok = settle(a, stanch_audit_close(a->log, status));
	records = stanch_audit_head(a->log, head);
	stanch_audit_free(a->log);
	a->log = NULL;
	/* A pipe or a device has nothing to sync, and says so. */
	if (a->owned)
		fsync(a->fd);
	if (a->cli->opt.stats && !a->failed)
		say(a->cli, "audit log: %llu records, the last is %s", records,
			head);
	return ok;
}

void
auditing_free(struct auditing *a)
{
	if (a->log && !a->failed) {
		stanch_audit_degraded(a->log, "nothing was filtered");
		auditing_close(a, EXIT_TROUBLE);
	}
	stanch_audit_free(a->log);
	if (a->owned)
		close(a->fd);
	*a = (struct auditing){ .fd = -1 };
}
