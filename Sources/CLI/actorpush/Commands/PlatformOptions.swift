// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import ArgumentParser

/// What commands that console to the platform understand.
struct PlatformOptions: ParsableArguments {
  @Option(help: "A file that holds the API token; otherwise APIFY_TOKEN, then ~/.apify/auth.json.")
  var tokenFile: String?

  @Option(
    name: .customLong("api-url"),
    help: "The API's address; otherwise APIFY_CLIENT_BASE_URL, then https://api.apify.com.")
  var apiURL: String?

  /// A client for the platform; it opens no connection before the first request.
  func client(_ environment: ProcessEnvironment, _ userFiles: UserFiles, _ console: Console) throws(Failure)
    -> ApifyClient
  {
    let root = try root(environment)
    let token: APIToken
    do throws(ProjectError) {
      let text = try Credentials(
        tokenFile: tokenFile, variable: environment["APIFY_TOKEN"], userFiles: userFiles
      ).token()
      do throws(APITokenError) {
        token = try APIToken(text)
      } catch {
        throw ProjectError(.noToken, reason: "the token can't be one: \(error)")
      }
    } catch {
      throw Failure(error)
    }
    var configuration = ClientConfiguration(
      userAgent: ClientConfiguration.userAgent(version: ActorPush.version),
      origin: environment["CI"] == nil ? .cli : .ci, extraHeaders: Self.runAddress(environment)
    ) { event in console.detail(RequestText.of(event)) }
    // A mistyped address shall not take minutes to be told.
    configuration.retries.maximumUnreachableRetries = 2
    return ApifyClient(root: root, token: token, configuration: configuration)
  }

  /// The API's address.
  func root(_ environment: ProcessEnvironment) throws(Failure) -> APIRoot {
    let (text, source) =
      apiURL.map { ($0, "--api-url") } ?? environment["APIFY_CLIENT_BASE_URL"].map {
        ($0, "APIFY_CLIENT_BASE_URL")
      }
      ?? ("", "")
    if text.isEmpty, source.isEmpty { return .apify }
    do throws(APIRootError) {
      return try APIRoot(text)
    } catch {
      throw Failure(
        type: "invalid-input", message: "\(source): \(error)", status: .invalidInput, phase: "arguments")
    }
  }

  /// In GitHub Actions, the address of the run.
  private static func runAddress(_ environment: ProcessEnvironment) -> [(name: String, value: String)] {
    guard let server = environment["GITHUB_SERVER_URL"], let repository = environment["GITHUB_REPOSITORY"],
      let run = environment["GITHUB_RUN_ID"]
    else { return [] }
    return [("X-Apify-Github-Actions-Run-Url", "\(server)/\(repository)/actions/runs/\(run)")]
  }
}
