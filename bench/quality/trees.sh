#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Gets source packages of Debian from where this machine gets its packages,
# and unpacks what their authors released, without Debian's own changes.
#
#	trees.sh DIR PACKAGE...
#
# DIR/PACKAGE is the tree, DIR/versions says which version each one has.
# A package that cannot be had is said, and left out.
# apt's lists and cache are DIR's own: nothing of the machine's is touched.
set -euo pipefail

[ $# -gt 1 ] || { echo "usage: trees.sh DIR PACKAGE..." >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
shift

apt=(apt-get -qq -o Dir::Etc::SourceList="$dir/apt/sources"
	-o Dir::Etc::SourceParts=- -o Dir::State::Lists="$dir/apt/lists"
	-o Dir::Cache="$dir/apt/cache" -o APT::Sandbox::User=root)

# The configured places of Debian's packages have its sources, too.  Updates
# between two releases come and go: the release itself stays.
update() {
	mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
	# shellcheck disable=SC2016	# it is apt that fills these in
	apt-get indextargets \
		--format '$(ORIGIN) deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' | sed -n 's/^Debian //p' |
		awk '$3 !~ /-/' | LC_ALL=C sort -u >"$dir/apt/sources"
	[ -s "$dir/apt/sources" ] ||
		{ echo "trees.sh: no source of Debian packages" >&2; exit 1; }
	"${apt[@]}" update
}

# The released tarball, and those that stand beside it as components.
unpack() {
	local tar to
	for tar in "$dir/apt/$1"/*.tar.*; do
		case $tar in
		*.debian.tar.* | *.asc) continue ;;
		*.orig-*) to=${tar##*.orig-} to=$dir/new/${to%%.tar.*} ;;
		*) to=$dir/new ;;
		esac
		mkdir -p "$to"
		tar -xf "$tar" -C "$to" --strip-components=1 --no-same-owner
	done
	chmod -R u+rwX "$dir/new"
	mv "$dir/new" "$dir/$1"
}

get() {
	local dsc
	rm -rf "$dir/new" "$dir/apt/${1:?}"
	mkdir -p "$dir/apt/$1"
	(cd "$dir/apt/$1" && "${apt[@]}" source --download-only "$1") ||
		return 0	# the mirror may lag behind its own index
	dsc=("$dir/apt/$1"/*.dsc)
	unpack "$1"
	printf '%s\t%s\n' "$1" \
		"$(sed -n 's/^Version: //p' "${dsc[0]}" | head -n 1)" \
		>>"$dir/versions"
	rm -rf "$dir/apt/$1"
}

for package in "$@"; do
	[ ! -d "$dir/$package" ] || continue
	[ -s "$dir/apt/sources" ] || update
	echo "getting the source of $package ..."
	get "$package"
done
