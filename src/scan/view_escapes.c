/* SPDX-License-Identifier: Apache-2.0 */
/*
 * view_escapes.c - stretches of bytes with escapes in them, undone.
 *
 *	..lead... %41 ..... &#66; .. \n ..... tail |
 *	   as it is   from here on all are undone
 *
 * A stretch begins LEAD bytes before an escape that shows that something was
 * encoded (escape.h has the kinds), and ends at the first byte between words
 * that is TAIL or more behind the last escape.  What comes before the first
 * one stays as it is.  So until that comes, the lane of the bytes and that of
 * the stretch see the same, and what the one holds back is what the other
 * would.
 *
 * Quoted-printable looks like much else, so it has stretches of its own, that
 * begin with what shows it (escape_sign.c).
 */
#include <stdlib.h>

#include "scan/escape_sign.h"
#include "scan/specials.h"
#include "scan/view.h"

enum {
	LEAD = 256,		/* bytes before the first escape */
	TAIL = 64,		/* ... behind the last one, at least */
	TAIL_MOST = 4096,	/* ... at most, be it a word without end */
	TAIL_KEY = 16 * 1024,	/* ... in what may be a private key */
	DASHES = 5		/* before BEGIN and END of a key */
};

/* A stretch goes on, waits for bytes, has had enough of them, ended. */
enum step { STEP_ON, STEP_WAIT, STEP_FULL, STEP_ENDED, STEP_NOMEM };

/*
 * An escape: where in the text it is, and where in the bytes; same: =3D, before
 * which the bytes end in the = that it stands for.
 */
struct mark { uint64_t text, from; uint8_t len, takes, kind; bool same; };

struct escapes {
	struct view v;
	unsigned kinds;		/* those that are wanted ... */
	unsigned here;		/* ... and are undone in this stretch */
	uint64_t at;		/* bytes before it are taken */
	uint64_t until;		/* so far the stretch goes at least */
	unsigned dashes;	/* at the end of the text */
	bool key;		/* a private key may have begun */
	bool any;		/* there was an escape */
	bool may_come;		/* ... may be one that need not be held */
	uint64_t sure;		/* from it on all shows for sure that the
				   bytes were encoded */
	struct buf marks;	/* of struct mark, those of the text */
	uint64_t text, from;	/* the end of what is dropped of them */
	bool dropped;
};

/* The bytes of one take. */
struct input {
	struct span data;
	uint64_t base, end;
	bool final;
};

static struct span
rest(const struct input *in, uint64_t at)
{
	return span_skip(in->data, (size_t)(at - in->base));
}

/* ---- the text ---- */

/* It never becomes less: how bytes come in must have no say. */
static void
go_on_behind(struct escapes *e, uint64_t at)
{
	uint64_t until = at + (e->key ? TAIL_KEY : TAIL);

	e->until = until > e->until ? until : e->until;
}

/* Minds where a key begins and ends; at: where the byte is. */
static void
mind(struct escapes *e, uint8_t c, uint64_t at)
{
	if (c == '-') {
		e->dashes++;
		return;
	}
	if (e->dashes >= DASHES && (c == 'B' || c == 'E')) {
		e->key = c == 'B';
		go_on_behind(e, at);
	}
	e->dashes = 0;
}

static void
mind_all(struct escapes *e, struct span s)
{
	const uint8_t *p = s.ptr, *end = p + s.len, *dash;

	while (p < end) {
		mind(e, *p, e->at + (uint64_t)(p - s.ptr));
		p++;
		if (e->dashes)
			continue;
		dash = memchr(p, '-', (size_t)(end - p));
		p = dash ? dash : end;
	}
}

static bool
put_bytes(struct escapes *e, const struct input *in, size_t n)
{
	struct span s = span_first(rest(in, e->at), n);

	mind_all(e, s);
	e->at += s.len;
	return !s.len || buf_append(&e->v.text, s.ptr, s.len);
}

static bool
put_escape(struct escapes *e, const struct input *in, const struct escape *x)
{
	const struct mark m = { e->v.base + e->v.text.len, e->at, x->len,
		x->takes, x->kind, x->kind == ESCAPE_QUOTED &&
		x->len && x->text[0] == '=' };

	e->any = true;
	if (e->sure > m.text && escape_sign_is_sure(in->data,
		(size_t)(e->at - in->base), x))
		e->sure = m.text;
	e->at += x->takes;
	for (size_t i = 0; i < x->len; i++)
		mind(e, x->text[i], e->at);
	go_on_behind(e, e->at);
	return buf_append(&e->marks, &m, sizeof m) &&
		(!x->len || buf_append(&e->v.text, x->text, x->len));
}

