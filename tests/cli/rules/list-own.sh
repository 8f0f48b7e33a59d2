#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Only the rules asked for, in an order that does not change.
rule test-two ttwo_ >two.toml
rule test-one tone_ >one.toml
stanch rules list --no-builtin -r one.toml -r two.toml
stanch rules list --no-builtin -r one.toml -r two.toml -f jsonl
