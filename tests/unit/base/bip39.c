/* SPDX-License-Identifier: Apache-2.0 */
/* bip39.c: the list is whole, in order, and each word finds its number. */
#include <criterion/criterion.h>

#include "base/bip39.h"
#include "base/hash.h"

Test(base_bip39, words_and_numbers_go_both_ways)
{
	for (unsigned i = 0; i < BIP39_WORDS; i++) {
		struct span word = bip39_word(i);

		cr_assert(word.len >= 3 && word.len <= BIP39_WORD_MAX, "%u",
			i);
		cr_assert_eq(bip39_index(word), (int)i);
	}
}

/* The digest of english.txt, a word a line, as the standard has it. */
Test(base_bip39, list_is_that_of_the_standard)
{
	struct hash_sha256 *h = hash_sha256_new();
	uint8_t digest[32];
	char hex[65];

	cr_assert(h);
	for (unsigned i = 0; i < BIP39_WORDS; i++) {
		struct span word = bip39_word(i);

		hash_sha256_add(h, word.ptr, word.len);
		hash_sha256_add(h, "\n", 1);
	}
	hash_sha256_end(h, digest);
	hash_hex(digest, sizeof digest, hex);
	cr_assert_str_eq(hex, "2f5eed53a4727b4bf8880d8f3f199efc"
		"90e58503646d9ff8eff3a2ed3b24dbda");
}

Test(base_bip39, other_words_have_no_number)
{
	static const char *const others[] = { "", "a", "zzz", "abando",
		"abandoned", "Abandon", "x", "1abc", "zoo ", "able about" };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_expect_eq(bip39_index(span_str(others[i])), -1, "%s",
			others[i]);
	cr_assert_eq(bip39_index(span_of("zoo\0", 4)), -1);
}
