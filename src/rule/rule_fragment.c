/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_fragment.c - what many expressions have in common, by name: between a
 * name and its value (?&assigned), the same where only the name tells
 * (?&given), before a secret (?&edge).  A call is replaced by its text before
 * anything else looks at the expression, so facts, digest and matching know
 * nothing of it.
 */
#include "base/error.h"
#include "rule/rule_load.h"

/* ---- the texts; no blank stands outside a class, for the sake of (?x) ---- */

#define HEX "[0-9A-Fa-f]"

/*
 * A letter, a digit or a sign before a secret that is none of its: the end of
 * an escape, of a colour, ${NAME:-, the sign of a patch.
 */
static const char edge[] =
	"(?<=\\\\[bfnrtv]|%" HEX "{2}|\\\\x" HEX "{2}|\\\\u" HEX "{4}"
	"|\\x1b\\[[mK]|\\x1b\\[[0-9]m|\\x1b\\[[0-9]{2}m|\\x1b\\[[0-9;]{3}m"
	"|\\x1b\\[[0-9;]{4}m|\\x1b\\[[0-9;]{5}m|\\x1b\\[[0-9;]{6}m"
	"|\\x1b\\[[0-9;]{7}m|\\x1b\\[[0-9;]{8}m|:-|\\n[+-]|^[+-])";

static const char assigned[] =
	"(?:"
	/* what closes the name: a quote, escaped or not, an index */
	"[\"'`\\\\\\])}]{0,5}(?:\\[\\w{0,6}\\])?"
	/* a type: `: &str =`, ` string =`, ` As String =` */
	"(?:[ \\t]{0,2}:?[ \\t]{0,2}(?:&(?:'static[ ])?|[Aa]s[ ])?"
	"[A-Za-z][\\w.]{0,20}[?]?(?=[ \\t]{0,2}=))?"
	"(?:"
	/* an operator, the bracket of a call, `is` in a sentence */
	"[ \\t]{0,8}(?:=>|<-|:[-=:]?|\\|\\|=?|[?]{2}=?|[?+|.]?=|[,(>{]|is[ ])"
	"\\s{0,8}[(\\[]?\\s{0,8}"
	/* ENV NAME value */
	"|[ \\t]{1,8}"
	/* name: NAME, value: VALUE, in YAML, JSON, XML, HCL */
	"|(?:</(?:key|name)>)?[ \\t]{0,2}[,;:>{]{0,2}\\s{0,32}"
	"(?:[Tt]ype[ \\t]{0,8}[:=][ \\t]{0,3}[\"']?\\w{1,10}[\"']?,?\\s{1,32})?"
	"[\"'<]?(?:[Vv]alue|[Dd]efault|content|string)[\"'>]?"
	"[ \\t]{0,3}[:=]?[ \\t]{0,3}"
	")"
	/* a colour, a prefix of a string, a quote */
	"(?:\\x1b\\[[0-9;]{0,8}m)?(?:[@bfru$]{0,2}[\"'`\\\\]{1,6})?"
	")";

#define COLOUR "(?:\\x1b\\[[0-9;]{0,8}+m)?+"
#define BLANKS "[ \\t]{0,64}+"	/* names stand in columns, too */
#define QUOTE "\\\\{0,3}+[\"'`]"
#define PREFIX "[bflnru@$]"	/* of a string: b"", N'', L"", r"" */

