/* SPDX-License-Identifier: Apache-2.0 */
/*
 * placeholder_words.c - the words people write where a secret would stand.
 * A telling word of six letters or more counts wherever it stands; the rest
 * only when such words make up nearly all letters of the value.
 */
#include "judge/chars.h"
#include "judge/placeholder.h"
#include "judge/wordlike.h"
#include "judge/wordlist.h"

enum {
	LETTERS_MIN = 4,
	PART_LEAST = 2,		/* of a word that is not all there is */
	SURPRISE_MAX = 30 * WORDLIKE_BIT	/* more: no words */
};

#define M(c) (UINT32_C(1) << ((c) - 'a'))

/*
 * By first letter: which letters come second, and the words.  Six letters or
 * more, else chance would meet them.
 */
static const struct telling { uint32_t second; const char *words; }
	telling[26] = {
	['a' - 'a'] = { M('s') | M('z'), "asdfgh azerty" },
	['c' - 'a'] = { M('a') | M('e') | M('h'), "cafebabe censored "
		"changeme changeit changethis" },
	['d' - 'a'] = { M('e') | M('u'), "deadbeef dummykey dummytoken "
		"dummypass dummysecret" },
	['e' - 'a'] = { M('x'), "example" },
	['f' - 'a'] = { M('a') | M('i') | M('o'), "fakekey faketoken "
		"fakepass fakesecret fixmefixme foobar" },
	['g' - 'a'] = { M('o'), "goeshere" },
	['i' - 'a'] = { M('n'), "insertyour inserthere" },
	['l' - 'a'] = { M('k') | M('o'), "lkjhgf loremipsum" },
	['m' - 'a'] = { M('n'), "mnbvcx" },
	['n' - 'a'] = { M('o'), "notreal notasecret notsecret notarealkey "
		"notused" },
	['p' - 'a'] = { M('l') | M('o') | M('u'), "placeholder poiuyt "
		"putyour" },
	['q' - 'a'] = { M('a') | M('w'), "qazwsx qwerty qwertz" },
	['r' - 'a'] = { M('e'), "replaceme replacethis replacewith "
		"redacted" },
	['s' - 'a'] = { M('a') | M('o'), "samplekey samplesecret sampletoken "
		"somesecret" },
	['t' - 'a'] = { M('e') | M('h'), "testkey testtoken testpass "
		"testsecret thisisnot thisisa thisismy" },
	['u' - 'a'] = { M('n'), "undefined" },
	['y' - 'a'] = { M('o'), "yourkey yourapi youraccess yourauth "
		"yourclient yourpass yoursecret yourtoken yourprivate "
		"yourown" },
	['z' - 'a'] = { M('x'), "zxcvbn" },
};

/* By first letter, with those that telling words begin with. */
static const char *const common[26] = {
	"a abc access account actual add all and any api "
		"app application auth aws azure",
	"bar base basic baz bearer blah bot bucket by",
	"cert change changed changeit changeme client code company config "
		"consumer cookie credential credentials customer",
	"data database db default demo dev devel development do docker "
		"dummy domain",
	"edit email empty encrypt encryption enter env environment example",
	"fake false field file fill fixme foo for from",
	"generate generated get github gitlab go goes google",
	"hash hello here hidden host http https hunter",
	"id ignore ignored in initial input insert integration invalid is it",
	"jwt json just jenkins",
	"key keys keystore",
	"label local localhost login long",
	"mail masked master me mock more most my",
	"name new nice no none nope not nothing now null nil",
	"oauth of old on one openai openssl optional or org our own",
	"pass passphrase passwd password passwords paste placeholder please "
		"prefix private prod production project "
		"provider public put pw pwd",
	"quux qux",
	"random read real redacted refresh remove removed "
		"repeat replace required",
	"salt sample secret secrets secure server service session set shared "
		"short should sign signing simple slack smtp snakeoil some "
		"something ssh staging store string stripe strong stub sudo "
		"super",
	"temp temporary test tester testing tests text that the these thing "
		"this three tmp to todo token tokens top true two twilio type",
	"undefined unknown unused update url use used user username",
	"valid value values variable very",
	"webhook will with word world wrong write",
	"xxx xxxx xyz",
	"yes you your yours yyy",
	"zzz",
};

static bool
has_telling(struct span s)
{
	for (size_t i = 0; i + 6 <= s.len; i++) {
		uint8_t a = s.ptr[i] | 0x20, b = s.ptr[i + 1] | 0x20;

		if (char_is_lower(a) && char_is_lower(b) &&
			(telling[a - 'a'].second & M(b)) &&
			wordlist_longest(telling[a - 'a'].words, s.ptr + i,
			s.len - i))
			return true;
	}
	return false;
}

/*
 * How many letters of the run words cover at most, from left to right; words
 * of fewer than `least` letters do not count.
 */
static size_t
cover(const uint8_t *run, size_t n, size_t least)
{
	uint16_t best[PLACEHOLDER_MAX + 1];
	size_t most;

	memset(best, 0, (n + 1) * sizeof *best);
	for (size_t i = 0; i < n; i++) {
		const char *list = common[char_lower(run[i]) - 'a'];

		if (best[i + 1] < best[i])
			best[i + 1] = best[i];
		for (most = n - i; (most = wordlist_longest(list, run + i,
			most)) >= least; most--)
			if (best[i + most] < best[i] + most)
				best[i + most] = (uint16_t)(best[i] + most);
	}
	return best[n];
}

/* What words leave over makes short ones chance: the m(e)ado(w). */
static size_t
covered(const uint8_t *run, size_t n)
{
	size_t most = cover(run, n, 1);

	return most == n || (most + 1 == n && char_lower(run[most]) == 's') ?
		most : cover(run, n, PART_LEAST);
}

/* P@ssw0rd, Passw0rd1! and its like. */
static bool
is_password(struct span s)
{
	static const char plain[] = "password";
	size_t n = sizeof plain - 1;

	if (s.len < n || s.len > n + 4)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = char_lower(s.ptr[i]);

		c = i >= n ? c : c == '@' || c == '4' ? 'a' :
			c == '$' || c == '5' ? 's' : c == '0' ? 'o' : c;
		if (i < n ? c != (uint8_t)plain[i] : char_is_alpha(c))
			return false;
	}
	return true;
}

/* Letters that words cover, of all runs of letters. */
static size_t
all_covered(struct span s)
{
	size_t known = 0, n;

	for (size_t i = 0; i < s.len; i += n + 1) {
		for (n = 0; i + n < s.len && char_is_alpha(s.ptr[i + n]); n++)
			;
		known += n > 1 ? covered(s.ptr + i, n) : 0;
	}
	return known;
}

bool
placeholder_words(struct span s)
{
	size_t letters = 0, digits = 0;

	s = span_first(s, PLACEHOLDER_MAX);
	if (has_telling(s) || is_password(s))
		return true;
	for (size_t i = 0; i < s.len; i++) {
		letters += char_is_alpha(s.ptr[i]);
		digits += char_is_digit(s.ptr[i]);
	}
	return letters >= LETTERS_MIN && digits <= letters + 2 &&
		wordlike_surprise(s) <= SURPRISE_MAX &&
		all_covered(s) * 6 >= letters * 5;
}
