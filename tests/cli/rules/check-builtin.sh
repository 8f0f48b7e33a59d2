#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# All of the rules that are built in find their own examples.
stanch rules check
