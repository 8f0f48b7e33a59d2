/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_key.c - private keys in their armour (RFC 7468, RFC 1421 for the old
 * encrypted kind, RFC 9580 section 6 for PGP), from -----BEGIN to the last
 * dash.  What is inside: recipe_der.c, recipe_ssh.c, recipe_pgp.c.
 */
#include "base/codec.h"
#include "base/hash.h"
#include "rule/recipe_make.h"

static void
cipher_text(struct recipe_state *r, struct buf *out)
{
	recipe_blob(r, out, 1200);
}

static const struct kind {
	const char *name, *label;
	recipe_key_fn *make;
	uint8_t columns;
	bool old_encrypted;	/* with the headers of RFC 1421 */
	bool pgp;		/* an empty line before, a CRC-24 after */
} kinds[] = {
	{ "pem-rsa", "RSA PRIVATE KEY", recipe_rsa, 64, false, false },
	{ "pem-pkcs8-rsa", "PRIVATE KEY", recipe_pkcs8_rsa, 64, false, false },
	{ "pem-ec", "EC PRIVATE KEY", recipe_sec1, 64, false, false },
	{ "pem-pkcs8-ed25519", "PRIVATE KEY", recipe_ed25519, 64, false,
		false },
	{ "pem-encrypted", "ENCRYPTED PRIVATE KEY", recipe_pkcs8_encrypted,
		64, false, false },
	{ "pem-legacy-encrypted", "RSA PRIVATE KEY", cipher_text, 64, true,
		false },
	{ "openssh-ed25519", "OPENSSH PRIVATE KEY", recipe_openssh, 70, false,
		false },
	{ "openssh-encrypted", "OPENSSH PRIVATE KEY",
		recipe_openssh_encrypted, 70, false, false },
	{ "pgp-private", "PGP PRIVATE KEY BLOCK", recipe_pgp, 64, false,
		true },
};

static void
headers_put(struct recipe_state *r, struct buf *out, const struct kind *kind)
{
	if (kind->old_encrypted) {
		buf_str(out, "Proc-Type: 4,ENCRYPTED\n"
			"DEK-Info: AES-128-CBC,");
		recipe_chars(r, out, "0123456789ABCDEF", 32);
		buf_byte(out, '\n');
	}
	if (kind->old_encrypted || kind->pgp)
		buf_byte(out, '\n');
}

static void
lines_put(struct buf *out, struct span text, size_t columns)
{
	for (size_t i = 0; i < text.len; i += columns) {
		struct span line = span_first(span_skip(text, i), columns);

		buf_append(out, line.ptr, line.len);
		buf_byte(out, '\n');
	}
}

static void
crc24_put(struct buf *out, struct span raw)
{
	uint32_t crc = hash_crc24(raw);
	uint8_t bytes[3] = { (uint8_t)(crc >> 16), (uint8_t)(crc >> 8),
		(uint8_t)crc };

	buf_byte(out, '=');
	codec_base64_encode(out, span_of(bytes, 3), CODEC_BASE64, true);
	buf_byte(out, '\n');
}

static void
armour(struct recipe_state *r, struct buf *out, const struct kind *kind)
{
	struct buf raw, text;

	buf_init(&raw, RECIPE_SCRATCH);
	buf_init(&text, RECIPE_SCRATCH);
	kind->make(r, &raw);
	codec_base64_encode(&text, buf_span(&raw), CODEC_BASE64, true);
	buf_printf(out, "-----BEGIN %s-----\n", kind->label);
	headers_put(r, out, kind);
	lines_put(out, buf_span(&text), kind->columns);
	if (kind->pgp)
		crc24_put(out, buf_span(&raw));
	buf_printf(out, "-----END %s-----", kind->label);
	if (raw.failed || text.failed)
		out->failed = true;
	buf_free(&raw);
	buf_free(&text);
}

static void
key_put(struct recipe_state *r, const struct kind *kind, bool escaped)
{
	struct buf text;

	buf_init(&text, RECIPE_SCRATCH);
	armour(r, &text, kind);
	for (size_t i = 0; i < text.len; i++) {
		if (escaped && text.ptr[i] == '\n')
			buf_str(r->out, "\\n");
		else
			buf_byte(r->out, text.ptr[i]);
	}
	if (text.failed)
		r->out->failed = true;
	buf_free(&text);
}

bool
recipe_key(struct recipe_state *r, const char *name)
{
	static const char suffix[] = "-escaped";
	size_t len = strlen(name), n = sizeof suffix - 1;
	bool escaped = len > n && !strcmp(name + len - n, suffix);

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t own = strlen(kinds[i].name);

		if (own == len - (escaped ? n : 0) &&
		    !memcmp(kinds[i].name, name, own)) {
			key_put(r, &kinds[i], escaped);
			return true;
		}
	}
	return false;
}
