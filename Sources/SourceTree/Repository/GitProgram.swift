// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import POSIX
internal import Subprocess

/// The installed git, asked for what is rare enough not to be read here.
package enum GitProgram {
  /// What `git -C directory arguments` prints; nil where there is no git or it fails. Blocks: not for the
  /// cooperative pool's threads.
  static func output(_ arguments: [String], in directory: [UInt8]) -> [UInt8]? {
    let result = Monitor<[UInt8]??>(nil)
    let path = String(decoding: directory, as: UTF8.self)
    Task.detached {
      let record = try? await run(
        .name("git"), arguments: Arguments(["-C", path] + arguments),
        output: .bytes(limit: 1 << 30), error: .discarded)
      let output = record.flatMap { $0.terminationStatus.isSuccess ? $0.standardOutput : nil }
      result.withLock { $0 = .some(output) }
      result.wakeAll()
    }
    return result.wait { $0 }
  }
}
