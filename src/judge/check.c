/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check.c - the table of checks: their names, and what their results may do.
 *
 * A wrong checksum rule is worse than none, so `drops` needs a vendor's own
 * word on the checksum, or three independent real tokens that have it.  Who
 * lacks that only proves.  What a row rests on stands at its function.
 */
#include "judge/checks.h"

static const char sum_right[] = "its checksum is right";
static const char sum_wrong[] = "its checksum is wrong";
static const char parses[] = "its structure is right";
static const char misshapen[] = "its structure is not quite right";

/* proves and drops, in words. */
#define BOTH true, true
#define PROVES true, false
#define NEITHER false, false
#define FILTER false, true

static const struct check checks[] = {
	{ "github-token", check_github_token, BOTH, sum_right, sum_wrong },
	{ "github-fine-grained", check_github_fine_grained, PROVES,
		sum_right, sum_wrong },
	{ "github-app-jwt", check_github_app_jwt, PROVES, parses, misshapen },
	{ "npm-token", check_npm_token, PROVES, sum_right, sum_wrong },
	{ "vercel-token", check_vercel_token, PROVES, sum_right, sum_wrong },
	{ "gitlab-routable", check_gitlab_routable, BOTH,
		sum_right, sum_wrong },
	{ "grafana-service", check_grafana_service, BOTH,
		sum_right, sum_wrong },
	{ "atlassian-token", check_atlassian_token, PROVES,
		sum_right, sum_wrong },
	{ "atlassian-app-password", check_atlassian_app_password, PROVES,
		sum_right, sum_wrong },
	{ "confluent-key", check_confluent_key, PROVES, sum_right, sum_wrong },
	{ "zuplo-key", check_zuplo_key, PROVES, sum_right, sum_wrong },
	{ "apify-token", check_apify_token, PROVES, sum_right, sum_wrong },
	{ "saladcloud-key", check_saladcloud_key, PROVES,
		sum_right, sum_wrong },
	{ "polar-token", check_polar_token, PROVES, sum_right, sum_wrong },
	{ "cloudflare-token", check_cloudflare_token, PROVES,
		sum_right, NULL },
	{ "azure-devops-pat", check_azure_devops_pat, BOTH,
		sum_right, sum_wrong },
	{ "azure-key", check_azure_key, BOTH, sum_right, sum_wrong },
	{ "azure-entra-secret", check_azure_entra_secret, PROVES,
		sum_right, NULL },
	{ "azure-cask", check_azure_cask, PROVES, sum_right, sum_wrong },
	{ "nats-seed", check_nats_seed, BOTH, sum_right, sum_wrong },
	{ "age-key", check_age_key, BOTH, sum_right, sum_wrong },
	{ "bitcoin-wif", check_bitcoin_wif, BOTH, sum_right, sum_wrong },
	{ "extended-key", check_extended_key, BOTH, sum_right, sum_wrong },
	{ "nostr-key", check_nostr_key, BOTH, sum_right, sum_wrong },
	{ "stellar-seed", check_stellar_seed, BOTH, sum_right, sum_wrong },
	{ "bip39", check_bip39, BOTH, "its words and their checksum are right",
		"its words are not those of a key" },
	{ "gpp-cpassword", check_gpp_cpassword, PROVES,
		"it opens with the key that Microsoft has published",
		"it does not open with Microsoft's key" },
	{ "cisco-type-7", check_cisco_type_7, NEITHER,
		"it turns into readable text", misshapen },
	{ "wireguard-key", check_wireguard_key, NEITHER,
		"its bits are set as those of a private key", NULL },
	{ "jwt", check_jwt, PROVES, parses, misshapen },
	{ "prefixed-jwt", check_prefixed_jwt, PROVES, parses, misshapen },
	{ "private-key", check_private_key, BOTH, NULL,
		"there is no key between its markers" },
	{ "aws-key-id", check_aws_key_id, NEITHER,
		"it decodes to an account number", misshapen },
	{ "pypi-token", check_pypi_token, PROVES, parses, misshapen },
	{ "sentry-org-token", check_sentry_org_token, PROVES,
		parses, misshapen },
	{ "onepassword-sa", check_onepassword_sa, NEITHER,
		parses, misshapen },
	{ "jfrog-reftkn", check_jfrog_reftkn, PROVES, parses, misshapen },
	{ "discord-bot", check_discord_bot, NEITHER,
		"it begins with an account's number", misshapen },
	{ "atlassian-dc", check_atlassian_dc, NEITHER,
		"it begins with the number of a token", misshapen },
	{ "base64-json", check_base64_json, NEITHER,
		"it begins with a JSON object", misshapen },
	{ "placeholder", check_placeholder, FILTER, NULL,
		"it is a placeholder" },
	{ "generic-value", check_generic_value, FILTER, NULL,
		"its value is not like a secret" },
	{ "password-value", check_password_value, FILTER, NULL,
		"its value is not like a password" },
	{ "split-value", check_split_value, FILTER, NULL,
		"its pieces are not like a secret" },
	{ "byte-list", check_byte_list, FILTER, NULL,
		"its numbers are not like a key" },
	{ "basic-pair", check_basic_pair, FILTER, NULL,
		"its password is a placeholder" },
	{ "url-password", check_url_password, FILTER, NULL,
		"its password is a placeholder" },
};

const struct check *
check_find(const char *name)
{
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (!strcmp(checks[i].name, name))
			return &checks[i];
	return NULL;
}

const char *
check_name(size_t i)
{
	return i < sizeof checks / sizeof *checks ? checks[i].name : NULL;
}
