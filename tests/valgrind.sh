#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The core under valgrind: no byte is read that was not written, no memory
# lost.  The properties do it: they go through rules, engine, scan and redact.
# $1 is their program; PROP_ROUNDS says how many inputs.
set -eu
build=$(cd "$(dirname "$1")" && pwd)
"${CC:-cc}" -shared -fPIC -o "$build/no_jit.so" "$(dirname "$0")/no_jit.c"
export PROP_STREAM=0 LD_PRELOAD=$build/no_jit.so
exec valgrind -q --error-exitcode=99 --leak-check=full \
	--errors-for-leak-kinds=definite,indirect --partial-loads-ok=yes \
	"$1" scanner_does_not_see_pieces filter_does_not_see_pieces \
	all_but_covers_comes_out filtering_again_changes_nothing \
	prompts_come_out_at_once clean_bytes_pass a_secret_at_any_offset
