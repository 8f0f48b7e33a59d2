/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/codec.h"
#include "unit/judge/check_fix.h"

static const char *const plain[] = { "pem-rsa", "pem-pkcs8-rsa", "pem-ec",
	"pem-pkcs8-ed25519", "openssh-ed25519", "pgp-private" };
static const char *const encrypted[] = { "pem-encrypted",
	"pem-legacy-encrypted", "openssh-encrypted" };

enum { PLAIN = sizeof plain / sizeof *plain,
	ENCRYPTED = sizeof encrypted / sizeof *encrypted };

/* Puts `with` where each newline of a made key is, and checks that. */
static enum check_result
rewritten(const char *kind, const char *before, const char *with,
	struct judgement *j)
{
	enum check_result result;
	struct recipe_out made;
	char recipe[64];
	struct buf t;

	snprintf(recipe, sizeof recipe, "{{%s}}", kind);
	fix_make(&made, recipe, 7);
	buf_init(&t, FIX_MOST);
	for (size_t i = 0; i < made.text.len; i++) {
		if (made.text.ptr[i] == '\n')
			buf_str(&t, with);
		else
			buf_byte(&t, made.text.ptr[i]);
	}
	*j = fix_judgement();
	result = fix_judge("private-key", span_str(before), buf_span(&t), j);
	buf_free(&t);
	buf_free(&made.text);
	return result;
}

Test(judge_check_key, keys_of_every_kind_parse)
{
	struct judgement j;

	for (size_t i = 0; i < PLAIN; i++) {
		cr_expect_eq(rewritten(plain[i], "", "\n", &j), CHECK_PASS,
			"%s", plain[i]);
		cr_expect_eq(j.severity, STANCH_MEDIUM);
		cr_expect(fix_says(&j, "not encrypted"));
	}
}

Test(judge_check_key, encrypted_keys_are_low)
{
	struct judgement j;

	for (size_t i = 0; i < ENCRYPTED; i++) {
		cr_expect_eq(rewritten(encrypted[i], "", "\n", &j),
			CHECK_PASS, "%s", encrypted[i]);
		cr_expect_eq(j.severity, STANCH_INFO, "%s", encrypted[i]);
		cr_expect(fix_says(&j, "encrypted with"));
	}
}

static const struct writing {
	const char *before, *newline;
} writings[] = {
	{ "", "\r\n" },
	{ "", "\\n" },			/* a JSON string */
	{ "", "\\\\n" },		/* one inside another */
	{ "", "\\r\\n" },
	{ "", "\\u000a" },
	{ "    ", "\n    " },		/* YAML */
	{ "\t\"", "\\n\" +\n\t\"" },	/* strings joined */
	{ "'", "',\n'" },		/* a list of them */
	{ "+", "\n+" },			/* a patch */
	{ "> ", "\n> " },		/* a mail */
	{ "# ", "\n# " },
	{ "// ", "\n// " },
	{ "", "\\\n" },			/* a line goes on */
	{ "2024-01-02T03:04:05Z host app[12]: ",
		"\n2024-01-02T03:04:06Z host app[12]: " },
};

Test(judge_check_key, keys_parse_however_they_are_written)
{
	struct judgement j;

	for (size_t w = 0; w < sizeof writings / sizeof *writings; w++)
		for (size_t i = 0; i < PLAIN; i++)
			cr_expect_eq(rewritten(plain[i], writings[w].before,
				writings[w].newline, &j), CHECK_PASS,
				"%s, writing %zu", plain[i], w);
}

Test(judge_check_key, key_on_one_line_parses)
{
	struct judgement j;

	for (size_t i = 0; i < PLAIN; i++)
		cr_expect_eq(rewritten(plain[i], "", " ", &j), CHECK_PASS,
			"%s", plain[i]);
}

Test(judge_check_key, escaped_recipe_parses)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("private-key", "{{pem-rsa-escaped}}", &j),
		CHECK_PASS);
	cr_assert_eq(fix_recipe("private-key", "{{pgp-private-escaped}}", &j),
		CHECK_PASS);
}

Test(judge_check_key, rsa_modulus_must_be_the_product)
{
	struct judgement j = fix_judgement();
	struct recipe_out made;
	struct span s = fix_make(&made, "{{pem-rsa}}", 7);
	enum check_result result;

	/* well inside n, on the second line */
	made.text.ptr[110] = made.text.ptr[110] == 'A' ? 'B' : 'A';
	result = fix_judge("private-key", span_of(NULL, 0), s, &j);
	buf_free(&made.text);
	cr_assert_eq(result, CHECK_NA);
}

