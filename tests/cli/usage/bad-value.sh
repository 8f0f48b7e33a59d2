#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
status stanch scan --format=xml
status stanch scan --jobs many
status stanch scan -j -1
status stanch scan --jobs 99999999999999999999
status stanch scan --jobs 65
status stanch scan --max-file-size 10X
status stanch scan --max-file-size 1Mi
status stanch scan --max-file-size 99999999T
status stanch scan --max-file-size ''
status stanch redact --confidence sure
status stanch redact --tag ''
status stanch scan --output=
