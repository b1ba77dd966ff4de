// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import ArgumentParser
internal import Deploy

/// The options of commands that use the platform.
struct PlatformOptions: ParsableArguments {
  @Option(
    help: "A file that holds the API token; otherwise APIFY_TOKEN, then ~/.apify/auth.json.",
    completion: .file())
  var tokenFile: String?

  @Option(
    name: .customLong("api-url"),
    help: "The API's address; otherwise APIFY_CLIENT_BASE_URL, then https://api.apify.com.")
  var apiURL: String?

  @Option(
    help: "A file of certificate authorities (PEM) to trust beside the system's; see also SSL_CERT_FILE.",
    completion: .file())
  var caFile: String?

  /// The connection that they describe.
  var connection: PlatformConnection {
    PlatformConnection(tokenFile: tokenFile, apiURL: apiURL, caFile: caFile)
  }

  /// The token in use; nil where there is none.
  func token(_ environment: ProcessEnvironment) -> String? {
    PlatformConnection(tokenFile: tokenFile).tokenText(environment)
  }

  /// `failure`, which says nothing of packages where none is made.
  private static func placed(_ failure: Failure) -> Failure {
    var failure = failure
    if failure.content is NoContent { failure.diagnosis = failure.diagnosis.whileAsking }
    return failure
  }

  /// Runs `body` with a client, which opens no connection before the first request.
  func withClient<Value: Sendable>(
    _ environment: ProcessEnvironment, _ console: Console,
    _ body: (ApifyClient) async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let connection = connection
    let root = try connection.root(environment)
    let client = try operate { () throws(DeployError) in try connection.client(root, environment, console) }
    do throws(Failure) {
      let value = try await body(client)
      await client.shutdown()
      return value
    } catch {
      let failure = await ActorSuggestion.add(to: Self.placed(error), client)
      await client.shutdown()
      throw failure
    }
  }
}
