#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Law: a room includes only what src/layers.txt lets it (and stanch.h), and a
# library's headers only where that library is wrapped.
set -u
shopt -s extglob
cd "$(dirname "$0")/../.." || exit 2
bad=0

wrong() {
	echo "$1: $2"
	bad=1
}

declare -A may
while IFS=: read -r room rooms; do
	[ -z "$room" ] || may[$room]=" $room $rooms "
done <src/layers.txt

# Header of a library -> the files it may stand in.
declare -A home=(
	['hs.h']='src/engine/*' ['hs/']='src/engine/*' ['pcre2.h']='src/base/re.c'
	['jansson.h']='src/base/*' ['zlib.h']='src/base/inflate.c'
	['libdeflate.h']='src/base/@(inflate|hash).c'
	['isa-l']='src/unwrap/deflate.c'
	['zstd']='src/unwrap/zstandard.c' ['lzma.h']='src/unwrap/lzma_streams.c'
	['archive']='src/unwrap/foreign.[ch]'
	['bzlib.h']='src/unwrap/bzip.c' ['lz4frame.h']='src/unwrap/lz4_frames.c'
	['openssl/']='src/base/*' ['toml++/']='src/base/toml.cc'
)

check_library() {	# place, file, header
	local key

	for key in "${!home[@]}"; do
		# shellcheck disable=SC2254 # patterns they are
		case $3 in
		"$key"|"$key"?*)
			case $2 in
			${home[$key]}) ;;
			*) wrong "$1" "<$3> belongs to ${home[$key]}" ;;
			esac
		esac
	done
}

while IFS=: read -r file line text; do
	room=${file#src/}
	room=${room%%/*}
	name=$(sed -E 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]([^>"]*).*/\1/' \
		<<<"$text")
	if [[ $text == *'<'* ]]; then
		check_library "$file:$line" "$file" "$name"
	elif [ "$name" = stanch.h ]; then
		:
	elif [ ! -e "src/$name" ]; then
		wrong "$file:$line" "\"$name\" is not named from src/"
	elif [ -z "${may[$room]+set}" ]; then
		wrong "$file:$line" "room $room is not in src/layers.txt"
	elif [[ ${may[$room]} != *" ${name%%/*} "* ]]; then
		wrong "$file:$line" "$room may not include ${name%%/*}/"
	fi
done < <(grep -nE '^[[:space:]]*#[[:space:]]*include' src/*/*.[ch] src/*/*.cc)
exit $bad
