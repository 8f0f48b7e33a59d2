/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stanch.h - find secrets in bytes, and keep them out of streams.
 *
 *	rules -> engine -> scanner, filter	what to look for, and where
 *	source -> run -> sink			whole jobs
 *
 * Ownership: a function that fills *out gives the caller an object to free
 * with the matching *_free(); *_free(NULL) does nothing.  Every other pointer
 * returned is borrowed and lives as long as the object it was asked of.  A
 * rule set must outlive the engines made of it, an engine its scanners and
 * filters.
 *
 * Threads: rules and engines never change once made and may be shared by any
 * number of threads.  Everything else belongs to one thread at a time.
 *
 * Failure: functions return enum stanch_result; *out is written on success
 * only, *err (which may be NULL) on failure only.  The library never prints,
 * exits, or reads the environment; only stanch_sandbox_new() starts a process.
 *
 * No ABI is promised before version 1.0.
 */
#ifndef STANCH_H
#define STANCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__	/* all else in the library is hidden */
#pragma GCC visibility push(default)
#endif

#define STANCH_VERSION "0.1.0"

/* ---- results ---- */

enum stanch_result {
	STANCH_OK      =  0,
	STANCH_ENOMEM  = -1,
	STANCH_EIO     = -2,	/* a read or write failed; err says which */
	STANCH_EFORMAT = -3,	/* a file is not what it claims to be */
	STANCH_ERULE   = -4,	/* a rule cannot be used */
	STANCH_ELIMIT  = -5,	/* a stated limit was reached */
	STANCH_EUSAGE  = -6,	/* the caller broke the contract */
	STANCH_ESTOP   = -7	/* a callback asked to stop */
};

/* Why a call failed.  Never holds bytes of a secret. */
struct stanch_error {
	enum stanch_result result;
	uint32_t line, column;	/* from 1; 0 when unknown */
	int sys;		/* errno, 0 when none */
	char where[256];	/* path or rule id; "" when none */
	char text[512];		/* what is wrong and what to do */
};

const char *stanch_result_text(enum stanch_result r);
const char *stanch_version(void);	/* of the library, not of this header */
/* And of what it links, into buf (always terminated).  Returns buf. */
const char *stanch_version_details(char *buf, size_t size);

/*
 * "where:line:column: text", as compilers print it, into buf (always
 * terminated, cut at size).  Returns buf.
 */
const char *stanch_error_format(const struct stanch_error *err, char *buf,
	size_t size);

/* ---- rules: what a secret looks like ---- */

/* How bad a leak of this kind is. */
enum stanch_severity {
	STANCH_INFO, STANCH_LOW, STANCH_MEDIUM, STANCH_HIGH, STANCH_CRITICAL
};

/* How sure we are that it is one.  Kept apart from severity. */
enum stanch_confidence {
	STANCH_HEURISTIC,	/* looks random, little else */
	STANCH_CONTEXTUAL,	/* its surroundings say so */
	STANCH_SHAPED,		/* a distinctive prefix and exact shape */
	STANCH_PROVEN		/* a checksum or a full parse passes */
};

const char *stanch_severity_name(enum stanch_severity s);
const char *stanch_confidence_name(enum stanch_confidence c);

struct stanch_rules;		/* an immutable set */
struct stanch_rule;		/* one of them, borrowed */

/* Called with what a rule file asks for that is not honoured; ELIMIT: with
   what a stated limit cuts off. */
typedef void stanch_warning_fn(const struct stanch_error *warning,
	void *payload);

/* The pack that is built in.  Costs nothing: it is static data. */
const struct stanch_rules *stanch_rules_builtin(void);

/*
 * Reads a TOML rule file and lays it over base (NULL: over nothing): a rule
 * with a known id replaces that rule's keys, a new id adds a rule,
 * `disable = true` takes one out.  docs/rules.md is the format.  The result
 * does not refer to base.  EFORMAT, ERULE: err says file:line:column.
 */
enum stanch_result stanch_rules_load(struct stanch_rules **out,
	const struct stanch_rules *base, const char *path,
	stanch_warning_fn *on_warning, void *payload,
	struct stanch_error *err);
void stanch_rules_free(struct stanch_rules *rules);

