/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.c - writing an audit log, a record at a time.  How records hang
 * together is audit_chain.c's, which of them are only counted audit_limit.c's,
 * where they go and what happens when they cannot, the caller's.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/json_out.h"
#include "register/audit_chain.h"
#include "register/audit_limit.h"
#include "register/audit_names.h"
#include "stanch.h"

enum { MARK = 64 * 1024 * 1024 };	/* bytes of output from mark to mark */

struct stanch_audit {
	stanch_output_fn *on_write;
	void *payload;
	struct audit_chain chain;
	struct audit_limit limit;
	struct stream {
		struct hash_sha256 *hash;	/* NULL: not asked for */
		uint64_t out, marked;		/* bytes */
		uint64_t redactions;
	} streams[AUDIT_STREAMS];
	uint64_t degraded, values;
	struct buf line;
	struct json_out json;
	bool failed;
};

/* ---- a record ---- */

static void
begin(struct stanch_audit *a, enum audit_event ev)
{
	char when[64];
	struct timespec now;
	struct tm tm;
	size_t n;

	a->line.len = 0;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	n = strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(when + n, sizeof when - n, ".%03ldZ",
		now.tv_nsec / 1000000);
	json_out_init(&a->json, &a->line);
	json_out_open(&a->json, NULL, '{');
	json_out_number(&a->json, "seq", a->chain.seq);
	json_out_text(&a->json, "ev", audit_event_name(ev));
	json_out_text(&a->json, "t", when);
}

static void
add_hex(struct stanch_audit *a, const char *name, const uint8_t *bytes,
	size_t n)
{
	char hex[AUDIT_HEX + 1];

	hash_hex(bytes, n, hex);
	json_out_text(&a->json, name, hex);
}

/* One write for all of it: a kill leaves whole records, or cuts the last. */
static enum stanch_result
end(struct stanch_audit *a)
{
	if (a->failed || a->line.failed ||
		!audit_chain_seal(&a->chain, &a->line) ||
		!a->on_write(a->line.ptr, a->line.len, a->payload)) {
		a->failed = true;
		return STANCH_EIO;
	}
	return STANCH_OK;
}

/* ---- the records ---- */

static enum stanch_result
write_open(struct stanch_audit *a, const struct stanch_audit_options *opt,
	const uint8_t nonce[AUDIT_NONCE])
{
	begin(a, AUDIT_OPEN);
	json_out_text(&a->json, "tool", "stanch " STANCH_VERSION);
	json_out_number(&a->json, "format", 1);
	json_out_text(&a->json, "rules", opt->rules ? opt->rules : "");
	json_out_boolean(&a->json, "keyed", a->chain.keyed);
	json_out_boolean(&a->json, "hashed", opt->hash);
	add_hex(a, "nonce", nonce, AUDIT_NONCE);
	if (opt->job)
		json_out_string(&a->json, "job",
			span_first(span_str(opt->job), AUDIT_JOB_MAX));
	return end(a);
}

enum stanch_result
stanch_audit_open(struct stanch_audit **out,
	const struct stanch_audit_options *opt, struct stanch_error *err)
{
	uint8_t nonce[AUDIT_NONCE];
	struct stanch_audit *a;
	bool ok = true;

	if (!opt || opt->size < sizeof *opt || !opt->on_write)
		return error_set(err, STANCH_EUSAGE, NULL,
			"stanch_audit_open: options or callback missing");
	if (getrandom(nonce, sizeof nonce, 0) != (ssize_t)sizeof nonce)
		return error_set(err, STANCH_EIO, NULL,
			"the system has no random bytes to give");
	a = calloc(1, sizeof *a);
	if (!a)
		return error_nomem(err);
	a->on_write = opt->on_write;
	a->payload = opt->payload;
	buf_init(&a->line, AUDIT_LINE_MAX);
	for (size_t i = 0; i < AUDIT_STREAMS && opt->hash; i++)
		ok &= (a->streams[i].hash = hash_sha256_new()) != NULL;
	audit_chain_begin(&a->chain, span_of(opt->key, opt->key_len), nonce);
	if (!ok || write_open(a, opt, nonce) != STANCH_OK) {
		stanch_audit_free(a);
		return ok ? error_set(err, STANCH_EIO, NULL, "the first "
			"record cannot be written") : error_nomem(err);
	}
	*out = a;
	return STANCH_OK;
}

void
stanch_audit_free(struct stanch_audit *a)
{
	uint8_t unused[AUDIT_DIGEST];

	if (!a)
		return;
	for (size_t i = 0; i < AUDIT_STREAMS; i++)
		if (a->streams[i].hash)
			hash_sha256_end(a->streams[i].hash, unused);
	audit_chain_wipe(&a->chain);
	buf_free(&a->line);
	free(a);
}

