/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_regex.c - whether an expression compiles, and where PCRE2 on bytes
 * reads it otherwise than RE2, for which gitleaks' rules are written.  The
 * rest of RE2's syntax means the same: (?P<n>..), (?i:..), \z, \Q..\E,
 * [[:word:]].  (RE2 syntax: https://golang.org/s/re2syntax)
 */
#include "base/error.h"
#include "base/re.h"
#include "rule/rule_load.h"

/* Whether what stands at s makes the character before it repeat. */
static bool
repeats(const char *s)
{
	return *s && strchr("?*+{", *s);
}

/* Why the expression may find other text than under RE2; NULL: it does not. */
static const char *
difference(const char *s)
{
	bool in_class = false;

	for (; *s; s++) {
		if (*s == '\\' && s[1]) {
			s++;
			if (*s == 'p' || *s == 'P')
				return "\\p takes single bytes for"
					" characters";
		} else if ((unsigned char)*s >= 0x80 &&
			(in_class || repeats(s + 1))) {
			return "a character outside ASCII in a class, or"
				" repeated, is taken byte by byte";
		} else if (*s == '[' && !in_class) {
			in_class = true;
			s += s[1] == '^';	/* `[]` and `[^]` open: */
			s += s[1] == ']';	/* the ] stands for itself */
		} else if (*s == '[' && s[1] == ':') {
			const char *end = strstr(s, ":]");

			s = end ? end + 1 : s;
		} else if (*s == ']') {
			in_class = false;
		}
	}
	return NULL;
}

enum stanch_result
rule_regex_check(struct rule_load *l, const struct toml_node *node,
	const char *key, const char *regex, uint32_t *groups,
	uint32_t *secret)
{
	struct stanch_error e;
	enum stanch_result r;
	const char *why;
	struct re *re;
	int group;

	r = re_compile(&re, regex, strlen(regex), 0, l->file, &e);
	if (r == STANCH_ENOMEM)
		return error_nomem(l->err);
	if (r != STANCH_OK)
		return rule_load_fail(l, node, "\"%s\": %s", key, e.text);
	group = re_group(re, "secret");
	if (groups)
		*groups = re_group_count(re);
	if (secret)
		*secret = group > 0 ? (uint32_t)group : 0;
	re_free(re);
	why = difference(regex);
	if (why)
		rule_load_warn(l, node, "\"%s\" reads otherwise than in RE2:"
			" %s", key, why);
	return STANCH_OK;
}
