/* SPDX-License-Identifier: Apache-2.0 */
/* service.c - whose value it is: names of services in a name and before it. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "judge/judge.h"
#include "rule/recipe.h"
#include "rule/rule_set.h"

/* The rules of these services, and one that carries. */
static const char rules[] =
	"[[rules]]\nid = \"any\"\ncarries = true\nregex = '''(?i)(?:token|"
	"secret|password|api_?key|_key)[\\w.-]{0,24}+[\"']?\\s?[=:]\\s?"
	"[\"']?(?<secret>[\\w-]{8,99}+)[\"']?'''\n"
	"[[services]]\ncolumns = [\"name\", \"shapes\"]\nrows = [\n"
	"[\"Acme Cloud\", \"{{hex:32}}\"], [\"GetReply\", \"\"],\n"
	"[\"Uniques\", \"{{uuid}}\"] ]\n"
	"[[services]]\nattached = true\ncolumns = [\"name\"]\n"
	"rows = [[\"Box\"]]\n";

struct found {
	char id[64];		/* "" when it is dropped */
	char why[128];
};

/* The judgement of the first match in text; %s in it is a made value. */
static struct found
find(const char *format, const char *value)
{
	struct recipe_out made;
	struct stanch_rules *set;
	struct re_scratch *s = re_scratch_new();
	struct re_match m = { .start = 0 };
	struct found f = { "", "no match" };
	struct judgement out;
	struct judge_case c = { .place = "" };
	char text[1024];
	struct judge *j;
	struct re *re;

	buf_init(&made.text, 256);
	cr_assert_eq(recipe_expand(&made, value, 7, NULL), STANCH_OK);
	snprintf(text, sizeof text, "%.*s%.*s%s",
		(int)(strchr(format, '%') - format), format,
		(int)made.text.len, (char *)made.text.ptr,
		strchr(format, '%') + 2);
	cr_assert_eq(rule_set_read(&set, NULL, rules, strlen(rules), "t.toml",
		NULL, NULL, NULL, NULL), STANCH_OK);
	c.rule = stanch_rules_find(set, "any");
	cr_assert_eq(re_compile(&re, c.rule->regex, strlen(c.rule->regex), 0,
		"any", NULL), STANCH_OK);
	cr_assert_eq(judge_new(&j, set, NULL), STANCH_OK);
	if (re_match(re, s, span_str(text), 0, strlen(text), 0,
		c.rule->secret_group, &m) == RE_MATCH) {
		c.before = span_of(text, m.start);
		c.match = c.line = span_of(text + m.start, m.end - m.start);
		c.secret = span_of(text + m.group_start,
			m.group_end - m.group_start);
		judge(j, &c, s, &out);
		snprintf(f.id, sizeof f.id, "%s", out.keep ? out.rule->id :
			"");
		snprintf(f.why, sizeof f.why, "%s", out.reasons[0]);
	}
	judge_free(j);
	re_free(re);
	re_scratch_free(s);
	stanch_rules_free(set);
	buf_free(&made.text);
	return f;
}

static void
expect(const char *id, const char *format, const char *value)
{
	struct found f = find(format, value);

	cr_expect_str_eq(f.id, id, "%s: %s, %s", format, f.id, f.why);
}

#define HEX32 "{{hex:32}}"

Test(judge_service, a_name_of_several_words_is_one_however_it_is_written)
{
	expect("acmecloud-key", "ACME_CLOUD_TOKEN=%s\n", HEX32);
	expect("acmecloud-key", "acmecloud_token: %s\n", HEX32);
	expect("acmecloud-key", "\"acmeCloudApiKey\": \"%s\"", HEX32);
	expect("acmecloud-key", "my.acme-cloud.secret = '%s'", HEX32);
	expect("acmecloud-key", "token_acme_cloud=%s\n", HEX32);
}

Test(judge_service, a_part_of_a_longer_word_is_no_name)
{
	expect("", "ACMECLOUDS_TOKEN=%s\n", HEX32);
	expect("", "myacmecloud_token=%s\n", HEX32);
	expect("", "ACME_TOKEN=%s\n", HEX32);
}

Test(judge_service, a_name_shortly_before_counts)
{
	expect("acmecloud-key", "acme_cloud:\n  token: %s\n", HEX32);
	expect("acmecloud-key", "https://api.acmecloud.com/?token=%s", HEX32);
	expect("acmecloud-key", "useAcmeCloud({ token: '%s' })", HEX32);
	expect("acmecloud-key", "new AcmeCloud({ token: '%s' })", HEX32);
	expect("", "acme_cloud\n\n\n\n\ntoken: %s\n", HEX32);
}

