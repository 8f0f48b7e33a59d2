#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
status stanch scan --fo
status stanch scan --formatt=jsonl
status stanch scan --zzz
status stanch scan -z
status stanch --fo
status stanch redact --jobs 3
