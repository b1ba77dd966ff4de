// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import Testing

@Suite("gzip and Python's zlib agree with us")
struct OracleTests {
  @Test("gzip -t and gzip -dc accept what we write", arguments: Material.allCases, [Int32(0), 1, 6, 9])
  func gzipReads(_ material: Material, _ level: Int32) async throws {
    let packed = try gzip(material.bytes, level: level)
    #expect(try await output(of: "gzip", ["-t"], input: packed) != nil)
    #expect(try await output(of: "gzip", ["-dc"], input: packed) == material.bytes)
  }

  @Test("we read what gzip writes", arguments: Material.allCases)
  func gzipWrites(_ material: Material) async throws {
    let packed = try #require(await output(of: "gzip", ["-c"], input: material.bytes))
    #expect(try decompress(packed, format: .gzip, limit: 1 << 26) == material.bytes)
  }

  static let formats: [(DeflateFormat, Int)] = [(.gzip, 31), (.zlib, 15), (.raw, -15)]

  @Test("Python reads every format and strategy", arguments: formats, DeflateStrategy.allCases)
  func pythonReads(_ format: (DeflateFormat, Int), _ strategy: DeflateStrategy) async throws {
    let bytes = Material.longerThanTheBuffer.bytes
    let packed = try compress(bytes, format: format.0, strategy: strategy)
    #expect(try await python(decoding: format.1, packed) == bytes)
  }

  @Test("we read every format that Python writes", arguments: formats)
  func pythonWrites(_ format: (DeflateFormat, Int)) async throws {
    let bytes = Material.longerThanTheBuffer.bytes
    let packed = try #require(await python(encoding: format.1, bytes))
    #expect(try decompress(packed, format: format.0, limit: 1 << 26) == bytes)
  }

  @Test("Python reads a stream that was flushed and changed its level on the way")
  func changingParameters() async throws {
    let parts = Material.allCases.map(\.bytes)
    var packed: [UInt8] = []
    var stream = try DeflateStream(format: .gzip)
    for (index, part) in parts.enumerated() {
      part.withBytes { span in stream.write(span) { packed.append($0) } }
      stream.flush(index.isMultiple(of: 2) ? .sync : .full) { packed.append($0) }
      stream.setParameters(level: Int32(index), strategy: .huffmanOnly) { packed.append($0) }
      part.withBytes { span in stream.write(span) { packed.append($0) } }
      stream.setParameters(level: 6, strategy: .standard) { packed.append($0) }
    }
    stream.finish { packed.append($0) }
    #expect(try await python(decoding: 31, packed) == parts.flatMap { $0 + $0 })
  }
}
