// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SourcePackage
internal import SystemIO

extension Failure {
  /// Why a push to the platform at `root` did not happen.
  init(_ error: DeployError, root: APIRoot) {
    switch error {
    case .project(let error): self.init(error)
    case .package(let error): self.init(error, output: "the request")
    case .spool(let error):
      self.init(
        type: "spool-not-writable",
        message: "the temporary file for the zip: \(error.message); TMPDIR names another place for it",
        status: .failed, phase: "package")
    case .nothingToPush:
      self.init(
        type: "nothing-to-push",
        message: "there is no file to push; actorpush list --ignored says what is left out",
        status: .nothingToPush, phase: "package")
    case .overInlineLimit(let summary):
      self.init(
        type: "package-too-large",
        message: "the files are \(Quantity.number(summary.inlineBytes)) bytes as sent, the platform takes "
          + "\(Quantity.number(PlatformLimits.inlineBytes)); leave some out by .actorignore, or send a zip (--source-type zip). The largest: "
          + Self.largest(summary), status: .invalidInput, phase: "package")
    case .overRequestLimit(let summary):
      self.init(
        type: "package-too-large",
        message: "the request would have \(Quantity.number(summary.documentBytes)) bytes, the platform takes "
          + "\(Quantity.number(PlatformLimits.requestBytes)); leave some files out by .actorignore, or send a zip (--source-type zip). The largest: "
          + Self.largest(summary), status: .invalidInput, phase: "package")
    case .noSuchActor(let reference):
      self.init(
        type: "no-such-actor",
        message: "there is no Actor \(reference) that this token may see; is it a token of another account?",
        status: .nothingToPush, phase: "platform")
    case .noSuchVersion(let number, let actor):
      self.init(
        type: "no-such-version",
        message: "\(TerminalText.of(actor)) has no version \(number); actorpush push creates it",
        status: .nothingToPush, phase: "platform")
    case .sourceElsewhere(let type, let url):
      self.init(
        type: "source-elsewhere",
        message: "the version takes its source from elsewhere (\(TerminalText.of(type.rawValue))"
          + "\(url.map { " " + TerminalText.of($0) } ?? "")); there are no files to compare with",
        status: .nothingToPush, phase: "platform")
    case .unreadableVersion(let reason):
      self.init(
        type: "unreadable-version",
        message: "the platform's version can't be compared: \(TerminalText.of(reason))",
        status: .failed, phase: "platform")
    case .local(let error):
      self =
        error as? Failure
        ?? Failure(type: "unknown", message: "\(error)", status: .failed, phase: "platform")
    case .noSuchBuild(let reason):
      self.init(type: "no-such-build", message: TerminalText.of(reason), status: .invalidInput, phase: "platform")
    case .conflict:
      self.init(
        type: "conflict", message: "the platform's version was changed by somebody else", status: .conflict,
        phase: "platform")
    case .buildVanished(let build):
      self.init(
        type: "build-vanished",
        message: "the platform started build \(TerminalText.of(build.id)) and does not know it now",
        status: .failed, phase: "build")
    case .buildAborted(let build):
      self.init(
        type: "interrupted",
        message: "interrupted; build \(TerminalText.of(build.buildNumber ?? build.id)) was asked to end "
          + "(\(TerminalText.of(build.status.rawValue))), the version stays updated",
        status: .interrupted, phase: "build")
    case .platform(let error): self.init(error, root: root)
    case .interrupted: self = .interrupted
    }
  }

  private static func largest(_ summary: PackageSummary) -> String {
    summary.largest.map { "\(TerminalText.of($0.path)) (\(Quantity.bytes($0.inlineBytes)))" }.joined(
      separator: ", ")
  }

  /// What the platform said, or what kept us from it.
  private init(_ error: APIError, root: APIRoot) {
    var message = TerminalText.of(error.message)
    if error.isLocal { message = "\(root): \(message)" }
    if let hint = Self.hint(error) { message += "; " + hint }
    if !error.method.isEmpty {
      let tries = error.attempts > 1 ? ", \(error.attempts) attempts" : ""
      let status = error.status.map { " \($0)" } ?? ""
      message += " (\(error.method) \(error.path):\(status) \(error.type)\(tries))"
    }
    if error.outcomeIsUnknown { message += "; the platform may have carried it out all the same" }
    self.init(type: error.type.rawValue, message: message, status: .failed, phase: "platform")
  }

  private static func hint(_ error: APIError) -> String? {
    switch error.type {
    case .userOrTokenNotFound, .tokenNotProvided:
      "check the token (APIFY_TOKEN, --token-file or ~/.apify/auth.json)"
    case .recordNotFound, .recordOrTokenNotFound: "is this a token of another account?"
    case .insufficientPermissions: "the token may not do this; use one with write access to the Actor"
    case .requestTooLarge: "leave files out by .actorignore"
    case .invalidValue where error.message.contains("sourceFiles"):
      "the platform refuses the files; they may be too many or too large, leave some out by .actorignore"
    case .unreachable, .network: "check the connection and the address (--api-url, APIFY_CLIENT_BASE_URL)"
    case .timeout: "try again"
    case .invalidResponse: "is the address that of the Apify API?"
    default: nil
    }
  }
}
