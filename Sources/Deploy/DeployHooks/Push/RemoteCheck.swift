// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
package import SystemIO

/// Asks a remote whether a push has arrived: it can be refused after the hook has run.
package enum RemoteCheck {
  /// What the remote has in the place of a reference.
  package enum Answer: Sendable, Equatable {
    /// The commit that was pushed.
    case arrived
    /// Another one.
    case other(String)
    /// No such reference.
    case absent
    /// No answer, for this reason.
    case unreachable(String)
  }

  /// How long a remote may think, in milliseconds.
  private static let patience = 30_000

  /// What `remote`, an address, has for `reference`. Blocks.
  package static func ask(
    _ remote: String, for reference: String, pushed object: String, _ repository: [UInt8],
    _ variables: [String: String], _ cancellation: CancellationFlag
  ) -> Answer {
    let flag = CancellationFlag(after: cancellation)
    let timer = Timer(milliseconds: patience, flag)
    defer { timer.stop() }
    do throws(Git.Failure) {
      let git = Git(repository: repository, variables: variables, network: .allowed, cancellation: flag)
      let output = try git.output(["ls-remote", "--quiet", "--end-of-options", remote, reference])
      return answer(output, reference, object)
    } catch {
      switch error {
      case .missing: return .unreachable("git is not installed")
      case .failed, .blocking, .tooLate, .resources: return .unreachable(error.message ?? "")
      case .interrupted: return .unreachable("no answer within \(patience / 1000) s")
      }
    }
  }

  private static func answer(_ output: [UInt8], _ reference: String, _ object: String) -> Answer {
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t"))
      guard fields.count == 2, fields[1].elementsEqual(reference.utf8) else { continue }
      return fields[0].elementsEqual(object.utf8)
        ? .arrived : .other(String(decoding: fields[0], as: UTF8.self))
    }
    return .absent
  }
}
