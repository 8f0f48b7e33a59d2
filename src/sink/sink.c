/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sink.c - what all formats share: their table, buffered writing, failing
 * once.  What a report looks like is left to to_*.c.
 */
#include "sink/sink.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "base/io.h"
#include "base/options.h"

static const struct sink_format *const formats[] = {
	&sink_text, &sink_jsonl,
};

static const struct sink_format *
format_find(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

enum stanch_result
stanch_sink_open(struct stanch_sink **out, const char *format, int fd,
	const struct stanch_sink_options *opt, struct stanch_error *err)
{
	const struct sink_format *f = format_find(format);
	struct stanch_sink *s;

	if (!f)
		return error_set(err, STANCH_EUSAGE, format,
			"unknown report format; there are text and jsonl");
	s = calloc(1, sizeof *s);
	if (!s)
		return error_nomem(err);
	s->own = calloc(1, f->own ? f->own : 1);
	if (!s->own) {
		free(s);
		return error_nomem(err);
	}
	s->format = f;
	s->fd = fd;
	options_take(&s->opt, sizeof s->opt, opt);
	if (!s->opt.now)
		s->opt.now = time(NULL);
	buf_init(&s->out, SINK_MOST);
	*out = s;
	return STANCH_OK;
}

void
stanch_sink_free(struct stanch_sink *s)
{
	if (!s)
		return;
	if (s->format->own_free)
		s->format->own_free(s->own);
	free(s->own);
	buf_free(&s->out);
	free(s);
}

static enum stanch_result
fail(struct stanch_sink *s, enum stanch_result r)
{
	s->out.len = 0;
	s->failed = r;
	return r;
}

enum stanch_result
sink_flush(struct stanch_sink *s, struct stanch_error *err)
{
	if (s->failed)
		return error_set(err, s->failed, "report",
			"cannot be written any more");
	if (s->out.len && !io_write_all(s->fd, s->out.ptr, s->out.len))
		return fail(s, error_sys(err, errno, "report",
			"cannot be written"));
	s->out.len = 0;
	return STANCH_OK;
}

/* After a format's turn. */
static enum stanch_result
settle(struct stanch_sink *s, bool ok, struct stanch_error *err)
{
	if (!s->failed && (!ok || s->out.failed))
		return fail(s, error_nomem(err));
	if (s->failed || s->out.len >= SINK_WRITE)
		return sink_flush(s, err);
	return STANCH_OK;
}

enum stanch_result
sink_begin(struct stanch_sink *s, const struct sink_about *about,
	struct stanch_error *err)
{
	s->about = *about;
	return settle(s, !s->format->begin || s->failed ||
		s->format->begin(s), err);
}

enum stanch_result
sink_finding(struct stanch_sink *s, const struct stanch_finding *f,
	struct stanch_error *err)
{
	return settle(s, s->failed || s->format->finding(s, f), err);
}

enum stanch_result
sink_gap(struct stanch_sink *s, const struct gap *g, struct stanch_error *err)
{
	return settle(s, s->failed || s->format->gap(s, g), err);
}

enum stanch_result
sink_coverage(struct stanch_sink *s, const struct coverage *c,
	struct stanch_error *err)
{
	return settle(s, s->failed || !s->format->coverage ||
		s->format->coverage(s, c), err);
}

enum stanch_result
sink_end(struct stanch_sink *s, const struct stanch_tally *t,
	struct stanch_error *err)
{
	enum stanch_result r;

	r = settle(s, s->failed || s->format->end(s, t), err);
	return r == STANCH_OK ? sink_flush(s, err) : r;
}
