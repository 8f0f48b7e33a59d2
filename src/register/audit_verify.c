/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit_verify.c - whether an audit log is what was written, and the log
 * beside it what it says.  What a record says is read here; the links between
 * them are audit_chain.c's.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/io.h"
#include "base/json.h"
#include "register/audit_chain.h"
#include "register/audit_log.h"
#include "register/audit_names.h"
#include "stanch.h"

struct verify {
	const struct stanch_audit_check *check;
	struct stanch_audit_result *result;
	struct audit_chain chain;
	struct audit_log log;
	struct side {
		uint64_t pos;		/* nothing to come begins before it */
		uint64_t redactions;
		bool seen, ended;
	} sides[AUDIT_STREAMS];
	bool cut;		/* the log ends before a place it should have */
	bool closed;
	const json_value *top;	/* of the record */
};

/* The first thing that is wrong is what is told. */
static bool
breaks(struct verify *v, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static bool
breaks(struct verify *v, const char *fmt, ...)
{
	struct stanch_audit_result *r = v->result;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->text, sizeof r->text, fmt, ap);
	va_end(ap);
	r->verdict = STANCH_BROKEN;
	r->line = r->records + 1;
	return false;
}

/* ---- what a record says ---- */

static uint64_t
number(const struct verify *v, const char *name)
{
	int64_t n;

	return json_get_integer(json_get_member(v->top, name), &n) && n > 0 ?
		(uint64_t)n : 0;
}

static struct span
string(const struct verify *v, const char *name)
{
	struct span s;

	return json_get_string(json_get_member(v->top, name), &s) ? s :
		span_of(NULL, 0);
}

static bool
text_is(const struct verify *v, const char *name, const char *text)
{
	return json_get_equal(json_get_member(v->top, name), text);
}

/* Its stream, and whether that is the one that the log is of. */
static struct side *
side_of(struct verify *v, bool *logged)
{
	bool err = text_is(v, "stream", audit_stream_name(STANCH_STDERR));

	*logged = v->check->log >= 0 &&
		(v->check->stream == STANCH_STDERR) == err;
	v->sides[err].seen = true;
	return &v->sides[err];
}

/* A part of the log that is not there: only an end makes that wrong. */
static bool
differs(struct verify *v, const char *what)
{
	if (v->log.sys)
		return breaks(v, "is not so: the log cannot be read");
	if (v->log.differs)
		return breaks(v, "is not so: the log does not have %s", what);
	v->cut = true;
	return true;
}

static bool
on_redact(struct verify *v)
{
	uint64_t at = number(v, "at"), len = number(v, "len");
	struct span tag = string(v, "tag");
	bool logged;
	struct side *s = side_of(v, &logged);

	if (at < s->pos || at + len < at || (tag.len && tag.len != len))
		return breaks(v, "is of a place before that of the last one");
	s->pos = at + len;
	s->redactions++;
	v->result->redactions++;
	if (!logged || v->cut)
		return true;
	if (audit_log_reaches(&v->log, at) && (tag.len ?
		audit_log_has(&v->log, tag) :
		audit_log_is_filled(&v->log, len)))
		return true;
	return differs(v, "the tag where it should be");
}

static bool
on_counted(struct verify *v)
{
	bool logged;
	struct side *s = side_of(v, &logged);

	s->redactions += number(v, "count");
	v->result->counted += number(v, "count");
	return true;
}

/* Of marks and ends. */
static bool
on_sum(struct verify *v)
{
	uint64_t out = number(v, "bytes_out");
	struct span hash = string(v, "hash");
	bool logged;
	struct side *s = side_of(v, &logged);

	if (out < s->pos || s->ended)
		return breaks(v, "is of a place before that of the last one");
	s->pos = out;
	if (number(v, "redactions") != s->redactions)
		return breaks(v, "does not count the redactions before it");
	if (!logged || v->cut)
		return true;
	if (audit_log_reaches(&v->log, out) &&
		(!hash.len || audit_log_hashes_to(&v->log, hash)))
		return true;
	return differs(v, "the bytes that were written");
}

static bool
on_end(struct verify *v)
{
	struct span hash = string(v, "hash");
	bool logged;
	struct side *s = side_of(v, &logged);

	if (!on_sum(v))
		return false;
	s->ended = true;
	if (!logged)
		return true;
	if (v->cut)
		return breaks(v, "is not so: the log is shorter");
	if (!audit_log_ends(&v->log))
		return breaks(v, "is not so: the log is longer");
	v->result->hashed = hash.len > 0;
	return true;
}

static bool
on_close(struct verify *v)
{
	uint64_t sum = v->sides[0].redactions + v->sides[1].redactions;

	v->closed = true;
	return number(v, "redactions") == sum ||
		breaks(v, "does not count the redactions before it");
}

/* Any other record could not stand in its place: the chain says so. */
static bool
on_value(struct verify *v)
{
	return true;
}

static bool
on_degraded(struct verify *v)
{
	v->result->degraded++;
	return true;
}

static bool
on_open(struct verify *v)
{
	return breaks(v, "is another beginning");
}

static bool
take_record(struct verify *v)
{
	static bool (*const on[AUDIT_EVENTS])(struct verify *) = {
		on_open, on_redact, on_counted, on_sum, on_value, on_degraded,
		on_end, on_close };

	if (v->result->records == 0)
		return true;	/* begin_chain() has read it */
	for (int ev = 0; ev < AUDIT_EVENTS; ev++)
		if (text_is(v, "ev", audit_event_name((enum audit_event)ev)))
			return on[ev](v);
	return breaks(v, "is of no known kind");
}

