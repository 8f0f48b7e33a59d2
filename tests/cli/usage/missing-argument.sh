#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
status stanch scan --format
status stanch scan -qf
status stanch rules show
status stanch rules example
status stanch completion
