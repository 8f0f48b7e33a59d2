/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every check against any bytes.  The first byte picks the check, the second
 * how much of the rest stands before the secret.
 *
 * A judgement must not depend on where the bytes lie, nor on what follows
 * them: each input is judged twice, in allocations of its own.
 */
#include <stdlib.h>

#include "judge/judge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum check_result
judge_copy(const struct check *check, struct span before, struct span secret,
	struct judgement *j)
{
	uint8_t *copy = malloc(before.len + secret.len + 1);
	enum check_result result = CHECK_NA;
	struct judge_case c = { .place = "" };

	if (!copy)
		return result;
	if (before.len)
		memcpy(copy, before.ptr, before.len);
	if (secret.len)
		memcpy(copy + before.len, secret.ptr, secret.len);
	copy = realloc(copy, before.len + secret.len + (secret.len == 0));
	if (!copy)
		return result;
	c.before = span_of(copy, before.len);
	c.secret = c.match = c.line = span_of(copy + before.len, secret.len);
	*j = (struct judgement){ .keep = true, .severity = STANCH_MEDIUM };
	result = check->fn(&c, j);
	free(copy);
	return result;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct judgement one, two;
	const struct check *check;
	struct span rest, before;
	size_t checks = 0;

	if (size < 2)
		return 0;
	while (check_name(checks))
		checks++;
	check = check_find(check_name(data[0] % checks));
	rest = span_of(data + 2, size - 2);
	before = span_first(rest, data[1]);
	rest = span_skip(rest, before.len);
	if (judge_copy(check, before, rest, &one) !=
	    judge_copy(check, before, rest, &two) ||
	    one.severity != two.severity || one.nreasons != two.nreasons)
		abort();
	return 0;
}
