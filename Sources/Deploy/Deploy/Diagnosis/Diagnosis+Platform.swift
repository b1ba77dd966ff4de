// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

extension Diagnosis {
  /// What the platform said, or why it could not be reached.
  init(_ error: APIError, root: APIRoot) {
    var message = TerminalText.of(error.message)
    if error.isLocal { message = "\(root): \(message)" }
    if !error.method.isEmpty {
      let tries = error.attempts > 1 ? ", \(error.attempts) attempts" : ""
      // The platform's own word for it; what is ours, the message says.
      let answer =
        error.isLocal
        ? "" : ":" + (error.status.map { " \($0)" } ?? "") + " " + TerminalText.of(error.type.rawValue)
      message += " (\(error.method) \(error.path)\(answer)\(tries))"
    }
    self.init(
      type: error.type.rawValue, message: message, help: Self.hint(error), status: .failed, phase: "platform")
    if error.outcomeIsUnknown { consequences.append("the platform may have carried it out anyway") }
  }

  /// What a token needs for the request that failed with `error`.
  private static func permission(for error: APIError) -> String {
    if error.path.hasPrefix("/v2/key-value-stores") { return "write access to key-value stores" }
    if error.path.hasPrefix("/v2/users") { return "access to the account" }
    return error.method == "GET" ? "access to the Actor" : "write access to the Actor"
  }

  private static func hint(_ error: APIError) -> String? {
    switch error.type {
    case .userOrTokenNotFound, .tokenNotProvided:
      "check the token (APIFY_TOKEN, --token-file or ~/.apify/auth.json)"
    case .recordNotFound, .recordOrTokenNotFound: "is it the token of another account?"
    case .insufficientPermissions: "the token may not do this; use one with \(permission(for: error))"
    case .requestTooLarge: "exclude files in .actorignore"
    case .invalidValue where error.message.utf8.holds("sourceFiles"):
      "the platform refuses the files; they may be too many or too large, exclude some in .actorignore"
    case .unreachable, .network: "check the connection and the address (--api-url, APIFY_CLIENT_BASE_URL)"
    case .timeout: "try again"
    case .invalidResponse: "is the address that of the Apify API?"
    default: nil
    }
  }
}