size_t stanch_rules_count(const struct stanch_rules *rules);
const struct stanch_rule *stanch_rules_get(const struct stanch_rules *rules,
	size_t i);
const struct stanch_rule *stanch_rules_find(const struct stanch_rules *rules,
	const char *id);	/* NULL: no such rule */
/* SHA-256, 64 lower-case hex digits, over all that can change a finding. */
const char *stanch_rules_digest(const struct stanch_rules *rules);

const char *stanch_rule_id(const struct stanch_rule *rule);
const char *stanch_rule_description(const struct stanch_rule *rule);
const char *stanch_rule_provider(const struct stanch_rule *rule);
const char *stanch_rule_category(const struct stanch_rule *rule);
const char *stanch_rule_regex(const struct stanch_rule *rule);	/* or "" */
const char *stanch_rule_remediation(const struct stanch_rule *rule);
/* A service's rule has no expression, but words and shapes (docs/rules.md);
   the i-th, NULL after the last. */
const char *stanch_rule_word(const struct stanch_rule *rule, size_t i);
const char *stanch_rule_shape(const struct stanch_rule *rule, size_t i);
/* The i-th reference, NULL after the last. */
const char *stanch_rule_reference(const struct stanch_rule *rule, size_t i);
enum stanch_severity stanch_rule_severity(const struct stanch_rule *rule);
enum stanch_confidence stanch_rule_confidence(const struct stanch_rule *rule);
/* The id of the i-th rule that may belong to its secrets; NULL at the end. */
const char *stanch_rule_with(const struct stanch_rule *rule, size_t i);
/* Whether it finds no secrets, but only what belongs to those of others. */
bool stanch_rule_is_part(const struct stanch_rule *rule);
/* The file that declared the rule, and the line; "" and 0 when unknown. */
const char *stanch_rule_file(const struct stanch_rule *rule, uint32_t *line);

/*
 * An example of the rule, made of its i-th recipe (positive or negative) with
 * the given seed; the same arguments give the same bytes on every machine.
 * Writes at most size bytes (no terminator), *len their number, and the span
 * [*start, *end) of the secret in it; for a negative example *start == *end.
 * ELIMIT: size is too small.  EUSAGE: there is no i-th recipe.
 */
enum stanch_result stanch_rule_example(const struct stanch_rule *rule,
	bool positive, size_t i, uint64_t seed, char *buf, size_t size,
	size_t *len, size_t *start, size_t *end, struct stanch_error *err);

/* ---- known values: secrets that are given, whatever they look like ---- */

/*
 * Copies of them, wiped when they are freed.  Scanners and filters that have
 * a set find its values, those added later from their next push on: filters
 * in what they still hold, too.  So a set and all that have it belong to one
 * thread, but that many may use it once nothing is added any more and each
 * was made after that.  It must outlive them, and their findings.
 */
struct stanch_values;

enum { STANCH_VALUES_MOST = 4096 };	/* in a set */

/* How a value is looked for: docs/redaction.md, "Weak values". */
enum stanch_value_use {
	STANCH_VALUE_FULL,	/* anywhere, in every form */
	STANCH_VALUE_WORD,	/* weak: as it is, and as a word of its own */
	STANCH_VALUE_REFUSED	/* too weak: not at all */
};

/* Forms that a set may be without; the others are one search. */
enum stanch_value_forms {
	STANCH_FORM_BASE64 = 1,
	STANCH_FORM_HEX = 2,
	STANCH_FORM_REVERSED = 4,
	STANCH_FORM_SPACED = 8,
	STANCH_FORM_CUT = 16,		/* the first half, and more of it */
	STANCH_FORM_BROKEN = 32		/* escaped, or interrupted */
};

struct stanch_values_options {
	size_t size;		/* sizeof this struct */
	bool weak;		/* look for words of 3 bytes, too */
	unsigned without;	/* enum stanch_value_forms */
};

enum stanch_result stanch_values_new(struct stanch_values **out,
	const struct stanch_values_options *opt, struct stanch_error *err);
