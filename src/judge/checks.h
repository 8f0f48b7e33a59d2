/* SPDX-License-Identifier: Apache-2.0 */
/*
 * checks.h - every validator and filter by its C name, for the table in
 * check.c alone.  What a check may do and say: struct check in judge.h.
 *
 * All are pure but for the clock, which tells whether a token has expired.
 * All take any bytes as the secret, in time linear in its length, and hold at
 * most a few copies of it, wiped before they return.
 */
#ifndef JUDGE_CHECKS_H
#define JUDGE_CHECKS_H

#include "judge/judge.h"

/* What a check may do to severity, with its reason, a static text. */
static inline void
judgement_lower(struct judgement *j, enum stanch_severity most,
	const char *reason)
{
	if (j->severity > most)
		j->severity = most;
	judgement_reason(j, reason);
}

static inline void
judgement_raise(struct judgement *j, enum stanch_severity least,
	const char *reason)
{
	if (j->severity < least)
		j->severity = least;
	judgement_reason(j, reason);
}

/* check_github.c */
check_fn check_github_token, check_github_fine_grained, check_github_app_jwt;
/* check_crc.c: a CRC-32 at the end */
check_fn check_npm_token, check_vercel_token, check_grafana_service,
	check_confluent_key, check_zuplo_key, check_apify_token,
	check_saladcloud_key, check_cloudflare_token,
	check_atlassian_app_password, check_polar_token;
/* check_atlassian.c */
check_fn check_atlassian_token;
/* check_gitlab.c */
check_fn check_gitlab_routable;
/* check_azure.c */
check_fn check_azure_key, check_azure_devops_pat, check_azure_entra_secret;
/* check_cask.c */
check_fn check_azure_cask;
/* check_seed.c */
check_fn check_nats_seed, check_age_key;
/* check_wallet.c: private keys of wallets */
check_fn check_bitcoin_wif, check_extended_key, check_nostr_key,
	check_stellar_seed, check_bip39;
/* check_config.c: scrambled passwords, WireGuard */
check_fn check_gpp_cpassword, check_cisco_type_7, check_wireguard_key;
/* check_jwt.c */
check_fn check_jwt, check_prefixed_jwt;
/* check_key.c */
check_fn check_private_key;
/* check_aws.c */
check_fn check_aws_key_id;
/* check_macaroon.c */
check_fn check_pypi_token;
/* check_encoded.c: a part that decodes to something telling */
check_fn check_base64_json, check_sentry_org_token, check_onepassword_sa,
	check_jfrog_reftkn, check_discord_bot, check_atlassian_dc;
/* check_basic.c: a filter */
check_fn check_basic_pair;
/* check_pieces.c: filters */
check_fn check_split_value, check_byte_list;
/* generic.c and its neighbours: filters, not validators */
check_fn check_placeholder, check_generic_value, check_password_value,
	check_url_password;

#endif
