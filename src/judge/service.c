/* SPDX-License-Identifier: Apache-2.0 */
/*
 * service.c - finds the names of services in a value's name and before it:
 * texts are split into words, and words that follow each other are looked up
 * together, since "LemonSqueezy" and lemon_squeezy are one name.
 */
#include "judge/service.h"

#include <stdlib.h>

#include "judge/chars.h"
#include "rule/rule_load.h"

enum {
	TOGETHER = 4,	/* words that may make one name */
	TEXT_MAX = 2 * JUDGE_BEFORE,
	ROW_BITS = 13,	/* of a word's hash: most words of a text have a row
			   of their own, which is empty */
	ROWS = 1 << ROW_BITS
};

struct service_word {
	const char *text;
	const struct stanch_rule *rule;
	uint32_t row;
};

struct services {
	size_t n;
	uint32_t row[ROWS + 1];		/* where each begins in v */
	struct service_word v[];	/* sorted */
};

/* The row of a word that is given letter by letter, the last one first. */
static inline uint32_t
row_more(uint32_t row, char c)
{
	return (row + (uint8_t)c) * 0x9e3779b1u;
}

static inline uint32_t
row_end(uint32_t row)
{
	return row >> (32 - ROW_BITS);
}

static uint32_t
row_of(const char *word)
{
	uint32_t row = 0;

	for (size_t n = strlen(word); n > 0; n--)
		row = row_more(row, word[n - 1]);
	return row_end(row);
}

static int
compare(const void *a, const void *b)
{
	const struct service_word *x = a, *y = b;
	int c = x->row != y->row ? (x->row < y->row ? -1 : 1) :
		strcmp(x->text, y->text);

	return c ? c : x->rule < y->rule ? -1 : x->rule > y->rule;
}

static void
fill_rows(struct services *s)
{
	for (size_t i = 0; i < s->n; i++)
		s->row[s->v[i].row + 1]++;
	for (size_t i = 0; i < ROWS; i++)
		s->row[i + 1] += s->row[i];
}

bool
services_new(struct services **out, const struct stanch_rules *rules)
{
	struct services *s;
	size_t n = 0;

	for (size_t i = 0; i < rules->n; i++)
		n += rules->rules[i].words.n;
	s = calloc(1, sizeof *s + n * sizeof *s->v);
	if (!s)
		return false;
	for (size_t i = 0; i < rules->n; i++)
		for (size_t k = 0; k < rules->rules[i].words.n; k++) {
			const char *word = rules->rules[i].words.v[k];

			s->v[s->n++] = (struct service_word){ word,
				&rules->rules[i], row_of(word) };
		}
	qsort(s->v, s->n, sizeof *s->v, compare);
	fill_rows(s);
	*out = s;
	return true;
}

void
services_free(struct services *s)
{
	free(s);
}

/* ---- names in a text ---- */

/* Words in small letters, with `_` between those that may belong together. */
struct search {
	const struct services *services;
	struct service_hits *hits;
	const char *text;
	bool named;
	const struct keyname *key;	/* that name, then */
	size_t stem;		/* of it */
};

static bool
is_word(char c)
{
	return c != '_' && c != '\n';
}

/* What may stand before a word that counts only where a name begins. */
static bool
begins_name(const struct search *s, size_t from)
{
	static const char *const heads[] = {
		"env_", "environ_", "config_", "settings_", "secrets_",
		"credentials_", "data_", "set_", "this_", "self_",
		"my_", "x_", "k_"
	};

	if (from == 0 || s->key->text[from - 1] == '.')
		return true;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		size_t n = strlen(heads[i]);

		if (n <= from && !memcmp(s->text + from - n, heads[i], n))
			return true;
	}
	return false;
}

/* Whether only words of a kind of key stand in between: box_client_secret. */
static bool
leads_to_stem(const struct search *s, size_t to)
{
	static const char *const kinds[] = {
		"access", "account", "admin", "api", "app", "application",
		"auth", "bot", "channel", "client", "consumer", "dev",
		"developer", "integration", "live", "oauth", "oauth2",
		"personal", "private", "prod", "production", "refresh",
		"rest", "server", "service", "signing", "test", "user",
		"web", "webhook"
	};

	while (to < s->stem) {
		size_t n = 0, i;

		while (to + n < s->stem && s->text[to + n] != '_')
			n++;
		for (i = 0; n && i < sizeof kinds / sizeof *kinds; i++)
			if (strlen(kinds[i]) == n &&
				!memcmp(kinds[i], s->text + to, n))
				break;
		if (i == sizeof kinds / sizeof *kinds)
			return false;
		to += n + 1;
	}
	return true;
}

static bool
counts(const struct search *s, const struct stanch_rule *rule, size_t from,
	size_t to)
{
	return !rule->attached || (s->named && to <= s->stem &&
		begins_name(s, from) && leads_to_stem(s, to));
}

/* Whether text[from, to) is the word, signs left out. */
static bool
is_the_word(const struct search *s, size_t from, size_t to, const char *word)
{
	for (; from < to; from++)
		if (s->text[from] != '_' && s->text[from] != *word++)
			return false;
	return !*word;
}