Test(judge_service, the_nearest_service_has_it)
{
	expect("getreply-key", "acme_cloud:\nGETREPLY_TOKEN=%s\n", HEX32);
	expect("acmecloud-key", "getreply:\nACMECLOUD_TOKEN=%s\n", HEX32);
}

Test(judge_service, a_value_must_have_the_shape_of_the_service)
{
	expect("", "acme_cloud:\n  token: %s\n", "{{hex:31}}");
	expect("", "acme_cloud:\n  token: %s\n", "{{HEX:32}}");
	expect("", "GETREPLY_TOKEN=%s\n", "{{alnum:12}}");
	expect("getreply-key", "GETREPLY_TOKEN=%s\n", "{{alnum:24}}");
}

Test(judge_service, beside_its_own_name_a_value_may_have_any_shape)
{
	expect("acmecloud-key", "ACMECLOUD_KEY=%s\n", "{{alnum:44}}");
	expect("acmecloud-key", "acmeCloudToken: '%s'", "{{uuid}}");
	expect("", "ACMECLOUD_KEY=%s\n", "{{lower:12}}");
	expect("", "ACMECLOUD_KEY=%s\n", "the-name-of-a-bucket-of-mine");
}

Test(judge_service, an_everyday_word_must_begin_the_name_of_a_key)
{
	expect("box-key", "BOX_TOKEN=%s\n", "{{alnum:32}}");
	expect("box-key", "BOX_CLIENT_SECRET=%s\n", "{{alnum:32}}");
	expect("box-key", "config.box.token = '%s'", "{{alnum:32}}");
	expect("box-key", "ui.services.box.token = '%s'", "{{alnum:32}}");
	expect("box-key", "X-Box-Token: %s", "{{alnum:32}}");
	expect("", "TEXT_BOX_TOKEN=%s\n", "{{alnum:32}}");
	expect("", "box_color_token=%s\n", "{{alnum:32}}");
	expect("", "box:\n  token: %s\n", "{{alnum:32}}");
	expect("", "token_box=%s\n", "{{alnum:32}}");
}

/* "get" is a word that says that it is no secret, but not in GetReply. */
Test(judge_service, the_name_of_the_service_is_not_held_against_it)
{
	expect("getreply-key", "getReplyToken = '%s'", "{{alnum:24}}");
	expect("", "getreply_token_url = '%s'", "{{alnum:24}}");
	expect("", "getreply_csrf_token = '%s'", "{{alnum:24}}");
	expect("", "getreply_cache_key = '%s'", "{{alnum:24}}");
}

Test(judge_service, a_uuid_is_one_where_it_is_named_or_the_service_has_them)
{
	expect("uniques-key", "uniques:\n  token: %s\n", "{{uuid}}");
	expect("getreply-key", "GETREPLY_TOKEN=%s\n", "{{uuid}}");
	expect("", "getreply:\n  token: %s\n", "{{uuid}}");
}

Test(judge_service, words_and_dummies_are_no_values)
{
	expect("", "GETREPLY_TOKEN=%s\n", "your_getreply_token_goes_here");
	expect("", "GETREPLY_TOKEN=%s\n", "administrator-configuration-one");
	expect("", "ACMECLOUD_TOKEN=%s\n", "00000000000000000000000000000000");
}

Test(judge_service, what_stands_by_no_service_is_dropped_with_the_reason)
{
	struct found f = find("token=%s\n", HEX32);

	cr_expect_str_empty(f.id);
	cr_expect_not_null(strstr(f.why, "no word of a service"), "%s",
		f.why);
}

/* SESSION_SECRET below ACME_CLOUD_KEY is none of Acme Cloud's. */
Test(judge_service, a_name_that_says_whose_it_is_is_not_the_neighbours)
{
	static const char *const others[] = {
		"ACME_CLOUD_KEY=abc\nSESSION_SECRET=%s\n",
		"export ACME_CLOUD_KEY='abc'\nROLLBAR_API_KEY=%s\n",
		"\"acmeCloudKey\": \"abc\",\n\"session_secret\": \"%s\"\n",
	};
	static const char *const its[] = {
		"ACME_CLOUD_URL=abc\nAPI_KEY=%s\n",
		"# Acme Cloud\nSESSION_SECRET=%s\n",
		"acme_cloud:\n  session_secret: %s\n",
		"url: https://acmecloud.example/\nsession_secret: %s\n",
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_expect_str_eq(find(others[i], "{{hex:32}}").id, "",
			"%s", others[i]);
	for (size_t i = 0; i < sizeof its / sizeof *its; i++)
		cr_expect_str_eq(find(its[i], "{{hex:32}}").id,
			"acmecloud-key", "%s", its[i]);
}
