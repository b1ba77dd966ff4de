// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// The `git push` that a hook runs in: known by its pid and its start time, since pids are used again.
package struct PushProcess: Codable, Sendable, Equatable {
  /// Its process id.
  package let pid: Int32
  /// When it started, in the system's own unit; 0 where the system does not say.
  package let startTime: UInt64

  // The names of the job files of earlier versions.
  private enum CodingKeys: String, CodingKey {
    case pid = "number"
    case startTime = "began"
  }

  /// The `git push` nearest above this process; nil where there is none, as when the hook is run by hand, or
  /// by a program that pushes without git.
  ///
  /// Between the two there may be shells and managers of hooks, and git itself (`git hook run`). Where there
  /// is nothing but the hook's own shells, what ran the hook has ended already.
  package static func above() -> PushProcess? {
    #if canImport(Darwin)
      return PushProcess(pid: getppid(), startTime: 0)
    #else
      var pid = getppid()
      var isOrphan = true
      while pid > 1, let status = ProcessStatus(pid), !Self.reapers.contains(status.name) {
        let process = PushProcess(pid: pid, startTime: status.startTime)
        if status.name.hasPrefix("git"), process.commandLine != nil { return process }
        isOrphan = isOrphan && Self.shells.contains(status.name)
        pid = status.parent
      }
      return isOrphan ? .ended : nil
    #endif
  }

  /// Who takes over the children of a process that has ended.
  private static let reapers: Set<String> = ["systemd", "init", "tini", "dumb-init"]
  private static let shells: Set<String> = ["sh", "bash", "dash", "ash", "busybox", "zsh", "ksh"]

  /// A push that ended before its hook looked for it.
  static let ended = PushProcess(pid: 0, startTime: 0)

  /// Whether it has not ended yet.
  package var isRunning: Bool {
    #if canImport(Darwin)
      return kill(pid, 0) == 0
    #else
      guard let status = ProcessStatus(pid) else { return false }
      return status.startTime == startTime && status.state != "Z" && status.state != "X"
    #endif
  }

  /// Whether it only shows what it would push (`git push --dry-run`): hooks run all the same.
  package var isDryRun: Bool { commandLine?.isDryRun == true }

  private var commandLine: PushCommandLine? {
    Paths.contents(Array("/proc/\(pid)/cmdline".utf8)).flatMap { PushCommandLine(process: $0) }
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
  let startTime: UInt64

  init?(_ pid: Int32) {
    guard let text = Paths.contents(Array("/proc/\(pid)/stat".utf8)),
      // The name stands in parentheses, and may hold any byte.
      let open = text.firstIndex(of: UInt8(ascii: "(")), let close = text.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    name = String(decoding: text[(open + 1)..<close], as: UTF8.self)
    let fields = text[(close + 1)...].split(separator: UInt8(ascii: " ")).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard fields.count > 19, let parent = Int32(fields[1]), let startTime = UInt64(fields[19]) else {
      return nil
    }
    state = fields[0]
    self.parent = parent
    self.startTime = startTime
  }
}
