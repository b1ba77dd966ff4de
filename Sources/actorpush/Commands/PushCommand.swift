// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import ArgumentParser
internal import Deployment
internal import POSIX
internal import SourcePackage
internal import SourceTree

struct PushCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Package a folder and make it the source of an Actor's version.",
    discussion: """
      The Actor, the version and the tag come from .actor/actor.json. A missing Actor or version is created. The version is \
      updated as a whole or not at all; nothing is built yet.
      """)

  @OptionGroup var tree: TreeOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var global: GlobalOptions

  @Option(help: "The Actor: its ID, user~name or user/name, or ~name.")
  var actor: String?

  @Option(help: "The version, as 0.1.")
  var version: String?

  @Option(help: "The tag that builds of the version get.")
  var tag: String?

  @Flag(help: "Replace a version whose source is a git repository or a gist.")
  var force = false

  @Flag(help: "Leave out environment variables whose secret is missing.")
  var allowMissingSecrets = false

  @Flag(help: "Look, package and say what would be done; change nothing.")
  var dryRun = false

  @Flag(help: "Say what happened as one JSON object on standard output.")
  var json = false

  static let operation = "push"

  func perform(_ surroundings: Surroundings) async throws(Failure) {
    let talk = global.talk(surroundings)
    let start = ContinuousClock.now
    let settings = try settings()
    let userFiles = UserFiles(home: surroundings["HOME"].map { Array($0.utf8) })
    let head = try head(settings, userFiles, talk)
    let client = try platform.client(surroundings, userFiles, talk)
    let outcome: Result<PushReport, Failure>
    do throws(Failure) {
      outcome = .success(try await push(settings, head, client, surroundings, talk, start))
    } catch {
      outcome = .failure(error)
    }
    await client.shutdown()
    let report = try outcome.get()
    if json { report.write() }
  }

  private func push(
    _ settings: PushSettings, _ head: DocumentHead, _ client: ApifyClient, _ surroundings: Surroundings,
    _ talk: Talk, _ start: ContinuousClock.Instant
  ) async throws(Failure) -> PushReport {
    let line = ProgressLine("packing", talk: talk)
    let root = client.root
    // The platform is asked while the files are read.
    async let packed = Threads.run { () -> Result<PreparedPackage, Failure> in
      defer { line.finish() }
      do throws(Failure) {
        let plan = try tree.plan(surroundings: surroundings, talk: talk)
        do throws(DeploymentError) {
          let packager = Packager(
            .files, spoolFolders: surroundings.spoolFolders, interruption: surroundings.interruption,
            progress: line.update)
          return .success(try packager.package(plan, reserve: 0))
        } catch {
          return .failure(Failure(error, root: root))
        }
      } catch {
        return .failure(error)
      }
    }
    let push = Push(settings, client: client)
    let looked: Result<PushPlan, DeploymentError>
    do throws(DeploymentError) { looked = .success(try await push.look(isForced: force)) } catch {
      looked = .failure(error)
    }
    // What is wrong with the project is said first: it is the user's to mend, whatever the platform says.
    let document = try await packed.get()
    let packedAt = ContinuousClock.now
    do throws(DeploymentError) {
      let plan = try looked.get()
      talk.say(PushText.intention(plan, isDryRun: dryRun))
      talk.say("package: \(PackageText.summary(document.summary))")
      talk.say("digest: \(document.summary.digest)")
      if dryRun {
        return PushReport(
          plan, id: plan.actor?.id, document, root: client.root, isDryRun: true, packed: packedAt - start,
          total: .now - start)
      }
      let id = try await push.carryOut(plan, document, head: head)
      let report = PushReport(
        plan, id: id, document, root: client.root, isDryRun: false, packed: packedAt - start,
        total: .now - start)
      talk.say(
        "\(PushText.done(plan)): \(Counts.bytes(document.payloadBytes)) sent, \(Counts.time(.now - start)) in all"
      )
      if let url = report.actor.url { talk.say(url) }
      return report
    } catch {
      throw Failure(error, root: client.root)
    }
  }

  /// What actor.json and the command line say.
  private func settings() throws(Failure) -> PushSettings {
    do throws(ProjectError) {
      var configuration: ActorConfiguration?
      do throws(ProjectError) {
        configuration = try ActorConfiguration.read(in: Array(tree.folder.utf8))
      } catch {
        // Whoever names the Actor needs no actor.json.
        guard error.code == .noActor, actor != nil else { throw error }
      }
      return try PushSettings(
        configuration: configuration, reference: reference(), version: versionNumber(), buildTag: tag)
    } catch {
      throw Failure(missingFolder: tree.folder) ?? Failure(error)
    }
  }

  private func reference() throws(ProjectError) -> ActorReference? {
    guard let actor else { return nil }
    do throws(ActorReferenceError) {
      return try ActorReference(actor)
    } catch {
      throw ProjectError(.invalidInput, reason: "--actor \(SafeText.of(actor)): \(error)")
    }
  }

  private func versionNumber() throws(ProjectError) -> VersionNumber? {
    guard let version else { return nil }
    if let number = VersionNumber(version) { return number }
    throw ProjectError(
      .invalidInput,
      reason: "--version \(SafeText.of(version)): must be two numbers of 0 to 99 with a point between, as 0.1"
    )
  }

  private func head(
    _ settings: PushSettings, _ userFiles: UserFiles, _ talk: Talk
  ) throws(Failure) -> DocumentHead {
    do throws(ProjectError) {
      let variables = try EnvironmentVariables(
        settings.configuration, userFiles: userFiles, allowsMissing: allowMissingSecrets)
      for name in variables.missing { talk.warn("\(SafeText.of(name)): its secret is missing; left out") }
      return DocumentHead(
        versionNumber: settings.version.description, buildTag: settings.buildTag,
        environmentVariables: variables.values)
    } catch {
      throw Failure(error)
    }
  }
}
