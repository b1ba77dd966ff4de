// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension String {
  /// This text as one segment of a path. Callers reject `.` and `..`, which stay as they are.
  package var percentEncodedSegment: String { PercentEncoding.encode(utf8) }
}
