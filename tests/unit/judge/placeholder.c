/* SPDX-License-Identifier: Apache-2.0 */
/* placeholder.c - dummies are told from random text, by list and by chance. */
#include <criterion/criterion.h>

#include "judge/placeholder.h"

static bool
is_dummy(const char *s)
{
	return placeholder_reason(span_str(s)) != NULL;
}

Test(judge_placeholder, dummies_are_known)
{
	static const char *const dummies[] = {
		"xxxxxxxxxxxx", "XXXXXXXX", "tok_xxxxxxxxxxxxxxxxxxxx",
		"********", "................", "--------", "########",
		"ghp_000000000000000000000000000000000000",
		"AKIAXXXXXXXXXXXXXXXX", "aaaaaaaaaaaaaaaa", "abababababab",
		"abc123abc123abc123abc123", "01234567", "abcdefgh",
		"ABCDEFGHIJKLMNOPQRST", "9876543210", "qwertyuiop",
		"qwerty123", "1234567890abcdef", "ghp_1234567890abcdefghijkl",
		"AKIAIOSFODNN7" "EXAMPLE",
		"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
		"changeme", "ChangeMe123", "change_me", "your_api_key_here",
		"YOUR-TOKEN-HERE", "yourSecretKey", "my_secret_token",
		"insert-your-key-here", "dummy", "dummy-token-1", "test-token",
		"test_api_key", "fake-secret", "placeholder", "redacted",
		"some-api-key", "secret", "password123", "P@ssw0rd",
		"Passw0rd!", "not-a-real-key", "foobarbaz", "deadbeefcafe",
		"<token>", "<your token>", "prefix-<name>", "${TOKEN}",
		"${{ secrets.TOKEN }}", "{{ token }}", "{{token}}", "$(cat f)",
		"#{token}", "%(token)s", "%s", "%s:%s", "token-%s", "{token}",
		"{0}", "%TOKEN%", "@token@", "__TOKEN__", "[token]", "$TOKEN",
		"$token_name", "<%= token %>", "eyJhbGciOi...",
		"Y2hhbmdlbWU=", "eW91ci1hcGkta2V5", "cGFzc3dvcmQK",
		"JHtUT0tFTn0=",
	};

	for (size_t i = 0; i < sizeof dummies / sizeof *dummies; i++)
		cr_expect(is_dummy(dummies[i]), "%s", dummies[i]);
}

Test(judge_placeholder, what_only_resembles_one_is_not)
{
	static const char *const real[] = {
		"sk_te" "st_Kq2mZp91LwT5vBn3RdYx8", "x8Kq2mZp91Lw",
		"Sup3r$ecret!", "Tr0ub4dor&3", "a<b>Kq2", "pa{ss}w0Kq2",
		"AAAAB3NzaC1yc2EAAAADAQABKq2mZp91LwT5vBn3RdYx8",
		"my_Kq2mZp91LwT5vBn3Rd", "k$HOME9x", "%d2Kq2mZp", "", "a",
		"xxKq2mZxxx91Lw", "1234Kq2mZp9187", "keytokq2mzpwqx",
		"VHIwdWI0ZG9yJjM=", "a1c0WnA5MUx3VDV2Qm4zUg==",
	};

	for (size_t i = 0; i < sizeof real / sizeof *real; i++)
		cr_expect_not(is_dummy(real[i]), "%s: %s", real[i],
			placeholder_reason(span_str(real[i])));
}

/* xorshift64*, so that every run draws the same (Vigna 2016). */
static uint64_t
draw(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

static size_t
count_dummies(const char *alphabet, size_t base, size_t shortest,
	size_t longest, size_t rounds, uint64_t seed)
{
	uint8_t text[64];
	size_t dummies = 0;

	for (size_t i = 0; i < rounds; i++) {
		size_t n = shortest + draw(&seed) % (longest - shortest + 1);

		for (size_t k = 0; k < n; k++)
			text[k] = (uint8_t)alphabet[(draw(&seed) >> 20) % base];
		dummies += placeholder_reason(span_of(text, n)) != NULL;
	}
	return dummies;
}

static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	"abcdefghijklmnopqrstuvwxyz-_";

enum { ROUNDS = 300000 };

Test(judge_placeholder, random_base62_is_hardly_ever_taken_for_one)
{
	/* 3 of 300,000 would be 1e-5. */
	cr_assert_leq(count_dummies(base62, 62, 20, 64, ROUNDS, 1), 2);
}

Test(judge_placeholder, nor_is_random_base64url)
{
	cr_assert_leq(count_dummies(base62, 64, 20, 64, ROUNDS, 2), 2);
}

Test(judge_placeholder, nor_are_random_hexadecimal_digits)
{
	cr_assert_leq(count_dummies("0123456789abcdef", 16, 32, 64, ROUNDS,
		3), 4);
}

Test(judge_placeholder, long_values_take_bounded_time)
{
	static uint8_t text[64 * 1024];

	memset(text, 'k', sizeof text);
	cr_assert(placeholder_reason(span_of(text, sizeof text)));
	memset(text, '{', sizeof text);
	(void)placeholder_reason(span_of(text, sizeof text));
}