static const struct mark *
marks(const struct escapes *e, size_t *n)
{
	*n = e->marks.len / sizeof(struct mark);
	return (const struct mark *)(const void *)e->marks.ptr;
}

/* How many of the marks stand at `at` or before it. */
static size_t
count_marks(const struct escapes *e, uint64_t at)
{
	size_t low = 0, high, mid;
	const struct mark *m = marks(e, &high);

	while (low < high) {
		mid = low + (high - low) / 2;
		if (m[mid].text <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Forgets those of text that is dropped. */
static void
drop_marks(struct escapes *e)
{
	size_t n, i = 0;
	const struct mark *m = marks(e, &n);

	while (i < n && m[i].text + m[i].len <= e->v.base)
		i++;
	if (!i)
		return;
	e->text = m[i - 1].text + m[i - 1].len;
	e->from = m[i - 1].from + m[i - 1].takes;
	e->dropped = true;
	buf_drop(&e->marks, i * sizeof *m);
}

/* ---- stretches ---- */

static void
forget(struct escapes *e)
{
	view_clear(&e->v);
	e->marks.len = 0;
	e->any = e->dropped = e->key = e->may_come = false;
	e->sure = UINT64_MAX;
	e->dashes = 0;
	e->until = 0;
}

/* Where a stretch begins whose first escape is, or may be, at e->at. */
static bool
begin_stretch(struct escapes *e, const struct input *in)
{
	uint64_t at = e->at, from = at > LEAD ? at - LEAD : 0;

	if (from < in->base)
		from = in->base;
	e->here = *rest(in, at).ptr == '=' ? ESCAPE_QUOTED :
		e->kinds & ~(unsigned)ESCAPE_QUOTED;
	e->v.active = true;
	e->text = 0;
	e->from = e->at = from;
	return put_bytes(e, in, (size_t)(at - from));
}

static enum escape_answer
sign(const struct escapes *e, const struct input *in, struct escape *x)
{
	return escape_sign(in->data, (size_t)(e->at - in->base), in->final, x);
}

/* Goes to the next one, if there is one: active.  False: no memory. */
static bool
next_stretch(struct escapes *e, const struct input *in)
{
	struct escape x;

	while (e->at < in->end) {
		struct span s = rest(in, e->at);
		size_t n = specials_find(s, e->kinds, true);

		e->at += n;
		if (n == s.len)
			break;
		if (sign(e, in, &x) != ESCAPE_NO)
			return begin_stretch(e, in);
		e->may_come = !in->final && escape_sign_may_come(in->data,
			(size_t)(e->at - in->base));
		if (e->may_come)
			break;
		e->at += x.takes;
	}
	return true;
}

/* The first escape of a stretch has come, or it is seen to be none. */
static enum step
take_first(struct escapes *e, const struct input *in)
{
	struct escape x;

	switch (sign(e, in, &x)) {
	case ESCAPE_MORE:
		return STEP_WAIT;
	case ESCAPE_NO:
		e->at += x.takes;
		return STEP_ENDED;
	case ESCAPE_YES:
		break;
	}
	return put_escape(e, in, &x) ? STEP_ON : STEP_NOMEM;
}

static bool
is_between_words(uint8_t c)
{
	return c <= ' ' || (c < 0x7f && strchr("\"'`<>,;()[]{}|", c));
}

/* How many bytes to look at for an escape before the end may be there. */
static size_t
stretch_left(const struct escapes *e, struct span s)
{
	uint64_t most = e->until + TAIL_MOST - e->at;
	size_t n = 0;

	if (e->at < e->until)
		return (size_t)(e->until - e->at);
	while (n < s.len && n < most && !is_between_words(s.ptr[n]))
		n++;
	return n;
}

/* Takes bytes up to an escape, and that. */
static enum step
take_some(struct escapes *e, const struct input *in, size_t most)
{
	struct span s = rest(in, e->at);
	size_t left = stretch_left(e, s), n;
	struct escape x;

	if (!left)
		return STEP_ENDED;
	left = left < most ? left : most;
	left = left < s.len ? left : s.len;
	n = specials_find(span_first(s, left), e->here, false);
	if (!put_bytes(e, in, n))
		return STEP_NOMEM;
	if (n == left)
		return STEP_ON;
	switch (escape_read(span_skip(s, n), in->final, &x)) {
	case ESCAPE_MORE:
		return STEP_WAIT;
	case ESCAPE_NO:
		return put_bytes(e, in, 1) ? STEP_ON : STEP_NOMEM;
	case ESCAPE_YES:
		break;
	}
	return put_escape(e, in, &x) ? STEP_ON : STEP_NOMEM;
}

static enum step
extend(struct escapes *e, const struct input *in)
{
	size_t full = e->v.text.len + VIEW_STEP;
	enum step step = STEP_ON;

	if (!e->any)
		step = take_first(e, in);
	while (step == STEP_ON && e->at < in->end) {
		if (e->v.text.len >= full)
			return STEP_FULL;
		step = take_some(e, in, full - e->v.text.len);
	}
	if (step == STEP_ON)
		step = in->final ? STEP_ENDED : STEP_WAIT;
	return step;
}

/* Nothing more can be done now. */
static enum view_event
wait(struct escapes *e, enum view_event event)
{
	e->v.pos = e->at > LEAD ? e->at - LEAD : 0;
	e->v.held = e->at + e->may_come;
	return event;
}

static enum view_event
take(struct view *v, struct span data, uint64_t base, bool final)
{
	struct escapes *e = (struct escapes *)v;
	struct input in = { data, base, base + data.len, final };

	drop_marks(e);
	if (!v->active) {
		forget(e);
		if (!next_stretch(e, &in))
			return VIEW_NOMEM;
	}
	if (!v->active)
		return wait(e, VIEW_NONE);
	switch (extend(e, &in)) {
	case STEP_ON:
	case STEP_WAIT:
		return wait(e, VIEW_NONE);
	case STEP_FULL:
		return wait(e, VIEW_FULL);
	case STEP_NOMEM:
		return VIEW_NOMEM;
	case STEP_ENDED:
		break;
	}
	v->active = false;
	return wait(e, VIEW_RUN_ENDED);
}

/* ---- as a kind of view ---- */

static struct view *
make(unsigned which)
{
	struct escapes *e = calloc(1, sizeof *e);

	if (!e)
		return NULL;
	e->kinds = which / STANCH_DECODE_PERCENT;
	buf_init(&e->v.text, VIEW_MAX);
	buf_init(&e->marks, VIEW_MAX * sizeof(struct mark));
	return &e->v;
}

static void
release(struct view *v)
{
	buf_free(&((struct escapes *)v)->marks);
}

static void
begin(struct view *v)
{
	struct escapes *e = (struct escapes *)v;

	forget(e);
	v->active = false;
	e->at = v->pos = v->held = 0;
}

/* Where the byte at an offset begins; end: where the one before it ends. */
static uint64_t
place(const struct escapes *e, uint64_t at, bool end)
{
	size_t n, i = count_marks(e, at - end);
	const struct mark *m = marks(e, &n);

	if (!i)
		return e->from + at - e->text;
	m += i - 1;
	if (at - end < m->text + m->len)
		return end ? m->from + m->takes : m->from;
	return m->from + m->takes + at - m->text - m->len;
}

static uint64_t
from(const struct view *v, uint64_t at)
{
	return place((const struct escapes *)v, at, false);
}

static uint64_t
to(const struct view *v, uint64_t end)
{
	return place((const struct escapes *)v, end, end > 0);
}

/* Of what is dropped it is not known: it may be anything. */
static unsigned
decoded(const struct view *v, uint64_t start, uint64_t end)
{
	const struct escapes *e = (const struct escapes *)v;
	size_t n, i;
	const struct mark *m = marks(e, &n);
	unsigned kinds = 0;

	for (i = count_marks(e, end - 1); end && i-- > 0; ) {
		if (m[i].text + m[i].len <= start)
			break;
		if (!m[i].same || m[i].text + 1 < end)
			kinds |= m[i].kind;
	}
	if (!kinds && e->dropped && start < e->text)
		kinds = e->here;
	return kinds * STANCH_DECODE_PERCENT;
}

static bool
doubtful(const struct view *v, uint64_t end)
{
	return end <= ((const struct escapes *)v)->sure;
}

const struct view_kind view_escapes = {
	.decodes = STANCH_DECODE_PERCENT | STANCH_DECODE_ESCAPES |
		STANCH_DECODE_ENTITIES | STANCH_DECODE_QUOTED,
	.make = make, .release = release, .take = take, .begin = begin,
	.from = from, .to = to, .decoded = decoded, .doubtful = doubtful,
};
