/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Synthetic tokens computed by another implementation of each checksum; cut
 * in two here so that none looks live.
 */
#include <stdio.h>

#include "unit/judge/check_fix.h"

#define SYN "StanchSyntheticVector"

static const struct vector {
	const char *check, *secret;
} right[] = {
	{ "github-token", "gh" "p_" SYN "0000000010EDRt8" },
	{ "github-token", "gh" "s_" SYN "0000000010EDRt8" },
	{ "github-fine-grained", "github_" "pat_11AAAAAAI0StanchSynthe_" SYN
		SYN "0NBGHZFLUStanch01" },
	{ "npm-token", "np" "m_" SYN "0000000010EDRt8" },
	{ "vercel-token", "vc" "p_" SYN SYN "000000013apff2" },
	{ "gitlab-routable", "glp" "at-AQEBAQEBAQEBAQEBAQEBAW86MQp1OjIH"
		".01.0w0doffac" },
	{ "grafana-service", "gls" "a_" SYN "StanchSynth_4e922130" },
	{ "atlassian-app-password", "AT" "BB" SYN "0013CDD5CA3" },
	{ "atlassian-token", "ATA" "TT3xFfGF0" SYN SYN SYN SYN SYN SYN SYN
		SYN "=CE4AA148" },
	{ "atlassian-token", "ATA" "TT3xFfGF0" SYN SYN SYN SYN SYN SYN SYN
		SYN "\\=CE4AA148" },
	{ "atlassian-token", "ATA" "TT3xFfGF0" SYN SYN SYN SYN SYN SYN SYN
		SYN "%3DCE4AA148" },
	{ "confluent-key", "cf" "lt" SYN SYN "StanchSynthe6ySb9w" },
	{ "zuplo-key", "zp" "ka_0123456789abcdef0123456789abcdef_7759b50e" },
	{ "saladcloud-key", "salad_" "cloud_user_" SYN SYN "0038cOJa" },
	{ "polar-token", "polar_" "oat_" SYN "StanchSynthetic1" "3OMszF" },
	{ "polar-token", "polar_" "rt_u_" SYN "StanchSynthetic1" "3OMszF" },
	{ "cloudflare-token", "cf" "ut_" SYN "StanchSyntheticVect" "de4e523b" },
	{ "azure-key", "U3RhbmNoU3RhbmNoU3RhbmNoU3RhbmNoU3RhbmNoU3Rh"
		"bmNoU3RhbmNoU3RhbmNoU3RhbmNoU3Rh+AStxQkmeg==" },
	{ "azure-key", "U3RhbmNoU3RhbmNoU3RhbmNoU3RhbmNoU"
		"AzCaK2Pc/g=" },
	{ "azure-devops-pat", "aaatoaqdaqc3cyiga4eascqlbqgq4dyq"
		"cejhaeyuculbogazdinq" },
	{ "azure-entra-secret", "Sta8" "Q~" SYN "StanchSyntbvf" },
	{ "azure-cask", SYN SYN "StanchSynt" "JQQJ99BFAAAAAAAAAAAAAAAA"
		"AZDO3t0x" },
	{ "azure-cask", SYN SYN "StanchSynt" "JQQJ99BFAAAAAAAAAAAAAAAA"
		"AZDO3t0xTw==" },
	{ "azure-cask", SYN SYN "StanchSynt" "JQQJ99BFAAAAAAAAAAAAAAAA"
		"AZDO1EWECg==" },
	{ "aws-key-id", "AKI" "AQYLPMN5HAAAAAAAA" },
};

Test(judge_check, every_vector_passes)
{
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		cr_expect_eq(fix_check(right[i].check, right[i].secret),
			CHECK_PASS, "%s %zu", right[i].check, i);
}

Test(judge_check, no_vector_passes_when_cut_or_longer)
{
	for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
		size_t n = strlen(right[i].secret);
		struct judgement j = fix_judgement();
		char longer[512];

		/* padding may be left out */
		if (right[i].secret[n - 1] == '=')
			n = strcspn(right[i].secret, "=");
		cr_expect_neq(fix_judge(right[i].check, span_of(NULL, 0),
			span_of(right[i].secret, n - 1), &j), CHECK_PASS,
			"%s %zu", right[i].check, i);
		snprintf(longer, sizeof longer, "%sA", right[i].secret);
		cr_expect_neq(fix_check(right[i].check, longer), CHECK_PASS,
			"%s %zu", right[i].check, i);
	}
}

Test(judge_check, every_check_of_the_table_is_found_by_its_name)
{
	size_t n = 0;

	for (; check_name(n); n++) {
		const struct check *c = check_find(check_name(n));

		cr_assert(c);
		cr_assert_str_eq(c->name, check_name(n));
		cr_assert(c->fn);
	}
	cr_assert_eq(n, 47);
	cr_assert_null(check_find("no-such-check"));
	cr_assert_null(check_find(""));
}

