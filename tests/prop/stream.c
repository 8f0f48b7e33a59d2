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

#if defined(__SANITIZE_ADDRESS__)
enum { INSTRUMENTED = 1 };
#else
enum { INSTRUMENTED = 0 };
#endif

enum {
	MIB = 1024 * 1024,
	PIECE = 64 * 1024,
	HELD_MOST = 64 * 1024,
	RSS_SLACK = 4 * MIB,
	SLOWER_MOST = 50	/* times the time of clean text */
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
	"Password: ", "password:", "Enter passphrase for key '/root/id': ",
	"$ ", "# ", "> ", ">>> ", "Continue? [y/N] ", "[sudo] password for u: ",
	"Token: ", "login: ", "Username for 'https://example.com': ",
	"Are you sure (yes/no/[fingerprint])? ", "PIN (6 digits) = ",
	"API key: ", "ok", "  42%", "...", "\r[=====>    ] 50%", "mysql> ",
	"secret = ", "Overwrite (y/n)? ", "Username: ", "password = ", "password=", "root@box:~# ",
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

/* head once, then body over and over; NULL: random base64. */
struct stream { const char *name, *head, *body; size_t len; };

#define S(name, head, body) { name, head, body, sizeof body - 1 }

static const struct stream streams[] = {
	S("password=", "", "password="),
	S("password=x", "", "password=x"),
	S("password = \"", "", "password = \""),
	S("BEGIN without END", "", "-----BEGIN PRIVATE KEY-----\n"),
	S("BEGIN, spaces", "-----BEGIN PRIVATE KEY-----\n", " "),
	S("BEGIN, newlines", "-----BEGIN RSA PRIVATE KEY-----\n", "\n"),
	S("key without END", "-----BEGIN PRIVATE KEY-----\n",
		"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n"),
	S("key in one line", "-----BEGIN PRIVATE KEY-----\\n",
		"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7"),
	S("NUL a", "", "\0a"),
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
	{ "base64", "", NULL, 0 },
	{ "password=base64", "password=", NULL, 0 },
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
	uint64_t out, total = (uint64_t)w->stream_mib * MIB;
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
			"MiB", s->name, before / 1024, now / 1024,
			w->stream_mib);
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

/* For pieces of n bytes, against plain text in the same pieces. */
static bool
is_linear(struct world *w, const struct stanch_engine *e, size_t n,
	size_t total, uint8_t *piece)
{
	double clean = cost(e, &plain, n, total, piece), most = 0;
	const struct stream *worst = &plain;

	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
		double c = cost(e, &streams[i], n, total, piece);

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
		ok = ok && is_linear(w, w->engine, PIECE, 4 * MIB, piece) &&
			is_linear(w, w->engine, 256, MIB, piece);
	}
	free(piece);
	return ok;
}

/* ---- rules that mean harm ---- */

static const char *const hostile[] = {
	"(?<secret>(?:a{1,100}){1,100}b{4}ccc)",
	"(?<secret>(?:a|aa){1,200}=aaab)",
	"(?<secret>(?:[a-z]{1,50}[a-z]{1,50}){1,30}!aaaa)",
	"aaaa(?<secret>(?:(?:a{1,20}){1,20}){1,20}[^a])",
	"aaaa(?<secret>.{0,4000}.{0,4000}.{0,4000}b)",
	"(?<secret>aaaa.*.*.*.*b)",
	"(?<secret>(?:aaaa|aaaaa){1,500}$b)",
};

static bool
is_harmless(struct world *w, const char *regex, uint8_t *piece)
{
	static const struct stream a = S("a", "", "a");
	struct stanch_rules *rules;
	struct stanch_engine *e;
	char text[512];
	double spent;

	snprintf(text, sizeof text, "[[rules]]\nid = \"hostile\"\n"
		"description = \"x\"\nkeywords = [\"aaaa\"]\n"
		"regex = '''%s'''\n", regex);
	e = engine_of(w, text, &rules);
	if (!e)		/* refused is bounded too */
		return true;
	spent = cost(e, &a, PIECE, PIECE * 4, piece);
	stanch_engine_free(e);
	stanch_rules_free(rules);
	if (getenv("PROP_VERBOSE"))
		printf("     %6.1f ms a MiB: %s\n", spent * 1e3, regex);
	/* Fixed, not a ratio: the limits of re.c are. */
	return INSTRUMENTED || spent < 60 || fails(w,
		"%s: %.1f s a MiB", regex, spent);
}

bool
hostile_rules_are_bounded(struct world *w)
{
	uint8_t *piece = malloc(PIECE);
	bool ok = piece != NULL;

	for (size_t i = 0; ok && i < sizeof hostile / sizeof *hostile; i++)
		ok = is_harmless(w, hostile[i], piece);
	free(piece);
	return ok;
}
