#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a library may not do: end the process, print, read the environment,
# start programs.  Looks at what the objects of the library ask for.
set -u
build=${BUILD:-build}
bad=0
ends='exit|_exit|_Exit|quick_exit|abort|__assert_fail'
prints='v?f?printf|puts|putchar|perror|stdout|stderr|v?syslog'
prints+='|__v?f?printf_chk'
reads='(secure_)?getenv|environ|setenv|putenv|unsetenv'
starts='system|popen|v?fork|exec[lv][pe]*|fexecve|posix_spawnp?'

seen=0
while read -r file; do
	object=$build/${file%.*}.o
	[ -e "$object" ] || continue
	seen=$((seen + 1))
	while read -r name; do
		line=$(grep -nm 1 "\\<${name//_chk/}\\>" "$file" | cut -d: -f1)
		echo "$file:${line:-1}: a library may not use $name"
		bad=1
	done < <(nm -u "$object" | awk '{ sub(/@.*/, "", $2); print $2 }' |
		grep -xE "$ends|$prints|$reads|$starts")
done < <(git ls-files -- 'src/*.c' 'src/*.cc' |
	grep -vE '^src/(cli/|rule/mkrules\.c$)')
[ $seen -gt 0 ] || { echo "$build:1: no objects"; bad=1; }
exit $bad
