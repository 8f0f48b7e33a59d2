/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opt_table.c - every command and option of the program, described once.
 * How the table is read and shown is left to the other opt_*.c.
 */
#include "cli/cli.h"

#define AT(field) offsetof(struct opt_values, field)

enum {
	SCAN = 1 << 0, REDACT = 1 << 1, LIST = 1 << 2, SHOW = 1 << 3,
	CHECK = 1 << 4, EXAMPLE = 1 << 5, DIGEST = 1 << 6,
	AUDIT_VERIFY = 1 << 7, HOOK = 1 << 8, INSTALL = 1 << 9,
	EXPLAIN = 1 << 10, BENCH = 1 << 11
};
#define SCANS	(SCAN | HOOK)
#define JOBS	(SCANS | REDACT | EXPLAIN)	/* those that do the work */
#define LOOKS	(LIST | SHOW | EXAMPLE | DIGEST | BENCH)	/* at rules */

const struct opt_spec opt_specs[] = {
	{ 'f', OPT_CHOICE, "format", "FORMAT", "text", "text|jsonl",
	  AT(format), SCANS, "report as {}",
	  "jsonl is one JSON object a line; the last one is the summary with "
	  "the coverage." },
	{ 'f', OPT_CHOICE, "format", "FORMAT", "text", "text|jsonl",
	  AT(format), LIST | BENCH, "list as {}",
	  "jsonl is one JSON object a line." },
	{ 'f', OPT_CHOICE, "format", "FORMAT", "text", "text|jsonl",
	  AT(format), EXPLAIN, "show the steps as {}",
	  "jsonl is one JSON object a step." },
	{ 'o', OPT_FILE, "output", "FILE", NULL, NULL, AT(output), SCANS,
	  "write the report to FILE",
	  "FILE is replaced when the report is whole, and left as it was "
	  "when the scan fails.  - is standard output." },
	{ 'j', OPT_NUMBER, "jobs", "N", "0", NULL, AT(jobs), SCANS,
	  "threads; 0 is one a core",
	  "The report does not depend on it." },
	{ 'r', OPT_FILES, "rules", "FILE", NULL, NULL, AT(rules),
	  JOBS | LOOKS, "lay FILE over the rules; may be given again",
	  "A rule with a known id replaces that rule's keys, a new id adds a "
	  "rule.  Files are laid over each other in the order given." },
	{ 0, OPT_FLAG, "no-builtin", NULL, NULL, NULL, AT(no_builtin),
	  LOOKS | CHECK, "start without the built-in rules", NULL },
	{ 0, OPT_FLAG, "no-builtin", NULL, NULL, NULL, AT(no_builtin),
	  JOBS | OPT_RARE, "start without the built-in rules", NULL },
	{ 'c', OPT_CHOICE, "confidence", "LEVEL", "contextual",
	  "heuristic|contextual|shaped|proven", AT(confidence), SCANS,
	  "report {} and up",
	  "From the least: heuristic (looks random), contextual (its "
	  "surroundings say so), shaped (a distinctive prefix and exact "
	  "shape), proven (a checksum or a full parse passes)." },
	{ 'c', OPT_CHOICE, "confidence", "LEVEL", "contextual",
	  "heuristic|contextual|shaped|proven", AT(confidence), REDACT,
	  "mask {} and up",
	  "From the least: heuristic, contextual, shaped, proven." },
	{ 'c', OPT_CHOICE, "confidence", "LEVEL", "contextual",
	  "heuristic|contextual|shaped|proven", AT(confidence), EXPLAIN,
	  "want {} and up",
	  "As with scan and redact." },
	{ 0, OPT_SIZE, "max-file-size", "SIZE", "0", NULL,
	  AT(max_file_size), SCANS | OPT_RARE,
	  "leave larger files as a gap; 0 is none",
	  "SIZE is in bytes, or with K, M, G or T in powers of 1024.  A file "
	  "left out counts as a gap in the coverage." },
	{ 0, OPT_FLAG, "no-archives", NULL, NULL, NULL, AT(no_archives),
	  SCANS | OPT_RARE, "scan archives as they are",
	  "Without it members of archives, and what is compressed, are "
	  "scanned, in whatever they lie." },
	{ 0, OPT_TEXT, "formats", "LIST", "default", NULL, AT(formats),
	  SCANS | OPT_RARE, "kinds of archives to look into",
	  "Names with commas between: all, default, zip, ...; with + or - "
	  "before the first they are added to the default, or taken from it: "
	  "+rar,-pdf.  What is left out is scanned as it is, and is a gap." },
	{ 0, OPT_FLAG, "explain-coverage", NULL, NULL, NULL,
	  AT(explain_coverage), SCANS | OPT_RARE,
	  "what became of the bytes of each file",
	  "A line for each: bytes decoded, scanned as they are, and not "
	  "read.  Those that belong to no member are named." },
	{ 0, OPT_NUMBER, "max-depth", "N", "16", NULL, AT(max_depth),
	  SCANS | OPT_RARE, "archives inside each other, of a file",
	  "A compressed archive counts twice.  What is deeper is scanned as "
	  "it is, and is a gap; so with the next ones." },
	{ 0, OPT_SIZE, "max-decoded", "SIZE", "64G", NULL, AT(max_decoded),
	  SCANS | OPT_RARE, "bytes that are decoded of a file", NULL },
	{ 0, OPT_NUMBER, "max-ratio", "N", "1000", NULL, AT(max_ratio),
	  SCANS | OPT_RARE, "bytes decoded for each of a file",
	  "The first GiB is free." },
	{ 0, OPT_NUMBER, "max-members", "N", "5000000", NULL,
	  AT(max_members), SCANS | OPT_RARE, "members of a file", NULL },
	{ 0, OPT_CHOICE, "sandbox", "WHEN", "auto", "auto|off", AT(sandbox),
	  SCANS | OPT_RARE, "decode in processes of their own: {}",
	  "They can open no file, make no socket and start no program, and "
	  "one that crashes costs a file, not the scan.  What the kernel has "
	  "not got for it is warned of." },
	{ 0, OPT_FLAG, "require-sandbox", NULL, NULL, NULL,
	  AT(require_sandbox), SCANS | OPT_RARE,
	  "fail where a sandbox would lack something", NULL },
	{ 0, OPT_SIZE, "decoder-memory", "SIZE", "512M", NULL,
	  AT(decoder_memory), SCANS | OPT_RARE,
	  "memory of a decoder in the sandbox",
	  "What needs more is scanned as it is, and is a gap; so with the "
	  "next one." },
	{ 0, OPT_NUMBER, "decoder-seconds", "N", "900", NULL,
	  AT(decoder_seconds), SCANS | OPT_RARE,
	  "CPU time that a file may take to decode", NULL },
	{ 0, OPT_FLAG, "no-history", NULL, NULL, NULL, AT(no_history), SCAN,
	  "of git, work tree and index only", "History is then no gap: it "
	  "was not asked for, and the summary says so." },
	{ 0, OPT_FLAG, "history", NULL, NULL, NULL, AT(history),
	  SCAN | OPT_RARE,
	  "every git object there is, and no files", "PATH is a "
	  "repository, or in one; so with the next ones." },
	{ 0, OPT_FLAG, "staged", NULL, NULL, NULL, AT(staged), SCAN,
	  "what the next commit would bring, and no files",
	  "It is read from the index, not from the work tree." },
	{ 0, OPT_TEXT, "since", "REV", NULL, NULL, AT(since),
	  SCAN | OPT_RARE,
	  "what any ref has and REV has not, and no files", NULL },
	{ 0, OPT_TEXT, "range", "A..B", NULL, NULL, AT(range),
	  SCAN | OPT_RARE,
	  "what commit B has and A has not, and no files",
	  "Either may be left out: A.. is up to HEAD, ..B is all of B." },
	{ 0, OPT_TEXT, "refs", "GLOB", NULL, NULL, AT(refs),
	  SCAN | OPT_RARE,
	  "what refs of that name have, and no files",
	  "GLOB is matched against refs/heads/main, heads/main and main.  "
	  "Works with --since." },
	{ 0, OPT_FLAG, "no-delta-aware", NULL, NULL, NULL, AT(no_delta_aware),
	  SCANS | OPT_RARE, "all bytes of each git object, not new ones only",
	  "The findings are the same, and take longer." },
	{ 0, OPT_CHOICE, "allow-comments", "WHOSE", "none", "none|own|all",
	  AT(allow_comments), SCANS | OPT_RARE,
	  "comments that let secrets pass: {}",
	  "own: \"stanch:allow\" and a reason on the line of the secret lets "
	  "it pass.  all: also the tags of other scanners.  How many were let "
	  "pass is in the summary.  Private keys of many lines never are." },
	{ 0, OPT_FLAG, "all-places", NULL, NULL, NULL, AT(all_places),
	  SCANS | OPT_RARE,
	  "list every place of a secret, not the oldest",
	  "Within a repository the places of a secret are one finding." },
	{ 0, OPT_FLAG, "authors", NULL, NULL, NULL, AT(authors),
	  SCANS | OPT_RARE,
	  "name the authors of commits", NULL },
	{ 0, OPT_TEXT, "today", "DATE", NULL, NULL, AT(today),
	  SCANS | OPT_RARE,
	  "count ages up to DATE, 2026-12-31", NULL },
	{ 0, OPT_FLAG, "show-secrets", NULL, NULL, NULL, AT(show_secrets),
	  SCANS | OPT_RARE, "put the secrets themselves into the report",
	  "Without it they are masked.  Keep such a report as you would keep "
	  "the secrets." },
	{ 0, OPT_FLAG, "show-secrets", NULL, NULL, NULL, AT(show_secrets),
	  EXPLAIN, "show the secrets themselves", NULL },
	{ 0, OPT_FILE, "key-file", "FILE", NULL, NULL, AT(key_file),
	  SCANS | OPT_RARE,
	  "key of the fingerprints; FILE private to you",
	  "With a key a fingerprint stays the same wherever the secret goes, "
	  "and tells nothing to who lacks the key.  FILE must not be open to "
	  "group or others, and holds 16 to 4096 bytes." },
	{ 0, OPT_NUMBER, "time-budget", "SECONDS", "0", NULL,
	  AT(time_budget), SCANS | OPT_RARE,
	  "stop after that long; 0 is no limit",
	  "What was not scanned then is a gap." },
	{ 0, OPT_CHOICE, "unfinished", "POLICY", "reject", "reject|accept",
	  AT(unfinished), HOOK, "{} when the time was not enough",
	  "With accept git goes on, though not all was scanned." },
	{ 0, OPT_FLAG, "global", NULL, NULL, NULL, AT(global), INSTALL,
	  "for all of your repositories",
	  "The hooks are put into ~/.config/stanch/hooks, and call the hooks "
	  "of the repository itself, too.  The line that tells git of them is "
	  "printed." },
	{ 0, OPT_DIR, "into", "DIR", NULL, NULL, AT(into), INSTALL,
	  "into DIR, whatever git's config says", NULL },
	{ 0, OPT_FILE, "key-file", "FILE", NULL, NULL, AT(key_file), REDACT,
	  "key of {hash} and the audit log; private to you",
	  "The same key gives the same secret the same {hash}, wherever and in "
	  "whatever form it is met, and tells nothing to who lacks it.  FILE "
	  "must not be open to group or others, and holds 16 to 4096 bytes." },
	{ 0, OPT_MAYBE, "mask-env", "NAMES", NULL, NULL, AT(mask_env), REDACT,
	  "mask values of variables named *_TOKEN ...",
	  "NAMES are patterns with commas between them, such as "
	  "'DEPLOY_*,*_TOKEN', in any case; without them, those that usually "
	  "hold secrets: *PASSWORD, *_SECRET, *_TOKEN, *_API_KEY and their "
	  "like.  Values are masked in every form a log may hold them in: "
	  "escaped, base64, hexadecimal, reversed, cut short and so on.  One "
	  "that is weak is warned of by its name." },
	{ 0, OPT_FILES, "mask-file", "FILE", NULL, NULL, AT(mask_files),
	  REDACT, "mask the values in FILE; may be given again",
	  "One value a line, or NAME=value lines, or values that end with a "
	  "NUL byte: what FILE looks like decides." },
	{ 0, OPT_NUMBER, "mask-fd", "N", NULL, NULL, AT(mask_fd),
	  REDACT | OPT_RARE, "mask the values read from descriptor N",
	  "As --mask-file, from a descriptor that was opened for it." },
	{ 0, OPT_TEXT, "mask-command", "CMD", NULL, NULL, AT(mask_command),
	  REDACT | OPT_RARE, "mask the values that sh -c CMD puts out",
	  "As --mask-file, from a command that a shell runs before anything is "
	  "let through.  It has nothing to read.  When it fails so does "
	  "stanch.  Do not write the values themselves here: who "
	  "lists processes sees CMD." },
	{ 0, OPT_TEXT, "in-band", "LIST", NULL, NULL, AT(in_band),
	  REDACT | OPT_RARE, "commands in the log may add values to mask",
	  "Of github (::add-mask::) and azure (##vso[task.setsecret], "
	  "setvariable with issecret=true), with commas between them, or all.  "
	  "Such a command is masked itself, and can do nothing but add: 128 "
	  "values, of at most 16 KiB, weak ones as with --mask-env." },
	{ 0, OPT_TEXT, "no-form", "LIST", NULL, NULL, AT(no_form),
	  REDACT | OPT_RARE, "values in these forms are let through",
	  "Of base64, hex, reversed, spaced, cut (the first half and more) and "
	  "broken (escaped or interrupted), with commas between them.  As it "
	  "is a value is masked always." },
	{ 0, OPT_FLAG, "mask-weak", NULL, NULL, NULL, AT(mask_weak),
	  REDACT | OPT_RARE, "mask values of three bytes, too",
	  "As words of their own, like all weak values.  A shorter one is "
	  "never looked for." },
	{ 't', OPT_TEXT, "tag", "TEMPLATE", "[REDACTED:{rule}]", NULL,
	  AT(tag), REDACT, "what stands in for a secret",
	  "{rule} becomes the id of the rule, {provider} who issues such "
	  "secrets, {hash} a pseudonym of the secret (with --key-file), "
	  "{length} the number of bytes masked.  {{ and }} are braces." },
	{ 0, OPT_TEXT, "fill", "CHAR", NULL, NULL, AT(fill), REDACT | OPT_RARE,
	  "no tag: CHAR (* x X . or _) for each byte masked",
	  "The output keeps its columns and lines, and tells how long each "
	  "secret is." },
	{ 0, OPT_FLAG, "json", NULL, NULL, NULL, AT(json), REDACT,
	  "lines that are JSON stay JSON",
	  "Secrets are masked inside strings, names of members as well, also "
	  "when their characters are escaped; numbers, layout and order stay.  "
	  "A line that is no JSON, or longer than 256 KiB, is text like any "
	  "other.  Each line is held until it is whole." },
	{ 0, OPT_FLAG, "neutralise-commands", NULL, NULL, NULL, AT(neutral),
	  REDACT | OPT_RARE, "what is in the log can command nothing",
	  "Of each command of a build system (:: at the beginning of a line, "
	  "##[, ##vso[, ##teamcity[, section_start:) and of each sequence of a "
	  "terminal that is no colour one byte becomes an underscore.  Length "
	  "and places stay." },
	{ 0, OPT_FLAG, "check", NULL, NULL, NULL, AT(check), REDACT | OPT_RARE,
	  "status 1 when anything was masked",
	  "All of it comes out as without it.  The status of a command that "
	  "failed stays." },
	{ 0, OPT_FILE, "report", "FILE", NULL, NULL, AT(report),
	  REDACT | OPT_RARE, "write what was done as JSON at the end",
	  "One object: what was asked for, bytes, findings by rule and "
	  "encoding, weak values, what did not go as it should, the status; no "
	  "secret.  FILE is replaced when it is whole." },
	{ 0, OPT_NUMBER, "report-fd", "N", "0", NULL, AT(report_fd),
	  REDACT | OPT_RARE, "the same to an open descriptor; 0: none", NULL },
	{ 0, OPT_FILE, "audit", "FILE", NULL, NULL, AT(audit), REDACT,
	  "keep a tamper-evident record of what is masked",
	  "FILE must not hold anything yet.  It is JSON Lines, chained by "
	  "hashes and, with a key, by MACs; it holds no secret.  'stanch "
	  "audit-log verify' checks it." },
	{ 0, OPT_NUMBER, "audit-fd", "N", "0", NULL, AT(audit_fd),
	  REDACT | OPT_RARE,
	  "the same to an open descriptor; 0: none", NULL },
	{ 0, OPT_FILE, "audit-key-file", "FILE", NULL, NULL,
	  AT(audit_key_file), REDACT | OPT_RARE,
	  "key of the audit log; else that of --key-file",
	  "With a key of its own, nothing that can change an earlier record "
	  "stays in memory." },
	{ 0, OPT_FLAG, "audit-hash", NULL, NULL, NULL, AT(audit_hash),
	  REDACT | OPT_RARE,
	  "put the hash of the output into the audit log",
	  "It binds all of the log, not only its tags.  It costs time." },
	{ 0, OPT_CHOICE, "on-audit-error", "WHAT", "stop", "stop|continue",
	  AT(on_audit_error), REDACT | OPT_RARE, "it cannot be written: {}",
	  "stop: nothing more comes out.  continue: it is said once, and the "
	  "audit log stays without its end." },
	{ 0, OPT_FILE, "key-file", "FILE", NULL, NULL, AT(key_file),
	  AUDIT_VERIFY, "the key it was written with",
	  "Without it the chain is checked but not who wrote it." },
	{ 0, OPT_FILE, "log", "FILE", NULL, NULL, AT(log), AUDIT_VERIFY,
	  "check this log against it",
	  "FILE is what 'stanch redact' wrote to standard output: its length, "
	  "the tags in their places, and its hash if that was asked for." },
	{ 0, OPT_CHOICE, "stream", "NAME", "stdout", "stdout|stderr",
	  AT(stream), AUDIT_VERIFY, "what the log is of: {}", NULL },
	{ 0, OPT_TEXT, "head", "HASH", NULL, NULL, AT(head), AUDIT_VERIFY,
	  "its last record must have this hash",
	  "'stanch redact --stats' prints it.  Kept elsewhere, it shows even "
	  "what somebody with the key changed." },
	{ 0, OPT_FLAG, "stats", NULL, NULL, NULL, AT(stats), REDACT,
	  "say on standard error what was masked", NULL },
	{ 0, OPT_FLAG, "pty", NULL, NULL, NULL, AT(pty), REDACT | OPT_RARE,
	  "run CMD in a terminal of its own",
	  "Without --pty and --no-pty it gets one when standard output is a "
	  "terminal, so that colours and prompts work." },
	{ 0, OPT_FLAG, "no-pty", NULL, NULL, NULL, AT(no_pty),
	  REDACT | OPT_RARE, "run CMD with pipes, on a terminal, too", NULL },
	{ 0, OPT_NUMBER, "drain-timeout", "SEC", "5", NULL,
	  AT(drain_timeout), REDACT | OPT_RARE,
	  "wait for who keeps CMD's output open",
	  "A process that CMD leaves behind may hold its output open.  It is "
	  "read for SEC seconds more after CMD has ended; then we say so and "
	  "end.  "
	  "0 takes what is there, and does not wait." },
	{ 0, OPT_TEXT, "decode", "LIST", "all", NULL, AT(decode),
	  JOBS | OPT_RARE, "what is decoded to be looked at",
	  "all, none, or names with commas between them: utf-16, base64, "
	  "gzip (in another one only).  A secret in what is encoded is "
	  "reported, and masked, where its encoded bytes are; up to three "
	  "encodings inside each other." },
	{ 0, OPT_DIR, "cache-dir", "DIR", NULL, NULL, AT(cache_dir),
	  JOBS | OPT_RARE, "keep the compiled rules in DIR",
	  "The default is $STANCH_CACHE_DIR, $XDG_CACHE_HOME/stanch or "
	  "~/.cache/stanch.  DIR is created if need be, and must be writable "
	  "by you alone." },
	{ 0, OPT_FLAG, "no-cache", NULL, NULL, NULL, AT(no_cache),
	  JOBS | OPT_RARE, "compile the rules anew, keep nothing", NULL },
	{ 0, OPT_DIR, "remember", "DIR", NULL, NULL, AT(remember),
	  SCAN | OPT_RARE, "pass over packs known from an earlier scan",
	  "What was found out about git packs is kept in DIR, and holds as "
	  "long as pack, rules, options and program stay the same: only "
	  "objects with findings are read again.  The report is the same.  "
	  "DIR is created if need be, must be writable by you alone, and "
	  "holds no secret." },
	{ 0, OPT_CHOICE, "color", "WHEN", "auto", "auto|always|never",
	  AT(color), SCANS | OPT_RARE, "colour the text report: {}",
	  "auto: on a terminal, unless NO_COLOR is set or TERM is dumb." },
	{ 'q', OPT_FLAG, "quiet", NULL, NULL, NULL, AT(quiet), SCANS,
	  "no report but to --output; errors only",
	  "The exit status tells the outcome." },
	{ 0, OPT_FLAG, "no-progress", NULL, NULL, NULL, AT(no_progress),
	  SCANS | OPT_RARE, "no progress line on the terminal", NULL },
	{ 0, OPT_NUMBER, "seed", "N", "0", NULL, AT(seed), EXAMPLE,
	  "draw another example; the same N, the same bytes", NULL },
	{ 0, OPT_NUMBER, "index", "I", "1", NULL, AT(index), EXAMPLE,
	  "which of the rule's recipes, from 1", NULL },
	{ 0, OPT_FLAG, "negative", NULL, NULL, NULL, AT(negative), EXAMPLE,
	  "an example of what the rule must not find", NULL },
	{ 'h', OPT_FLAG, "help", NULL, NULL, NULL, AT(help), OPT_ALL,
	  "show this help", NULL },
	{ 'V', OPT_FLAG, "version", NULL, NULL, NULL, AT(version), 0,
	  "show the version", NULL },
	{ 0 }
};

