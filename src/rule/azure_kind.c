/* SPDX-License-Identifier: Apache-2.0 */
/* azure_kind.c - the table of Azure's identifiable keys and their sums. */
#include "rule/azure_kind.h"

#include "base/codec.h"
#include "base/hash.h"

#define MESSAGING { "Send0000", "Listen00", "Manage00", "System00", \
	"Unknown0" }

static const struct azure_kind kinds[] = {
	/* storage accounts */
	{ "+ASt", 76, 64, false, { "Default0" } },
	/* Cosmos DB */
	{ "ACDb", 76, 64, false, { "MastRW00", "MastRO00", "SysAll00",
		"Resour00", "SystRO00", "SystRW00", "Encryp00" } },
	/* Batch */
	{ "+ABa", 76, 64, false, { "AbAcct00" } },
	/* API Management: subscription, direct, gateway, repository */
	{ "APIM", 76, 64, false, { "IoTHub00", "Tenant00", "Gatewy00",
		"GitKey00" } },
	/* Machine Learning, classic web services */
	{ "+AMC", 76, 64, false, { "Classic0" } },
	/* Cache for Redis */
	{ "AzCa", 33, 32, false, { "Access00" } },
	/* Service Bus, Event Hubs, Relay */
	{ "+ASb", 33, 32, false, MESSAGING },
	{ "+AEh", 33, 32, false, MESSAGING },
	{ "+ARm", 33, 32, false, MESSAGING },
	/* IoT: hub, device provisioning, device */
	{ "AIoT", 33, 32, false, { "IoTHub00", "DpsKey00", "Device00" } },
	/* Event Grid */
	{ "AZEG", 33, 32, false, { NULL } },
	/* Search: query and admin keys */
	{ "AzSe", 42, 39, false, { "Query000", "PAdmin00" } },
	/* Functions: function, system, master */
	{ "AzFu", 44, 40, true, { "Functi00", "System00", "Master00" } },
	/* Container Registry */
	{ "+ACR", 42, 39, false, { "ACRDflt0" } },
};

/* Seeds are eight characters read as a big-endian number. */
static uint64_t
seed_number(const char *seed)
{
	uint64_t n = 0;

	for (int i = 0; i < 8; i++)
		n = n << 8 | (uint8_t)seed[i];
	return n;
}

uint32_t
azure_kind_sum(const struct azure_kind *kind, size_t seed, struct span bytes)
{
	return hash_marvin32(bytes, seed_number(kind->seeds[seed]));
}

const struct azure_kind *
azure_kind_find(const char *signature)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(kinds[i].signature, signature))
			return &kinds[i];
	return NULL;
}

const struct azure_kind *
azure_kind_of(struct span key)
{
	while (key.len && key.ptr[key.len - 1] == '=')
		key.len--;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (key.len == (size_t)kinds[i].before + 10 &&
		    !memcmp(key.ptr + kinds[i].before, kinds[i].signature, 4))
			return &kinds[i];
	return NULL;
}

const uint32_t azure_devops_seeds[2] = { 0xe0b9692d, 0x1019f92e };

/* Where the four bytes of the sum stand, least significant first. */
static const uint8_t devops_places[4] = { 22, 8, 7, 2 };

uint32_t
azure_devops_stated(const uint8_t raw[AZURE_DEVOPS_BYTES])
{
	uint32_t sum = 0;

	for (int i = 0; i < 4; i++)
		sum |= (uint32_t)raw[devops_places[i]] << 8 * i;
	return sum;
}

void
azure_devops_state(uint8_t raw[AZURE_DEVOPS_BYTES], uint32_t sum)
{
	for (int i = 0; i < 4; i++)
		raw[devops_places[i]] = (uint8_t)(sum >> 8 * i);
}

uint32_t
azure_devops_sum(const uint8_t raw[AZURE_DEVOPS_BYTES])
{
	uint8_t others[AZURE_DEVOPS_BYTES - 4];
	size_t n = 0;
	uint32_t crc;

	for (size_t i = 0; i < AZURE_DEVOPS_BYTES; i++)
		if (!memchr(devops_places, (int)i, sizeof devops_places))
			others[n++] = raw[i];
	crc = hash_crc32(span_of(others, n));
	explicit_bzero(others, sizeof others);
	return crc;
}

const char azure_entra_alphabet[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";

void
azure_entra_tail(struct span body, char tail[3])
{
	char sum[6];

	codec_digits(hash_marvin32(body, seed_number("AadPwd00")),
		azure_entra_alphabet, 66, sum, sizeof sum);
	memcpy(tail, sum, 3);
}

/* Number in base 62 without leading zeros, filled with zeros on the right. */
static void
base62_left(uint32_t value, char out[AZURE_CASK_SUM])
{
	char digits[AZURE_CASK_SUM];
	size_t skip = 0;

	codec_digits(value, codec_base62_upper, 62, digits, sizeof digits);
	while (skip < AZURE_CASK_SUM - 1 && digits[skip] == '0')
		skip++;
	memset(out, '0', AZURE_CASK_SUM);
	memcpy(out, digits + skip, AZURE_CASK_SUM - skip);
}

/* The base64 digit that begins with the same two bits, and has no others. */
static char
two_bits(char digit)
{
	if (digit >= 'A' && digit <= 'P')
		return 'A';
	if (digit >= 'g' && digit <= 'v')
		return 'g';
	return (digit >= '0' && digit <= '9') || digit >= 'w' ? 'w' : 'Q';
}

void
azure_cask_sum(struct span bytes, char base62[AZURE_CASK_SUM],
	char base64[AZURE_CASK_SUM])
{
	uint32_t sum = hash_marvin32(bytes, seed_number("Default0"));
	uint8_t raw[4];
	uint32_t number = 0;
	struct buf text;

	/* The number in base 62 is that of the little-endian bytes read in
	   big endian. */
	for (int i = 0; i < 4; i++) {
		raw[i] = (uint8_t)(sum >> 8 * i);
		number = number << 8 | raw[i];
	}
	base62_left(number, base62);
	/* Six digits are 36 bits of base64: it keeps 32. */
	base62[AZURE_CASK_SUM - 1] = two_bits(base62[AZURE_CASK_SUM - 1]);
	buf_init(&text, 8);
	codec_base64_encode(&text, span_of(raw, 4), CODEC_BASE64, false);
	memset(base64, 0, AZURE_CASK_SUM);
	if (text.len == AZURE_CASK_SUM)
		memcpy(base64, text.ptr, AZURE_CASK_SUM);
	buf_free(&text);
}
