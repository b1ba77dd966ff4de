// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver

/// The targets that need no network: files of git and of a project, archives, text.
@main
struct FuzzFormats {
  static func main() throws {
    try FuzzProgram.main([
      ConfigTarget.self, DeflateTarget.self, IgnoreTarget.self, IndexTarget.self, MapTarget.self,
      TextTarget.self, ZipTarget.self,
    ])
  }
}
