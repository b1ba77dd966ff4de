// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How long a zip that no version names may still be named by the push that has sent it. A push that was
/// killed, or refused, leaves its zip behind; one that is under way elsewhere looks just the same.
///
/// It stands at the end of the record beside the zip, where it can be read without the rest: `lease `, ten
/// digits, a line's end.
struct ArchiveLease: Equatable, Sendable {
  /// A push that has not named its zip after half of this writes it down again.
  static let seconds = 3600
  static let byteCount = 17
  private static let prefix = Array("lease ".utf8)
  private static let digits = 10

  /// When it ends, in seconds since 1970.
  let end: Int

  /// One that begins in `time`.
  init(from time: ClosedRange<Int>) { end = time.upperBound + Self.seconds }

  /// The one that `bytes` end with; nil where they end with none.
  init?(atEndOf bytes: [UInt8]) {
    let last = bytes.suffix(Self.byteCount)
    let digits = last.dropFirst(Self.prefix.count).dropLast()
    guard last.starts(with: Self.prefix), last.last == UInt8(ascii: "\n"), digits.count == Self.digits,
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    end = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  var bytes: [UInt8] {
    let digits = Array("\(end)".utf8)
    let padding = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, Self.digits - digits.count))
    return Self.prefix + padding + digits.prefix(Self.digits) + [UInt8(ascii: "\n")]
  }

  /// Whether it has certainly ended by `time`.
  func hasEnded(by time: ClosedRange<Int>) -> Bool { end < time.lowerBound }

  /// Whether it is time to write it down again.
  func isAging(at time: ClosedRange<Int>) -> Bool { time.upperBound > end - Self.seconds / 2 }
}
