// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO
import TestSupport

extension HostilePlace {
  /// Some hundred files, and a large one.
  func many() throws {
    for index in 0..<300 { try write("d\(index)/file", "\(index)") }
    try sparse("large", 20_000_000)
  }

  /// Adds `count` bytes to the end of `name`.
  func append(_ name: String, _ count: Int) throws {
    let path = CString(self(name))
    let file = unsafe open(path.pointer, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0 else { throw SystemError.current }
    let descriptor = Descriptor(owning: file)
    try Descriptor.write(Array(repeating: 0x61, count: count), to: descriptor.rawValue)
  }

  /// `count` bytes that no compression makes fewer.
  static func noise(_ count: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: 17)
    return (0..<count).map { _ in UInt8.random(in: 0...UInt8.max, using: &generator) }
  }

  /// An ignore file of `count` patterns.
  static func patterns(_ count: Int) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(count * 12)
    for index in 0..<count {
      text += [0x70, 0x2F]
      var rest = index
      for _ in 0..<7 {
        text.append(UInt8(0x30 + rest % 10))
        rest /= 10
      }
      text += [0x2A, 0x0A]
    }
    return text
  }

  /// An ignore file of `count` bytes that says nothing.
  static func comments(_ count: Int) -> [UInt8] {
    var text = [UInt8](repeating: 0x23, count: count)
    for index in stride(from: 1000, to: count, by: 1000) { text[index] = 0x0A }
    return text
  }
}
