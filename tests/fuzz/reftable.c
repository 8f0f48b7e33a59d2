/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reftable.c - tables of refs: any bytes as such, or records of reflogs that
 * are packed as a table has them, so that what is in them can be changed; then
 * a repository with two tables.  What is told has an end and lies in bounds,
 * and each name is there once.
 *
 * The first byte says what follows (how below), the next two where the second
 * table begins.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "git/refs.h"
#include "git/reftable.h"
#include "gitdir.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum how {
	SHA256 = 1,
	SUM = 2,		/* the checksum is made right */
	LOGS = 4		/* no tables: a block of logs each, unpacked */
};

enum { HEADER = 28, PLACES = 40 };

static void
put(struct buf *b, uint64_t v, unsigned bytes)
{
	while (bytes-- > 0)
		must(buf_byte(b, (uint8_t)(v >> 8 * bytes)));
}

static void
put_header(struct buf *b, uint8_t how)
{
	must(buf_str(b, "REFT") && buf_byte(b, 2));
	put(b, 0, 3);
	put(b, 1, 8);
	put(b, 9, 8);
	must(buf_str(b, how & SHA256 ? "s256" : "sha1"));
}

/* A table of one block of logs. */
static void
put_logs(struct buf *b, uint8_t how, struct span logs)
{
	put_header(b, how);
	must(buf_byte(b, 'g'));
	put(b, logs.len + 4, 3);
	gitdir_pack(b, logs);
	put_header(b, how);
	for (int i = 0; i < PLACES; i += 8)
		put(b, i == 24 ? HEADER : 0, 8);
	put(b, hash_crc32(span_of(b->ptr + b->len - HEADER - PLACES,
		HEADER + PLACES)), 4);
}

static void
put_table(struct buf *b, uint8_t how, struct span table)
{
	size_t n = table.len > 4 && table.ptr[4] == 2 ? 72 : 68;

	if (how & LOGS) {
		put_logs(b, how, table);
		return;
	}
	must(buf_append(b, table.ptr, table.len));
	if (!(how & SUM) || b->len < n)
		return;
	b->len -= 4;
	put(b, hash_crc32(span_of(b->ptr + b->len + 4 - n, n - 4)), 4);
}

/* Reads all bytes, so that the sanitizer sees those that are not there. */
static unsigned
touch(struct span s)
{
	unsigned sum = 0;

	for (size_t i = 0; i < s.len; i++)
		sum += s.ptr[i];
	return sum;
}

static volatile unsigned touched;

static bool
on_record(const struct reftable_record *r, void *payload)
{
	size_t *left = payload;

	must(strlen(r->name) <= 4096 && *left > 0);
	touched = touch(r->who) + touch(r->mail) + touch(r->why) +
		touch(r->target);
	must(!r->target.len || !memchr(r->target.ptr, 0, r->target.len));
	return --*left > 0;
}

static void
read_one(struct span table, size_t id_len)
{
	struct reftable_room room = { .z = inflate_new(), .left = 1 << 24 };
	size_t left = table.len + (1 << 20);

	must(room.z != NULL);
	reftable_read(table, id_len, &room, on_record, &left);
	inflate_free(room.z);
}

static void
check(const struct git_refs *refs)
{
	for (size_t i = 0; i < refs->n; i++) {
		must(i == 0 || strcmp(refs->v[i - 1].name,
			refs->v[i].name) < 0);
		must(git_refs_find(refs, refs->v[i].name) == &refs->v[i]);
	}
	for (size_t i = 1; i < refs->nlogs; i++)
		must(strcmp(refs->logs[i - 1].name, refs->logs[i].name) ||
			refs->logs[i - 1].n < refs->logs[i].n);
	for (size_t i = 0; i < refs->ntexts; i++)
		must(!strncmp(refs->texts[i].place, "logs/", 5));
}

static void
read_repository(uint8_t how, struct span one, struct span two)
{
	struct git_refs refs;
	struct git_repo *r;

	gitdir_write("config", span_str(how & SHA256 ?
		"[extensions]\nrefStorage = reftable\nobjectFormat = sha256\n" :
		"[extensions]\nrefStorage = reftable\n"));
	gitdir_write("reftable/tables.list", span_str("1.ref\n2.ref\n"));
	gitdir_write("reftable/1.ref", one);
	if (two.len)
		gitdir_write("reftable/2.ref", two);
	must(git_open(&r, gitdir_path(), NULL, NULL) == STANCH_OK);
	must(git_refs_read(&refs, r));
	must(two.len || refs.problems);
	check(&refs);
	git_refs_free(&refs);
	git_free(r);
	gitdir_empty();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = span_skip(span_of(data, size), 3);
	uint8_t how = size ? data[0] : 0;
	size_t cut = size > 2 ? data[1] | (size_t)data[2] << 8 : 0;
	struct buf one, two;

	buf_init(&one, SIZE_MAX);
	buf_init(&two, SIZE_MAX);
	put_table(&one, how, span_first(in, cut));
	put_table(&two, how, span_skip(in, cut));
	read_one(buf_span(&one), how & SHA256 ? 32 : 20);
	read_repository(how, buf_span(&one), buf_span(&two));
	buf_free(&one);
	buf_free(&two);
	return 0;
}
