#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A line inside of a private key is part of what is masked; one that is
# let pass is masked, too, but not reported.
{ echo; secret private-key-rsa; echo end; } >key
status stanch explain key:2
status stanch explain key:5
printf '[[rules]]\nid = "private-key-rsa"\n[[rules.allowlists]]\n' >let.toml
echo 'stopwords = ["MII"]' >>let.toml
status stanch explain -r let.toml key:5
