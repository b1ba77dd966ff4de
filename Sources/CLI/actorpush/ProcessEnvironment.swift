// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import FoundationEssentials
internal import SystemIO

/// The environment of the process, read once; nothing else reads it.
struct ProcessEnvironment: Sendable {
  /// The variables.
  let variables: [String: String]
  /// Cancels what runs; set by Ctrl-C.
  let cancellation = CancellationFlag()
  /// The warnings so far, but for those about one of several Actors.
  let warnings = WarningLog()

  /// Milliseconds since 1970.
  static var now: Int { Int(Date().timeIntervalSince1970 * 1000) }

  /// The process's own.
  static let process = ProcessEnvironment(variables: ProcessInfo.processInfo.environment)

  /// The variable called `name`; nil where it is not set or empty.
  subscript(name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What an operation is given of it.
  var context: OperationContext {
    OperationContext(
      variables: variables, home: self["HOME"].map { Array($0.utf8) }, stateDirectory: stateDirectory,
      spoolDirectories: spoolDirectories, cancellation: cancellation)
  }

  /// The proxies that lead to the platform.
  var proxies: ProxySettings { ProxySettings(variables: variables) }

  /// The certificate authorities that are trusted, with those of `file`, which an option names.
  func roots(with file: String?) -> TrustedRoots {
    var roots = TrustedRoots(variables: variables)
    if let file { roots.additional = [.init(path: Array(file.utf8), name: "--ca-file")] }
    return roots
  }

  /// Directories for large temporary files; none of them has to be in memory, as /tmp may be.
  private var spoolDirectories: [[UInt8]] {
    ([self["TMPDIR"]].compactMap { $0 } + ["/var/tmp", "/tmp"]).map { Array($0.utf8) }
  }

  /// The directory for what is remembered between runs (XDG Base Directory Specification); nil where there is
  /// no home.
  private var stateDirectory: [UInt8]? {
    if let directory = self["XDG_STATE_HOME"], directory.hasPrefix("/") {
      return Array("\(directory)/actorpush".utf8)
    }
    guard let home = self["HOME"], Paths.status(Array(home.utf8))?.isDirectory == true else { return nil }
    return Array("\(home)/.local/state/actorpush".utf8)
  }
}
