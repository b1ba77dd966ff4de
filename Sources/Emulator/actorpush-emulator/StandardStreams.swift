// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Standard output and standard error, unbuffered. A closed stream does not stop the server.
enum StandardStreams {
  static func write(_ text: String) { try? Descriptor.write(Array(text.utf8), to: 1) }
  static func writeError(_ text: String) { try? Descriptor.write(Array(text.utf8), to: 2) }
}
