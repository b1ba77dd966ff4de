// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// The `git push` that a hook runs in: known by its number and by when it began, for numbers are used again.
package struct PushProcess: Codable, Sendable, Equatable {
  /// Its number.
  package let number: Int32
  /// When it began, in the system's own unit; 0 where the system does not say.
  package let began: UInt64

  /// The git nearest above this process; nil where there is none, as when somebody runs the hook by hand.
  ///
  /// Between the two there may be shells and managers of hooks.
  package static func above() -> PushProcess? {
    #if canImport(Darwin)
      return PushProcess(number: getppid(), began: 0)
    #else
      var number = getppid()
      while number > 1, let status = ProcessStatus(number) {
        if status.name == "git" || status.name.hasPrefix("git-") {
          return PushProcess(number: number, began: status.began)
        }
        number = status.parent
      }
      return nil
    #endif
  }

  /// Whether it has not ended yet.
  package var isRunning: Bool {
    #if canImport(Darwin)
      return kill(number, 0) == 0
    #else
      guard let status = ProcessStatus(number) else { return false }
      return status.began == began && status.state != "Z" && status.state != "X"
    #endif
  }

  /// Whether it only shows what it would push (`git push --dry-run`): hooks run all the same.
  package var isDryRun: Bool {
    guard let line = Paths.contents(Array("/proc/\(number)/cmdline".utf8)) else { return false }
    return line.split(separator: 0).contains {
      $0.elementsEqual("--dry-run".utf8) || $0.elementsEqual("-n".utf8)
    }
  }

  /// Waits for its end.
  ///
  /// - Returns: false where it has not ended after `seconds`, or where `cancellation` was asked for.
  package func waitForEnd(atMost seconds: Int, _ cancellation: CancellationFlag) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var pause = 5
    while isRunning {
      if ContinuousClock.now > deadline || cancellation.isCancelled { return false }
      Threads.pause(milliseconds: pause)
      pause = min(pause * 2, 200)
    }
    return true
  }
}

/// What proc(5) says about a process.
private struct ProcessStatus {
  let name: String
  let state: String
  let parent: Int32
  let began: UInt64

  init?(_ number: Int32) {
    guard let text = Paths.contents(Array("/proc/\(number)/stat".utf8)),
      // The name stands in parentheses, and may hold any byte.
      let open = text.firstIndex(of: UInt8(ascii: "(")), let close = text.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    name = String(decoding: text[(open + 1)..<close], as: UTF8.self)
    let fields = text[(close + 1)...].split(separator: UInt8(ascii: " ")).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard fields.count > 19, let parent = Int32(fields[1]), let began = UInt64(fields[19]) else { return nil }
    state = fields[0]
    self.parent = parent
    self.began = began
  }
}
