/* SPDX-License-Identifier: Apache-2.0 */
/*
 * generic.c - any bytes as a match of the generic rules, a URL or a value:
 * the filters must stay inside them and say the same twice.  The first two
 * bytes say where the match and the secret begin.
 */
#include <stdlib.h>

#include "judge/checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_twice(check_fn *fn, const struct judge_case *c)
{
	struct judgement a = { .keep = true }, b = { .keep = true };

	if (fn(c, &a) != fn(c, &b) || a.nreasons != b.nreasons)
		abort();
	for (size_t i = 0; i < a.nreasons; i++)
		if (a.reasons[i] != b.reasons[i] || !a.reasons[i])
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct judge_case c = { .place = "" };
	size_t match, secret, end;

	if (size < 3)
		return 0;
	match = data[0];
	secret = data[1];
	end = data[2];
	data += 3;
	size -= 3;
	match = match < size ? match : size;
	secret = match + secret < size ? match + secret : size;
	end = end < size - secret ? size - end : size;
	c.before = span_of(data, match);
	c.match = span_of(data + match, size - match);
	c.secret = span_of(data + secret, end - secret);
	c.line = c.match;
	check_twice(check_generic_value, &c);
	check_twice(check_placeholder, &c);
	check_twice(check_url_password, &c);
	return 0;
}