Test(judge_check_key, cut_keys_are_kept_without_verdict)
{
	struct judgement j = fix_judgement();

	for (size_t i = 0; i < PLAIN; i++) {
		struct recipe_out made;
		char recipe[64];
		struct span s;

		snprintf(recipe, sizeof recipe, "{{%s}}", plain[i]);
		s = fix_make(&made, recipe, 9);
		/* an OpenPGP key is whole before its user id is */
		for (size_t n = 0; n + 100 < s.len; n++)
			cr_assert_eq(fix_judge("private-key",
				span_of(NULL, 0), span_first(s, n), &j),
				CHECK_NA, "%s at %zu", plain[i], n);
		buf_free(&made.text);
	}
}

#define BEGIN "-----BEGIN " "RSA PRIVATE KEY-----"
#define END "-----END " "RSA PRIVATE KEY-----"

Test(judge_check_key, markers_without_a_key_are_dropped)
{
	static const char *const none[] = {
		BEGIN END,
		BEGIN "\n" END,
		BEGIN "\n...\n" END,
		BEGIN "\nYOUR PRIVATE KEY GOES HERE, BETWEEN THE TWO LINES, "
			"AND NOWHERE ELSE\n" END,
		BEGIN "\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxx\n" END,
		BEGIN "\\n${PRIVATE_KEY_BODY}\\n" END,
	};

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		cr_expect_eq(fix_check("private-key", none[i]), CHECK_FAIL,
			"%zu", i);
}

Test(judge_check_key, begin_alone_has_no_verdict)
{
	cr_assert_eq(fix_check("private-key", BEGIN), CHECK_NA);
	cr_assert_eq(fix_check("private-key", "-----BEGIN "), CHECK_NA);
	cr_assert_eq(fix_check("private-key", "-----BEGIN " "CERTIFICATE-----"
		"\n-----END CERTIFICATE-----"), CHECK_NA);
}

/* An armoured packet whose secret part is `secret`. */
static enum check_result
pgp(const uint8_t *secret, size_t n, const char *after, struct judgement *j)
{
	uint8_t body[64] = { 4, 0x65, 0, 0, 0, 27 };	/* Ed25519, 32 bytes */
	uint8_t head[2] = { 0xc5, (uint8_t)(38 + n) };
	enum check_result result;
	struct buf raw, t;

	buf_init(&raw, 256);
	buf_init(&t, 1024);
	for (int i = 6; i < 38; i++)
		body[i] = (uint8_t)(i * 37);
	buf_append(&raw, head, 2);
	buf_append(&raw, body, 38);
	buf_append(&raw, secret, n);
	buf_str(&t, "-----BEGIN PGP " "PRIVATE KEY BLOCK-----\n"
		"Comment: made by hand\n\n");
	codec_base64_encode(&t, buf_span(&raw), CODEC_BASE64, true);
	buf_str(&t, after);
	buf_str(&t, "\n-----END PGP " "PRIVATE KEY BLOCK-----");
	*j = fix_judgement();
	result = fix_judge("private-key", span_of(NULL, 0), buf_span(&t), j);
	buf_free(&raw);
	buf_free(&t);
	return result;
}

Test(judge_check_key, pgp_key_that_lies_elsewhere_or_is_locked_is_info)
{
	static const uint8_t elsewhere[] = { 255, 0, 101, 0, 'G', 'N', 'U', 1 };
	static const uint8_t locked[] = { 254, 9, 3, 8, 1, 2, 3, 4, 5, 6, 7 };
	struct judgement j;

	cr_assert_eq(pgp(elsewhere, sizeof elsewhere, "", &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_INFO);
	cr_assert_eq(pgp(locked, sizeof locked, "", &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_INFO);
}

Test(judge_check_key, pgp_armour_with_wrong_sum_has_no_verdict)
{
	static const uint8_t open[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
	struct judgement j;

	cr_assert_eq(pgp(open, sizeof open, "", &j), CHECK_PASS);
	cr_assert_eq(pgp(open, sizeof open, "\n=AAAA", &j), CHECK_NA);
}

Test(judge_check_key, block_longer_than_what_is_looked_at_is_kept)
{
	struct judgement j = fix_judgement();
	struct buf t;

	buf_init(&t, 1024 * 1024);
	buf_str(&t, BEGIN "\n");
	for (int i = 0; i < 3000; i++)
		buf_str(&t, "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlq"
			"a2xtbm9wcXJz\n");
	buf_str(&t, END);
	cr_assert_eq(fix_judge("private-key", span_of(NULL, 0), buf_span(&t),
		&j), CHECK_NA);
	buf_free(&t);
}
