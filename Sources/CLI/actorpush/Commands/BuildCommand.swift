// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import ArgumentParser
internal import Deploy

struct BuildCommand: PlatformCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.build.rawValue, _superCommandName: ActorPush.name,
    abstract: "Look at a build, follow or abort it, or start one.",
    discussion: """
      Without a name it is the newest build. --start builds a version as it is on the platform, whatever its source: files, a \
      zip, a git repository or a gist.

        actorpush build               the newest build
        actorpush build latest --log  the log of the build that a tag points at
        actorpush build --follow      stay with the newest build to its end
        actorpush build --start       build the version once more
      """)

  @Argument(help: "The build: its number (0.1.7), its ID, or a tag that points at it.", completion: .builds)
  var build: String?

  @OptionGroup var options: BuildOptions
  @OptionGroup var location: ActorOptions
  @OptionGroup(title: "Platform") var target: VersionOptions
  @OptionGroup(title: "Platform") var platform: PlatformOptions
  @OptionGroup(title: "Output") var global: GlobalOptions

  @Flag(help: "Print the build as one JSON object on standard output.")
  var json = false

  static let operation = "build"

  func validate() throws {
    if options.start, build != nil { throw ValidationError("--start makes a new build; it takes no name") }
    if build != nil, target.version != nil {
      throw ValidationError("--version is for the newest build of one, and for --start")
    }
  }

  func perform(_ environment: ProcessEnvironment) async throws(Failure) {
    let settings = try target.settings(
      in: location.folder, environment, global.console(environment), readsVersion: options.start)
    let version = try target.target().version
    let output = BuildOutput(
      global.console(environment), logIsOutput: options.log && !json, isJSON: json)
    let operation = BuildOperation(
      settings, build.map { .named($0) } ?? .newest(version), try options.action(),
      wait: options.wait.map { .seconds($0) },
      keepsBuild: { output.failure != nil && !output.isInterrupted })
    let outcome = try await platform.withClient(environment, output.console) { client throws(Failure) in
      let readsLog = options.log
      let work = Task { () -> Result<BuildOperation.Outcome, DeployError> in
        do throws(DeployError) {
          let outcome = try await operation.run(on: client, events: output.show)
          if readsLog, outcome.ending == nil {
            try await operation.readLog(of: outcome.build.build, on: client, onLine: output.keep)
          }
          return .success(outcome)
        } catch {
          return .failure(error)
        }
      }
      // Where the log is read by no process any longer, there is nothing left to stay for.
      output.onFailure { work.cancel() }
      let watch = Task { await output.watchReader() }
      defer { watch.cancel() }
      let result = await withTaskCancellationHandler {
        await work.value
      } onCancel: {
        output.interrupt()
        work.cancel()
      }
      do throws(DeployError) { return try result.get() } catch {
        var failure = Failure(error)
        if case .buildAborted(let build) = error {
          failure.content = AbortedBuildReport(build: BuildReport(build))
        }
        throw output.isInterrupted ? failure : output.failure ?? failure
      }
    }
    try output.finish(outcome, options) { report throws(Failure) in try write(report, environment) }
  }
}
