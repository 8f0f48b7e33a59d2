/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe.c - expanding recipes: finds the {{parts}}, draws from alphabets,
 * keeps the marks, and leaves every other part to its maker: checksums
 * (recipe_sum.c), tokens (recipe_token.c, recipe_azure.c, recipe_jwt.c,
 * recipe_wallet.c, recipe_config.c), keys (recipe_key.c).
 */
#include "rule/recipe.h"

#include "base/error.h"
#include "base/hash.h"
#include "rule/recipe_make.h"

#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define DIGIT "0123456789"

enum { PART_NAME = 48, DRAW_MOST = 65536 };	/* bytes, characters */

const char recipe_digit[] = DIGIT, recipe_upper[] = UPPER,
	recipe_lower[] = LOWER, recipe_hex[] = DIGIT "abcdef";

static const struct alphabet {
	const char *name, *chars;
} alphabets[] = {
	{ "digit", DIGIT },
	{ "lower", LOWER },
	{ "upper", UPPER },
	{ "alpha", UPPER LOWER },
	{ "alnum", DIGIT UPPER LOWER },
	{ "base62", DIGIT UPPER LOWER },
	{ "hex", DIGIT "abcdef" },
	{ "HEX", DIGIT "ABCDEF" },
	{ "base32", UPPER "234567" },
	{ "base32l", LOWER "234567" },
	{ "base36", DIGIT LOWER },
	{ "BASE36", DIGIT UPPER },
	{ "base58", "123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
		"abcdefghijkmnopqrstuvwxyz" },
	{ "base64", UPPER LOWER DIGIT "+/" },
	{ "base64url", UPPER LOWER DIGIT "-_" },
	{ "word", UPPER LOWER DIGIT "_" },
	{ "print", UPPER LOWER DIGIT "!#$%&()*+,-./:;<=>?@[]^_{|}~" },
};

static const struct character {
	const char *name;
	char c;
} characters[] = {
	{ "lf", '\n' }, { "cr", '\r' }, { "tab", '\t' }, { "nul", '\0' },
	{ "quote", '\'' }, { "dquote", '"' }, { "bslash", '\\' },
	{ "lbrace", '{' }, { "rbrace", '}' },
};

const char *
recipe_alphabet(struct span name)
{
	for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++)
		if (span_equal(name, span_str(alphabets[i].name)))
			return alphabets[i].chars;
	return NULL;
}

/* SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
   generators", constants of its reference implementation). */
static uint64_t
next(struct recipe_state *r)
{
	uint64_t z = r->random += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

uint64_t
recipe_draw(struct recipe_state *r, uint64_t n)
{
	uint64_t most = UINT64_MAX - UINT64_MAX % n, x;

	do
		x = next(r);
	while (x >= most);
	return x % n;
}

void
recipe_bytes(struct recipe_state *r, uint8_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)(next(r) >> 56);
}

void
recipe_blob(struct recipe_state *r, struct buf *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_byte(out, (uint8_t)(next(r) >> 56));
}

void
recipe_chars(struct recipe_state *r, struct buf *out, const char *alphabet,
	size_t n)
{
	size_t size = strlen(alphabet);

	for (size_t i = 0; i < n; i++)
		buf_byte(out, (uint8_t)alphabet[recipe_draw(r, size)]);
}

struct span
recipe_body(const struct recipe_state *r)
{
	size_t from = r->body_marked ? r->body : r->start;

	return span_of(r->out->ptr + from, r->out->len - from);
}

/* What a recipe's marks have said so far. */
struct marks {
	bool begun, ended;
	size_t end;
};

bool
recipe_count(struct span arg, size_t *least, size_t *most)
{
	size_t n[2] = { 0, 0 };
	int i = 0;

	for (size_t k = 0; k < arg.len; k++) {
		if (arg.ptr[k] == '-' && i == 0 && k > 0 && k + 1 < arg.len)
			i = 1;
		else if (arg.ptr[k] < '0' || arg.ptr[k] > '9' ||
			n[i] > DRAW_MOST)
			return false;
		else
			n[i] = n[i] * 10 + (size_t)(arg.ptr[k] - '0');
	}
	*least = n[0];
	*most = n[i];
	return arg.len && n[0] <= n[i] && n[i] <= DRAW_MOST;
}

/* Draws come after body is set, so that the body begins with them. */
static void
drawing(struct recipe_state *r)
{
	if (!r->body_set) {
		r->body = r->out->len;
		r->body_set = true;
	}
	r->drawn = true;
}

static const char *
mark_make(struct recipe_state *r, struct marks *m, char mark)
{
	if (mark == '<') {
		r->body = r->out->len;
		r->body_set = r->body_marked = true;
	} else if (mark == '(') {
		if (m->begun)
			return "a second {{(}}";
		m->begun = true;
		r->start = r->out->len;
	} else {
		if (!m->begun || m->ended)
			return "{{)}} without a {{(}} before it";
		m->ended = true;
		m->end = r->out->len;
	}
	return NULL;
}