const struct command opt_commands[] = {
	{ .name = "scan", .args = "[PATH...|-]", .most = SIZE_MAX,
	  .bit = SCAN, .run = cmd_scan,
	  .summary = "find secrets in files, directories, standard input (-)",
	  .about = "Reads every file below each PATH (the current directory "
	  "without one), whatever its name or type, and reports the secrets "
	  "in it.  Of a git repository it reads every object: all history, "
	  "stashes, what nothing leads to any more; the places of one secret "
	  "are one finding, the oldest place first.  Symbolic links are not "
	  "followed.  No configuration is "
	  "read from the tree scanned.  What could not be read is reported "
	  "as a gap, with the reason, and never passed over in silence.",
	  .examples = "stanch scan\twhat is below this directory\n"
	  "stanch scan --staged\twhat is about to be committed\n"
	  "stanch scan -f jsonl -o found.jsonl /srv\ta report for a program\n",
	  .status = "0 clean, 1 findings, 4 coverage incomplete "
	  "(5: both), 2 error." },
	{ .name = "redact", .args = "[-- CMD [ARG...]]", .most = SIZE_MAX,
	  .bit = REDACT, .wraps = true, .run = cmd_redact,
	  .summary = "copy input, or a command's output, secrets masked",
	  .about = "Bytes leave as soon as no rule can still claim them, "
	  "unchanged unless they are a secret.  When it cannot go on it stops "
	  "and no unfiltered byte leaves it.  With CMD that is run, its "
	  "standard output and standard error are filtered, each by itself, "
	  "and its status is ours.",
	  .examples = "make 2>&1 | stanch redact\ta build log for all to see\n"
	  "stanch redact -- make\tthe same, with make's exit status\n"
	  "stanch redact --stats <app.log >clean.log\t"
	  "and how many were masked\n",
	  .status = "0 done, 2 error; of CMD, or 125 error, 126, 127 no "
	  "start." },
	{ .name = "explain", .args = "FILE[:LINE[:COLUMN]]", .least = 1,
	  .most = 1, .bit = EXPLAIN, .run = cmd_explain,
	  .summary = "show why a place is, or is not, found",
	  .about = "Scans FILE (- is standard input) and shows each step that "
	  "concerns the line, or the one byte, given: which rule's literal "
	  "stands there, whether its expression matches, what its checks and "
	  "filters say and by which numbers, what lets it pass, which rule "
	  "wins, and what scan and redact make of it.  A column counts bytes, "
	  "from 1.",
	  .examples = "stanch explain app.env:3	what of line 3?\n"
	  "git show HEAD:a | stanch explain -:12\tof standard input\n",
	  .status = "0 nothing is reported there, 1 something is, 2 error." },
	{ .name = "hook", .args = "install|run", .run = cmd_hook,
	  .most = SIZE_MAX, .summary = "stop secrets where git takes them in",
	  .examples = "stanch hook install pre-commit pre-push\t"
	  "in this repository\n",
	  .status = "0 done, 2 error." },
	{ .name = "hook install", .args = "NAME...", .least = 1,
	  .most = OPT_LIST_MAX, .bit = INSTALL, .run = cmd_hook_install,
	  .summary = "put hooks into the repository of this directory",
	  .about = "NAME is pre-commit, pre-merge-commit, commit-msg, "
	  "post-commit, pre-push, pre-receive or update.  A hook that is "
	  "there already, and is not one of ours, is left as it is, and the "
	  "line to add to it is said.  They go where git looks for them, "
	  "unless that is outside of the repository (core.hooksPath).",
	  .examples = "stanch hook install pre-commit pre-push\t"
	  "in this repository\n"
	  "stanch hook install --global pre-commit\tin all of them\n",
	  .status = "0 done, 2 error." },
	{ .name = "hook run", .args = "NAME [ARG...]", .least = 1, .most = 64,
	  .bit = HOOK, .run = cmd_hook_run,
	  .summary = "do what a hook does; called by git",
	  .about = "pre-commit looks at the staged files as the index has "
	  "them, pre-push at what the remote does not have, pre-receive and "
	  "update at what was pushed.",
	  .examples = "stanch hook run pre-commit\t\n",
	  .status = "0 nothing found, else git stops." },
	{ .name = "mask", .args = "[NAME]", .most = 1, .run = cmd_mask,
	  .summary = "give the filter above one more value to mask",
	  .about = "The value comes from standard input, its NAME goes into "
	  "the tag.  It runs in what 'stanch redact -- CMD' runs; when it has "
	  "ended, nothing that comes out shows the value any more.",
	  .examples = "vault read -field=token auth | stanch mask DEPLOY\t"
	  "before it is used\n",
	  .status = "0 masked, 1 too weak and NOT masked, 2 error." },
	{ .name = "audit-log", .args = "verify", .run = cmd_audit_log,
	  .most = SIZE_MAX, .summary = "check the record of a redaction",
	  .examples = "stanch audit-log verify build.audit\t"
	  "is it as it was written?\n",
	  .status = "0 intact, 4 incomplete, 8 not as written, 2 error." },
	{ .name = "audit-log verify", .args = "AUDIT|-", .least = 1, .most = 1,
	  .bit = AUDIT_VERIFY, .run = cmd_audit_log_verify,
	  .summary = "check that an audit log is as it was written",
	  .about = "Checks the chain, the order, the counts and the end of an "
	  "audit log; with a key who wrote it, with --log that the log has "
	  "the tags where it says, with --head that it is the very one.",
	  .examples = "stanch audit-log verify --key-file k --log build.log "
	  "build.audit\tall of it\n",
	  .status = "0 intact, 4 incomplete, 8 not as written, 2 error." },
	{ .name = "rules", .args = "list|show|check|bench|example|digest",
	  .run = cmd_rules, .most = SIZE_MAX,
	  .summary = "look at, try and check the rules",
	  .examples = "stanch rules list\tall of them\n"
	  "stanch rules check mine.toml\tbefore relying on your own\n",
	  .status = "0 done, 1 a rule has a problem, 2 error." },
	{ .name = "rules list", .args = "", .bit = LIST,
	  .run = cmd_rules_list, .summary = "list the rules in a table",
	  .examples = "stanch rules list --no-builtin -r mine.toml\t"
	  "only your own\n" },
	{ .name = "rules show", .args = "ID", .least = 1, .most = 1,
	  .bit = SHOW, .run = cmd_rules_show,
	  .summary = "show one rule: what it finds, what to do about it",
	  .examples = "stanch rules show github-pat\t\n" },
	{ .name = "rules check", .args = "[FILE...]", .most = OPT_LIST_MAX,
	  .bit = CHECK, .run = cmd_rules_check,
	  .summary = "check rule files: every rule against its own examples",
	  .about = "The files are laid over the built-in rules in the order "
	  "given, compiled, and every rule is run over the examples made of "
	  "its recipes.",
	  .examples = "stanch rules check mine.toml\t\n",
	  .status = "0 all is well, 1 a rule has a problem, 2 error." },
	{ .name = "rules bench", .args = "[SAMPLE...|-]", .most = SIZE_MAX,
	  .bit = BENCH, .run = cmd_rules_bench,
	  .summary = "show what each rule costs, the dearest first",
	  .about = "Scans the SAMPLEs, or the examples of all rules, and shows "
	  "for each rule how often its literals stand there, how often its "
	  "expression matches, how many matches are kept, and its time: what "
	  "its expression and checks take, and the share of the whole scan. "
	  "What is left is the search for literals, which all rules share.",
	  .examples = "stanch rules bench -r mine.toml src/*.c\t"
	  "are mine cheap?\n" },
	{ .name = "rules example", .args = "ID", .least = 1, .most = 1,
	  .bit = EXAMPLE, .run = cmd_rules_example,
	  .summary = "print a made-up secret that the rule finds",
	  .about = "The secret opens nothing: it only has the right shape.  "
	  "Use it to try out a scanner or a pipeline.",
	  .examples = "stanch rules example github-pat | stanch scan -\t\n" },
	{ .name = "rules digest", .args = "", .bit = DIGEST,
	  .run = cmd_rules_digest,
	  .summary = "print the SHA-256 over all that can change a finding" },
	{ .name = "version", .args = "", .run = cmd_version,
	  .summary = "show the versions of the program, library and rules" },
	{ .name = "help", .args = "[COMMAND]", .most = 2, .run = cmd_help,
	  .summary = "show the help of a command" },
	{ .name = "completion", .args = "bash|zsh|fish", .least = 1, .most = 1,
	  .run = cmd_completion,
	  .summary = "print a completion script for a shell",
	  .examples = ". <(stanch completion bash)\tin this shell, now\n" },
	{ .name = "man", .args = "", .run = cmd_man, .hidden = true,
	  .summary = "print the manual page" },
	{ 0 }
};