Test(judge_check, what_cannot_be_a_token_has_no_verdict)
{
	for (size_t i = 0; check_name(i); i++) {
		const char *name = check_name(i);

		/* these judge what an expression found, of any prefix */
		if (!check_find(name)->drops || !strcmp(name, "placeholder") ||
		    !strcmp(name, "generic-value") ||
		    !strcmp(name, "password-value") ||
		    !strcmp(name, "url-password"))
			continue;
		cr_expect_eq(fix_check(name, ""), CHECK_NA, "%s", name);
		cr_expect_eq(fix_check(name, "x"), CHECK_NA, "%s", name);
	}
}

Test(judge_check, only_checksums_with_evidence_drop)
{
	static const char *const drop[] = { "github-token", "gitlab-routable",
		"grafana-service", "azure-devops-pat", "azure-key",
		"nats-seed", "age-key", "bitcoin-wif", "extended-key",
		"nostr-key", "stellar-seed", "bip39", "private-key",
		"placeholder", "generic-value", "password-value",
		"split-value", "byte-list", "basic-pair", "url-password" };
	size_t n = 0;

	for (size_t i = 0; check_name(i); i++)
		n += check_find(check_name(i))->drops;
	cr_assert_eq(n, sizeof drop / sizeof *drop);
	for (size_t i = 0; i < sizeof drop / sizeof *drop; i++)
		cr_assert(check_find(drop[i])->drops, "%s", drop[i]);
}

Test(judge_check, github_token_with_wrong_checksum_is_dropped)
{
	cr_assert_eq(fix_check("github-token", "gh" "p_" SYN
		"0000000010EDRt9"), CHECK_FAIL);
}

Test(judge_check, github_tokens_of_newer_shapes_have_no_verdict)
{
	cr_assert_eq(fix_check("github-token", "gh" "s_1234567_eyJhbGciOiJI"
		".e30.AAAAAAAAAA"), CHECK_NA);
	cr_assert_eq(fix_check("github-token", "gh" "r_" SYN SYN SYN
		"0000000010EDRt8"), CHECK_NA);
	/* 36 characters, but not of letters and digits */
	cr_assert_eq(fix_check("github-token", "gh" "s_1234567_eyJhbGciOiJI"
		"UzI1NiJ9AAAAAA"), CHECK_NA);
}

Test(judge_check, cloudflare_token_with_another_checksum_is_kept)
{
	cr_assert_eq(fix_check("cloudflare-token", "cf" "ut_" SYN
		"StanchSyntheticVectde4e523c"), CHECK_NA);
}

Test(judge_check, redis_key_with_rewritten_tail_has_no_verdict)
{
	cr_assert_eq(fix_check("azure-key", "U3RhbmNoU3RhbmNoU3RhbmNoU3Rh"
		"bmNoUAzCaK2PcFg="), CHECK_NA);
	cr_assert_eq(fix_check("azure-key", "U3RhbmNoU3RhbmNoU3RhbmNoU3Rh"
		"bmNoUAzCaK2Qc/g="), CHECK_FAIL);
}

Test(judge_check, azure_key_without_its_padding_passes)
{
	cr_assert_eq(fix_check("azure-key", "U3RhbmNoU3RhbmNoU3RhbmNoU3Rh"
		"bmNoUAzCaK2Pc/g"), CHECK_PASS);
}

Test(judge_check, unversioned_gitlab_token_with_wrong_sum_has_no_verdict)
{
	cr_assert_eq(fix_check("gitlab-routable",
		"glp" "at-AQEBAQEBAQEBAQEBAQEBAW86MQp1OjIH.0w0doffac"),
		CHECK_NA);
	cr_assert_eq(fix_check("gitlab-routable",
		"glp" "at-AQEBAQEBAQEBAQEBAQEBAW86MQp1OjIH.01.0w0doffad"),
		CHECK_FAIL);
	cr_assert_eq(fix_check("gitlab-routable", "glp" "at-" SYN), CHECK_NA);
}

Test(judge_check, gitlab_payload_with_owner_says_so)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("gitlab-routable",
		"gl" "pat-{{gitlab-routable}}", &j), CHECK_PASS);
	cr_assert(fix_says(&j, "owner"));
}

Test(judge_check, older_aws_key_ids_have_no_verdict)
{
	cr_assert_eq(fix_check("aws-key-id", "AKI" "AIAAAAAAAAAAAAAAA"),
		CHECK_NA);
	cr_assert_eq(fix_check("aws-key-id", "AKI" "AQYLPMN5H1AAAAAAA"),
		CHECK_FAIL);
}

Test(judge_check, age_key_in_mixed_case_is_dropped)
{
	struct recipe_out made;
	struct span s = fix_make(&made, "{{age-key}}", 3);
	struct judgement j = fix_judgement();

	cr_assert_eq(fix_judge("age-key", span_of(NULL, 0), s, &j),
		CHECK_PASS);
	for (size_t i = 16; i < made.text.len; i++)
		if (made.text.ptr[i] >= 'A')
			made.text.ptr[i] |= 0x20;
	cr_assert_eq(fix_judge("age-key", span_of(NULL, 0), s, &j),
		CHECK_FAIL);
	buf_free(&made.text);
}
