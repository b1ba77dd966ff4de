// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SourceTree
import SystemIO
import Testing

@testable import SourcePackage

@Suite("The public error of a package")
struct ProjectPackageTests {
  @Test("says what the inner one is about: the files, the output, or that the work was cancelled")
  func errors() {
    let changed = SourceTreeError(.changed, path: Array("f".utf8))
    #expect(ProjectPackageError(.source(changed)) == .files(ProjectFilesError(changed)))
    let full = SystemError(code: ENOSPC)
    #expect(ProjectPackageError(.output(full)) == .output(full.message))
    #expect(ProjectPackageError(.interrupted) == .cancelled)
    let large = SourceTreeError(.fileTooLarge, path: Array("f".utf8), detail: "7")
    #expect(PackageError(large) == .fileOverLimit(Array("f".utf8), byteCount: 7))
  }
}