/*
 * Adds a copy of value, without blanks and quotes round it.  name says whose
 * it is, in rule ids ("known:NAME") and so in tags; what is not A-Z a-z 0-9 _
 * . - becomes _.  *use (may be NULL): what becomes of it, *why (may be NULL):
 * in what it is weak, "" when it is not; both hold nothing of the value.
 * ELIMIT: 64 KiB a value, 4,096 values.
 */
enum stanch_result stanch_values_add(struct stanch_values *values,
	const char *name, const void *value, size_t len,
	enum stanch_value_use *use, const char **why,
	struct stanch_error *err);
/* How many are looked for, and what findings of the i-th refer to. */
size_t stanch_values_count(const struct stanch_values *values);
const struct stanch_rule *stanch_values_rule(
	const struct stanch_values *values, size_t i);
void stanch_values_free(struct stanch_values *values);

/* ---- engine: rules, compiled ---- */

struct stanch_engine;
/*
 * What looks for the rules' literals.  Both find the same; AUTO takes what is
 * fastest on this CPU: with AVX-512 (VBMI) a search of our own, which needs no
 * database, and else Hyperscan.
 */
enum stanch_matcher { STANCH_MATCHER_AUTO, STANCH_MATCHER_HYPERSCAN };

struct stanch_engine_options {
	size_t size;		/* sizeof this struct */
	const char *cache_dir;	/* NULL: no cache on disk */
	enum stanch_matcher matcher;
};

enum stanch_result stanch_engine_new(struct stanch_engine **out,
	const struct stanch_rules *rules,
	const struct stanch_engine_options *opt, struct stanch_error *err);
/* Whether the database came from the cache; why not, else. "" without one. */
bool stanch_engine_cached(const struct stanch_engine *engine,
	const char **why_not);
/* Why a fresh database could not be put into the cache; "" when it was. */
const char *stanch_engine_store_failure(const struct stanch_engine *engine);
void stanch_engine_free(struct stanch_engine *engine);

/*
 * Every rule against its own examples, in every mode there is.  Each failure
 * is reported through on_problem with the place of the rule; ERULE when there
 * was one.
 */
enum stanch_result stanch_engine_selftest(const struct stanch_engine *engine,
	stanch_warning_fn *on_problem, void *payload,
	struct stanch_error *err);

/* ---- finding: borrowed inside a callback ---- */

struct stanch_finding;

/* Returns false to stop the job (the call then returns ESTOP). */
typedef bool stanch_finding_fn(const struct stanch_finding *f, void *payload);

const struct stanch_rule *stanch_finding_rule(const struct stanch_finding *f);
const char *stanch_finding_place(const struct stanch_finding *f);
/* Byte offsets of the secret in its place: [start, end). */
uint64_t stanch_finding_start(const struct stanch_finding *f);
uint64_t stanch_finding_end(const struct stanch_finding *f);
/* Of the first byte, from 1; a column counts bytes. */
uint64_t stanch_finding_line(const struct stanch_finding *f);
uint64_t stanch_finding_column(const struct stanch_finding *f);
enum stanch_severity stanch_finding_severity(const struct stanch_finding *f);
enum stanch_confidence stanch_finding_confidence(
	const struct stanch_finding *f);
/* Why it is one, in words; NULL after the last. */
const char *stanch_finding_reason(const struct stanch_finding *f, size_t i);
/*
 * How its bytes were decoded, the outermost first: "base64", "base64+utf-16".
 * "" when they were not.  Start and end are those of the encoded bytes.
 */
const char *stanch_finding_decoded(const struct stanch_finding *f);
/* Masked: at most the public prefix of its kind and its length. */
const char *stanch_finding_preview(const struct stanch_finding *f);
/* Stable identity; holds no secret input, or is keyed (scan_options.key). */
const char *stanch_finding_fingerprint(const struct stanch_finding *f);
/*
 * The secret itself, NULL unless scan_options.show_secrets.  At most 64 KiB
 * of it; *len is what is there.
 */
const void *stanch_finding_secret(const struct stanch_finding *f, size_t *len);

/* What belongs to the secret: the id of a key, its other half. */
struct stanch_part {
	const struct stanch_rule *rule;
	uint64_t start, end;	/* in the finding's place */
	uint64_t line, column;
	const char *preview;	/* masked */
};

