// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The processes that one test has started, itself or through git: those that got its own state directory.
struct HookProcesses {
  /// The value of XDG_STATE_HOME, which no other test has.
  let state: String

  /// Kills those that have `arguments` one after the other on their command lines, each by its id.
  ///
  /// - Returns: how many there were.
  @discardableResult
  func kill(_ arguments: String...) -> Int { kill(arguments) }

  /// The same.
  @discardableResult
  func kill(_ arguments: [String]) -> Int {
    send(SIGKILL, to: arguments)
  }

  /// Whether one that has `arguments` on its command line has a file open whose name ends with `ending`.
  func hasOpened(_ ending: String, _ arguments: String...) -> Bool {
    ids(with: arguments).contains { id in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/fd")) ?? []
      return names.contains { name in
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/fd/\(name)")
        return path?.hasSuffix(ending) == true
      }
    }
  }

  /// Sends `signal` to those that have `arguments` one after the other on their command lines.
  ///
  /// - Returns: how many there were.
  @discardableResult
  func send(_ signal: Int32, to arguments: String...) -> Int { send(signal, to: arguments) }

  private func send(_ signal: Int32, to arguments: [String]) -> Int {
    let found = ids(with: arguments)
    for id in found { _ = Self.send(signal, to: id) }
    return found.count
  }

  /// Kills the process groups that those lead which have `arguments` on their command lines.
  ///
  /// - Returns: how many there were.
  @discardableResult
  func killGroups(_ arguments: String...) -> Int {
    ids(with: arguments).count { Self.send(SIGKILL, to: -$0) }
  }

  private static func send(_ signal: Int32, to id: pid_t) -> Bool {
    #if canImport(Darwin)
      Darwin.kill(id, signal) == 0
    #else
      Glibc.kill(id, signal) == 0
    #endif
  }

  private func ids(with arguments: [String]) -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { id in
      guard Self.fields("/proc/\(id)/environ").contains("XDG_STATE_HOME=\(state)") else { return false }
      let words = Self.fields("/proc/\(id)/cmdline")
      return words.indices.contains { words[$0...].starts(with: arguments) }
    }
  }

  /// What stands in `file` between its NULs; nothing where it cannot be read.
  private static func fields(_ file: String) -> [String] {
    guard let contents = FileManager.default.contents(atPath: file) else { return [] }
    return contents.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
