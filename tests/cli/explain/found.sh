#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What is found says by which rule, by what checks, and which one lost.
printf 'a = 1\ntoken="%s"\n' "$(secret github-pat)" >app.env
status stanch explain app.env:2
status stanch explain app.env:2:20
status stanch explain -f jsonl app.env:2