/* The i-th of them; false after the last. */
bool stanch_finding_part(const struct stanch_finding *f, size_t i,
	struct stanch_part *part);

/* ---- steps: what a scanner did with a place, for those who ask why ---- */

enum stanch_step_kind {
	STANCH_STEP_CANDIDATE,	/* a literal of the rule stands there */
	STANCH_STEP_CONFIRM,	/* its expression was tried */
	STANCH_STEP_WITHIN,	/* a word that must stand before it */
	STANCH_STEP_CHECK,	/* one of its checks, or a filter */
	STANCH_STEP_MEASURE,	/* a number of a filter */
	STANCH_STEP_ALLOW,	/* an allow-list, or a comment */
	STANCH_STEP_JUDGED,	/* kept, or dropped */
	STANCH_STEP_LEAST,	/* weaker than what was asked for */
	STANCH_STEP_RIVAL,	/* against another that overlaps it */
	STANCH_STEP_COVER	/* passed: reported; masked in any case */
};

enum stanch_outcome { STANCH_PASSED, STANCH_FAILED, STANCH_CANNOT_TELL };

/*
 * Borrowed inside the callback, but for rules, name and text, which live as
 * long as the rules.  Texts are "" where there is none.
 */
struct stanch_step {
	enum stanch_step_kind kind;
	enum stanch_outcome outcome;
	const struct stanch_rule *rule;
	uint64_t start, end;	/* of what it is about: literal, secret */
	const char *name;	/* of a check, a filter, a word, a list */
	const char *text;	/* why, in words */
	double is, asked;	/* STEP_MEASURE; STEP_CONFIRM failed: the most
				   and the least bytes of a match */
	const struct stanch_rule *other;	/* STEP_RIVAL: the other one */
	enum stanch_confidence confidence;	/* from STEP_JUDGED on */
	enum stanch_severity severity;
	const char *preview;	/* STEP_CANDIDATE: the literal; STEP_CONFIRM
				   passed: the secret, masked */
	const void *secret;	/* ... itself; NULL unless show_secrets */
	size_t secret_len;
	const char *decoded;	/* STEP_CANDIDATE, STEP_CONFIRM: how the bytes
				   were, as stanch_finding_decoded() */
};

typedef void stanch_step_fn(const struct stanch_step *step, void *payload);

/* "candidate", ... */
const char *stanch_step_name(enum stanch_step_kind kind);

/* ---- scanner: bytes to findings ---- */

/* Comments that ask to let the secrets of their line pass. */
enum stanch_comments {
	STANCH_COMMENTS_NONE,	/* have no say */
	STANCH_COMMENTS_OWN,	/* "stanch:allow" and a reason */
	STANCH_COMMENTS_ALL	/* and the tags of other scanners */
};

/* What is decoded to be looked at, by default all; docs/decoding.md. */
enum stanch_decode {
	STANCH_DECODE_UTF16 = 1,
	STANCH_DECODE_BASE64 = 2,
	STANCH_DECODE_GZIP = 4,	/* in another one only */
	STANCH_DECODE_PERCENT = 8,
	STANCH_DECODE_ESCAPES = 16,	/* of JSON, C and their like */
	STANCH_DECODE_ENTITIES = 32,
	STANCH_DECODE_QUOTED = 64,	/* quoted-printable */
	STANCH_DECODE_HEX = 128
};

/* The name of 1 << i of them, "base64"; NULL after the last. */
const char *stanch_decode_name(size_t i);

struct stanch_scan_options {
	size_t size;		/* sizeof this struct */
	enum stanch_confidence least;	/* weaker findings are not reported */
	bool show_secrets;
	const void *key;	/* for keyed fingerprints; NULL: none */
	size_t key_len;
	enum stanch_comments comments;
	/* Told of every step, in the thread that scans; NULL: nobody asks. */
	stanch_step_fn *on_step;
	void *step_payload;
	struct stanch_values *values;	/* NULL: none are known */
	unsigned leave_encoded;	/* bits of enum stanch_decode: not decoded */
};

struct stanch_scanner;

enum stanch_result stanch_scanner_new(struct stanch_scanner **out,
	const struct stanch_engine *engine,
	const struct stanch_scan_options *opt,
	stanch_finding_fn *on_finding, void *payload,
	struct stanch_error *err);
