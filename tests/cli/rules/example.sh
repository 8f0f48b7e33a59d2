#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The same seed, the same bytes; another seed, others; the rule finds it.
stanch rules example github-pat >a
stanch rules example github-pat --seed 0 | cmp - a
stanch rules example github-pat --seed 1 >b
cmp -s a b && fail 'the seed changes nothing'
status stanch scan -q a
status stanch scan -q b
stanch rules example --negative github-pat >n
status stanch scan -q n
status stanch rules example github-pat --index 1000
