#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >rules.toml
# A place names the members on the way; compression adds nothing to it.
mkdir -p conf t && cd conf || exit
for i in 1 2 3 4 5 6; do printf '\n\ntone_7039528%d\n' $i >app$i; done
touch -d 2026-01-02T03:04:06 app?
python3 -c '
import zipfile
for i, stored in (1, 0), (2, 8):
    with zipfile.ZipFile("inner%d.jar" % i, "w", stored) as z:
        z.write("app%d" % i, "conf/app.properties")'
tar -cf x.tar inner1.jar app3
tar -czf ../t/outer.tgz inner1.jar inner2.jar app3 --sort=name
gzip -nc app4 >../t/log.gz
{ printf '#!/bin/sh\n# tone_70395287\n'; cat inner2.jar; echo tone_70395288
} >../t/self.bin
ar -qcD ../t/x.deb x.tar app5
zstd -qc x.tar >../t/x
bsdtar -cf - --format newc app6 | xz >../t/y
cd ..
stanch scan -c shaped --no-builtin -r rules.toml t |
	sed -E 's/, [0-9.]+ [A-Za-z]+ in [0-9.]+ s:/, in N s:/'
echo '--- as they are'
stanch scan --no-archives -f jsonl --no-builtin -r rules.toml t |
	grep -o '"path":"[^"]*"'
echo '--- from a stream'
gzip -nc conf/app4 | stanch scan --no-builtin -r rules.toml - |
	sed -n 2p
