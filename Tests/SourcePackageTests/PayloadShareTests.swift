// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SourcePackage
import SourceTree
import TestSupport
import Testing

@Suite("What entries take of the limits")
struct PayloadShareTests {
  @Test("adds up to the document that is written")
  func sum() throws {
    let folder = try oddTree()
    try folder.write("quote \" and \\.txt", "a\n\"\u{1}😀\t")
    let whole = try plan(folder)
    let summary = try PackageWriter.write(whole, head: DocumentHead(), to: MemorySink(limit: 0))
    let nothing = try TemporaryFolder()
    let empty = try PackageWriter.write(try plan(nothing), head: DocumentHead(), to: MemorySink(limit: 0))
    var walk = try PathWalk(Array(folder.path.utf8), options: WalkOptions())
    var (inline, request) = (0, whole.entries.count - 1)
    for index in whole.entries.indices {
      let path = whole.path(of: index)
      let contents = try walk.verdict(on: path, isDirectory: false).contents()
      let share = contents.map { PayloadShare(ofFile: path, $0) } ?? PayloadShare(ofFolder: path)
      inline += share.inlineBytes
      request += share.requestBytes
    }
    #expect(inline == summary.inlineBytes)
    #expect(request + empty.documentBytes == summary.documentBytes)
  }
}
