// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import CByteKernels

extension ctext_state {
  var isBetweenCharacters: Bool { place == CTEXT_BETWEEN_CHARACTERS }
  var isBroken: Bool { place == CTEXT_BROKEN }
}
