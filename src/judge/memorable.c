/* SPDX-License-Identifier: Apache-2.0 */
/*
 * memorable.c - words, numbers and signs of a password.  Where such a value
 * may stand is generic.c's to say.
 */
#include "judge/memorable.h"

#include "judge/chars.h"
#include "judge/wordlist.h"

enum {
	WORD = 3,		/* letters */
	NUMBER_LEAST = 2, NUMBER_MOST = 4,	/* digits: a year has four */
	NUMBER_SURE = 3,	/* ... that no second one of a kind has */
	LONG_WORD = 5,
	LEET_LEAST = 2,		/* digits within words */
	WORD_MOST = 32
};

/* Words that names of things are made of. */
static const char *const naming[26] = {
	['a' - 'a'] = "access account admin api app arg auth aws azure",
	['b' - 'a'] = "backend base bucket build button",
	['c' - 'a'] = "cache cert class client cluster code column config "
		"context cred credential credentials creds",
	['d' - 'a'] = "data database db default dev docker domain",
	['e' - 'a'] = "email enc encrypted endpoint env error event example",
	['f' - 'a'] = "factory field file flag form format func function",
	['g' - 'a'] = "gcp get github gitlab global group",
	['h' - 'a'] = "handler hash header helper hidden host http https",
	['i' - 'a'] = "id index info input instance invalid item",
	['j' - 'a'] = "java job json jwt",
	['k' - 'a'] = "key keys kube kubernetes",
	['l' - 'a'] = "label line link linux list local login",
	['m' - 'a'] = "mail main manager message method mock model module my "
		"mysql",
	['n' - 'a'] = "name namespace new node none null number",
	['o' - 'a'] = "oauth object old option org output",
	['p' - 'a'] = "page param pass passwd password path place placeholder "
		"policy pool port postgres prod production profile project "
		"prompt property proxy pwd",
	['q' - 'a'] = "query queue",
	['r' - 'a'] = "redis ref reference region release repo request reset "
		"resource response result role root route rule",
	['s' - 'a'] = "sample schema script secret secrets section server "
		"service session set setting settings ssh ssl stage staging "
		"state status storage store string svc system",
	['t' - 'a'] = "table task template test text tls token tmp type",
	['u' - 'a'] = "uri url user username users utf",
	['v' - 'a'] = "val value values var variable vault version view",
	['w' - 'a'] = "web widget window windows worker",
	['y' - 'a'] = "yml",
};

/* Those that say whose or what for, and that people put into passwords. */
static const char *const placing[26] = {
	['a' - 'a'] = "admin api app",
	['d' - 'a'] = "db dev",
	['o' - 'a'] = "ops",
	['p' - 'a'] = "prod production",
	['r' - 'a'] = "root",
	['s' - 'a'] = "stage staging",
	['t' - 'a'] = "test",
};

static bool
is_of(const char *const lists[26], struct span word)
{
	char text[WORD_MOST];

	if (word.len > sizeof text)
		return true;
	for (size_t i = 0; i < word.len; i++)
		text[i] = (char)char_lower(word.ptr[i]);
	return wordlist_has(lists, text, word.len);
}

/* Letters from s.ptr[at] on, to the next hump: Canyon of AmberCanyon. */
static size_t
word_length(struct span s, size_t at)
{
	size_t n = 1;

	while (at + n < s.len && char_is_alpha(s.ptr[at + n]) &&
		!(char_is_upper(s.ptr[at + n]) &&
		char_is_lower(s.ptr[at + n - 1])))
		n++;
	return n;
}

struct parts {
	size_t words, letters;	/* words long enough; all letters */
	size_t others, humps;	/* long words of no name; ones like Word */
	size_t placing, naming;	/* words of names, by kind */
	size_t leet;		/* runs of digits within or before letters */
	size_t number;		/* digits behind the last letter */
	size_t signs;		/* wherever they stand */
	bool foreign;		/* has a sign of code */
};

static void
add_word(struct parts *p, struct span word)
{
	bool placed = is_of(placing, word);
	bool named = !placed && is_of(naming, word);

	p->words += word.len >= WORD;
	p->letters += word.len;
	p->placing += placed;
	p->naming += named;
	p->others += word.len >= LONG_WORD && !placed && !named;
	p->humps += word.len > WORD && char_is_upper(word.ptr[0]) &&
		char_is_lower(word.ptr[word.len - 1]);
}

static struct parts
parts_of(struct span s)
{
	struct parts p = { 0 };
	size_t n;

	for (size_t at = 0; at < s.len; at += n) {
		uint8_t c = s.ptr[at];

		n = 1;
		if (char_is_alpha(c)) {
			n = word_length(s, at);
			add_word(&p, span_of(s.ptr + at, n));
			p.leet += p.number > 0;
			p.number = 0;
		} else if (char_is_digit(c)) {
			while (at + n < s.len && char_is_digit(s.ptr[at + n]))
				n++;
			p.leet += p.number > 0;
			p.number = n;
		} else {
			p.signs++;
			p.foreign |= c < ' ' || c > '~' ||
				memchr("/\\\"'`()[]{}<>|:;,$%", c, 19);
		}
	}
	return p;
}

/* acme-prod-7781 */
static bool
is_placed(const struct parts *p)
{
	return p->placing == 1 && p->others && p->signs && !p->leet &&
		p->number >= NUMBER_SURE && p->number <= NUMBER_MOST;
}

bool
memorable_is(struct span s)
{
	struct parts p = parts_of(s);

	if (p.foreign || p.naming || (p.placing && !is_placed(&p)))
		return false;
	if (p.signs && p.leet >= LEET_LEAST)
		return p.letters > p.leet;
	/* Without a sign, as in AmberCanyon77, every word must be whole. */
	return p.words && (p.signs || (p.humps > 1 && p.humps == p.words &&
		!p.leet)) && p.number >= NUMBER_LEAST &&
		p.number <= NUMBER_MOST;
}
