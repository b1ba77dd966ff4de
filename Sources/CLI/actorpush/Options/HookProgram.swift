// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import DeployHooks
internal import SystemIO

/// This program, as hooks call it.
enum HookProgram {
  /// Its absolute path.
  static func path() throws(Failure) -> [UInt8] {
    if let path = try? Paths.readLink("/proc/self/exe", in: AT_FDCWD) { return path }
    if let path = try? Paths.resolved(Array(CommandLine.arguments[0].utf8)) { return path }
    throw Failure(
      Diagnosis(
        type: "no-program", message: "cannot determine the path of this program", status: .failed,
        phase: "hook"))
  }
}

extension HookDependencies {
  /// Those of this process: the platform by its environment, as for `push` without options.
  static func current(
    _ environment: ProcessEnvironment, _ console: Console
  ) throws(Failure) -> HookDependencies {
    let connection = PlatformConnection()
    let root = try connection.root(environment)
    return HookDependencies(
      root: root, tool: "actorpush \(ActorPush.version)",
      connect: { () throws(DeployError) in try connection.client(root, environment, console) },
      now: { ProcessEnvironment.now })
  }
}
