#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Of a pair the secrets are masked, also the half that alone is another rule's;
# an ID that is no secret stays.
{
	echo "id = $(secret aws-access-key-id)"
	secret aws-secret-key | tail -n 1
	head -c 400 /dev/zero | tr '\0' .
	echo
	secret azure-client-id
	secret azure-entra-client-secret --index 2
} >log
stanch redact <log | cut -c1-70
secret aws-secret-key | tail -n 1 >alone
stanch redact <alone
