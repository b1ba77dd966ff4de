// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

extension ReportCommand {
  /// Compares the package with the version on the platform; the page at `output` is in neither.
  func compare(
    _ location: ProjectLocation, _ version: VersionTarget, output: [UInt8]?,
    _ environment: ProcessEnvironment, _ console: Console
  ) async throws(Failure) -> ReportData.Comparison {
    let diff = try await operateAside { () throws(DeployError) in
      try DiffOperation(location, version, environment.context)
    }
    return try await platform.withClient(environment, console) { client throws(Failure) in
      do throws(DeployError) {
        return ReportData.Comparison(try await diff.run(on: client, output: output, events: { _ in }))
      } catch {
        throw Failure(error)
      }
    }
  }

  /// The last component of the project directory's path.
  func name(_ location: ProjectLocation) -> String {
    let path = (try? Paths.resolved(location.directory)) ?? location.directory
    return String(decoding: path.split(separator: UInt8(ascii: "/")).last ?? path[...], as: UTF8.self)
  }
}
