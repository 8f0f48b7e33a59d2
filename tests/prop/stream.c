/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stream.c - bounds: prompts are not held, endless input needs no more memory
 * than short, and near misses take no more time than plain text.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "prop.h"

/* A line of a key's body; far from any BEGIN in this file, so no key. */
#define KEY "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7"

#if defined(__SANITIZE_ADDRESS__)
enum { INSTRUMENTED = 1 };
#else
enum { INSTRUMENTED = 0 };
#endif

enum {
	MIB = 1024 * 1024,
	SOME = 24,
	PIECE = 64 * 1024,
	HELD_MOST = 64 * 1024,
	RSS_SLACK = 4 * MIB,
	SLOWER_MOST = 400,	/* times the time of plain text */
	GROWS_MOST = 3		/* times, a byte, for eight times the bytes */
};

static bool
count_output(const void *data, size_t len, void *payload)
{
	(void)data;
	*(uint64_t *)payload += len;
	return true;
}

static struct stanch_filter *
filter_new(const struct stanch_engine *e, uint64_t *out)
{
	struct stanch_filter_options opt = { .size = sizeof opt,
		.on_output = count_output, .payload = out };
	struct stanch_filter *f = NULL;

	*out = 0;
	stanch_filter_new(&f, e, &opt, NULL);
	return f;
}

/* ---- prompts ---- */

static const char *const prompts[] = {
	"Password: ", "Enter passphrase for key '/root/id': ",
	"$ ", "# ", "> ", ">>> ", "Continue? [y/N] ", "[sudo] password for u: ",
	"Token: ", "login: ", "Username for 'https://example.com': ",
	"Are you sure (yes/no/[fingerprint])? ", "PIN (6 digits) = ",
	"API key: ", "\r[=====>    ] 50%", "mysql> ",
	"Overwrite (y/n)? ", "Username: ", "root@box:~# ",
};

bool
prompts_come_out_at_once(struct world *w)
{
	static const char *const before[] = { "", "\n", "a line\n",
		"Reading package lists... Done\nPassword: \n", "x=1\r\n" };
	struct buf held;
	bool ok;

	buf_init(&held, sizeof w->why - 1);
	for (size_t i = 0; i < sizeof prompts / sizeof *prompts; i++)
		for (size_t k = 0; k < sizeof before / sizeof *before; k++) {
			uint64_t out;
			struct stanch_filter *f = filter_new(w->engine, &out);
			size_t n = strlen(before[k]) + strlen(prompts[i]);

			stanch_filter_write(f, before[k], strlen(before[k]),
				STANCH_RUN);
			stanch_filter_write(f, prompts[i], strlen(prompts[i]),
				STANCH_RUN);
			if (out != n)
				buf_printf(&held, "%zu bytes of \"%s%s\" are "
					"held\n", n - (size_t)out, before[k],
					prompts[i]);
			stanch_filter_free(f);
		}
	ok = !held.len || fails(w, "%.*s", (int)held.len, (char *)held.ptr);
	buf_free(&held);
	return ok;
}

/* ---- endless streams ---- */

/*
 * head once, then body over and over; NULL: random base64.  All get SOME MiB,
 * the endless ones as many as are asked for.
 */
struct stream { const char *name, *head, *body; size_t len; bool endless; };

#define S(name, head, body) { name, head, body, sizeof body - 1, false }
#define E(name, head, body) { name, head, body, sizeof body - 1, true }

static const struct stream streams[] = {
	E("password=", "", "password="),
	S("password=x", "", "password=x"),
	S("password = \"", "", "password = \""),
	E("BEGIN without END", "", "-----BEGIN PRIVATE KEY-----\n"),
	S("BEGIN, spaces", "-----BEGIN PRIVATE KEY-----\n", " "),
	S("BEGIN, newlines", "-----BEGIN RSA PRIVATE KEY-----\n", "\n"),
	E("key without END", "-----BEGIN PRIVATE KEY-----\n",
		KEY "\n"),
	S("key in one line", "-----BEGIN PRIVATE KEY-----\\n",
		KEY),
	E("NUL a", "", "\0a"),
	S("a NUL", "", "a\0"),
	S("UTF-16 password=", "", "p\0a\0s\0s\0w\0o\0r\0d\0=\0"),
	S("NUL", "", "\0"),
	S("a", "", "a"),
	S("-", "", "-"),
	S("ghp_", "", "ghp_"),
	S("eyJ", "", "eyJhbGciOiJIUzI1NiJ9."),
	S("eyJ without dot", "", "eyJhbGciOiJIUzI1NiJ9"),
	S("https://a:", "", "https://a:"),
	S("https://a:b@", "", "https://a:b@"),
	S("://", "", "://"),
	S("Bearer", "", "Authorization: Bearer "),
	S("AKIA", "", "AKIA"),
	S("hex", "", "0123456789abcdef"),
	S("=", "", "="),
	S("key: ", "", "api_key: "),
	S("quotes", "secret='", "'\""),
	S("sk-", "", "sk-"),
	S("+ASt", "", "+ASt"),
	S("xox", "", "xoxb-1-"),
	{ "base64", "", NULL, 0, true },
	{ "password=base64", "password=", NULL, 0, false },
};

