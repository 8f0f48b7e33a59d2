/* SPDX-License-Identifier: Apache-2.0 */
/* audit_chain.c - the links of an audit log: see audit_chain.h. */
#include "register/audit_chain.h"

#include "base/hash.h"

static const char prev_name[] = ",\"prev\":\"", mac_name[] = ",\"mac\":\"";

enum {
	PREV = sizeof prev_name - 1 + AUDIT_HEX + 1,
	MAC = sizeof mac_name - 1 + AUDIT_HEX + 1
};

void
audit_chain_begin(struct audit_chain *c, struct span key,
	const uint8_t nonce[AUDIT_NONCE])
{
	static const char label[] = "stanch-audit-1";	/* with its NUL */
	uint8_t text[sizeof label + AUDIT_NONCE];

	*c = (struct audit_chain){ .keyed = key.len > 0 };
	if (!c->keyed)
		return;
	memcpy(text, label, sizeof label);
	memcpy(text + sizeof label, nonce, AUDIT_NONCE);
	hash_hmac_sha256(key, span_of(text, sizeof text), c->key);
}

/* The key of the next record; of this one nothing is left. */
static void
turn(struct audit_chain *c)
{
	static const char label[] = "stanch-ratchet";	/* with its NUL */
	uint8_t text[sizeof label + AUDIT_DIGEST];

	memcpy(text, label, sizeof label);
	memcpy(text + sizeof label, c->key, AUDIT_DIGEST);
	hash_sha256_of(span_of(text, sizeof text), c->key);
	explicit_bzero(text, sizeof text);
}

static void
step(struct audit_chain *c, struct span line)
{
	hash_sha256_of(line, c->head);
	if (c->keyed)
		turn(c);
	c->seq++;
}

static void
prev_text(const struct audit_chain *c, char out[AUDIT_HEX + 1])
{
	hash_hex(c->head, AUDIT_DIGEST, out);
}

static void
mac_text(const struct audit_chain *c, struct span text,
	char out[AUDIT_HEX + 1])
{
	uint8_t mac[AUDIT_DIGEST];

	hash_hmac_sha256(span_of(c->key, AUDIT_DIGEST), text, mac);
	hash_hex(mac, AUDIT_DIGEST, out);
}

static bool
put(struct buf *line, const char *name, const char *hex)
{
	return buf_str(line, name) && buf_str(line, hex) &&
		buf_byte(line, '"');
}

bool
audit_chain_seal(struct audit_chain *c, struct buf *line)
{
	char hex[AUDIT_HEX + 1];
	bool ok;

	prev_text(c, hex);
	ok = put(line, prev_name, hex);
	if (ok && c->keyed) {
		mac_text(c, buf_span(line), hex);
		ok = put(line, mac_name, hex);
	}
	ok = ok && buf_byte(line, '}');
	if (ok)
		step(c, buf_span(line));
	return ok && buf_byte(line, '\n');
}

/* Whether s ends with the member; in constant time as to hex. */
static bool
ends_with(struct span s, const char *name, const char *hex)
{
	size_t n = strlen(name);
	const uint8_t *p;
	uint8_t differ = 0;

	if (s.len < n + AUDIT_HEX + 1)
		return false;
	p = s.ptr + s.len - (n + AUDIT_HEX + 1);
	if (memcmp(p, name, n) != 0 || s.ptr[s.len - 1] != '"')
		return false;
	for (size_t i = 0; i < AUDIT_HEX; i++)
		differ |= (uint8_t)(p[n + i] ^ (uint8_t)hex[i]);
	return differ == 0;
}

static bool
begins_with_seq(struct span line, uint64_t seq)
{
	struct buf want;
	bool ok;

	buf_init(&want, 64);
	ok = buf_printf(&want, "{\"seq\":%llu,", (unsigned long long)seq) &&
		line.len >= want.len &&
		!memcmp(line.ptr, want.ptr, want.len);
	buf_free(&want);
	return ok;
}

const char *
audit_chain_check(struct audit_chain *c, struct span line)
{
	struct span rest = line;
	char hex[AUDIT_HEX + 1];

	if (!line.len || line.ptr[line.len - 1] != '}')
		return "is no record";
	if (!begins_with_seq(line, c->seq))
		return "is not the next one in order";
	rest.len--;
	if ((c->keyed || c->unread) && rest.len < MAC + PREV)
		return "has no MAC";
	if (c->keyed) {
		mac_text(c, span_first(rest, rest.len - MAC), hex);
		if (!ends_with(rest, mac_name, hex))
			return "was not written with this key, here";
	}
	if (c->keyed || c->unread)
		rest.len -= MAC;
	prev_text(c, hex);
	if (!ends_with(rest, prev_name, hex))
		return "does not follow from the one before";
	step(c, line);
	return NULL;
}

void
audit_chain_wipe(struct audit_chain *c)
{
	explicit_bzero(c, sizeof *c);
}
