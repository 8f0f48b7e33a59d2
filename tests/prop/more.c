/* SPDX-License-Identifier: Apache-2.0 */
/*
 * more.c - what holds when there are more rules, more threads, more places:
 * another rule never uncovers a byte, and nobody sees who else is there.
 */
#include <pthread.h>
#include <stdlib.h>

#include "prop.h"
#include "scan/scanner.h"

enum { THREADS = 4, SUBSETS = 4, GONE = 60 };

/* ---- more rules ---- */

static enum stanch_result
on_cover(const struct scan_cover *c, void *payload)
{
	memset((char *)payload + c->start, 1, (size_t)(c->end - c->start));
	return STANCH_OK;
}

/*
 * A byte for each of in's: 1 when it is masked.  Of UTF-16 the NULs may stay:
 * they tell nothing.
 */
static char *
covered(const struct stanch_engine *e, struct span in)
{
	struct stanch_scan_options opt = { .size = sizeof opt };
	char *map = calloc(in.len + 1, 1);
	struct scanner *s;

	if (scanner_new(&s, e, &opt, false, on_cover, map, NULL) !=
		STANCH_OK)
		return map;
	scanner_push(s, in, 0, true);
	scanner_free(s);
	return map;
}

static bool
covers_no_less(struct world *w, const struct stanch_engine *fewer,
	struct span in)
{
	char *few = covered(fewer, in), *many = covered(w->engine, in);
	size_t i = 0;
	bool ok;

	while (i < in.len && !(few[i] && !many[i] && in.ptr[i]))
		i++;
	ok = i == in.len;
	if (!ok) {
		struct got less, more;

		drive_filter(&less, fewer, in, split_whole(), NULL);
		drive_filter(&more, w->engine, in, split_whole(), NULL);
		fails(w, "byte %zu of %zu is masked by fewer rules only:\n"
			"%.*s---\n%.*s", i, in.len, (int)less.text.len,
			(char *)less.text.ptr, (int)more.text.len,
			(char *)more.text.ptr);
		got_free(&less);
		got_free(&more);
	}
	free(few);
	free(many);
	return ok;
}

/* An engine of the rules without some of them. */
static struct stanch_engine *
without_some(struct world *w, struct rng *rng, struct stanch_rules **rules)
{
	struct stanch_engine *e;
	struct buf toml;

	buf_init(&toml, 1 << 20);
	for (size_t i = 0; i < GONE; i++)
		buf_printf(&toml, "[[rules]]\nid = \"%s\"\ndisable = true\n",
			stanch_rule_id(stanch_rules_get(w->rules, (i * 7 +
			rng_below(rng, 7)) % stanch_rules_count(w->rules))));
	buf_byte(&toml, 0);
	e = engine_of(w, w->rules, (char *)toml.ptr, rules);
	buf_free(&toml);
	return e;
}

bool
more_rules_mask_no_less(struct world *w)
{
	struct stanch_rules *rules;
	struct stanch_engine *e;
	struct buf in;
	struct rng rng;
	bool ok = true;

	buf_init(&in, PROP_INPUT_MAX);
	rng_seed(&rng, w->seed);
	for (size_t i = 0; ok && i < SUBSETS; i++) {
		e = without_some(w, &rng, &rules);
		if (!e)
			return false;
		for (size_t k = 0; ok && k < w->rounds; k++) {
			in.len = 0;
			make_apart(&in, w->rules, &rng);
			ok = covers_no_less(w, e, buf_span(&in));
		}
		stanch_engine_free(e);
		stanch_rules_free(rules);
	}
	buf_free(&in);
	return ok;
}

/* ---- keys that are cut off ---- */

enum { TOLD = 6 };	/* as many bytes of a key's body tell something */

/* Whether any TOLD bytes of body in a row are in out. */
static bool
tells(const struct buf *out, struct span body)
{
	for (size_t i = 0; i + TOLD <= body.len; i++)
		if (out->len && memmem(out->ptr, out->len, body.ptr + i,
			TOLD))
			return true;
	return false;
}

