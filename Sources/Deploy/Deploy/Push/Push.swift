// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI
package import SystemIO

/// One push, step by step: look, then act.
package struct Push: Sendable {
  let client: ApifyClient
  let settings: PushSettings
  /// Where is remembered what was pushed; nil: nowhere.
  let stateFolder: [UInt8]?
  let cancellation: CancellationFlag

  /// A push by `settings`.
  ///
  /// - Parameter stateFolder: where is remembered what was pushed; nil where there is no such place.
  package init(
    _ settings: PushSettings, client: ApifyClient, stateFolder: [UInt8]?, cancellation: CancellationFlag
  ) {
    self.settings = settings
    self.client = client
    self.stateFolder = stateFolder
    self.cancellation = cancellation
  }

  var number: String { settings.version.description }
  var memory: VersionMemory? { stateFolder.map { VersionMemory(folder: $0) } }

  func key(_ actorID: String) -> VersionMemory.Key {
    VersionMemory.Key(root: client.root.description, actorID: actorID, version: number)
  }
}

/// Runs a request; what the client throws is the platform's, or the end of our patience.
func asked<Answer>(_ request: () async throws -> Answer) async throws(DeployError) -> Answer {
  do {
    return try await request()
  } catch let error as APIError {
    throw .platform(error)
  } catch let error as DeployError {
    throw error
  } catch let error as SystemError {
    // The body of the request comes from a file.
    throw .spool(error)
  } catch {
    throw .interrupted
  }
}

/// The same, as a value: for requests that are under way side by side.
func outcome<Answer: Sendable>(
  _ request: () async throws -> Answer
) async -> Result<Answer, DeployError> {
  do throws(DeployError) { return .success(try await asked(request)) } catch { return .failure(error) }
}
