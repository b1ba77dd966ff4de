// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Glibc

/// One thing that is fuzzed.
package protocol FuzzTarget {
  static var name: String { get }
  /// What is fed, and what it is held against, in a line.
  static var summary: String { get }
  /// Inputs to begin with.
  static func seeds() throws -> [[UInt8]]
  /// Words that inputs are likely to hold.
  static var words: [[UInt8]] { get }
  /// How many bytes an input has at most.
  static var longest: Int { get }

  /// - Parameter isSingle: whether a file is tried again, and each input is to be judged at once.
  init(isSingle: Bool) throws
  /// Tries `input`. Ends the program by ``finding(_:)`` where something is wrong.
  mutating func run(_ input: [UInt8])
}

/// Ends the program because the input shows a fault: libFuzzer writes the input down.
package func finding(_ text: String) -> Never {
  printError("finding: \(text)\n")
  abort()
}

/// Ends the program by a finding unless `isRight`.
package func require(_ isRight: Bool, _ text: @autoclosure () -> String) {
  if !isRight { finding(text()) }
}

package func printError(_ text: String) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    // SAFETY: the slice's own memory and count.
    let count = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    if count <= 0 { return }
    bytes = bytes.dropFirst(count)
  }
}

/// What the system refused.
package struct SystemFault: Error {
  package let call: String
  package let code: Int32
  package init(_ call: String) { (self.call, code) = (call, errno) }
}

/// Makes a system call again as long as a signal interrupts it: libFuzzer has a timer.
package func retrying<Count: FixedWidthInteger>(_ call: () -> Count) -> Count {
  while true {
    let count = call()
    if count >= 0 || errno != EINTR { return count }
  }
}

/// Makes `bytes` the contents of the file `path`.
package func writeFile(_ path: String, _ bytes: [UInt8]) throws {
  let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  guard file >= 0 else { throw SystemFault("open \(path)") }
  defer { close(file) }
  var rest = bytes[...]
  while !rest.isEmpty {
    // SAFETY: the slice's own memory and count.
    let count = unsafe rest.withUnsafeBytes { bytes in
      retrying { unsafe write(file, bytes.baseAddress, bytes.count) }
    }
    guard count > 0 else { throw SystemFault("write \(path)") }
    rest = rest.dropFirst(count)
  }
}

/// The contents of the file `path`; nil where there is none.
package func readFile(_ path: String) -> [UInt8]? {
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return nil }
  defer { close(file) }
  return readAll(file)
}

/// What comes from `descriptor` until its end.
package func readAll(_ descriptor: Int32) -> [UInt8] {
  var bytes: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    // SAFETY: the array's own memory and count.
    let count = unsafe part.withUnsafeMutableBytes { bytes in
      retrying { unsafe read(descriptor, bytes.baseAddress, bytes.count) }
    }
    if count <= 0 { return bytes }
    bytes += part[..<count]
  }
}

extension Array<UInt8> {
  /// The bytes as they would stand in a Swift string, for messages.
  package var shown: String {
    "\""
      + map { byte in
        switch byte {
        case UInt8(ascii: "\\"): #"\\"#
        case 0x20..<0x7F: String(Unicode.Scalar(byte))
        default: #"\x"# + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
      }.joined() + "\""
  }
}

package func makeDirectory(_ path: String) throws {
  guard unsafe mkdir(path, 0o700) == 0 else { throw SystemFault("mkdir \(path)") }
}
