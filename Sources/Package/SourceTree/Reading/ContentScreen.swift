// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Looks at the contents of a file while its format is found out, and says whether the file deserves a closer
/// look: so no file has to be read for that alone.
package typealias ContentScreen = @Sendable (RawSpan) -> Bool
