// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Standard output and standard error, unbuffered: what is written is there at once.
enum Terminal {
  static func write(_ text: String) { writeAll(text, to: STDOUT_FILENO) }
  static func writeError(_ text: String) { writeAll(text, to: STDERR_FILENO) }

  /// Writes what it can: a closed standard stream is no reason to stop serving.
  private static func writeAll(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      // SAFETY: the array's own memory, for the time of the call.
      let count = unsafe rest.withUnsafeBytes { bytes in
        #if canImport(Darwin)
          unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
          unsafe Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
          unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
      }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
    }
  }
}
