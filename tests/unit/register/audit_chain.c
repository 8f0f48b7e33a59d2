/* SPDX-License-Identifier: Apache-2.0 */
/* audit_chain.c - links between records. */
#include <criterion/criterion.h>

#include "base/hash.h"
#include "register/audit_chain.h"

#define KEY span_str("sixteen bytes of key")

static const uint8_t nonce[AUDIT_NONCE] = "0123456789abcdef";

/* n records that say nothing, in one buffer. */
static void
write_records(struct audit_chain *c, struct buf *out, int n)
{
	struct buf line;

	buf_init(&line, AUDIT_LINE_MAX);
	buf_init(out, 1024 * 1024);
	for (int i = 0; i < n; i++) {
		line.len = 0;
		buf_printf(&line, "{\"seq\":%d,\"ev\":\"test\"", i);
		cr_assert(audit_chain_seal(c, &line));
		buf_append(out, line.ptr, line.len);
	}
	buf_free(&line);
}

/* How many records are right; *why of the first that is not. */
static int
check_records(struct audit_chain *c, struct span text, const char **why)
{
	int n = 0;

	*why = NULL;
	while (text.len) {
		const uint8_t *nl = memchr(text.ptr, '\n', text.len);
		size_t len = (size_t)(nl - text.ptr);

		*why = audit_chain_check(c, span_first(text, len));
		if (*why)
			break;
		n++;
		text = span_skip(text, len + 1);
	}
	return n;
}

Test(register_audit_chain, what_was_sealed_is_right)
{
	struct audit_chain c;
	struct buf text;
	const char *why;

	for (int keyed = 0; keyed < 2; keyed++) {
		struct span key = keyed ? KEY : span_of(NULL, 0);

		audit_chain_begin(&c, key, nonce);
		write_records(&c, &text, 5);
		audit_chain_begin(&c, key, nonce);
		cr_expect_eq(check_records(&c, buf_span(&text), &why), 5);
		cr_expect_null(why);
		buf_free(&text);
	}
}

/* Worked out by the formulas of docs/audit.md. */
Test(register_audit_chain, the_formulas_are_those_of_the_page)
{
	static const char want[] = "{\"seq\":0,\"ev\":\"test\",\"prev\":\""
		"0000000000000000000000000000000000000000000000000000000000"
		"000000\",\"mac\":\"";
	uint8_t key[32], mac[32];
	char hex[65], label[15 + AUDIT_NONCE] = "stanch-audit-1";
	struct audit_chain c;
	struct buf text;

	memcpy(label + 15, nonce, AUDIT_NONCE);
	hash_hmac_sha256(KEY, span_of(label, sizeof label), key);
	hash_hmac_sha256(span_of(key, 32), span_of(want, sizeof want - 9),
		mac);
	hash_hex(mac, 32, hex);
	audit_chain_begin(&c, KEY, nonce);
	write_records(&c, &text, 1);
	cr_assert_eq(text.len, sizeof want - 1 + 64 + 3);
	cr_expect(!memcmp(text.ptr, want, sizeof want - 1));
	cr_expect(!memcmp(text.ptr + sizeof want - 1, hex, 64));
	buf_free(&text);
}

Test(register_audit_chain, any_bit_that_flips_is_seen)
{
	struct audit_chain c;
	struct buf text;
	const char *why;

	audit_chain_begin(&c, KEY, nonce);
	write_records(&c, &text, 3);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n')
			continue;
		text.ptr[i] ^= 1;
		audit_chain_begin(&c, KEY, nonce);
		if (text.ptr[i] != '\n')
			cr_expect_lt(check_records(&c, buf_span(&text), &why),
				3, "byte %zu", i);
		text.ptr[i] ^= 1;
	}
	buf_free(&text);
}

/* Who has the process has the key of the next record, and of none before. */
Test(register_audit_chain, the_key_moves_on_and_leaves_nothing)
{
	struct audit_chain c, stolen;
	struct buf text;
	uint8_t first[AUDIT_DIGEST];

	audit_chain_begin(&c, KEY, nonce);
	memcpy(first, c.key, sizeof first);
	write_records(&c, &text, 1);
	stolen = c;
	cr_expect(memcmp(stolen.key, first, sizeof first) != 0);
	cr_expect_null(memmem(&stolen, sizeof stolen, first, sizeof first));
	audit_chain_wipe(&c);
	cr_expect_eq(c.seq, 0);
	buf_free(&text);
}

Test(register_audit_chain, a_record_that_does_not_fit_is_refused)
{
	struct audit_chain c;
	struct buf line;

	audit_chain_begin(&c, KEY, nonce);
	buf_init(&line, 100);
	buf_str(&line, "{\"seq\":0");
	cr_expect_not(audit_chain_seal(&c, &line));
	cr_expect_eq(c.seq, 0);
	buf_free(&line);
}
