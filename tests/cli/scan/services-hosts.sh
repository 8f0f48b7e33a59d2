#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A service's value is found however its host writes it down.
value=$(secret shodan-key --index 1 | sed -n 's/.*=//p')
while IFS= read -r line; do
	printf '%b\n' "${line//VALUE/$value}" >text
	stanch scan --format jsonl text >report
	grep -q '"rule_id":"shodan-key"' report ||
		fail "not found: $line"
done <<'EOF'
SHODAN_KEY=VALUE
export SHODAN_API_KEY='VALUE'
SHODAN_API_KEY:   VALUE
shodan_api_key           = "VALUE"
shodan.api.key=VALUE
shodan_auth: VALUE
shodan:\n  key: VALUE
# Shodan\nkey = VALUE
"shodan": {"key": "VALUE"}
{"cmd": "{\\"shodan_token\\":\\"VALUE\\"}"}
<shodanToken>VALUE</shodanToken>
<add key="ShodanKey" value="VALUE" />
- name: SHODAN_TOKEN\n  value: VALUE
const shodanKey: string = "VALUE";
client = Shodan(api_key="VALUE")
shodan.setKey("VALUE")
os.environ['SHODAN_KEY'] = 'VALUE'
define('SHODAN_API_KEY', 'VALUE');
shodanPassword => 'VALUE'
https://api.shodan.io/host?key=VALUE&minify=1
curl https://api.shodan.io/ -H "Authorization: Token VALUE"
X-Shodan-Key: VALUE
mytool --shodan-token VALUE --verbose
mytool --shodan-api-key=VALUE --verbose
EOF
echo 'all found'
