#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A value that stands by the name of a service is that service's: of the pack,
# and of a table of one's own.
{
	echo '[[services]]'
	echo 'category = "saas"'
	echo 'impact   = "critical"'
	echo 'columns  = ["name", "shapes", "references"]'
	echo 'rows     = [ ["Acme Cloud", "{{hex:24}}", "https://acme.example/"] ]'
} >mine.toml
secret shodan-key --index 1 >pack.env
secret shodan-key --index 1 --negative >>pack.env
secret acmecloud-key -r mine.toml --index 2 >own.json
{
	echo 'acme_cloud:'
	secret acmecloud-key -r mine.toml --index 1 | sed 's/.*API_KEY=/  token: /'
} >own.yml
stanch scan --rules mine.toml pack.env own.json own.yml
stanch rules show --rules mine.toml acmecloud-key
