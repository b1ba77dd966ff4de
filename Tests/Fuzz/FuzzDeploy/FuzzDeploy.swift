// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver

/// The targets that need the layers of the platform and of the hook, and so take long to build.
@main
struct FuzzDeploy {
  static func main() throws {
    try FuzzProgram.main([HookTarget.self, JSONTarget.self])
  }
}
