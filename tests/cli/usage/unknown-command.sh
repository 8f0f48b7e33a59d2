#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The nearest name is offered only when it is near.
status stanch scna
status stanch frobnicate
status stanch rules lst
status stanch rules frobnicate
status stanch 'rules list'