enum stanch_result
stanch_audit_redaction(struct stanch_audit *a, enum stanch_stream stream,
	const struct stanch_redaction *r)
{
	if (a->failed)
		return STANCH_EIO;
	a->streams[stream].redactions++;
	if (!audit_limit_pass(&a->limit, stream, r))
		return STANCH_OK;
	begin(a, AUDIT_REDACT);
	json_out_text(&a->json, "stream", audit_stream_name(stream));
	json_out_text(&a->json, "rule", stanch_rule_id(r->rule));
	if (r->fingerprint[0])
		json_out_text(&a->json, "fp", r->fingerprint);
	json_out_number(&a->json, "in", r->start);
	json_out_number(&a->json, "masked", r->end - r->start);
	json_out_number(&a->json, "at", r->at);
	json_out_number(&a->json, "len", r->len);
	/* ASCII, or UTF-16 of it: all of it can be told in JSON. */
	if (r->tag)
		json_out_string(&a->json, "tag", span_of(r->tag, r->len));
	return end(a);
}

static enum stanch_result
write_counted(struct stanch_audit *a)
{
	const struct audit_kind *k;
	enum stanch_result r = STANCH_OK;
	size_t i = 0;

	while (r == STANCH_OK && (k = audit_limit_next(&a->limit, &i))) {
		begin(a, AUDIT_COUNTED);
		json_out_text(&a->json, "stream",
			audit_stream_name((enum stanch_stream)k->stream));
		if (k->rule)
			json_out_text(&a->json, "rule",
				stanch_rule_id(k->rule));
		if (k->fingerprint[0])
			json_out_text(&a->json, "fp", k->fingerprint);
		json_out_number(&a->json, "count", k->counted);
		json_out_number(&a->json, "first", k->first);
		json_out_number(&a->json, "last", k->last);
		r = end(a);
	}
	audit_limit_renew(&a->limit);
	return r;
}

/* What marks and ends have in common. */
static void
add_stream(struct stanch_audit *a, enum stanch_stream stream)
{
	const struct stream *s = &a->streams[stream];
	uint8_t digest[AUDIT_DIGEST];

	json_out_text(&a->json, "stream", audit_stream_name(stream));
	json_out_number(&a->json, "bytes_out", s->out);
	json_out_number(&a->json, "redactions", s->redactions);
	if (!s->hash)
		return;
	hash_sha256_peek(s->hash, digest);
	add_hex(a, "hash", digest, sizeof digest);
}

enum stanch_result
stanch_audit_output(struct stanch_audit *a, enum stanch_stream stream,
	const void *data, size_t len)
{
	struct stream *s = &a->streams[stream];
	enum stanch_result r;

	if (a->failed)
		return STANCH_EIO;
	if (s->hash)
		hash_sha256_add(s->hash, data, len);
	s->out += len;
	if (s->out - s->marked < MARK)
		return STANCH_OK;
	s->marked = s->out;
	r = write_counted(a);
	if (r != STANCH_OK)
		return r;
	begin(a, AUDIT_MARK);
	add_stream(a, stream);
	return end(a);
}

enum stanch_result
stanch_audit_command(struct stanch_audit *a, enum stanch_stream stream,
	const struct stanch_command *c)
{
	static const char *const uses[] = { [STANCH_VALUE_FULL] = "full",
		[STANCH_VALUE_WORD] = "word",
		[STANCH_VALUE_REFUSED] = "refused" };

	if (a->failed)
		return STANCH_EIO;
	/* The ends of streams count all of them. */
	if (a->values++ >= AUDIT_VALUES)
		return STANCH_OK;
	begin(a, AUDIT_VALUE);
	json_out_text(&a->json, "stream", audit_stream_name(stream));
	json_out_string(&a->json, "name", span_str(c->name));
	json_out_number(&a->json, "in", c->start);
	json_out_text(&a->json, "use", uses[c->use]);
	if (c->why[0])
		json_out_text(&a->json, "why", c->why);
	return end(a);
}

enum stanch_result
stanch_audit_degraded(struct stanch_audit *a, const char *why)
{
	a->degraded++;
	begin(a, AUDIT_DEGRADED);
	json_out_string(&a->json, "why",
		span_first(span_str(why), AUDIT_WHY_MAX));
	return end(a);
}

enum stanch_result
stanch_audit_end(struct stanch_audit *a, enum stanch_stream stream,
	const struct stanch_filter_stats *stats)
{
	enum stanch_result r = write_counted(a);

	if (r != STANCH_OK)
		return r;
	begin(a, AUDIT_END);
	json_out_number(&a->json, "bytes_in", stats->bytes_in);
	json_out_number(&a->json, "bytes_masked", stats->bytes_masked);
	if (stats->commands) {
		json_out_number(&a->json, "commands", stats->commands);
		json_out_number(&a->json, "refused",
			stats->commands_refused);
	}
	add_stream(a, stream);
	return end(a);
}

enum stanch_result
stanch_audit_close(struct stanch_audit *a, int status)
{
	enum stanch_result r = write_counted(a);
	uint64_t redactions = 0;

	if (r != STANCH_OK)
		return r;
	for (size_t i = 0; i < AUDIT_STREAMS; i++)
		redactions += a->streams[i].redactions;
	begin(a, AUDIT_CLOSE);
	json_out_number(&a->json, "redactions", redactions);
	json_out_number(&a->json, "degraded", a->degraded);
	json_out_number(&a->json, "status", (uint64_t)status);
	return end(a);
}

uint64_t
stanch_audit_head(const struct stanch_audit *a, char head[65])
{
	hash_hex(a->chain.head, AUDIT_DIGEST, head);
	return a->chain.seq;
}
