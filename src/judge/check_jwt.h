/* SPDX-License-Identifier: Apache-2.0 */
/* check_jwt.h - a JWT, for the checks whose tokens hold one. */
#ifndef JUDGE_CHECK_JWT_H
#define JUDGE_CHECK_JWT_H

#include "judge/checks.h"

/* As check_jwt(), on any bytes. */
enum check_result jwt_check(struct span token, struct judgement *out);

#endif
