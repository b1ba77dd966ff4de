// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SystemIO

/// How this process reaches the platform.
struct PlatformConnection: Sendable {
  /// The file of the token, where an option names one.
  var tokenFile: String?
  /// The root of the API, where an option names it.
  var apiURL: String?
  /// A file of certificate authorities, where an option names it.
  var caFile: String?

  /// The root of the API.
  func root(_ environment: ProcessEnvironment) throws(Failure) -> APIRoot {
    let variable = "APIFY_CLIENT_BASE_URL"
    guard
      let (text, source) = apiURL.map({ ($0, "--api-url") }) ?? environment[variable].map({ ($0, variable) })
    else { return .apify }
    do throws(APIRootError) { return try APIRoot(text) } catch {
      if apiURL != nil { throw Failure(usage: "\(source): \(error)") }
      throw Failure(argument: "\(source): \(error)")
    }
  }

  /// A client for the platform at `root`, with the user's token.
  func client(
    _ root: APIRoot, _ environment: ProcessEnvironment, _ console: Console
  ) throws(DeployError) -> ApifyClient {
    let token: APIToken
    do throws(ProjectError) { token = try self.token(environment) } catch {
      if environment.cancellation.isCancelled { throw .interrupted }
      throw .project(error)
    }
    var configuration = ClientConfiguration(
      userAgent: ClientConfiguration.userAgent(version: ActorPush.version),
      origin: environment["CI"] == nil ? .cli : .ci, extraHeaders: Self.runAddress(environment)
    ) { event in console.detail(RequestText.of(event)) }
    configuration.proxies = environment.proxies
    configuration.roots = environment.roots(with: caFile)
    // A mistyped address must not take minutes to be told.
    configuration.retries.maximumUnreachableRetries = 2
    return ApifyClient(root: root, token: token, configuration: configuration)
  }

  /// The token as it is written; nil where there is none.
  func tokenText(_ environment: ProcessEnvironment) -> String? { try? credentials(environment).token() }

  private func credentials(_ environment: ProcessEnvironment) -> Credentials {
    Credentials(
      tokenFile: tokenFile.map { Credentials.TokenFile(name: $0, contents: NamedFile.result($0)) },
      variable: environment["APIFY_TOKEN"], userFiles: environment.context.userFiles)
  }

  /// The token.
  func token(_ environment: ProcessEnvironment) throws(ProjectError) -> APIToken {
    let text = try credentials(environment).token()
    do throws(APITokenError) {
      return try APIToken(text)
    } catch {
      throw ProjectError(.noToken, reason: "\(tokenSource(environment)) \(error)")
    }
  }

  /// Where the token comes from, in words.
  func tokenSource(_ environment: ProcessEnvironment) -> String {
    if let tokenFile { return "--token-file \(TerminalText.of(tokenFile))" }
    return environment["APIFY_TOKEN"] == nil ? "~/.apify/auth.json" : "APIFY_TOKEN"
  }

  /// In GitHub Actions, the address of the run.
  private static func runAddress(_ environment: ProcessEnvironment) -> [(name: String, value: String)] {
    guard let server = environment["GITHUB_SERVER_URL"], let repository = environment["GITHUB_REPOSITORY"],
      let run = environment["GITHUB_RUN_ID"]
    else { return [] }
    let address = "\(server)/\(repository)/actions/runs/\(run)"
    // It is for information alone: with what can't be sent, as a line end of Windows, it is left out.
    guard address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return [] }
    return [("X-Apify-Github-Actions-Run-Url", address)]
  }
}
