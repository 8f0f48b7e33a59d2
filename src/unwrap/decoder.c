/* SPDX-License-Identifier: Apache-2.0 */
/* decoder.c - drives a codec from one tap to the next. */
#include "unwrap/decoder.h"

#include "base/hash.h"
#include "unwrap/le.h"

enum {
	PROBE_IN = 4096, PROBE_OUT = 16 * 1024,
	PROBE_MEMORY = 80 * 1024 * 1024,
	SKIPPED_MOST = UNWRAP_HEADERS	/* bytes of a frame without data */
};

static const struct { enum stanch_gap why; const char *detail; }
failures[] = {
	[CODEC_DAMAGED] = { STANCH_GAP_CORRUPT,
		"damaged: what follows was scanned as it is" },
	[CODEC_CHECKSUM] = { STANCH_GAP_CORRUPT,
		"its checksum is not that of what was decoded" },
	[CODEC_MEMORY] = { STANCH_GAP_OVER_LIMIT,
		"needs more memory than decoders may have" },
};

size_t
decoder_skippable(struct span head)
{
	uint32_t n;

	if (head.len < 8 || (head.ptr[0] & 0xf0) != 0x50 ||
		memcmp(head.ptr + 1, "\x2a\x4d\x18", 3) != 0)
		return 0;
	n = le_32(head.ptr + 4);
	return n <= SKIPPED_MOST ? 8 + (size_t)n : 0;
}

static void
fail(struct decoder *d, struct tap *t, enum stanch_gap why,
	const char *detail)
{
	d->done = true;
	if (!t->broken) {
		t->broken = detail;
		t->why = why;
	}
}

static void
renew(struct decoder *d)
{
	if (d->self)
		d->codec->close(d->self);
	d->self = NULL;
	d->u->memory += d->memory;
	d->memory = 0;
	if (d->done)
		return;
	d->self = d->codec->open(d->u->memory);
	if (!d->self)
		d->done = d->u->nomem = d->u->stopped = true;
}

/* Frames without data are scanned, too, when the stream is done. */
static void
skip_frames(struct decoder *d)
{
	struct span s = tap_look(d->from, 8);
	size_t n;

	while (d->codec->skips && (n = decoder_skippable(s)) &&
		tap_look(d->from, n).len >= n) {
		headers_take(&d->skipped, d->from, n);
		s = tap_look(d->from, 8);
	}
}

static void
end_of_stream(struct decoder *d)
{
	if (!d->one)
		skip_frames(d);
	d->done = d->one || !decoder_is(d->codec, tap_look(d->from, 16));
	if (!d->done)
		renew(d);
}

/* What a codec holds is known only when it has seen its header. */
static void
count_memory(struct decoder *d)
{
	size_t now = d->codec->memory ? d->codec->memory(d->self) : 0;

	if (now > d->memory + d->u->memory)
		now = d->memory + d->u->memory;
	d->u->memory += d->memory;
	d->u->memory -= now;
	d->memory = now;
}

static void
count(struct decoder *d, struct tap *t, const uint8_t *to, size_t got)
{
	d->out += got;
	if (d->sums)
		d->crc = hash_crc32_more(d->crc, span_of(to, got));
	if (!unwrap_decoded(d->u, got))
		fail(d, t, STANCH_GAP_OVER_LIMIT, "");	/* was told */
}

/* More input for a codec that did nothing with what it saw. */
static void
want_more(struct decoder *d, struct tap *t, size_t had)
{
	const struct tap *from = d->from;

	if (tap_look(d->from, had + 1).len > had)
		return;
	if (!from->ended)
		fail(d, t, STANCH_GAP_CORRUPT,
			failures[CODEC_DAMAGED].detail);
	else if (d->codec->endless)
		d->done = true;
	else if (from->broken)
		fail(d, t, from->why, "");
	else
		fail(d, t, STANCH_GAP_CORRUPT, "truncated");
}

static size_t
fill(struct tap *t, uint8_t *to, size_t n)
{
	struct decoder *d = t->of;

	while (!d->done && !d->u->stopped) {
		struct span s = tap_look(d->from, 1 + d->codec->look),
			in = s;
		size_t got = 0;
		enum codec_state state = d->codec->step(d->self, &in, to, n,
			&got);

		tap_inside(d->from, s.len - in.len);
		count_memory(d);
		count(d, t, to, got);
		if (state == CODEC_END)
			end_of_stream(d);
		else if (state == CODEC_NOMEM)
			d->u->nomem = d->u->stopped = true;
		else if (state != CODEC_MORE)
			fail(d, t, failures[state].why,
				failures[state].detail);
		else if (!got && in.len == s.len)
			want_more(d, t, s.len);
		if (got)
			return got;
	}
	return 0;
}

bool
decoder_open(struct decoder *d, struct tap *t, struct unwrap *u,
	const struct codec *codec, struct tap *from)
{
	uint8_t *room = unwrap_room(u);

	*d = (struct decoder){ .u = u, .codec = codec, .from = from };
	if (!room)
		return false;
	headers_init(&d->skipped, u);
	skip_frames(d);
	renew(d);
	tap_init(t, room, fill, d);
	return !u->stopped;
}

void
decoder_close(struct decoder *d, struct tap *t)
{
	d->done = true;
	renew(d);
	unwrap_room_back(d->u, t->room);
	if (t->broken && t->broken[0] && !d->u->stopped)
		unwrap_gap(d->u, t->why, t->broken, GAP_BYTES_UNKNOWN);
	headers_end(&d->skipped);
}

bool
decoder_is(const struct codec *codec, struct span head)
{
	return codec->is(head) &&
		(!codec->doubtful || decoder_probe(codec, head));
}

void
decoder_run(struct unwrap *u, struct tap *t, const struct codec *codec,
	unsigned depth)
{
	uint64_t before = t->at;
	struct decoder d;
	struct tap out;

	if (!decoder_open(&d, &out, u, codec, t))
		return;
	sift(u, &out, depth + 1);
	decoder_close(&d, &out);
	/* Not one byte of it was good: it goes out as it is. */
	if (t->at == before && !u->stopped && tap_look(t, 1).len) {
		unwrap_begin(u);
		unwrap_bytes(u, span_of(t->ptr, 1));
		unwrap_end(u);
		unwrap_apart(u, t, before, 1);
		tap_raw(t, 1);
	}
}

bool
decoder_probe(const struct codec *codec, struct span head)
{
	static const size_t most = PROBE_IN;
	enum codec_state state = CODEC_MORE;
	struct span in = span_first(head, most);
	uint8_t to[PROBE_OUT];
	size_t got = 0, all = 0;
	void *self = codec->open(PROBE_MEMORY);

	if (!self)
		return false;
	for (size_t before = in.len + 1; state == CODEC_MORE && in.len &&
		(got || before > in.len); all += got) {
		before = in.len;
		got = 0;
		state = codec->step(self, &in, to, sizeof to, &got);
		if (all > PROBE_OUT)
			break;
	}
	codec->close(self);
	explicit_bzero(to, sizeof to);
	return state == CODEC_END ||
		(state == CODEC_MORE && (all || !codec->prompt));
}
