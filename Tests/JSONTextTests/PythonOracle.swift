// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A Python program, and the records that it writes to its standard output: Python's strict decoder and its
/// json module are the law that the kernels are held to.
@safe struct PythonOracle: ~Copyable {
  static let isInstalled = unsafe system("python3 -c '' 2>/dev/null") == 0

  private let pipe: UnsafeMutablePointer<FILE>

  init?(program: String) {
    // The program has no single quotes.
    guard let pipe = unsafe popen("python3 -c '\(program)'", "r") else { return nil }
    unsafe self.pipe = pipe
  }

  deinit { _ = unsafe pclose(pipe) }

  /// `count` bytes, less at the end of the output.
  func read(_ count: Int) -> [UInt8] {
    unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe initialized = fread(buffer.baseAddress, 1, count, pipe)
    }
  }

  func readNumber() -> Int? {
    let bytes = read(2)
    return bytes.count == 2 ? Int(bytes[0]) | Int(bytes[1]) << 8 : nil
  }
}
