#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Law: the library does not print, exit, read the environment or start
# programs, but for its sandbox.  What its objects ask the linker for says so.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${BUILD:-build}
bad=0 seen=0
banned='exit|_exit|_Exit|quick_exit|abort|__assert_fail|puts|putchar|perror'
banned+='|v?f?printf|__v?f?printf_chk|getenv|secure_getenv|setenv|putenv|system'
banned+='|popen|fork|vfork|clone|posix_spawnp?|exec[lv]p?e?|execvpe|environ'
banned+='|stdout|stderr|stdin|signal|sigaction|setlocale|warnx?|errx?'

# The sandbox is processes of our own, asked for by stanch_sandbox_new().
declare -A may=(
	[src/sandbox/zygote.c]='_exit|fork|signal|environ'
	[src/sandbox/worker.c]='_exit'
)

while IFS= read -r object; do
	seen=$((seen + 1))
	file=${object#"$build"/}
	file=${file%.o}.c
	[ -e "$file" ] || file+=c
	while read -r name; do
		word=${name#__}
		line=$(grep -nm 1 "\<${word%_chk}\>" "$file" | cut -d: -f1)
		echo "$file:${line:-1}: uses $name"
		bad=1
	done < <(nm --undefined-only "$object" |
		awk '{ sub(/@.*/, "", $2); print $2 }' | grep -xE "$banned" |
		grep -vxE "${may[$file]:-none}")
done < <(find "$build/src" -name '*.o' ! -path '*/cli/*' ! -name mkrules.o |
	sort)
[ $seen -gt 0 ] || { echo "$build/src:1: no objects"; bad=1; }
exit $bad