/* The key ends after `cut` bytes, and then comes `after`. */
static bool
is_cut_well(struct world *w, struct span key, size_t cut, const char *after)
{
	static const char begin[] = "-----\n", end[] = "\n-----END";
	const uint8_t *body = memmem(key.ptr, key.len, begin,
		sizeof begin - 1);
	const uint8_t *last = memmem(key.ptr, key.len, end, sizeof end - 1);
	struct buf in;
	struct got g;
	bool ok = true;

	if (!body || !last || cut < (size_t)(body - key.ptr) + 64)
		return true;
	body += sizeof begin - 1;
	buf_init(&in, PROP_INPUT_MAX);
	buf_append(&in, key.ptr, cut);
	buf_str(&in, after);
	drive_filter(&g, w->engine, buf_span(&in), split_random(100, cut),
		NULL);
	last = last < key.ptr + cut ? last : key.ptr + cut;
	if (tells(&g.out, span_of(body, (size_t)(last - body))))
		ok = fails(w, "%zu of %zu bytes of a key, then \"%s\", leave "
			"more than the tag: %.*s", cut, key.len, after,
			(int)g.out.len, (char *)g.out.ptr);
	got_free(&g);
	buf_free(&in);
	return ok;
}

bool
a_key_cut_anywhere_tells_nothing(struct world *w)
{
	static const char *const rules[] = { "private-key-rsa",
		"private-key-pkcs8", "private-key-openssh", "private-key-ec" };
	static const char *const after[] = { "", "\n", "\r\nmake: done\n",
		"\nexport A=b c\n", "\"" };
	char key[20000];
	size_t len, start, end;
	bool ok = true;

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		const struct stanch_rule *r = stanch_rules_find(w->rules,
			rules[i]);

		if (!r || stanch_rule_example(r, true, 0, w->seed, key,
			sizeof key, &len, &start, &end, NULL) != STANCH_OK)
			return fails(w, "no example of %s", rules[i]);
		for (size_t cut = start; ok && cut < end; cut++)
			ok = is_cut_well(w, span_of(key + start, end - start),
				cut - start, after[cut % 5]);
	}
	return ok;
}

/* ---- more threads ---- */

struct worker {
	const struct stanch_engine *engine;
	struct span in;
	uint64_t seed;
	struct got got;
};

static void *
work(void *payload)
{
	struct worker *k = payload;

	drive_filter(&k->got, k->engine, k->in, split_random(500, k->seed),
		NULL);
	return NULL;
}

/* All at once, from the first use of the engine on. */
static bool
is_shared(struct world *w, const struct stanch_engine *e, struct span in)
{
	struct worker k[THREADS];
	pthread_t thread[THREADS];
	bool ok = true;

	for (size_t i = 0; i < THREADS; i++) {
		k[i] = (struct worker){ e, in, i, { .result = STANCH_OK } };
		if (pthread_create(&thread[i], NULL, work, &k[i]) != 0)
			return fails(w, "no thread");
	}
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	for (size_t i = 1; i < THREADS; i++)
		ok = ok && span_equal(buf_span(&k[0].got.out),
			buf_span(&k[i].got.out)) && span_equal(
			buf_span(&k[0].got.text), buf_span(&k[i].got.text));
	for (size_t i = 0; i < THREADS; i++)
		got_free(&k[i].got);
	return ok || fails(w, "threads that share an engine differ");
}

bool
threads_share_an_engine(struct world *w)
{
	struct stanch_engine *e;
	struct buf in;
	struct rng rng;
	bool ok = true;

	if (stanch_engine_new(&e, w->rules, NULL, NULL) != STANCH_OK)
		return fails(w, "no engine");
	rng_seed(&rng, w->seed);
	buf_init(&in, PROP_INPUT_MAX);
	for (size_t i = 0; ok && i * 10 < w->rounds; i++) {
		in.len = 0;
		make_input(&in, w->rules, &rng);
		ok = is_shared(w, e, buf_span(&in));
	}
	buf_free(&in);
	stanch_engine_free(e);
	return ok;
}
