/* SPDX-License-Identifier: Apache-2.0 */
/* rules_of.h - rule sets made of texts in tests, and what was said of them. */
#ifndef TESTS_RULES_OF_H
#define TESTS_RULES_OF_H

#include <criterion/criterion.h>
#include <stdio.h>

#include "rule/rule_set.h"

struct told {
	struct stanch_rules *rules;	/* NULL: refused */
	enum stanch_result result;
	char error[1024];		/* formatted; "" when loaded */
	char warnings[16 * 1024];	/* formatted, one a line */
};

static inline void
told_warning(const struct stanch_error *warning, void *payload)
{
	struct told *t = payload;
	char line[1024];
	size_t n = strlen(t->warnings);

	snprintf(t->warnings + n, sizeof t->warnings - n, "%s\n",
		stanch_error_format(warning, line, sizeof line));
}

static inline struct told
rules_over(const struct stanch_rules *base, const char *text)
{
	struct told t = { .rules = NULL };
	struct stanch_error err;

	t.result = rule_set_read(&t.rules, base, text, strlen(text), "t.toml",
		NULL, told_warning, &t, &err);
	if (t.result != STANCH_OK)
		stanch_error_format(&err, t.error, sizeof t.error);
	return t;
}

static inline struct told
rules_of(const char *text)
{
	return rules_over(NULL, text);
}

/* The same where no error and no warning is wanted. */
static inline struct stanch_rules *
rules_quietly(const char *text)
{
	struct told t = rules_of(text);

	cr_assert_str_empty(t.error);
	cr_assert_str_empty(t.warnings);
	return t.rules;
}

#endif
