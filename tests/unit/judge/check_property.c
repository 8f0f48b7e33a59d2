/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For every checksum: what a recipe makes passes, and with any one character
 * changed it does not.
 */
#include "unit/judge/check_fix.h"

static const struct property {
	const char *check, *recipe;
	size_t free;		/* characters at the end that nothing sums */
} properties[] = {
	{ "github-token", "gh" "p_{{base62:30}}{{b62crc32:6}}", 0 },
	{ "github-token", "gh" "u_{{base62:30}}{{b62crc32:6}}", 0 },
	{ "github-token", "gh" "r_{{base62:70}}{{b62crc32:6}}", 0 },
	{ "github-fine-grained", "github_" "pat_11{{base32:7}}0{{base62:12}}"
		"_{{base62:43}}{{github-fine-grained-tail}}", 8 },
	{ "github-fine-grained", "{{<}}github_" "pat_11{{base32:7}}0"
		"{{base62:12}}_{{base62:43}}{{sha256b32:8}}{{base62:8}}", 8 },
	{ "npm-token", "np" "m_{{base62:30}}{{b62crc32:6}}", 0 },
	{ "vercel-token", "vc" "k_{{base64url:50}}{{b62crc32:6}}", 0 },
	{ "gitlab-routable", "gl" "pat-{{gitlab-routable}}", 0 },
	{ "gitlab-routable", "gl" "rt-t1_{{gitlab-routable}}", 0 },
	{ "grafana-service", "{{<}}gl" "sa_{{base62:32}}_{{hexcrc32le}}", 0 },
	{ "atlassian-token", "{{<}}ATA" "TT3xFfGF0{{base64url:160}}="
		"{{HEXcrc32}}", 0 },
	{ "atlassian-app-password", "{{<}}AT" "BB{{base62:24}}{{HEXcrc32}}",
		0 },
	{ "confluent-key", "cf" "lt{{base64:54}}{{b64crc32le:6}}", 0 },
	{ "zuplo-key", "zp" "ka_{{base36:32}}_{{hexcrc32}}", 0 },
	{ "apify-token", "{{<}}apify_" "api_{{base62:30}}{{b62lcrc32:6}}", 0 },
	{ "saladcloud-key", "salad_" "cloud_user_{{base62:43}}{{b62crc32:6}}",
		0 },
	{ "saladcloud-key", "salad_" "cloud_org_{{base62:43}}{{b62crc32:6}}",
		0 },
	{ "cloudflare-token", "cf" "at_{{base62:40}}{{hexcrc32}}", 0 },
	{ "azure-key", "{{azure-key:+ASt}}", 2 },
	{ "azure-key", "{{azure-key:ACDb}}", 2 },
	{ "azure-key", "{{azure-key:+ABa}}", 2 },
	{ "azure-key", "{{azure-key:APIM}}", 2 },
	{ "azure-key", "{{azure-key:+AMC}}", 2 },
	{ "azure-key", "{{azure-key:AzCa}}", 1 },
	{ "azure-key", "{{azure-key:+ASb}}", 1 },
	{ "azure-key", "{{azure-key:+AEh}}", 1 },
	{ "azure-key", "{{azure-key:+ARm}}", 1 },
	{ "azure-key", "{{azure-key:AIoT}}", 1 },
	{ "azure-key", "{{azure-key:AzSe}}", 0 },
	{ "azure-key", "{{azure-key:AzFu}}", 2 },
	{ "azure-key", "{{azure-key:+ACR}}", 0 },
	{ "azure-devops-pat", "{{azure-devops-pat}}", 0 },
	{ "azure-entra-secret", "{{azure-entra-secret}}", 0 },
	{ "nats-seed", "{{nats-seed}}", 0 },
	{ "age-key", "{{age-key}}", 0 },
};

static char
another(char c)
{
	if (c >= '0' && c <= '8')
		return (char)(c + 1);
	if (c == '9')
		return '0';
	if (c == 'Z' || c == 'z')
		return (char)(c - 1);
	if ((c >= 'a' && c < 'z') || (c >= 'A' && c < 'Z'))
		return (char)(c + 1);
	return 'A';
}

static void
hold(const struct property *p, uint64_t seed)
{
	struct recipe_out made;
	struct span s = fix_make(&made, p->recipe, seed);
	struct judgement j = fix_judgement();
	uint8_t *text = made.text.ptr + made.start;

	cr_assert_eq(fix_judge(p->check, span_of(NULL, 0), s, &j), CHECK_PASS,
		"%s, seed %u: %.*s", p->recipe, (unsigned)seed, (int)s.len,
		(const char *)s.ptr);
	for (size_t i = 0; i + p->free < s.len; i++) {
		uint8_t was = text[i];

		text[i] = (uint8_t)another((char)was);
		cr_assert_neq(fix_judge(p->check, span_of(NULL, 0), s, &j),
			CHECK_PASS, "%s, seed %u, character %zu", p->recipe,
			(unsigned)seed, i);
		text[i] = was;
	}
	buf_free(&made.text);
}

Test(judge_check, any_changed_character_undoes_a_checksum)
{
	for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
		for (uint64_t seed = 0; seed < 8; seed++)
			hold(&properties[i], seed);
}

/* Their provider's signature and the room before it are summed; the last two
   bits of the sum's four characters may go unseen, so one place is left. */
Test(judge_check, cask_checksum_covers_all_before_it)
{
	static const struct property p = { "azure-cask",
		"{{azure-cask:AZDO}}", 0 };

	for (uint64_t seed = 0; seed < 8; seed++)
		hold(&p, seed);
}

Test(judge_check, event_grid_keys_have_no_verdict)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("azure-key", "{{azure-key:AZEG}}", &j),
		CHECK_NA);
}
