/* SPDX-License-Identifier: Apache-2.0 */
/*
 * make.c - inputs made up: secrets of all rules, whole, cut, doubled, spelt
 * in UTF-16 and encoded, what nearly is one, and what is none, side by side.
 */
#include <string.h>

#include "prop.h"
#include "rule/rule.h"

enum { EXAMPLE = 20000 };

void
rng_seed(struct rng *r, uint64_t seed)
{
	r->state = (seed + 1) * 0x9e3779b97f4a7c15;
	rng_next(r);
}

/* splitmix64 */
uint64_t
rng_next(struct rng *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

size_t
rng_below(struct rng *r, size_t n)
{
	return (size_t)(rng_next(r) % n);
}

bool
rng_once_in(struct rng *r, size_t n)
{
	return rng_below(r, n) == 0;
}

struct maker {
	struct buf *out;
	const struct stanch_rules *rules;
	struct rng *rng;
};

static const struct stanch_rule *
any_rule(const struct maker *m)
{
	return stanch_rules_get(m->rules,
		rng_below(m->rng, stanch_rules_count(m->rules)));
}

static bool
example(const struct maker *m, const struct stanch_rule *rule, bool positive,
	struct buf *to, size_t *start, size_t *end)
{
	char text[EXAMPLE];
	size_t len = 0;

	if (stanch_rule_example(rule, positive, rng_below(m->rng, 5),
		rng_next(m->rng), text, sizeof text, &len, start, end,
		NULL) != STANCH_OK)
		return false;
	*start += to->len;
	*end += to->len;
	return buf_append(to, text, len);
}

/* Not every rule has as many recipes: try until one is there. */
static void
add_example(const struct maker *m, bool positive)
{
	size_t start, end;

	while (!example(m, any_rule(m), positive, m->out, &start, &end))
		;
}

static void
secret(const struct maker *m)
{
	add_example(m, true);
}

static void
near_miss(const struct maker *m)
{
	add_example(m, false);
}

static void
cut_secret(const struct maker *m)
{
	size_t from = m->out->len, n;

	add_example(m, true);
	n = m->out->len - from;
	if (rng_once_in(m->rng, 3) && n) {	/* its head is gone */
		size_t cut = rng_below(m->rng, n);

		memmove(m->out->ptr + from, m->out->ptr + from + cut,
			n - cut);
		n -= cut;
	}
	m->out->len = from + rng_below(m->rng, n + 1);
}

static void
changed_secret(const struct maker *m)
{
	size_t from = m->out->len;

	add_example(m, true);
	if (m->out->len > from)
		m->out->ptr[from + rng_below(m->rng, m->out->len - from)] =
			(uint8_t)rng_next(m->rng);
}

/* In UTF-16, either way round. */
static void
wide_secret(const struct maker *m)
{
	struct buf text;
	struct maker into = *m;
	bool big = rng_once_in(m->rng, 2);

	buf_init(&text, EXAMPLE);
	into.out = &text;
	if (rng_once_in(m->rng, 4))
		cut_secret(&into);
	else
		secret(&into);
	for (size_t i = 0; i < text.len; i++) {
		if (big)
			buf_byte(m->out, 0);
		buf_byte(m->out, text.ptr[i]);
		if (!big)
			buf_byte(m->out, 0);
	}
	if (rng_once_in(m->rng, 8) && m->out->len)
		m->out->len--;
	buf_free(&text);
}

/* What came before, once more, or a part of it. */
static void
again(const struct maker *m)
{
	size_t from, n;

	if (!m->out->len)
		return;
	from = rng_below(m->rng, m->out->len);
	n = rng_below(m->rng, m->out->len - from) % 3000;
	if (buf_reserve(m->out, m->out->len + n))
		buf_append(m->out, m->out->ptr + from, n);
}

static void
random_bytes(const struct maker *m)
{
	for (size_t n = rng_below(m->rng, 400); n--; )
		buf_byte(m->out, (uint8_t)rng_next(m->rng));
}

static void
random_text(const struct maker *m)
{
	static const char chars[] = "abcXYZ0123456789+/=_-.:\"' \n";

	for (size_t n = rng_below(m->rng, 80); n--; )
		buf_byte(m->out, (uint8_t)chars[rng_below(m->rng,
			sizeof chars - 1)]);
}

/* With what may stand round it, encoded together. */
static void
encoded_secret(const struct maker *m)
{
	struct buf text;
	struct maker into = *m;

	buf_init(&text, EXAMPLE * 2);
	into.out = &text;
	if (rng_once_in(m->rng, 2))
		random_text(&into);
	if (rng_once_in(m->rng, 8))
		random_bytes(&into);
	secret(&into);
	if (rng_once_in(m->rng, 2))
		random_text(&into);
	encode(m->out, buf_span(&text), m->rng);
	buf_free(&text);
}

/* Base64, hex or one character, as long as windows are. */
static void
long_run(const struct maker *m)
{
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"
		"mnopqrstuvwxyz0123456789+/";
	static const size_t alphabets[] = { 64, 62, 26, 1 };
	size_t k = alphabets[rng_below(m->rng, 4)];
	size_t n = rng_once_in(m->rng, 20) ? rng_below(m->rng, 60000) :
		rng_below(m->rng, 700);

	while (n--)
		buf_byte(m->out, (uint8_t)base64[rng_below(m->rng, k)]);
}

static const char *const words[] = {
	"password=", "password: ", "PASSWORD = \"", "secret", "token: ",
	"api_key = '", "Authorization: Bearer ", "Authorization: Basic ",
	"-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----\n",
	"-----BEGIN OPENSSH PRIVATE KEY-----\\n", "-----BEGIN ", "-----",
	"-----END PRIVATE KEY-----", "-----END ", "------END", "-----END\n",
	"https://user:", "postgres://u:p", "@host/db", "ghp_", "glpat-",
	"npm_", "AKIA", "xoxb-", "sk_live_", "eyJhbGciOi", "+ASt", "AIza",
	"twilio ", "aws_secret_access_key = ", "[REDACTED:github-pat]",
	"[REDACTED:", "\\n", "\r\n", "\n", "\n\n", " ", "\t", "\"", "'",
	"=", ":", ",", "}", "<", "${", "\\", "", "\xff\xfe", "\xfe\xff",
	"Proc-Type: 4,ENCRYPTED\n",
};

static void
word(const struct maker *m)
{
	buf_str(m->out, words[rng_below(m->rng,
		sizeof words / sizeof *words)]);
}

/* The same in UTF-16LE: a run may begin and end with any of them. */
static void
wide_word(const struct maker *m)
{
	const char *w = words[rng_below(m->rng,
		sizeof words / sizeof *words)];

	for (; *w; w++) {
		buf_byte(m->out, (uint8_t)*w);
		buf_byte(m->out, 0);
	}
}

static void
nuls(const struct maker *m)
{
	for (size_t n = rng_below(m->rng, 20); n--; )
		buf_byte(m->out, 0);
}

typedef void maker_fn(const struct maker *m);

/* The ones that stand here more often come more often. */
static maker_fn *const makers[] = {
	secret, secret, secret, secret, cut_secret, cut_secret,
	changed_secret, near_miss, wide_secret, wide_secret, wide_word,
	encoded_secret, encoded_secret, encoded_secret, encoded_secret,
	again, random_bytes, random_text, random_text, long_run, word, word,
	word, word, word, word, nuls,
};

void
make_input(struct buf *out, const struct stanch_rules *rules, struct rng *r)
{
	struct maker m = { out, rules, r };

	for (size_t n = rng_below(r, 14); n--; )
		makers[rng_below(r, sizeof makers / sizeof *makers)](&m);
}

/* Whole secrets, near misses and text, with white space in between. */
void
make_apart(struct buf *out, const struct stanch_rules *rules, struct rng *r)
{
	static maker_fn *const some[] = { secret, near_miss, random_text };
	struct maker m = { out, rules, r };

	for (size_t n = rng_below(r, 8); n--; ) {
		some[rng_below(r, 3)](&m);
		buf_str(out, rng_once_in(r, 3) ? " " : "\n");
	}
}

void
make_example(struct buf *out, const struct stanch_rules *rules,
	struct rng *r, size_t *start, size_t *end)
{
	struct maker m = { out, rules, r };
	const struct stanch_rule *rule;

	do
		rule = any_rule(&m);
	while (rule->part || !example(&m, rule, true, out, start, end));
}

void
make_short(struct buf *out, const struct stanch_rules *rules, struct rng *r,
	size_t most)
{
	struct maker m = { out, rules, r };
	size_t start, end;

	do {
		out->len = 0;
		word(&m);
		switch (rng_below(r, 3)) {
		case 0:
			wide_secret(&m);
			break;
		case 1:
			encoded_secret(&m);
			break;
		default:
			make_example(out, rules, r, &start, &end);
			break;
		}
		word(&m);
	} while (out->len > most);
}
