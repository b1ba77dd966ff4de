// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What keeps the hook that is installed from deploying anything.
package enum HookObstacle: Sendable, Equatable {
  /// git passes over the hook's file, which is not executable.
  case notExecutable
  /// The program that the hook calls is gone, and there is none in PATH.
  case programGone(String)
}

extension HookLocation {
  /// What keeps the hook from deploying; nil where nothing does, or it is not installed.
  ///
  /// - Parameter searchPath: `PATH`, where the hook looks for the program if it is not where it was.
  package func obstacle(searchPath: String?) -> HookObstacle? {
    let command = configured.flatMap { knowsConfiguredHooks ? $0 : nil }
    if command == nil {
      switch occupant {
      case .ours, .edited: if !Self.isExecutable(path) { return .notExecutable }
      case .none, .manager, .foreign: return nil
      }
    }
    guard let program = command.map(HookScript.program(ofSnippet:)) ?? program else { return nil }
    let places = (searchPath ?? "").split(separator: ":").map { Array("\($0)/actorpush".utf8) }
    let isThere = ([Array(program.utf8)] + places).contains { Self.isExecutable($0) }
    return isThere ? nil : .programGone(program)
  }

  private var program: String? {
    if case .ours(let script) = occupant { script.options.program } else { nil }
  }

  /// Whether anyone may execute the file: for one who may not, git says so itself.
  private static func isExecutable(_ path: [UInt8]) -> Bool {
    guard let status = Paths.status(path) else { return false }
    return !status.isDirectory && status.mode & 0o111 != 0
  }
}
