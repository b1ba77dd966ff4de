// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO
import TestSupport
import Testing

@Suite("A program in the search path")
struct SearchPathTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (name, mode) in [("a/tool", 0o644), ("b/tool", 0o755), ("c/tool", 0o755)] {
      try folder.write(name, "#!/bin/sh\n")
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder(name))
    }
    try folder.write("d/tool/file", "")
  }

  @Test(
    "is the first that may be run, in a directory that is named absolutely",
    arguments: [
      ("A:B:C", "B"), ("C:B", "C"), ("D:C", "C"), ("missing:B", "B"), ("A:D", nil), ("", nil), (":", nil),
      (".:B", "B"), (":C", "C"), ("b:C", "C"), ("./b", nil),
    ])
  func search(_ entries: String, _ found: String?) {
    let path = entries.split(separator: ":", omittingEmptySubsequences: false).map { entry in
      entry.allSatisfy(\.isUppercase) && !entry.isEmpty ? folder(entry.lowercased()) : String(entry)
    }
    let expected = found.map { Array(folder($0.lowercased() + "/tool").utf8) }
    #expect(SearchPath.program("tool", in: path.joined(separator: ":")) == expected)
  }

  @Test("is looked for where every system has its programs, where there is no search path")
  func standard() {
    #expect(SearchPath.program("sh", in: nil).map { Paths.status($0)?.isRegular } == true)
    #expect(SearchPath.program("no-such-program", in: nil) == nil)
  }
}
