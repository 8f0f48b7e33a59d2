#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What 'make install' put below $1 with PREFIX=/usr: is all there, does a
# program build against it with pkg-config, shared and static, and does the
# library show what the header declares and nothing else?
set -eu
root=$1 wrong=0

say() {
	echo "install: $*"
	wrong=1
}

for f in bin/stanch include/stanch.h lib/libstanch.a lib/libstanch.so \
	lib/libstanch.so.0 lib/pkgconfig/stanch.pc share/man/man1/stanch.1 \
	share/bash-completion/completions/stanch \
	share/zsh/site-functions/_stanch \
	share/fish/vendor_completions.d/stanch.fish; do
	[ -s "$root/usr/$f" ] || say "no $f"
done

grep -qx 'prefix=/usr' "$root/usr/lib/pkgconfig/stanch.pc" ||
	say 'stanch.pc names another prefix'

shown() { nm -D --defined-only "$root/usr/lib/libstanch.so"; }
shown | grep -v ' stanch_' && say 'the library shows more than its own'
grep -oE '\bstanch_[a-z_]+\(' "$root/usr/include/stanch.h" | tr -d '(' |
	grep -v '_fn$' | sort -u >"$root/declared"
shown | awk '$2 == "T" { print $3 }' | sort -u >"$root/shown"
diff "$root/declared" "$root/shown" || say 'the header declares otherwise'

cat >"$root/try.c" <<'END'
#include <stanch.h>
#include <string.h>
int
main(void)
{
	return stanch_rules_count(stanch_rules_builtin()) == 0 ||
		strcmp(stanch_version(), STANCH_VERSION) != 0;
}
END
export PKG_CONFIG_PATH=$root/usr/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
# shellcheck disable=SC2046 # words they are
{
	cc -o "$root/shared" "$root/try.c" $(pkg-config --cflags --libs stanch)
	cc -o "$root/static" "$root/try.c" $(pkg-config --cflags stanch) \
		-Wl,-Bstatic -L"$root/usr/lib" -lstanch -Wl,-Bdynamic \
		$(pkg-config --static --libs-only-l stanch |
			sed 's/-lstanch//')
}
LD_LIBRARY_PATH=$root/usr/lib "$root/shared" || say 'shared: it fails'
"$root/static" || say 'static: it fails'
[ $wrong -ne 0 ] || echo 'install: all there'
exit $wrong
