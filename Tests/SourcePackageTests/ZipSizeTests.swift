// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Deflate
import SystemIO
import TestSupport
import Testing

@Suite("The size of a zip")
struct ZipSizeTests {
  /// Below, at and above the size from which a file is cut.
  private static let sizes = [100_000, 300_000, 3 << 18, 2_000_000]

  @Test("is at most a hundredth above what zlib's level 6 makes of each file", arguments: ZipKind.allCases)
  func kinds(_ kind: ZipKind) throws {
    for size in Self.sizes {
      let folder = try TemporaryFolder()
      let contents = kind.contents(size, seed: size)
      try folder.write("asset", contents)
      let reference = min(size, try compress(contents, format: .raw).count)
      let bytes = try zip(folder).bytes
      #expect(bytes.count * 100 <= reference * 101 + 100 * Self.frame, "\(kind) of \(size) bytes")
    }
  }

  /// Headers, a descriptor, the directory and its end, of one file.
  private static let frame = 250

  @Test("of a large file is found by what is rare in it, too")
  func rare() throws {
    let folder = try TemporaryFolder()
    // Between two samples of four, so only more of them see it.
    let contents =
      ZipKind.random.contents(9_000_000, seed: 1) + ZipKind.code.contents(2_000_000, seed: 2)
      + ZipKind.random.contents(25_000_000, seed: 3)
    try folder.write("asset", contents)
    #expect(try zip(folder).bytes.count < contents.count - 1_000_000)
  }

  @Test("and its bytes are the same on any number of threads", arguments: [2, 8])
  func threads(_ count: Int) throws {
    let folder = try TemporaryFolder()
    for (index, kind) in ZipKind.allCases.enumerated() {
      for size in Self.sizes { try folder.write("\(kind)/\(size)", kind.contents(size, seed: index)) }
    }
    let isSame = try zip(folder, threads: 1).bytes == zip(folder, threads: count).bytes
    #expect(isSame)
  }
}
