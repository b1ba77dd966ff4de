// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The odd leads by their two halves: a lead is of each kind that both tables give it.

#ifndef CTEXT_ODD_LEADS_H
#define CTEXT_ODD_LEADS_H

#include "sequences.h"

static const uint8_t odd_high[16] = {
    [0xc] = LEAD_C0_C1,
    [0xe] = LEAD_E0 | LEAD_ED,
    [0xf] = LEAD_F0 | LEAD_F4 | LEAD_F5_FF,
};

static const uint8_t odd_low[16] = {
    [0x0] = LEAD_E0 | LEAD_F0 | LEAD_C0_C1,
    [0x1] = LEAD_C0_C1,
    [0x4] = LEAD_F4,
    [0x5] = LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF, LEAD_F5_FF,
    [0xd] = LEAD_F5_FF | LEAD_ED,
    [0xe] = LEAD_F5_FF, LEAD_F5_FF,
};

#endif
