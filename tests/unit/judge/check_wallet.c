/* SPDX-License-Identifier: Apache-2.0 */
/* Wallet keys of the standards' own examples, cut in two, and altered ones. */
#include "unit/judge/check_fix.h"

static const struct example {
	const char *check, *secret;
} examples[] = {
	/* en.bitcoin.it, Wallet import format */
	{ "bitcoin-wif", "5HueCGU8rMjxEXxiPuD5BDku4" "MkFqeZyd4dZ1jvhTVqvbTLvy"
		"TJ" },
	/* BIP-32, test vector 1 */
	{ "extended-key", "xpr" "v9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy"
		"6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMP"
		"Hi" },
	/* NIP-19 */
	{ "nostr-key", "nse" "c1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935"
		"ke9laqsnlfe5" },
	{ "stellar-seed", "SBJX" "IYLOMNUFG6LOORUGK5DJMNLGKY3UN5ZFG5DBNZRWQU3Z"
		"NZ2GQ3R3" },
	/* BIP-39, test vectors */
	{ "bip39", "legal winner thank year wave sausage worth useful legal "
		"winner thank yellow" },
	{ "bip39", "hamster diagram private dutch cause delay private meat "
		"slide toddler razor book happy fancy gospel tennis maple "
		"dilemma loan word shrug inflict delay length" },
};

Test(judge_check_wallet, examples_of_the_standards_pass)
{
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		cr_expect_eq(fix_check(examples[i].check, examples[i].secret),
			CHECK_PASS, "%s %zu", examples[i].check, i);
}

Test(judge_check_wallet, altered_or_cut_keys_do_not_pass)
{
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		const struct example *e = &examples[i];
		size_t n = strlen(e->secret);
		struct judgement j = fix_judgement();
		char altered[160];

		memcpy(altered, e->secret, n + 1);
		altered[n / 2] = altered[n / 2] == 'q' ? 'z' : 'q';
		cr_expect_neq(fix_check(e->check, altered), CHECK_PASS, "%zu",
			i);
		cr_expect_neq(fix_judge(e->check, span_of(NULL, 0),
			span_of(e->secret, n - 1), &j), CHECK_PASS, "%zu", i);
	}
}

Test(judge_check_wallet, prose_is_no_mnemonic)
{
	cr_assert_eq(fix_check("bip39", "the quick brown fox jumps over the "
		"lazy dog and runs far away"), CHECK_FAIL);
}

Test(judge_check_wallet, words_of_another_wallet_have_no_verdict)
{
	cr_assert_eq(fix_check("bip39", "legal winner thank year wave sausage "
		"worth useful legal winner thank zoo"), CHECK_NA);
}

Test(judge_check_wallet, words_apart_by_commas_and_quotes_pass)
{
	cr_assert_eq(fix_check("bip39", "legal\", \"winner\", \"thank\", "
		"\"year\", \"wave\", \"sausage\", \"worth\", \"useful\", "
		"\"legal\", \"winner\", \"thank\", \"yellow"), CHECK_PASS);
}

Test(judge_check_wallet, basic_pair_of_a_manual_is_dropped)
{
	static const char *const dropped[] = {
		"QWxhZGRpbjpvcGVuIHNlc2FtZQ==",	/* RFC 7617 */
		"czZCaGRSa3F0MzpnWDFmQmF0M2JW",	/* RFC 6749 */
		"dXNlcjpwYXNzd29yZA==",		/* user:password */
		"YWRtaW46YWRtaW4=",		/* admin:admin */
		"bm8gY29sb24gaW4gaGVyZQ==",	/* no colon in here */
		"VP46",				/* T, 0xfe, a colon */
		"YWxpY2U6",			/* alice: */
		"AHVzZXIAcGFzc3dvcmQ=",		/* NUL user NUL password */
		"AGFsaWNlAA==",			/* NUL alice NUL */
		"AGFsaWNl",			/* NUL alice */
	};

	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		cr_expect_eq(fix_check("basic-pair", dropped[i]), CHECK_FAIL,
			"%zu", i);
}

Test(judge_check_wallet, basic_pair_with_a_password_is_kept)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("basic-pair", "{{basic-pair:20}}", &j),
		CHECK_NA);
	cr_assert_eq(fix_recipe("basic-pair", "{{plain-pair:20}}", &j),
		CHECK_NA);
	cr_assert_eq(fix_check("basic-pair", "!!!!"), CHECK_NA);
}
