// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A refusal of the platform: a status, a type for programs, a message for users.
package struct PlatformError: Error, Equatable, Sendable {
  /// The HTTP status.
  package let status: Int
  /// The `error.type` of the answer.
  package let type: String
  /// The `error.message` of the answer.
  package let message: String

  /// An answer with a status and type of its own; the named ones below are what the platform itself says.
  package init(status: Int, type: String, message: String) {
    self.status = status
    self.type = type
    self.message = message
  }

  package static func invalidInput(_ message: String) -> Self {
    Self(status: 400, type: "invalid-input", message: message)
  }

  package static func invalidValue(_ message: String) -> Self {
    Self(status: 400, type: "invalid-value", message: message)
  }

  package static var tokenNotProvided: Self {
    Self(status: 401, type: "token-not-provided", message: "Authentication token was not provided")
  }

  package static var unknownToken: Self {
    Self(
      status: 401, type: "user-or-token-not-found",
      message: "User was not found or authentication token is not valid")
  }

  package static var insufficientPermissions: Self {
    Self(
      status: 403, type: "insufficient-permissions",
      message: "Insufficient permissions for the requested operation")
  }

  /// There is none.
  package static func notFound(_ what: String) -> Self {
    Self(status: 404, type: "record-not-found", message: "\(what) was not found")
  }

  /// There is one, but this token may not see it; the platform does not say which of the two it is.
  package static func notFoundForToken(_ what: String) -> Self {
    Self(
      status: 404, type: "record-or-token-not-found",
      message: "\(what) was not found or access token is not valid")
  }

  package static var pageNotFound: Self {
    Self(
      status: 404, type: "page-not-found",
      message: "We have bad news: there is no API endpoint at this address with this method")
  }

  /// No build of the Actor has this tag or number.
  package static func unknownBuild(_ name: String) -> Self {
    Self(
      status: 404, type: "unknown-build-tag",
      message: "Build with tag or number \"\(name)\" was not found, or has not succeeded")
  }

  package static var deletingDefaultBuild: Self {
    Self(status: 400, type: "deleting-default-build", message: "The default build cannot be deleted")
  }

  package static var deletingUnfinishedBuild: Self {
    Self(status: 400, type: "deleting-unfinished-build", message: "A running build cannot be deleted")
  }

  package static var runInputNotJSON: Self {
    Self(
      status: 400, type: "run-input-body-not-valid-json", message: "The run's input is not valid JSON")
  }

  package static func actorNameNotUnique(_ name: String) -> Self {
    Self(
      status: 409, type: "actor-name-not-unique", message: "Actor with the name \"\(name)\" already exists")
  }

  package static func versionAlreadyExists(_ number: VersionNumber) -> Self {
    Self(status: 409, type: "version-already-exists", message: "Version \(number) already exists")
  }

  package static func environmentVariableAlreadyExists(_ name: String) -> Self {
    Self(
      status: 409, type: "env-var-already-exists", message: "Environment variable \(name) already exists")
  }

  /// `received` counts the body after decompression, as far as it was read.
  package static func requestTooLarge(limit: Int, received: Int) -> Self {
    Self(
      status: 413, type: "request-too-large",
      message: "The POST payload is too large (limit: \(limit) bytes, actual length: \(received) bytes).")
  }

  package static func unsupportedContentEncoding(_ name: String) -> Self {
    Self(
      status: 415, type: "unsupported-content-encoding",
      message: "Content-Encoding \"\(name)\" is not supported; use gzip, deflate or identity")
  }

  package static func internalError(_ message: String) -> Self {
    Self(status: 500, type: "internal-error", message: message)
  }
}
