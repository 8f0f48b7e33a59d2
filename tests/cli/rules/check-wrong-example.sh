#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A rule that does not find its own example is named, with its place.
{
	rule test-one tone_
	rule test-two ttwo_ | sed 's/ttwo_{{digit:8}}/ttwo_{{digit:7}}/'
} >bad.toml
stanch rules check --no-builtin bad.toml
