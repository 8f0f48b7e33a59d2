/* SPDX-License-Identifier: Apache-2.0 */
/*
 * url.c - the password in scheme://user:password@host: a real one, or one
 * that a manual or a test made up.
 */
#include "base/codec.h"
#include "judge/chars.h"
#include "judge/checks.h"
#include "judge/placeholder.h"
#include "judge/wordlist.h"

enum { DECODED_MAX = 256 };

/* The parts of the URL round the password; any may be empty. */
struct parts {
	struct span user, password, host;
};

/* Words that stand for a password, on any host. */
static const char *const stand_ins[26] = {
	['a' - 'a'] = "apikey auth",
	['b' - 'a'] = "bar",
	['c' - 'a'] = "changeme credentials",
	['d' - 'a'] = "dummy",
	['e' - 'a'] = "example",
	['f' - 'a'] = "fake foo",
	['h' - 'a'] = "hidden",
	['i' - 'a'] = "info",
	['k' - 'a'] = "key",
	['m' - 'a'] = "mypass mypassword mypasswd mysecret",
	['n' - 'a'] = "nopass none null",
	['o' - 'a'] = "oauth",
	['p' - 'a'] = "p pass passw0rd password passwd passphrase pw pwd",
	['r' - 'a'] = "redacted",
	['s' - 'a'] = "secret some somepass somepassword",
	['t' - 'a'] = "test testpass testpassword token",
	['u' - 'a'] = "user username",
	['w' - 'a'] = "word",
	['x' - 'a'] = "x xx xxx",
	['y' - 'a'] = "yourpass yourpassword",
};

/* And those that only mean it where nobody else can come, or in examples. */
static const char *const trivial[26] = {
	['a' - 'a'] = "abc admin administrator",
	['c' - 'a'] = "cassandra clickhouse",
	['d' - 'a'] = "default demo dev docker",
	['e' - 'a'] = "elastic",
	['g' - 'a'] = "guest",
	['h' - 'a'] = "hello",
	['l' - 'a'] = "letmein local",
	['m' - 'a'] = "minio minioadmin mongo mongodb mysql",
	['n' - 'a'] = "neo4j",
	['p' - 'a'] = "postgres postgresql",
	['q' - 'a'] = "qwerty",
	['r' - 'a'] = "rabbitmq redis root",
	['s' - 'a'] = "sa",
	['w' - 'a'] = "welcome",
};

static bool
is_host_byte(uint8_t c)
{
	return char_is_alnum(c) || memchr(".-_:[]", c, 6);
}

/*
 * The user stands between "//" and the password's colon, in the match or
 * before it; the host after '@', as far as the match goes.
 */
static void
parts_read(struct parts *p, const struct judge_case *c)
{
	size_t at = (size_t)(c->secret.ptr - c->match.ptr), n;
	struct span head = span_first(c->match, at);
	struct span tail = span_skip(c->match, at + c->secret.len);

	p->password = c->secret;
	n = at > 0 && head.ptr[at - 1] == ':' ? at - 1 : at;
	while (n > 0 && head.ptr[n - 1] != '/')
		n--;
	p->user = span_skip(head, n);
	if (p->user.len)
		p->user.len--;
	if (tail.len && tail.ptr[0] == '@')
		tail = span_skip(tail, 1);
	for (n = 0; n < tail.len && is_host_byte(tail.ptr[n]); n++)
		;
	p->host = span_first(tail, n);
}

/* Without the port and the root's dot. */
static struct span
host_name(struct span host)
{
	const uint8_t *colon;

	if (host.len && host.ptr[0] == '[')
		return host;
	colon = host.len ? memchr(host.ptr, ':', host.len) : NULL;
	if (colon)
		host.len = (size_t)(colon - host.ptr);
	if (host.len && host.ptr[host.len - 1] == '.')
		host.len--;
	return host;
}

static bool
ends_with(struct span s, const char *end)
{
	size_t n = strlen(end);

	if (s.len < n || strncasecmp((const char *)s.ptr + s.len - n, end, n))
		return false;
	return s.len == n || *end == '.' || s.ptr[s.len - n - 1] == '.';
}