/* The services of the row whose word is text[from, to). */
static void
try_row(struct search *s, uint32_t row, size_t from, size_t to)
{
	const struct services *all = s->services;
	struct service_hits *hits = s->hits;

	for (size_t i = all->row[row]; i < all->row[row + 1] &&
		hits->n < SERVICE_HITS; i++)
		if (is_the_word(s, from, to, all->v[i].text) &&
			counts(s, all->v[i].rule, from, to))
			hits->v[hits->n++] = (struct service_hit){
				all->v[i].rule, s->named, from, to };
}

/* Names that end at `to`: the longest first. */
static void
try_end(struct search *s, size_t begin, size_t to)
{
	struct { size_t at; uint32_t row; } starts[TOGETHER];
	size_t n = 0, at = to;
	uint32_t row = 0;

	while (n < TOGETHER && at > begin) {
		for (; at > begin && is_word(s->text[at - 1]); at--)
			row = row_more(row, s->text[at - 1]);
		starts[n].at = at;
		starts[n++].row = row_end(row);
		if (at == begin || s->text[at - 1] != '_')
			break;
		at--;
	}
	while (n-- > 0)
		try_row(s, starts[n].row, starts[n].at, to);
}

/* Names in text[begin, end), the last first. */
static void
search_part(struct search *s, size_t begin, size_t end)
{
	for (size_t to = end; to > begin; to--)
		if (is_word(s->text[to - 1]) && (to == end ||
			!is_word(s->text[to])))
			try_end(s, begin, to);
}

/* ---- what stands before the name ---- */

static bool
is_sign(uint8_t c)
{
	return c == '_' || c == '-' || c == '.' || c == ' ';
}

static bool
is_hump(uint8_t before, uint8_t c)
{
	return char_is_upper(c) && (char_is_lower(before) ||
		char_is_digit(before));
}

/* Words of s; what parts them for good becomes a newline. */
static size_t
split(struct span s, char out[TEXT_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = s.ptr[i], last = i ? s.ptr[i - 1] : 0;

		if (char_is_alnum(c)) {
			if (is_hump(last, c))
				out[n++] = '_';
			out[n++] = (char)char_lower(c);
		} else {
			out[n++] = is_sign(c) && char_is_alnum(last) ? '_' :
				'\n';
		}
	}
	return n;
}

/* The bytes before the name that may tell whose it is. */
static struct span
surroundings(struct span before)
{
	size_t n = before.len, lines = 0;

	while (n > 0 && (char_is_alnum(before.ptr[n - 1]) ||
		is_sign(before.ptr[n - 1])) && before.ptr[n - 1] != ' ')
		n--;
	before.len = n;
	while (n > 0 && (before.ptr[n - 1] != '\n' ||
		++lines < SERVICE_LINES))
		n--;
	return span_skip(before, n);
}

/* Where the name ends that the line gives a value to; 0: it gives none. */
static size_t
named_end(const uint8_t *line, size_t n)
{
	size_t i = 0, end;

	while (i < n && (line[i] == ' ' || line[i] == '\t'))
		i++;
	while (i < n && (char_is_alnum(line[i]) || memchr(" \"'_-.$", line[i],
		7)))
		i++;
	end = i;
	if (i == n || (line[i] != '=' && line[i] != ':'))
		return 0;
	for (i++; i < n && memchr(" \t=>:|\r", line[i], 7); i++)
		;
	return i < n && !memchr("{[(", line[i], 3) ? end : 0;
}

/*
 * A name that says whose its value is, as SESSION_SECRET does, is not that of
 * the service whose COVERALLS_TOKEN stands a line above: blanks out, in the
 * copy of `before`, the names that its whole lines give a value to.
 */
static void
without_names(char *copy, struct span before)
{
	size_t at = 0, end;
	const uint8_t *lf;

	while ((lf = memchr(before.ptr + at, '\n', before.len - at))) {
		end = named_end(before.ptr + at,
			(size_t)(lf - before.ptr) - at);
		memset(copy + at, ' ', end);
		at = (size_t)(lf - before.ptr) + 1;
	}
}

static void
search_before(struct search *s, struct span before, bool plain)
{
	char text[TEXT_MAX], copy[JUDGE_BEFORE];
	size_t n;

	before = surroundings(before);
	if (before.len > JUDGE_BEFORE)
		before = span_skip(before, before.len - JUDGE_BEFORE);
	if (!plain && before.len) {
		memcpy(copy, before.ptr, before.len);
		without_names(copy, before);
		before = span_of(copy, before.len);
	}
	n = split(before, text);
	s->text = text;
	s->named = false;
	search_part(s, 0, n);
	explicit_bzero(text, sizeof text);
	explicit_bzero(copy, sizeof copy);
}

/* Whether a dot or another sign parts its words does not matter here.  False:
   its words say whose it is, or what for. */
static bool
search_name(struct search *s, const struct keyname *k)
{
	char text[KEYNAME_MAX];

	for (size_t i = 0; i < k->len; i++)
		text[i] = k->text[i] == '.' ? '_' : k->text[i];
	s->text = text;
	s->key = k;
	s->stem = k->stem;
	search_part(s, 0, k->stem);
	search_part(s, k->rest, k->len);
	return leads_to_stem(s, 0);
}

void
services_find(struct service_hits *hits, const struct services *services,
	const struct judge_case *c)
{
	struct search s = { .services = services, .hits = hits,
		.named = true };

	*hits = (struct service_hits){ .n = 0 };
	if (!services->n)
		return;
	site_read(&hits->site, c);
	search_before(&s, c->before, search_name(&s, &hits->site.key));
}