/* Fills piece with the stream's bytes from `at` on, after its head. */
static void
fill(const struct stream *s, struct rng *rng, uint64_t at, uint8_t *piece,
	size_t n)
{
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"
		"mnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i++)
		piece[i] = (uint8_t)(s->body ? s->body[(at + i) % s->len] :
			base64[rng_next(rng) >> 58]);
}

static size_t
resident(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	unsigned long size = 0, rss = 0;

	if (!file)
		return 0;
	if (fscanf(file, "%lu %lu", &size, &rss) != 2)
		rss = 0;
	fclose(file);
	return (size_t)rss * 4096;
}

static bool
is_bounded(struct world *w, const struct stream *s, uint8_t *piece)
{
	struct stanch_filter_stats st = { 0 };
	enum stanch_result r = STANCH_OK;
	size_t mib = s->endless || w->stream_mib < SOME ? w->stream_mib : SOME;
	uint64_t out, total = (uint64_t)mib * MIB;
	struct stanch_filter *f = filter_new(w->engine, &out);
	size_t before = 0, now = 0;
	struct rng rng;

	rng_seed(&rng, w->seed);
	r = stanch_filter_write(f, s->head, strlen(s->head), STANCH_RUN);
	for (uint64_t at = 0; at < total && r == STANCH_OK; at += PIECE) {
		if (at % (16 * MIB) == 0)
			before = at == 16 * MIB ? resident() : before;
		fill(s, &rng, at, piece, PIECE);
		r = stanch_filter_write(f, piece, PIECE, STANCH_RUN);
	}
	now = resident();
	stanch_filter_get_stats(f, &st);
	stanch_filter_free(f);
	if (r != STANCH_OK)
		return fails(w, "%s: %s", s->name, stanch_result_text(r));
	if (st.held_most > HELD_MOST)
		return fails(w, "%s: %" PRIu64 " bytes were held back",
			s->name, st.held_most);
	if (!INSTRUMENTED && before && now > before + RSS_SLACK)
		return fails(w, "%s: %zu KiB of memory at 16 MiB, %zu at %zu "
			"MiB", s->name, before / 1024, now / 1024, mib);
	return true;
}

bool
endless_streams_are_bounded(struct world *w)
{
	uint8_t *piece = malloc(PIECE);
	bool ok = piece != NULL;

	for (size_t i = 0; ok && i < sizeof streams / sizeof *streams; i++)
		ok = is_bounded(w, &streams[i], piece);
	free(piece);
	return ok;
}

/* ---- time ---- */

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Seconds a MiB in pieces of n bytes. */
static double
cost(const struct stanch_engine *e, const struct stream *s, size_t n,
	size_t total, uint8_t *piece)
{
	uint64_t out;
	struct stanch_filter *f = filter_new(e, &out);
	struct rng rng;
	double start, spent = 0;

	rng_seed(&rng, 1);
	stanch_filter_write(f, s->head, strlen(s->head), STANCH_RUN);
	for (uint64_t at = 0; at < total; at += n) {
		fill(s, &rng, at, piece, n);
		start = now();
		stanch_filter_write(f, piece, n, STANCH_RUN);
		spent += now() - start;
	}
	stanch_filter_free(f);
	return spent / ((double)total / MIB);
}

static const struct stream plain = S("plain text", "",
	"gcc -O2 -Wall -c -o build/main.o src/main.c  # 17 of 230 done\n");

/*
 * For pieces of n bytes, against plain text in the same pieces.  Plain text
 * goes through at several bytes a nanosecond; a stream of nothing but anchors
 * has a match tried every few bytes, which may cost what it does, but no more
 * for a byte of a long stream than for one of a short.
 */
static bool
is_linear(struct world *w, size_t n, size_t total, uint8_t *piece)
{
	const struct stanch_engine *e = w->engine;
	double clean = cost(e, &plain, n, total, piece), most = 0;
	const struct stream *worst = &plain;

	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
		double c = cost(e, &streams[i], n, total, piece);
		double little = cost(e, &streams[i], n, total / 8, piece);

		if (c > GROWS_MOST * little + 1e-3)
			return fails(w, "%s in pieces of %zu: %.1f ms a MiB, "
				"and %.1f when there is an eighth of it",
				streams[i].name, n, c * 1e3, little * 1e3);

		if (getenv("PROP_VERBOSE"))
			printf("     %6.1f ms a MiB, %5.1f x plain: %s in "
				"%zu\n", c * 1e3, c / clean, streams[i].name,
				n);
		if (c > most) {
			most = c;
			worst = &streams[i];
		}
	}
	return most <= SLOWER_MOST * clean || fails(w, "%s in pieces of %zu: "
		"%.1f ms a MiB, %.1f times that of plain text", worst->name,
		n, most * 1e3, most / clean);
}

bool
near_misses_cost_linear_time(struct world *w)
{
	uint8_t *piece = malloc(PIECE);
	bool ok = piece != NULL;

	if (INSTRUMENTED || !w->stream_mib) {
		skips("near_misses_cost_linear_time: instrumented");
		ok = true;
	} else {
		ok = ok && is_linear(w, PIECE, 4 * MIB, piece) &&
			is_linear(w, 256, MIB, piece);
	}
	free(piece);
	return ok;
}
