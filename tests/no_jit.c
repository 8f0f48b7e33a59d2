/* SPDX-License-Identifier: Apache-2.0 */
/*
 * no_jit.c - preloaded, it makes PCRE2 interpret: valgrind cannot follow code
 * made at run time, which reads whole vectors and ignores what is beyond.
 */
#include <stddef.h>

int pcre2_jit_compile_8(void *code, unsigned options);

int
pcre2_jit_compile_8(void *code, unsigned options)
{
	(void)code;
	(void)options;
	return -45;	/* PCRE2_ERROR_JIT_BADOPTION: no JIT here */
}