/*
 * One place's bytes, in any number of feeds: findings do not depend on how
 * they are split.  Findings come in order of their start, from feed() or
 * finish().  finish() ends the place; the next begin() starts another.
 */
enum stanch_result stanch_scanner_begin(struct stanch_scanner *s,
	const char *place);
enum stanch_result stanch_scanner_feed(struct stanch_scanner *s,
	const void *data, size_t len);
enum stanch_result stanch_scanner_finish(struct stanch_scanner *s);
/* How many matches comments let pass so far. */
uint64_t stanch_scanner_let_pass(const struct stanch_scanner *s);
void stanch_scanner_free(struct stanch_scanner *s);

/* ---- filter: bytes to the same bytes, secrets masked ---- */

struct stanch_filter;

enum stanch_pump {
	STANCH_RUN,	/* more input may come: hold what may yet be a secret */
	STANCH_FINISH	/* no more input will come */
};

/*
 * Receives output in order, in one or more pieces a push.  A piece stays
 * valid until the next room or push, so that all of a push can be written at
 * once (a write is many: there only until this returns).  Returns false when
 * it cannot take it: the filter then fails for good (fail closed), and ESTOP
 * is returned.
 */
typedef bool stanch_output_fn(const void *data, size_t len, void *payload);

/* What was masked at one place, when all of it is known. */
struct stanch_redaction {
	const struct stanch_rule *rule;
	uint64_t start, end;	/* in the input: [start, end) was masked */
	uint64_t at;		/* in the output: where the tag begins */
	const void *tag;	/* what stands there; NULL: fill characters */
	size_t len;		/* bytes of it */
	const char *fingerprint;	/* keyed; "": there is no key */
};

/* Called before the tag is given out.  False: the filter fails for good. */
typedef bool stanch_redaction_fn(const struct stanch_redaction *r,
	void *payload);

/* Systems whose commands, in what is filtered, may name values to mask. */
enum stanch_in_band { STANCH_IN_BAND_GITHUB = 1, STANCH_IN_BAND_AZURE = 2 };

/* The name of 1 << i of them, "github"; NULL after the last. */
const char *stanch_in_band_name(size_t i);

/* One of them, met for the first time with its value. */
struct stanch_command {
	const char *name;	/* of the value */
	uint64_t start, end;	/* in the input: what of it was masked */
	enum stanch_value_use use;	/* what becomes of the value */
	const char *why;	/* in what it is weak, or it is too long or
				   one too many; "": it is not */
};

/* Told at the end of the command.  False: the filter fails for good. */
typedef bool stanch_command_fn(const struct stanch_command *c, void *payload);

struct stanch_filter_options {
	size_t size;		/* sizeof this struct */
	const char *tag;	/* NULL: "[REDACTED:{rule}]" */
	stanch_output_fn *on_output;
	/* May be NULL.  With it, what may be a part of a secret is held back
	   until that is known: at most 2 KiB more. */
	stanch_finding_fn *on_finding;
	void *payload;		/* of all callbacks */
	enum stanch_confidence least;	/* weaker findings are not masked */
	stanch_redaction_fn *on_redaction;	/* may be NULL */
	const void *key;	/* for {hash} in tags, and fingerprints */
	size_t key_len;		/* 0: none */
	char fill;		/* one of *xX._ for each byte masked; 0: tags */
	bool json;		/* lines that are JSON stay JSON */
	struct stanch_values *values;	/* NULL: none are known */
	unsigned leave_encoded;	/* bits of enum stanch_decode: not decoded */
	bool neutral;		/* commands to build systems and terminals in
				   the output cannot act */
	unsigned in_band;	/* bits of enum stanch_in_band: their commands
				   add to values, 128 at most */
	stanch_command_fn *on_command;	/* may be NULL */
};

struct stanch_filter_stats {
	uint64_t bytes_in, bytes_out, bytes_masked, findings;
	uint64_t held;		/* bytes held back now */
	uint64_t held_most;	/* the most ever held back */
	uint64_t json_lines, json_long;	/* JSON; too long to be asked */
	uint64_t commands;	/* in band ... */
	uint64_t commands_refused;	/* ... whose values are not masked */
};

