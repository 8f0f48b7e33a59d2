/* SPDX-License-Identifier: Apache-2.0 */
/* redact_report.c - what a call of redact did: see redact_report.h. */
#include "cli/redact_report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/hash.h"
#include "base/io.h"
#include "base/json_out.h"
#include "cli/stream.h"

enum { REPORT_MOST = 2 * 1024 * 1024 };

bool
redact_report_asked(const struct cli *cli)
{
	return cli->opt.report || cli->opt.report_fd;
}

bool
redact_report_open(struct redact_report *r, const struct cli *cli)
{
	uint64_t fd = cli->opt.report_fd;

	r->on = false;
	r->file = (struct outfile){ .fd = -1 };
	r->fd = -1;
	clock_gettime(CLOCK_REALTIME, &r->began);
	if (!redact_report_asked(cli))
		return true;
	if (cli->opt.report) {
		if (!outfile_open(&r->file, cli->opt.report, 0644)) {
			say(cli, "%s: the report cannot be written: %s",
				cli->opt.report, strerror(errno));
			return false;
		}
		r->fd = r->file.fd;
	} else if (fd > 2 && fd <= INT32_MAX &&
		fcntl((int)fd, F_SETFD, FD_CLOEXEC) == 0) {
		r->fd = (int)fd;
	} else {
		say(cli, "--report-fd: %llu is no descriptor that is open for "
			"the report alone", (unsigned long long)fd);
		return false;
	}
	r->on = true;
	return true;
}

void
redact_report_free(struct redact_report *r)
{
	if (r->on)
		outfile_drop(&r->file);
	r->on = false;
}

/* ---- what is in it ---- */

static void
add_time(struct json_out *j, const char *key, const struct timespec *at)
{
	char text[64];
	struct tm tm;

	gmtime_r(&at->tv_sec, &tm);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
	json_out_text(j, key, text);
}

static void
add_option(struct json_out *j, const char *key, const char *value)
{
	if (value)
		json_out_string(j, key, span_str(value));
}

/* What was asked for, as far as it has a say on what comes out. */
static void
add_policy(struct json_out *j, const char *key, const struct opt_values *o)
{
	json_out_open(j, key, '{');
	json_out_text(j, "confidence", o->confidence);
	json_out_text(j, "decode", o->decode);
	add_option(j, "tag", o->fill ? NULL : o->tag);
	add_option(j, "fill", o->fill);
	json_out_boolean(j, "json", o->json);
	json_out_boolean(j, "builtin", !o->no_builtin);
	json_out_boolean(j, "mask_weak", o->mask_weak);
	add_option(j, "no_form", o->no_form);
	add_option(j, "in_band", o->in_band);
	json_out_boolean(j, "neutralise_commands", o->neutral);
	json_out_text(j, "on_audit_error", o->on_audit_error);
	json_out_close(j, '}');
}

/* One number for one policy. */
static void
add_policy_hash(struct json_out *j, const struct opt_values *o)
{
	struct buf text;
	struct json_out alone;
	uint8_t digest[32];
	char hex[65];

	buf_init(&text, 64 * 1024);
	json_out_init(&alone, &text);
	add_policy(&alone, NULL, o);
	hash_sha256_of(buf_span(&text), digest);
	hash_hex(digest, sizeof digest, hex);
	json_out_text(j, "policy_hash", hex);
	buf_free(&text);
}

static void
add_stream(struct json_out *j, const struct counts *c,
	const struct stream *s)
{
	struct stanch_filter_stats st;

	stanch_filter_get_stats(s->filter, &st);
	json_out_open(j, NULL, '{');
	json_out_text(j, "stream", s->is == STANCH_STDERR ? "stderr" :
		"stdout");
	json_out_boolean(j, "complete", s->pump.state == PUMP_DONE);
	json_out_number(j, "bytes_in", st.bytes_in);
	json_out_number(j, "bytes_out", st.bytes_out);
	json_out_number(j, "bytes_masked", st.bytes_masked);
	json_out_number(j, "findings", st.findings);
	if (c->places[s->is].any) {
		json_out_number(j, "first", c->places[s->is].first);
		json_out_number(j, "last", c->places[s->is].last);
	}
	json_out_number(j, "held_most", st.held_most);
	json_out_number(j, "json_lines", st.json_lines);
	json_out_number(j, "json_too_long", st.json_long);
	json_out_number(j, "commands", st.commands);
	json_out_number(j, "commands_refused", st.commands_refused);
	json_out_close(j, '}');
}

