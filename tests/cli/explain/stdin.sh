#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Standard input is "-", and its lines "-:LINE".
secret aws-access-key-id >a
status stanch explain -:1 <a
status stanch explain - <a
status stanch explain -:2 <a