/* For expressions under (?i) that begin with the name: one reading a place. */
static const char given[] =
	"(?:"
	COLOUR "(?:" QUOTE ")?+[\\])]?+(?:\\[\\w{0,6}+\\])?+"
	COLOUR "(?:"
	/* the next field of a line */
	"\\t{1,4}+(?![=:])(?=[^\\s\\d]{0,64}+\\d)"
	"|" BLANKS
	/* a type */
	"(?:(?::[ \\t]{0,2}+(?:&'static[ ])?+"
	"[&'a-z\\[][\\w:.<>&'\\[\\]?]{1,24}+"
	"|(?<=[ \\t])(?:as[ ])?+string)(?:[ \\t]{1,2}+(?==)|(?==[\"'])))?+"
	"(?:"
	"(?:(?:[:?]|\\|\\||[?]{2})?+=(?![=~])>?+|:(?![:=-])"
	"|(?<=[ \\t])->(?=[ ]))(?:\\*\\*)?+"
	"(?:\\s{0,12}+"
	"(?:\\(\\s{0,12}+|\\[\\]byte\\(|bytes\\(|Buffer\\.from\\("
	"|[\\w.]{0,20}?(?:fromhex|unhexlify|b64decode|base64_decode|hex2bin"
	"|decode_?hex|decodestring|hextobytes|base64\\.decode)\\()?+"
	"(?=" PREFIX "{0,2}+" QUOTE ")"
	/* a block of YAML: its value begins on the next line */
	"|" BLANKS "(?:[>|][+-]?+[ \\t]{0,2}+\\r?+\\n[ \\t]{1,40}+)?+" COLOUR
	")(?:" PREFIX "{1,2}+(?=[\"']))?+"
	"(?:" QUOTE "(?:" QUOTE QUOTE ")?+)?+"
	/* an argument that follows, a default, another string */
	"|(?:[,({]|<-|\\|\\||[?]{2}|::|(?<=\\s))\\s{0,3}+(?:@(?=\"))?+"
	"(?:" QUOTE "){1,2}+"
	"|:-(?=[^\\s}]{8,150}+\\})"
	"|(?<=\\s)is:?+[ ][\"'`]?+"
	"|>"
	/* the next cell of a table */
	"|(?:\\*\\*)?+" BLANKS "\\|[ \\t]{1,40}+(?=`?+[^\\s|`]{8,256}+`?+"
	"(?:[ \\t]{0,40}+\\||[ ]?\\r?\\n))`?+"
	/* what a program types into a field of that name */
	"|[\"'`]?+\\){0,2}+\\.(?:send_?keys|fill|type|set_?value|send_?text"
	"|set_?text|input|enter_?text)\\([ ]?+" QUOTE
	/* name: NAME, value: VALUE and its like */
	"|(?:</(?:key|name)>|>)?+[,;:{]?+\\s{0,32}+"
	"(?:type[ \\t]{0,8}+[:=][ \\t]{0,8}+[\"']?+\\w{1,10}+[\"']?+,?+"
	"\\s{1,32}+)?+"
	"(?:[\"']?+(?:value|default|content)[\"']?+"
	"[ \\t]{0,3}+[:=][ \\t]{0,3}+[\"'`]?+"
	"|<(?:value|string)>)"
	")"
	")"
	")";

/* Alone on the rest of a line, and no word: it has a digit or a sign. */
static const char alone[] =
	"[ \\t]{0,16}+(?=[^\\s\"'`<>]{0,40}?[\\d!#$%^&*+?@~])"
	"(?=[^\\s\"'`<>()]{8,150}+[ \\t]{0,4}+(?:\\r?\\n|$))";

static const struct fragment {
	const char *call, *text;
} fragments[] = {
	{ "(?&alone)", alone },
	{ "(?&assigned)", assigned },
	{ "(?&edge)", edge },
	{ "(?&given)", given },
};

/* Replaces the first call at or behind `from`; *from is behind its text. */
static enum stanch_result
expand(struct rule_load *l, const char **regex, const struct fragment *f,
	size_t *from)
{
	const char *at = strstr(*regex + *from, f->call);
	size_t head, n = strlen(f->call), size;
	char *text;

	if (!at) {
		*from = strlen(*regex);
		return STANCH_OK;
	}
	head = (size_t)(at - *regex);
	size = strlen(*regex) - n + strlen(f->text) + 1;
	text = arena_alloc(l->arena, size);
	if (!text)
		return error_nomem(l->err);
	memcpy(text, *regex, head);
	strncpy(text + head, f->text, size - head);
	memcpy(text + head + strlen(f->text), at + n, strlen(at + n) + 1);
	*regex = text;
	*from = head + strlen(f->text);
	return STANCH_OK;
}

enum stanch_result
rule_fragment_expand(struct rule_load *l, const char **regex)
{
	enum stanch_result r = STANCH_OK;

	for (size_t i = 0; i < sizeof fragments / sizeof *fragments; i++)
		for (size_t at = 0; r == STANCH_OK && *regex &&
			(*regex)[at]; )
			r = expand(l, regex, &fragments[i], &at);
	return r;
}
