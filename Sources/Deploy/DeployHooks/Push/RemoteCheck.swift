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
    /// No answer.
    case unreachable(String)
  }

  /// How long a remote may think, in seconds, and how often it is asked.
  private static let patience = 30
  private static let attempts = 3

  /// What `remote`, an address, has for `reference`. Blocks.
  package static func ask(
    _ remote: String, for reference: String, pushed object: String, _ repository: [UInt8],
    _ variables: [String: String], _ cancellation: CancellationFlag
  ) -> Answer {
    var failure = ""
    for attempt in 1...attempts {
      let patience = CancellationFlag()
      let isDone = CancellationFlag()
      Threads.detach {
        for _ in 0..<(Self.patience * 20) where !isDone.isCancelled {
          if cancellation.isCancelled { break }
          Threads.pause(milliseconds: 50)
        }
        patience.cancel()
      }
      defer { isDone.cancel() }
      do throws(Git.Failure) {
        let git = Git(
          repository: repository, variables: variables, network: .allowed, cancellation: patience)
        let output = try git.output(["ls-remote", "--quiet", "--end-of-options", remote, reference])
        return answer(output, reference, object)
      } catch {
        failure =
          switch error {
          case .missing: "git is not installed"
          case .failed(_, let message): message
          case .interrupted: "no answer"
          }
      }
      if cancellation.isCancelled { break }
      if attempt < attempts { Threads.pause(milliseconds: 500 * attempt) }
    }
    return .unreachable(failure)
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
