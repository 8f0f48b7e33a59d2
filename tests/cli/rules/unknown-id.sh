#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
status stanch rules show github-pta
status stanch rules example zzzzzzzzzzzz
