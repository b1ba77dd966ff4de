// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// How much lies in what a plan leaves out.
package struct ExcludedSizes {
  package struct Size: Sendable, Equatable {
    /// Bytes of all files in it.
    package var bytes = 0
    package var files = 0
    /// Whether all in it was counted.
    package var isComplete = true
  }

  /// How many names are looked at for one plan: what is left out may be larger than all that is in.
  package static let limit = 500_000

  private let root: [UInt8]
  private var left: Int
  private var waiting: [[UInt8]] = []

  private init(_ root: [UInt8], limit: Int) {
    self.root = root
    left = limit
  }

  /// The size of each entry of `plan.excluded`. No link is followed; what cannot be read counts nothing.
  package static func of(_ plan: Plan, limit: Int = limit) -> [Size] {
    var sizes = ExcludedSizes(plan.root, limit: limit)
    var scanner = DirectoryScanner()
    return plan.excluded.map { sizes.measure($0, &scanner) }
  }

  private mutating func measure(_ excluded: Plan.Excluded, _ scanner: inout DirectoryScanner) -> Size {
    var size = Size()
    guard excluded.isDirectory else {
      size.files = 1
      let path = CString(Paths.join(root, excluded.path))
      size.bytes = Self.byteCount(try? Paths.status(path, followingLinks: false))
      return size
    }
    waiting = [Paths.join(root, excluded.path)]
    while let directory = waiting.popLast() {
      if left <= 0 {
        size.isComplete = false
        return size
      }
      guard let handle = try? Descriptor.open(CString(directory), as: .directory),
        (try? scanner.scan(handle)) != nil
      else { continue }
      left -= scanner.names.count
      for name in scanner.names {
        if name.isDirectory {
          var path = directory + [UInt8(ascii: "/")]
          scanner.append(name, to: &path)
          waiting.append(path)
        } else {
          size.files += 1
          size.bytes += scanner.withCString(of: name) { file in
            Self.byteCount(try? Paths.status(file, in: handle.rawValue, followingLinks: false))
          }
        }
      }
    }
    return size
  }

  private static func byteCount(_ status: FileStatus?) -> Int {
    status.map { $0.isRegular ? $0.byteCount : 0 } ?? 0
  }
}
