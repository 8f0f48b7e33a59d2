#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The same help, whichever way it is asked for.
stanch --help
stanch -h | cmp - <(stanch --help)
stanch help | cmp - <(stanch --help)
