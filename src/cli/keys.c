/* SPDX-License-Identifier: Apache-2.0 */
/* keys.c - what is typed on our terminal, on its way to the command's. */
#include "cli/keys.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void
keys_init(struct keys *k, int in, int out)
{
	memset(k, 0, sizeof *k);
	k->in = in;
	k->out = out;
}

void
keys_wipe(struct keys *k)
{
	explicit_bzero(k->buf, sizeof k->buf);
	k->at = k->n = 0;
}

static bool
again(void)
{
	return errno == EAGAIN || errno == EINTR;
}

void
keys_step(struct keys *k)
{
	ssize_t n;

	if (k->at == k->n && !k->ended) {
		n = read(k->in, k->buf, sizeof k->buf);
		k->at = 0;
		k->n = n > 0 ? (size_t)n : 0;
		k->ended = n == 0 || (n < 0 && !again());
	}
	if (k->at == k->n)
		return;
	n = write(k->out, k->buf + k->at, k->n - k->at);
	if (n > 0)
		k->at += (size_t)n;
	else if (n < 0 && !again())
		k->ended = true;
	if (k->ended || k->at == k->n)
		keys_wipe(k);
}
