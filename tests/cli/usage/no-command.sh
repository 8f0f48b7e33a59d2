#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Alone it shows its short help, as an error.
stanch
