/* SPDX-License-Identifier: Apache-2.0 */
/* le.h - numbers in bytes, the least or the greatest first. */
#ifndef UNWRAP_LE_H
#define UNWRAP_LE_H

#include <stdint.h>

static inline uint16_t
le_16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t
le_32(const uint8_t *p)
{
	return le_16(p) | (uint32_t)le_16(p + 2) << 16;
}

static inline uint64_t
le_64(const uint8_t *p)
{
	return le_32(p) | (uint64_t)le_32(p + 4) << 32;
}

static inline uint32_t
be_32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

#endif
