#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
rule test-one tone_ >one.toml
stanch rules show --no-builtin -r one.toml test-one
stanch rules show github-pat | grep -c 'https://'