/* ---- lines ---- */

static bool
read_nonce(const struct verify *v, uint8_t nonce[AUDIT_NONCE])
{
	struct span hex = string(v, "nonce");
	unsigned value;

	if (hex.len != 2 * AUDIT_NONCE)
		return false;
	for (size_t i = 0; i < AUDIT_NONCE; i++) {
		char two[3] = { (char)hex.ptr[2 * i],
			(char)hex.ptr[2 * i + 1], '\0' };

		if (strspn(two, "0123456789abcdef") != 2 ||
			sscanf(two, "%2x", &value) != 1)
			return false;
		nonce[i] = (uint8_t)value;
	}
	return true;
}

static bool
begin_chain(struct verify *v, struct span line)
{
	const struct stanch_audit_check *c = v->check;
	uint8_t nonce[AUDIT_NONCE];

	if (!text_is(v, "ev", audit_event_name(AUDIT_OPEN)) ||
		!read_nonce(v, nonce))
		return breaks(v, "is not the beginning of an audit log");
	if (number(v, "format") != 1)
		return breaks(v, "is of a format that this version does not "
			"know");
	v->result->keyed = memmem(line.ptr, line.len, "\"keyed\":true", 12);
	if (c->key_len && !v->result->keyed)
		return breaks(v, "says that there was no key");
	audit_chain_begin(&v->chain, span_of(c->key, c->key_len), nonce);
	v->chain.unread = v->result->keyed && !c->key_len;
	return true;
}

static bool
take_line(struct verify *v, struct span line)
{
	struct json *j = json_parse(line);
	const char *why;
	bool ok;

	if (v->closed) {
		json_free(j);
		return breaks(v, "follows the last one");
	}
	v->top = j ? json_top(j) : NULL;
	ok = json_get_object(v->top) || breaks(v, "is no record");
	if (ok && v->result->records == 0)
		ok = begin_chain(v, line);
	if (ok) {
		why = audit_chain_check(&v->chain, line);
		ok = why ? breaks(v, "%s", why) : take_record(v);
	}
	v->result->records += ok;
	json_free(j);
	return ok;
}

/* All whole lines of b; what is left stays. */
static bool
take_lines(struct verify *v, struct buf *b)
{
	uint8_t *end;

	while (b->len && (end = memchr(b->ptr, '\n', b->len))) {
		size_t n = (size_t)(end - b->ptr);

		if (!take_line(v, span_of(b->ptr, n)))
			return false;
		buf_drop(b, n + 1);
	}
	return true;
}

static enum stanch_result
read_lines(struct verify *v, int fd, struct stanch_error *err)
{
	enum { STEP = 4096 };
	enum stanch_result r = STANCH_OK;
	struct buf b;
	ssize_t n = 1;

	buf_init(&b, AUDIT_LINE_MAX + STEP);
	while (n > 0 && r == STANCH_OK) {
		if (!buf_reserve(&b, b.len + STEP)) {
			/* No memory, or a line longer than any of ours. */
			breaks(v, "is no record");
			break;
		}
		n = io_read(fd, b.ptr + b.len, STEP);
		if (n < 0)
			r = error_sys(err, errno, "audit log", "read");
		b.len += n > 0 ? (size_t)n : 0;
		if (n > 0 && !take_lines(v, &b))
			break;
	}
	if (n == 0 && b.len)
		snprintf(v->result->text, sizeof v->result->text,
			"the last record is cut short");
	buf_free(&b);
	return r;
}

/* ---- the whole ---- */

/* All records are right: is it all of them? */
static void
conclude(struct verify *v)
{
	struct stanch_audit_result *r = v->result;
	bool ended = v->sides[0].ended || v->sides[1].ended;
	const char *missing = NULL;

	for (size_t i = 0; i < AUDIT_STREAMS; i++)
		ended &= v->sides[i].ended || !v->sides[i].seen;
	if (r->records == 0)
		missing = "there is no record";
	else if (!v->closed)
		missing = "the last record is missing";
	else if (!ended)
		missing = "a stream did not come to its end";
	if (r->records)
		hash_hex(v->chain.head, AUDIT_DIGEST, r->head);
	if (v->check->head && strcmp(v->check->head, r->head) != 0) {
		breaks(v, "its last record is not the one with that hash");
		r->line = 0;
		return;
	}
	r->verdict = missing || r->text[0] ? STANCH_INCOMPLETE :
		STANCH_INTACT;
	if (missing && !r->text[0])
		snprintf(r->text, sizeof r->text, "%s", missing);
}

enum stanch_result
stanch_audit_verify(int audit, const struct stanch_audit_check *check,
	struct stanch_audit_result *result, struct stanch_error *err)
{
	struct verify *v;
	enum stanch_result r;

	if (!check || check->size < sizeof *check)
		return error_set(err, STANCH_EUSAGE, NULL,
			"stanch_audit_verify: options missing");
	v = calloc(1, sizeof *v);
	if (!v)
		return error_nomem(err);
	*result = (struct stanch_audit_result){ .verdict = STANCH_INTACT };
	v->check = check;
	v->result = result;
	r = audit_log_open(&v->log, check->log) ? read_lines(v, audit, err) :
		error_nomem(err);
	if (r == STANCH_OK && v->log.sys)
		r = error_sys(err, v->log.sys, "log", "read");
	if (r == STANCH_OK && result->verdict != STANCH_BROKEN)
		conclude(v);
	audit_log_close(&v->log);
	audit_chain_wipe(&v->chain);
	free(v);
	return r;
}