static void
add_findings(struct json_out *j, const struct counts *c)
{
	const char *id;
	uint64_t n;

	json_out_open(j, "by_rule", '[');
	for (size_t i = 0; (id = counts_next(c, &i, &n)); ) {
		json_out_open(j, NULL, '{');
		json_out_text(j, "rule", id);
		json_out_number(j, "findings", n);
		json_out_close(j, '}');
	}
	json_out_close(j, ']');
	json_out_open(j, "by_encoding", '[');
	for (size_t i = 0; i < c->nways; i++) {
		json_out_open(j, NULL, '{');
		json_out_text(j, "encoding", c->ways[i].name);
		json_out_number(j, "findings", c->ways[i].n);
		json_out_close(j, '}');
	}
	json_out_close(j, ']');
	json_out_number(j, "match_limits", c->limits);
}

static void
add_values(struct json_out *j, const struct mask *m)
{
	const struct weak_value *v = (const void *)m->weak.ptr;

	json_out_open(j, "values", '{');
	json_out_number(j, "full", m->full);
	json_out_number(j, "words", m->words);
	json_out_number(j, "refused", m->refused);
	json_out_open(j, "weak", '[');
	for (size_t i = 0; i < m->weak.len / sizeof *v; i++) {
		json_out_open(j, NULL, '{');
		json_out_string(j, "name", span_str(v[i].name));
		json_out_text(j, "use", v[i].use == STANCH_VALUE_WORD ?
			"word" : "refused");
		json_out_text(j, "why", v[i].why);
		json_out_close(j, '}');
	}
	json_out_close(j, ']');
	json_out_close(j, '}');
}

static void
add_degraded(struct json_out *j, const struct streams *all,
	const struct stream *of, size_t n)
{
	json_out_open(j, "degraded", '[');
	if (!n)
		json_out_text(j, NULL, "nothing was filtered");
	for (size_t i = 0; i < n; i++)
		if (of[i].pump.state != PUMP_DONE)
			json_out_text(j, NULL,
				"a stream was left before its end");
	if (all->auditing.failed)
		json_out_text(j, NULL, "the audit log was not written to its "
			"end");
	if (all->cut)
		json_out_text(j, NULL, "output of a process left behind was "
			"not read any more");
	json_out_close(j, ']');
}

static void
fill(struct json_out *j, const struct redact_report *r,
	const struct streams *all, const struct stream *of, size_t n,
	int status)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	json_out_open(j, NULL, '{');
	json_out_text(j, "type", "redaction");
	json_out_number(j, "format", 1);
	json_out_text(j, "tool", "stanch " STANCH_VERSION);
	json_out_text(j, "rules", stanch_rules_digest(all->setup.rules));
	add_time(j, "began", &r->began);
	add_time(j, "ended", &now);
	add_policy(j, "policy", &all->cli->opt);
	add_policy_hash(j, &all->cli->opt);
	json_out_open(j, "streams", '[');
	for (size_t i = 0; i < n; i++)
		add_stream(j, &all->counts, &of[i]);
	json_out_close(j, ']');
	add_findings(j, &all->counts);
	add_values(j, &all->mask);
	add_degraded(j, all, of, n);
	if (all->signal)
		json_out_number(j, "signal", (uint64_t)all->signal);
	json_out_number(j, "status", (uint64_t)status);
	json_out_close(j, '}');
}

bool
redact_report_write(struct redact_report *r, const struct streams *all,
	const struct stream *of, size_t n, int status)
{
	struct json_out j;
	struct buf text;
	bool ok;

	if (!r->on)
		return true;
	buf_init(&text, REPORT_MOST);
	json_out_init(&j, &text);
	fill(&j, r, all, of, n, status);
	errno = ENOMEM;
	ok = buf_byte(&text, '\n') && !text.failed &&
		io_write_all(r->fd, text.ptr, text.len) &&
		(r->file.fd < 0 || outfile_commit(&r->file));
	if (!ok)
		say(all->cli, "the report cannot be written: %s",
			strerror(errno));
	outfile_drop(&r->file);
	r->on = false;
	buf_free(&text);
	return ok;
}
