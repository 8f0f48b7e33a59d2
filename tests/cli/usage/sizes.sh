#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# K, M, G, T are powers of 1024, with or without iB; 0 is no limit.
head -c 10240 /dev/zero >file
for size in 10K 10KiB 10KB 10k 10240 1M 1G 16T 0; do
	status stanch scan -q --max-file-size "$size" file
done
status stanch scan -q --max-file-size 10239 file
