#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >one.toml
rule test-two ttwo_ >two.toml
stanch rules check --no-builtin one.toml
stanch rules check --no-builtin one.toml two.toml
