// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// simdjson's UTF-8 validation behind a C name; scripts/bench.d/text builds and loads it.

#include <simdjson.h>

extern "C" bool peer_validate_utf8(const char *bytes, size_t count) { return simdjson::validate_utf8(bytes, count); }
