/* SPDX-License-Identifier: Apache-2.0 */
/*
 * public.c - addresses of Ethereum, which a contract's token has, too; and the
 * number that Postman gives each of its requests, in a header.
 */
#include "judge/public.h"

#include "judge/chars.h"
#include "judge/shape.h"
#include "rule/rule_shape.h"

enum { ADDRESS = 42, HEADER_MOST = 64 };

/* 20 bytes; a private key has 32. */
static bool
is_address(struct span s)
{
	if (s.len != ADDRESS || s.ptr[0] != '0' || s.ptr[1] != 'x')
		return false;
	for (size_t i = 2; i < s.len; i++)
		if (!char_is_hex(s.ptr[i]))
			return false;
	return true;
}

/* A service may have secrets of that very shape. */
static bool
is_of_service(const struct judge_case *c)
{
	for (size_t i = 0; c->rule && i < c->rule->shapes.n; i++)
		if (strcmp(c->rule->shapes.v[i], rule_shape_any) != 0 &&
			rule_shape_fits(c->rule->shapes.v[i], c->secret))
			return true;
	return false;
}

/* Whether the text ends with the word, case ignored. */
static bool
ends_with(struct span text, const char *word)
{
	size_t n = strlen(word);

	if (text.len < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (char_lower(text.ptr[text.len - n + i]) != (uint8_t)word[i])
			return false;
	return true;
}

/* Postman-Token: UUID; matches begin with "token". */
static bool
is_number_of_request(const struct judge_case *c)
{
	size_t n = (size_t)(c->secret.ptr - c->match.ptr);

	return n >= 5 && n <= HEADER_MOST && shape_is_uuid(c->secret) &&
		ends_with(c->before, "postman-") &&
		ends_with(span_first(c->match, 5), "token");
}

const char *
public_reason(const struct judge_case *c)
{
	if (is_address(c->secret) && !is_of_service(c))
		return "an address of Ethereum, which is public";
	if (is_number_of_request(c))
		return "the number of a request, not a token";
	return NULL;
}
