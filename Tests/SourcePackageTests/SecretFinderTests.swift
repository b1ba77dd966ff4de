// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import SourceTree
import TestSupport
import Testing

@testable import SourcePackage

@Suite("A secret in a package")
struct SecretFinderTests {
  static let secret = Array("s3cr3t-Value+/=?".utf8)
  static let block = 3 << 18

  /// How the files are read.
  enum Form: CaseIterable {
    case document, compressed, zip, digest
  }

  private func finds(
    _ folder: TemporaryFolder, _ form: Form = .digest, allowing: Set<[UInt8]> = [], threads: Int? = nil
  ) throws -> [SecretFinder.Find] {
    let search = try #require(SecretSearch([.init(name: "KEY", value: Self.secret)]))
    let finder = SecretFinder(search, allowing: allowing)
    let plan = try plan(folder)
    let settings = PackageWriter.Settings(threadCount: threads, finder: finder)
    let sink = MemorySink(limit: 0)
    switch form {
    case .document: _ = try PackageWriter.write(plan, head: DocumentHead(), to: sink, settings: settings)
    case .compressed: _ = try PackageWriter.compress(plan, limit: 0, settings: settings)
    case .zip: _ = try PackageWriter.writeZip(plan, to: sink, settings: settings)
    case .digest: _ = try PackageWriter.examine(plan, isZip: false, settings: settings)
    }
    return try finder.finds(in: plan)
  }

  @Test("is found with its file and line, also over the border of two segments", arguments: Form.allCases)
  func places(form: Form) throws {
    let folder = try TemporaryFolder()
    try folder.write("small.js", Array("one\ntwo\nkey = '".utf8) + Self.secret + Array("'\n".utf8))
    try folder.write("none.js", "nothing here")
    for (name, offset) in [("a", 0), ("b", Self.block - 1), ("c", Self.block - 15), ("d", 2 * Self.block)] {
      var bytes = [UInt8](repeating: 0x20, count: 2 * Self.block + 100)
      for line in 0..<10 where line * 1000 < offset { bytes[line * 1000] = 0x0A }
      bytes.replaceSubrange(offset..<(offset + Self.secret.count), with: Self.secret)
      try folder.write("large/\(name)", bytes)
    }
    let found = try finds(folder, form)
    let expected: [(String, Int)] = [
      ("large/a", 1), ("large/b", 11), ("large/c", 11), ("large/d", 11), ("small.js", 3),
    ]
    #expect(found == expected.map { SecretFinder.Find(path: Array($0.0.utf8), line: $0.1, name: "KEY") })
    #expect(try finds(folder, form, threads: 1) == found)
    let allowed = Set(expected.map { Array($0.0.utf8) })
    #expect(try finds(folder, form, allowing: allowed).isEmpty)
  }

  @Test("is found in base64, wherever it lies in the encoded text and in both alphabets", arguments: 0..<9)
  func base64(lead: Int) throws {
    let folder = try TemporaryFolder()
    let text = [UInt8](repeating: 0xFB, count: lead) + Self.secret + [UInt8](repeating: 0xFF, count: lead % 4)
    let encoded = unsafe Base64.encode(text.span.bytes)
    let safe = encoded.map {
      $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
    }
    try folder.write("standard", encoded)
    try folder.write("url-safe", safe)
    #expect(try finds(folder).map(\.path) == [Array("standard".utf8), Array("url-safe".utf8)])
  }

  @Test("that is shorter than eight bytes, or a token's placeholder, is not looked for")
  func notSought() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a", "1234567 apify_api_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX apify_api_your_token_goes_here_123")
    try folder.write("b", "apify_api_" + String(repeating: "aB3", count: 12))
    let search = try #require(SecretSearch([.init(name: "SHORT", value: Array("1234567".utf8))]))
    let finder = SecretFinder(search)
    let plan = try plan(folder)
    _ = try PackageWriter.examine(plan, isZip: true, settings: .init(finder: finder))
    #expect(try finder.finds(in: plan) == [.init(path: [0x62], line: 1, name: "an Apify API token")])
  }

  @Test("is what a search byte by byte finds", arguments: 0..<200 as Range<UInt64>, [true, false])
  func naive(seed: UInt64, filters: Bool) throws {
    var random = SeededGenerator(seed: seed)
    let letters = UInt8.random(in: 2...4, using: &random)
    func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
      (0..<Int.random(in: count, using: &random)).map { _ in UInt8.random(in: 0..<letters, using: &random) }
    }
    let patterns = (0..<Int.random(in: 1...5, using: &random)).map { _ in bytes(4...7) }
    let text = bytes(0...600)
    var expected: [ByteSearch.Match] = []
    for offset in text.indices {
      for (index, pattern) in patterns.enumerated() where text[offset...].starts(with: pattern) {
        expected.append(.init(pattern: index, offset: offset))
      }
    }
    var found: [ByteSearch.Match] = []
    try #require(ByteSearch(patterns, filters: filters)).forEachMatch(in: unsafe text.span.bytes) {
      found.append($0)
    }
    #expect(found == expected)
  }
}