static const char *
alphabet_make(struct recipe_state *r, const char *chars, const char *arg)
{
	size_t least, most;

	if (!recipe_count(span_str(arg), &least, &most))
		return "an alphabet takes :N or :N-M, at most 65536";
	drawing(r);
	recipe_chars(r, r->out, chars,
		least + (size_t)recipe_draw(r, most - least + 1));
	return NULL;
}

static const struct recipe_part *
part_find(const struct recipe_part *parts, const char *name)
{
	for (; parts->name; parts++)
		if (!strcmp(parts->name, name))
			return parts;
	return NULL;
}

/* A checksum: it ends the body before it. */
static const char *
sum_make(struct recipe_state *r, const struct recipe_part *sum,
	const char *arg)
{
	const char *problem;

	if (!r->body_set)
		return "a checksum with nothing drawn before it";
	problem = sum->make(r, arg);
	r->body_set = r->body_marked = false;
	r->drawn = true;
	return problem;
}

/* A whole token; the body it may need is that before it. */
static const char *
object_make(struct recipe_state *r, const char *name, const char *arg)
{
	static const struct recipe_part *const tables[] = {
		recipe_tokens, recipe_azures, recipe_wallets,
		recipe_configs
	};

	drawing(r);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		const struct recipe_part *part = part_find(tables[i], name);

		if (part && *arg && !part->takes_arg)
			return "this part takes nothing after its name";
		if (part)
			return part->make(r, arg);
	}
	if (!recipe_jwt(r, name) && !recipe_key(r, name))
		return "no part of this name";
	return *arg ? "this part takes nothing after its name" : NULL;
}

static const char *
part_make(struct recipe_state *r, struct marks *m, const char *name,
	const char *arg)
{
	const struct recipe_part *sum = part_find(recipe_sums, name);
	const char *chars = recipe_alphabet(span_str(name));

	if (*name && strchr("()<", *name) && !name[1] && !*arg)
		return mark_make(r, m, *name);
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
		if (!strcmp(characters[i].name, name)) {
			r->drawn = false;
			buf_byte(r->out, (uint8_t)characters[i].c);
			return NULL;
		}
	if (chars)
		return alphabet_make(r, chars, arg);
	if (sum && *arg && !sum->takes_arg)
		return "this checksum takes no width";
	return sum ? sum_make(r, sum, arg) : object_make(r, name, arg);
}

/* The part that begins at p with "{{"; *after is where it ends. */
static const char *
part_read(struct recipe_state *r, struct marks *m, const char *p,
	const char **after)
{
	const char *end = strstr(p + 2, "}}");
	char name[PART_NAME];
	char *arg;
	size_t n;

	if (!end)
		return "{{ without }}";
	n = (size_t)(end - p) - 2;
	if (n >= sizeof name)
		return "a part with too long a name";
	memcpy(name, p + 2, n);
	name[n] = '\0';
	arg = strchr(name, ':');
	if (arg)
		*arg++ = '\0';
	*after = end + 2;
	return part_make(r, m, name, arg ? arg : "");
}

static const char *
expand(struct recipe_state *r, struct marks *m, const char *recipe,
	const char **at)
{
	const char *problem;

	for (*at = recipe; **at && !r->out->failed; ) {
		if ((*at)[0] == '{' && (*at)[1] == '{') {
			const char *after = *at;

			problem = part_read(r, m, *at, &after);
			if (problem)
				return problem;
			*at = after;
			continue;
		}
		r->drawn = false;
		buf_byte(r->out, (uint8_t)*(*at)++);
	}
	return m->begun && !m->ended ? "{{(}} without {{)}}" : NULL;
}

enum stanch_result
recipe_expand(struct recipe_out *out, const char *recipe, uint64_t seed,
	struct stanch_error *err)
{
	/* Recipes of one seed must not all begin with the same draws. */
	struct recipe_state r = { .out = &out->text, .random =
		seed ^ (uint64_t)hash_crc32(span_str(recipe)) << 32 };
	struct marks m = { false };
	const char *at = recipe, *problem;

	out->text.len = 0;
	out->text.failed = false;
	problem = expand(&r, &m, recipe, &at);
	if (out->text.failed) {
		out->text.len = 0;
		return error_set(err, STANCH_ELIMIT, NULL, "the example needs "
			"more than %zu bytes", out->text.max);
	}
	if (problem) {
		const char *end = *at ? strstr(at + 2, "}}") : NULL;
		size_t len = end ? (size_t)(end - at) + 2 : 0;

		out->text.len = 0;
		return error_at(err, STANCH_ERULE, "recipe", 1,
			(uint32_t)(at - recipe) + 1, "%s: %.*s at offset %zu",
			problem, (int)(len < PART_NAME ? len : PART_NAME), at,
			(size_t)(at - recipe));
	}
	out->start = r.start;
	out->end = m.ended ? m.end : out->text.len;
	return STANCH_OK;
}