/* RFC 2606 and RFC 6761 keep these names free for examples. */
static bool
is_example(struct span host)
{
	static const char *const ends[] = {
		"example.com", "example.org", "example.net", ".example",
		".invalid", ".test", "host.com", "domain.com", "server.com",
		"foo.com", "bar.com", "acme.com", "mydomain.com",
		"yourdomain.com", "somehost.com", "test.com"
	};
	static const char *const names[26] = {
		['d' - 'a'] = "domain",
		['e' - 'a'] = "example",
		['f' - 'a'] = "foo",
		['h' - 'a'] = "host hostname",
		['m' - 'a'] = "myhost myserver",
		['s' - 'a'] = "server somehost site",
		['u' - 'a'] = "url",
		['y' - 'a'] = "your yourhost yourserver",
	};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ends_with(host, ends[i]))
			return true;
	return host.len && wordlist_has(names, (const char *)host.ptr,
		host.len);
}

/* This machine, or a name without a dot: a container next door. */
static bool
is_local(struct span host)
{
	return host.len == 0 || span_starts(host, "127.") ||
		span_starts(host, "[::1") || span_starts(host, "0.0.0.0") ||
		ends_with(host, "localhost") || ends_with(host, ".local") ||
		span_starts(host, "host.docker.internal") ||
		(host.ptr[0] != '[' && !memchr(host.ptr, '.', host.len));
}

/* Percent-decoded (RFC 3986 section 2.1), and no longer than fits. */
static struct span
decode(struct span s, uint8_t out[DECODED_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < DECODED_MAX; i++) {
		if (s.ptr[i] == '%' && s.len - i > 2 &&
			char_is_hex(s.ptr[i + 1]) &&
			char_is_hex(s.ptr[i + 2])) {
			out[n++] = (uint8_t)(
				codec_hex_value(s.ptr[i + 1]) << 4 |
				codec_hex_value(s.ptr[i + 2]));
			i += 2;
		} else {
			out[n++] = s.ptr[i];
		}
	}
	return span_of(out, n);
}

/* The word less the digits and signs at its end, caseless, is in the list. */
static bool
in_words(const char *const lists[26], struct span s)
{
	size_t n = s.len;

	while (n > 0 && !char_is_alpha(s.ptr[n - 1]))
		n--;
	return n > 0 && n + 5 > s.len && char_is_alpha(s.ptr[0]) &&
		wordlist_longest(lists[char_lower(s.ptr[0]) - 'a'], s.ptr,
		n) == n;
}

static bool
is_trivial(const struct parts *p)
{
	bool digits = p->password.len <= 8;

	for (size_t i = 0; digits && i < p->password.len; i++)
		digits = char_is_digit(p->password.ptr[i]);
	return digits || p->password.len < 4 ||
		span_equal(p->password, p->user) ||
		in_words(trivial, p->password);
}

/* {{ user:name }}: the colon is the template's, not the URL's. */
static bool
is_cut_template(const struct parts *p)
{
	return p->user.len && p->password.len &&
		memmem(p->user.ptr, p->user.len, "{{", 2) &&
		memmem(p->password.ptr, p->password.len, "}}", 2);
}

static const char *
reason(const struct parts *p)
{
	struct span host = host_name(p->host);
	uint8_t c = p->password.len ? p->password.ptr[0] : 0;
	const char *why;

	if (!c || memchr("${<%*", c, 5))
		why = placeholder_reason(p->password);
	else if (in_words(stand_ins, p->password))
		why = "a word that stands for a password";
	else
		why = placeholder_reason(p->password);
	if (!why && is_cut_template(p))
		why = "a template variable, not a value";
	if (!why && is_example(host))
		why = "the host is one of examples";
	if (!why && is_local(host) && is_trivial(p))
		why = "a default password on a local host";
	return why;
}

enum check_result
check_url_password(const struct judge_case *c, struct judgement *out)
{
	uint8_t clear[DECODED_MAX];
	struct parts p;
	const char *why;

	parts_read(&p, c);
	p.password = decode(p.password, clear);
	why = p.password.len ? reason(&p) : "no password at all";
	explicit_bzero(clear, sizeof clear);
	if (!why)
		return CHECK_NA;
	judgement_reason(out, why);
	return CHECK_FAIL;
}
