/* SPDX-License-Identifier: Apache-2.0 */
/*
 * re.c - the face of PCRE2.  What windows to match in, and what to do when a
 * limit is hit, is the caller's business.
 */
#include "base/re.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

/*
 * Windows are a few KiB at most, so an expression that needs more steps than
 * this backtracks catastrophically.
 */
enum {
	MATCH_LIMIT = 300 * 1000,
	DEPTH_LIMIT = 5 * 1000,
	HEAP_LIMIT_KIB = 4 * 1024,
	JIT_STACK_MIN = 32 * 1024,
	JIT_STACK_MAX = 1024 * 1024,
	GROUPS_MAX = 64
};

struct re {
	pcre2_code *code;
	uint32_t groups;
};

struct re_scratch {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

static enum stanch_result
refuse(struct stanch_error *err, const char *where, int code, size_t offset)
{
	unsigned char text[200];

	if (pcre2_get_error_message(code, text, sizeof text) < 0)
		text[0] = '\0';
	return error_at(err, STANCH_ERULE, where, 0, (uint32_t)offset + 1,
		"the expression does not compile: %s (at byte %zu of it)",
		text, offset + 1);
}

enum stanch_result
re_compile(struct re **out, const char *pattern, size_t n, unsigned flags,
	const char *where, struct stanch_error *err)
{
	uint32_t options = PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_UTF |
		PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
	uint32_t jit = PCRE2_JIT_COMPLETE;
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	struct re *re = calloc(1, sizeof *re);
	PCRE2_SIZE offset = 0;
	int code = 0;

	if (!re || !context) {
		free(re);
		pcre2_compile_context_free(context);
		return error_nomem(err);
	}
	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	if (flags & RE_ANCHORED)
		options |= PCRE2_ANCHORED;
	if (flags & RE_STREAM)
		jit |= PCRE2_JIT_PARTIAL_HARD;
	re->code = pcre2_compile((PCRE2_SPTR)pattern, n, options, &code,
		&offset, context);
	pcre2_compile_context_free(context);
	if (!re->code) {
		free(re);
		return refuse(err, where, code, offset);
	}
	pcre2_pattern_info(re->code, PCRE2_INFO_CAPTURECOUNT, &re->groups);
	if (re->groups >= GROUPS_MAX) {
		re_free(re);
		return error_set(err, STANCH_ERULE, where,
			"the expression has more than %d groups",
			GROUPS_MAX - 1);
	}
	/* Without JIT on this CPU the interpreter does the same, slower. */
	if (!(flags & RE_INTERPRET))
		(void)pcre2_jit_compile(re->code, jit);
	*out = re;
	return STANCH_OK;
}

void
re_free(struct re *re)
{
	if (!re)
		return;
	pcre2_code_free(re->code);
	free(re);
}

int
re_group(const struct re *re, const char *name)
{
	int n = pcre2_substring_number_from_name(re->code, (PCRE2_SPTR)name);

	return n < 0 ? -1 : n;
}

uint32_t
re_group_count(const struct re *re)
{
	return re->groups;
}

uint32_t
re_lookbehind(const struct re *re)
{
	uint32_t n = 0;

	pcre2_pattern_info(re->code, PCRE2_INFO_MAXLOOKBEHIND, &n);
	return n;
}

void
re_version(char *buf, size_t size)
{
	char text[64];	/* PCRE2 asks for no more than 24 */

	if (pcre2_config(PCRE2_CONFIG_VERSION, text) < 0)
		text[0] = '\0';
	snprintf(buf, size, "%s", text);
}

struct re_scratch *
re_scratch_new(void)
{
	struct re_scratch *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->data = pcre2_match_data_create(GROUPS_MAX, NULL);
	s->context = pcre2_match_context_create(NULL);
	s->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
	if (!s->data || !s->context) {
		re_scratch_free(s);
		return NULL;
	}
	pcre2_set_match_limit(s->context, MATCH_LIMIT);
	pcre2_set_depth_limit(s->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(s->context, HEAP_LIMIT_KIB);
	if (s->stack)
		pcre2_jit_stack_assign(s->context, NULL, s->stack);
	return s;
}

void
re_scratch_free(struct re_scratch *s)
{
	if (!s)
		return;
	pcre2_match_data_free(s->data);
	pcre2_match_context_free(s->context);
	pcre2_jit_stack_free(s->stack);
	free(s);
}

enum re_result
re_match(const struct re *re, struct re_scratch *s, struct span subject,
	size_t from, size_t until, unsigned edges, uint32_t group,
	struct re_match *m)
{
	uint32_t options = 0;
	PCRE2_SIZE *v;
	int rc;

	if (edges & RE_NOT_BEGIN)
		options |= PCRE2_NOTBOL;
	if (edges & RE_NOT_END)
		options |= PCRE2_NOTEOL;
	if (edges & RE_MORE)
		options |= PCRE2_PARTIAL_HARD;
	pcre2_set_offset_limit(s->context, until);
	rc = pcre2_match(re->code, subject.ptr, subject.len, from, options,
		s->data, s->context);
	if (rc == PCRE2_ERROR_NOMATCH)
		return RE_NO;
	if (rc == PCRE2_ERROR_NOMEMORY)
		return RE_NOMEM;
	if (rc < 0 && rc != PCRE2_ERROR_PARTIAL)
		return RE_LIMIT;
	v = pcre2_get_ovector_pointer(s->data);
	m->start = v[0];
	m->end = v[1];
	/* PCRE2's JIT code minds the offset limit with whole matches only. */
	if (rc == PCRE2_ERROR_PARTIAL)
		return m->start <= until ? RE_PARTIAL : RE_NO;
	m->group_set = group < (uint32_t)rc && v[2 * group] != PCRE2_UNSET;
	m->group_start = m->group_set ? v[2 * group] : v[0];
	m->group_end = m->group_set ? v[2 * group + 1] : v[1];
	return RE_MATCH;
}

bool
re_test(const struct re *re, struct re_scratch *s, struct span subject)
{
	struct re_match m;

	return re_match(re, s, subject, 0, subject.len, 0, 0, &m) == RE_MATCH;
}