enum stanch_result stanch_filter_new(struct stanch_filter **out,
	const struct stanch_engine *engine,
	const struct stanch_filter_options *opt, struct stanch_error *err);
/*
 * The filter's own input buffer: put up to *size bytes at the address
 * returned, then push their number.  Saves a copy; read(2) into it.
 * *size is at least 64 KiB.
 */
void *stanch_filter_room(struct stanch_filter *f, size_t *size);
/*
 * Takes n bytes from the room.  Every byte that no rule can claim any more
 * goes to on_output before it returns; with STANCH_FINISH all do, secrets
 * masked.  After a failure nothing ever comes out again.
 */
enum stanch_result stanch_filter_push(struct stanch_filter *f, size_t n,
	enum stanch_pump how);
/* The same for bytes that lie elsewhere: room, copy, push, until done. */
enum stanch_result stanch_filter_write(struct stanch_filter *f,
	const void *data, size_t len, enum stanch_pump how);
void stanch_filter_get_stats(const struct stanch_filter *f,
	struct stanch_filter_stats *stats);
void stanch_filter_free(struct stanch_filter *f);

/* ---- audit log: what filters did; docs/audit.md ---- */

struct stanch_audit;	/* holds nothing of a secret but keyed fingerprints */
enum stanch_stream { STANCH_STDOUT, STANCH_STDERR };	/* of a log */
struct stanch_audit_options {
	size_t size;		/* sizeof this struct */
	stanch_output_fn *on_write;	/* takes a whole record, or fails */
	void *payload;		/* of it */
	const void *key;	/* copied into a key of this log alone */
	size_t key_len;		/* 0: a chain without MACs */
	const char *rules, *job;	/* their digest; who we are, or NULL */
	bool hash;		/* of the output, too: costs time */
};

/*
 * open() writes the first record, close() the last; redaction(), output() and
 * command() are for the filter's callbacks, degraded() for what did not go as
 * it should, end() for a stream that came to its end.
 * Each returns EIO once a record could not be written, and from then on.
 */
enum stanch_result stanch_audit_open(struct stanch_audit **out,
	const struct stanch_audit_options *opt, struct stanch_error *err);
enum stanch_result stanch_audit_redaction(struct stanch_audit *a,
	enum stanch_stream stream, const struct stanch_redaction *r);
enum stanch_result stanch_audit_output(struct stanch_audit *a,
	enum stanch_stream stream, const void *data, size_t len);
enum stanch_result stanch_audit_command(struct stanch_audit *a,
	enum stanch_stream stream, const struct stanch_command *c);
enum stanch_result stanch_audit_degraded(struct stanch_audit *a,
	const char *why);
enum stanch_result stanch_audit_end(struct stanch_audit *a,
	enum stanch_stream stream, const struct stanch_filter_stats *stats);
enum stanch_result stanch_audit_close(struct stanch_audit *a, int status);
/* Records so far, and the hash of the last in hex. */
uint64_t stanch_audit_head(const struct stanch_audit *a, char head[65]);
void stanch_audit_free(struct stanch_audit *a);

/* All there as it was written; the same without its end; not as written. */
enum stanch_verdict { STANCH_INTACT, STANCH_INCOMPLETE, STANCH_BROKEN };
struct stanch_audit_check {
	size_t size;		/* sizeof this struct */
	const void *key;
	size_t key_len;		/* 0: MACs are not checked */
	const char *head;	/* hash of the last record; NULL: not known */
	int log;		/* the log itself; -1: not looked at */
	enum stanch_stream stream;	/* which of them it is */
};

struct stanch_audit_result {
	enum stanch_verdict verdict;
	bool keyed, hashed;	/* it has MACs; the hash of the log's stream */
	uint64_t records, redactions, counted, degraded;
	uint64_t line;		/* of the record that is wrong; 0: none */
	char text[160], head[65];	/* what is wrong, or missing; "" */
};
/* Reads an audit log, and the log when there is one.  EIO: err says which. */
enum stanch_result stanch_audit_verify(int audit,
	const struct stanch_audit_check *check,
	struct stanch_audit_result *result, struct stanch_error *err);

/* ---- source, sink, run: whole jobs ---- */

