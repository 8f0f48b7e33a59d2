#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
stanch version
stanch --version | cmp - <(stanch version)
stanch -V | cmp - <(stanch version)
