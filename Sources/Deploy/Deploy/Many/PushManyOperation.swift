// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI
internal import SystemIO

/// Pushes several Actors, a few at a time; one that fails stops none of the others.
package struct PushManyOperation: Sendable {
  /// What became of one of them.
  package enum Ending: Sendable {
    /// It was pushed, or was up to date; perhaps its build has failed.
    case ended(PushOutcome)
    /// It could not be pushed.
    case failed(PushFailure)
    /// What it says of itself is not valid.
    case invalid(DeployError)
    /// It was not begun.
    case skipped

    /// Why it does not count as done; nil where it does, and where it was not begun.
    package var diagnosis: Diagnosis? {
      switch self {
      case .ended(let outcome): Diagnosis(outcome)
      case .failed(let failure): Diagnosis(failure)
      case .invalid(let error): Diagnosis(error)
      case .skipped: nil
      }
    }

    /// Whether it failed; a build that goes on has not.
    var hasFailed: Bool { diagnosis.map { $0.status != .stillBuilding } ?? false }
  }

  /// An Actor, and what became of it.
  package struct Result: Sendable {
    /// The Actor.
    package let actor: FoundActor
    /// What became of it.
    package let ending: Ending
  }

  private let actors: [FoundActor]
  private let request: PushRequest
  private let jobs: ActorJobs
  private let context: OperationContext

  /// A push of each of `actors` as `request` says, whatever directory that names.
  package init(_ actors: [FoundActor], _ request: PushRequest, _ jobs: ActorJobs, _ context: OperationContext)
  {
    self.actors = actors
    self.request = request
    self.jobs = jobs
    var context = context
    context.trees = SharedTrees()
    self.context = context
  }

  /// Pushes them.
  ///
  /// - Parameters:
  ///   - events: receives what the push of an Actor reports.
  ///   - summary: what is kept of one: an outcome holds its package, and many would fill memory and disk.
  ///     Called when the Actor is done, from any thread.
  /// - Returns: the summary of each, in their order.
  package func run<Summary: Sendable>(
    on platform: some Platform, events: @escaping @Sendable (FoundActor) -> DeployEvents,
    summary: @escaping @Sendable (Result) -> Summary
  ) async -> [Summary] {
    let account = SharedAccount()
    // Those that begin together would each ask.
    let user = actors.isEmpty ? nil : try? await account.user(on: platform).get()
    let twins = twins(username: user?.username)
    let endings = await jobs.run(actors, hasFailed: \Ended<Summary>.hasFailed) { actor in
      let ending =
        if let twin = twins[actor.directory] { Ending.invalid(twin) } else {
          await push(actor, on: platform, account, events(actor))
        }
      return Ended(
        summary: summary(Result(actor: actor, ending: ending)), hasFailed: ending.hasFailed)
    }
    return zip(actors, endings).map { $1?.summary ?? summary(Result(actor: $0, ending: .skipped)) }
  }

  /// What is kept of an Actor that is done.
  private struct Ended<Summary: Sendable>: Sendable {
    let summary: Summary
    let hasFailed: Bool
  }

  private func push(
    _ actor: FoundActor, on platform: some Platform, _ account: SharedAccount,
    _ events: @escaping DeployEvents
  ) async -> Ending {
    var own = request
    own.location = actor.location
    let push: PushOperation
    do throws(DeployError) {
      if let fault = try actor.configuration.get().fault { throw .project(fault.inside(actor.directory)) }
      push = try await Threads.run { [own, context] () throws(DeployError) in
        try PushOperation(own, context, events: events)
      }
    } catch {
      return .invalid(error)
    }
    do throws(PushFailure) {
      return .ended(try await push.run(on: platform, account: account, events: events))
    } catch {
      return .failed(error)
    }
  }

  /// Why the directories of Actors that name the same version of the same Actor are not pushed: one would
  /// overwrite the other.
  private func twins(username: String?) -> [[UInt8]: DeployError] {
    var named: [(actor: FoundActor, file: String)] = []
    var claims: [VersionRivals.Claim] = []
    for found in actors {
      guard case .success(let configuration) = found.configuration, configuration.fault == nil,
        let actor = try? PushSettings(configuration: configuration).reference
      else {
        continue
      }
      let version = request.target.version ?? configuration.version ?? .zero
      named.append((found, configuration.file))
      claims.append(
        VersionRivals.Claim(of: found.directory, on: version.description, of: actor, username: username))
    }
    let rivals = VersionRivals(claims)
    var twins: [[UInt8]: DeployError] = [:]
    for (index, (actor, file)) in named.enumerated() {
      guard let rival = rivals.rival(of: index) else { continue }
      twins[actor.directory] = .project(
        ProjectError(
          .invalidInput, file: TerminalText.utf8(Paths.join(actor.directory, Array(file.utf8))),
          reason: "names the same version of the same Actor as "
            + "\(TerminalText.of(named[rival].actor.directory)); neither is pushed",
          help: "give one of them another version, or push one of them alone"))
    }
    return twins
  }
}
