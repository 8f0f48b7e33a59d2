/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_make.h - what the makers of recipe parts share; recipe.c drives
 * them.  A maker appends to out; when that fails, out->failed says so.
 */
#ifndef RULE_RECIPE_MAKE_H
#define RULE_RECIPE_MAKE_H

#include "base/buf.h"

enum { RECIPE_SCRATCH = 8192 };	/* bytes of the largest object's parts */

struct recipe_state {
	struct buf *out;
	uint64_t random;	/* state of the generator */
	size_t start;		/* where the secret begins in out */
	size_t body;		/* where the next checksum's body begins */
	bool body_set, body_marked;	/* it does; by {{<}} */
	bool drawn;		/* the last part was drawn, not literal */
};

/*
 * Makes one part.  arg is what follows the colon in the recipe, "" when there
 * is no colon.  Returns NULL, or what is wrong with the part.
 */
typedef const char *recipe_fn(struct recipe_state *r, const char *arg);

struct recipe_part {
	const char *name;
	recipe_fn *make;
	bool takes_arg;
};

/* Terminated by an entry without a name. */
extern const struct recipe_part recipe_sums[];	/* recipe_sum.c */
extern const struct recipe_part recipe_tokens[];	/* recipe_token.c */
extern const struct recipe_part recipe_azures[];	/* recipe_azure.c */
extern const struct recipe_part recipe_wallets[];	/* recipe_wallet.c */
extern const struct recipe_part recipe_configs[];	/* recipe_config.c */

/* A JSON web token.  False: there is none of this name.  recipe_jwt.c */
bool recipe_jwt(struct recipe_state *r, const char *name);
/* A private key in its armour; with "-escaped" after the name its newlines
   are written \n.  False: there is none of this name.  recipe_key.c */
bool recipe_key(struct recipe_state *r, const char *name);

/* The bytes inside the armour, appended to out. */
typedef void recipe_key_fn(struct recipe_state *r, struct buf *out);
recipe_key_fn recipe_rsa, recipe_pkcs8_rsa, recipe_sec1, recipe_ed25519,
	recipe_pkcs8_encrypted;			/* recipe_der.c */
recipe_key_fn recipe_openssh, recipe_openssh_encrypted;	/* recipe_ssh.c */
recipe_key_fn recipe_pgp;				/* recipe_pgp.c */

/* A number below n (n > 0), each as likely. */
uint64_t recipe_draw(struct recipe_state *r, uint64_t n);
void recipe_bytes(struct recipe_state *r, uint8_t *out, size_t n);
/* n random bytes, appended to out. */
void recipe_blob(struct recipe_state *r, struct buf *out, size_t n);
/* n characters of the alphabet, appended to out. */
void recipe_chars(struct recipe_state *r, struct buf *out,
	const char *alphabet, size_t n);
/* What has been made from the body's beginning; from the secret's when no
   {{<}} marks one. */
struct span recipe_body(const struct recipe_state *r);

/* The characters of an alphabet by its name; NULL: there is none. */
const char *recipe_alphabet(struct span name);
/* "N" or "N-M"; false for anything else. */
bool recipe_count(struct span arg, size_t *least, size_t *most);

extern const char recipe_digit[], recipe_upper[], recipe_lower[],
	recipe_hex[];

#endif
