#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Law: the library does not print, exit, read the environment or start
# programs.  What its objects ask the linker for says so.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${BUILD:-build}
bad=0
banned='exit|_exit|_Exit|quick_exit|abort|printf|vprintf|puts|putchar|perror'
banned+='|__printf_chk|__vprintf_chk|getenv|secure_getenv|setenv|putenv|system'
banned+='|popen|fork|vfork|clone|posix_spawnp?|exec[lv]p?e?|execvpe|environ'
banned+='|stdout|stderr|stdin|signal|sigaction|setlocale|warnx?|errx?'

while IFS= read -r object; do
	nm --undefined-only "$object" | awk -v file="${object#"$build"/}" \
		-v banned="^($banned)\$" '
		{ sub(/@.*/, "", $2) } $2 ~ banned {
			sub(/o$/, "c", file); print file ": uses " $2; bad = 1 }
		END { exit bad }' || bad=1
done < <(find "$build/src" -name '*.o' ! -path '*/cli/*' ! -name mkrules.o |
	sort)
exit $bad
