// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What the Swift runtime offers and its modules do not show.

#ifndef ACTORPUSH_CSWIFTRUNTIME_H
#define ACTORPUSH_CSWIFTRUNTIME_H

/// Lets the runtime know of the conformances that a release keeps from it at the start
/// (scripts/release.d/late-conformances.ld). A cast to a protocol that a type has not been asked for before
/// searches through all conformances that the runtime knows of; while a command line is parsed there are some
/// forty of them, and more than half of what they pass belongs to the network and to Foundation. To be called
/// once, before anything of those is used. Does nothing where nothing is kept.
void actorpush_register_late_conformances(void);

#endif