/* Why bytes were not looked at. */
enum stanch_gap {
	STANCH_GAP_UNREADABLE,	/* permission denied, I/O error */
	STANCH_GAP_VANISHED,	/* gone, or shorter, when we came to read it */
	STANCH_GAP_SPECIAL,	/* socket, fifo, device */
	STANCH_GAP_OVER_LIMIT,	/* larger than --max-file-size */
	STANCH_GAP_HISTORY,	/* of a repository that cannot be read */
	STANCH_GAP_LOOP,	/* a directory inside itself */
	STANCH_GAP_PSEUDO,	/* /proc, /sys and their like */
	STANCH_GAP_NAME,	/* a name too long to follow */
	STANCH_GAP_CORRUPT,	/* a git object or pack that is damaged */
	STANCH_GAP_MISSING,	/* a git object that is named, but not there */
	STANCH_GAP_TIME,	/* the time given was up */
	STANCH_GAP_ENCRYPTED,	/* a member that needs a key */
	STANCH_GAP_FORMAT,	/* an archive that cannot be looked into */
	STANCH_GAP_CRASHED,	/* a decoder crashed, hung, or was killed */
	STANCH_GAP_COUNT
};

const char *stanch_gap_name(enum stanch_gap g);	/* "unreadable", ... */

struct stanch_tally {
	uint64_t items;		/* files and streams scanned to their end */
	uint64_t objects;	/* git objects, each counted once */
	uint64_t bytes;		/* bytes scanned */
	uint64_t members;	/* of archives, at every depth */
	uint64_t decoded;	/* bytes that had been compressed */
	uint64_t findings;
	uint64_t by_confidence[4], by_severity[5];
	uint64_t links;		/* symbolic links met and not followed */
	uint64_t repositories;	/* git repositories met ... */
	uint64_t not_asked;	/* ... whose history was not asked for */
	uint64_t let_pass;	/* matches, by comments */
	uint64_t gaps;		/* of all kinds */
	uint64_t by_gap[STANCH_GAP_COUNT];
	double seconds;		/* wall clock */
};

struct stanch_source;

/* What of git repositories is scanned. */
enum stanch_git {
	STANCH_GIT_ALL,		/* work tree, index, every object there is */
	STANCH_GIT_FILES,	/* work tree and index; history not asked for */
	STANCH_GIT_OBJECTS,	/* every object there is, but no files */
	STANCH_GIT_STAGED,	/* what the next commit would bring, no files */
	STANCH_GIT_RANGE	/* what git_from and git_to say, no files */
};

struct stanch_source_options {
	size_t size;		/* sizeof this struct */
	uint64_t max_file_size;	/* bytes; 0: no limit */
	enum stanch_git git;
	/* STANCH_GIT_RANGE: what can be reached from any of git_to, or from
	   the refs that match git_refs, but from none of git_from. */
	const char *const *git_from, *const *git_to;
	size_t ngit_from, ngit_to;
	const char *git_refs;	/* a pattern, NULL: all when there is no
				   git_to */
	const char *git_not_refs;	/* refs that belong to git_from, too */
	bool git_may_lack;	/* what git_from names need not be there */
	/* What git tells its hooks; NULL: as the repository has it. */
	const char *git_index, *git_objects;
	bool git_authors;	/* name them */
	const char *git_alternates;	/* a list with colons, as git's */
	bool git_new_only;	/* STANCH_GIT_OBJECTS: of git_objects alone,
				   without what alternates have, too */
	bool git_whole;		/* scan all bytes of each object, not only what
				   its delta brings: the same findings, later */
};

/*
 * The files below the paths, in the order given and sorted by name below
 * each; "-" is standard input.  A path that does not exist is an error, and
 * named.
 */
enum stanch_result stanch_source_paths(struct stanch_source **out,
	const char *const *paths, size_t npaths,
	const struct stanch_source_options *opt, struct stanch_error *err);
void stanch_source_free(struct stanch_source *source);

/* Where git looks for hooks. */
struct stanch_git_hooks {
	char dir[4096];
	bool moved;		/* by core.hooksPath; "~" is not resolved */
	bool outside;		/* of the work tree and the git directory */
};

/*
 * Of the repository at path, or above it; configs are the n files that hold
 * for all of the user's, the strongest last.  EUSAGE: there is none.
 */
enum stanch_result stanch_git_find_hooks(struct stanch_git_hooks *out,
	const char *path, const char *const *configs, size_t n,
	struct stanch_error *err);

struct stanch_sink;

struct stanch_sink_options {
	size_t size;		/* sizeof this struct */
	bool colour;
	bool show_secrets;	/* else no output holds one */
	size_t gaps_listed;	/* text: list at most this many gaps */
	bool news_only;		/* text: nothing when there is nothing to say */
	bool all_places;	/* list every place of a secret, not one */
	int64_t now;		/* ages are counted to it; 0: to the clock */
};

/*
 * format: "text" or "jsonl".  The descriptor stays the caller's.  When it
 * cannot be written a run ends with EIO, and where is "report".
 */
enum stanch_result stanch_sink_open(struct stanch_sink **out,
	const char *format, int fd, const struct stanch_sink_options *opt,
	struct stanch_error *err);
void stanch_sink_free(struct stanch_sink *sink);

/*
 * Processes that decode: they can open no file, make no socket and start no
 * program, and one that crashes costs a file its gap, not the run its end.
 *
 * stanch_sandbox_new() forks.  Call it while the process has one thread, and
 * before there are secrets in its memory, which the child has a copy of until
 * it ends.  Workers are forked by the child, a thread of stanch_run() one,
 * when there is something to decode.  All of them end with the sandbox, and
 * with the process.  May be used for any number of runs, one after the other.
 */
struct stanch_sandbox;

/* What holds a worker; which of the last two there are is the kernel's say. */
enum {
	STANCH_LAYER_PROCESS = 1,	/* memory of its own, limits */
	STANCH_LAYER_SECCOMP = 2,	/* only system calls that it needs */
	STANCH_LAYER_LANDLOCK = 4,	/* no right to any path */
	STANCH_LAYER_ALL = 7
};

struct stanch_sandbox_options {
	size_t size;		/* sizeof this struct */
	uint64_t memory;	/* bytes, of a worker; 0: 512 MiB */
	unsigned seconds;	/* CPU time for a file; 0: 15 minutes */
};

/* EIO: no process can be started, or the kernel has neither of both. */
enum stanch_result stanch_sandbox_new(struct stanch_sandbox **out,
	const struct stanch_sandbox_options *opt, struct stanch_error *err);
unsigned stanch_sandbox_layers(const struct stanch_sandbox *s);
void stanch_sandbox_free(struct stanch_sandbox *s);

/* Called now and then from the thread that called stanch_run(). */
typedef void stanch_progress_fn(const struct stanch_tally *so_far,
	void *payload);

struct stanch_run_options {
	size_t size;		/* sizeof this struct */
	unsigned jobs;		/* threads, 64 at most; 0: one a core */
	struct stanch_scan_options scan;
	stanch_progress_fn *on_progress;	/* may be NULL */
	void *payload;
	double seconds_most;	/* then the rest is a gap; 0: no limit */
	bool no_archives;	/* scan them as they are */
	/* Of each file, 0: as docs/archives.md says; then a gap. */
	unsigned max_depth;	/* formats inside each other */
	uint64_t max_decoded, max_ratio, max_members;
	const char *remember;	/* where notes on packs are kept; NULL: none */
	/* Which formats are looked into, as docs/archives.md has the list;
	   NULL: "default".  EUSAGE: a name is not known. */
	const char *formats;
	bool coverage;	/* tell of each file what became of its bytes */
	/* Where archives are decoded; NULL: in this process, which is not
	   forked then, and which a decoder that crashes ends. */
	struct stanch_sandbox *sandbox;
};

/*
 * Scans all of source into sink.  Findings and gaps reach the sink in the
 * order of the source, whatever the number of threads.  *tally is filled even
 * on failure, with what was done until then.
 */
enum stanch_result stanch_run(const struct stanch_engine *engine,
	struct stanch_source *source, struct stanch_sink *sink,
	const struct stanch_run_options *opt, struct stanch_tally *tally,
	struct stanch_error *err);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif
#endif /* STANCH_H */
