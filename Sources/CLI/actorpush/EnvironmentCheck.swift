// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import Git
internal import SystemIO

/// Whether the variables that say where things are can be read as text. Swift replaces what is not UTF-8 in
/// them: the user's ignore rules and secrets would be looked for in a directory that is not there, and what
/// they keep out would be sent.
enum EnvironmentCheck {
  /// The variables by which files are found. Others, as GIT_AUTHOR_NAME, may be what they are.
  private static let names = Git.localVariables.union([
    "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "TMPDIR", "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GITHUB_OUTPUT",
    "GITHUB_STEP_SUMMARY",
  ])
  private static let prefixes = ["ACTORPUSH", "APIFY_", "GIT_CONFIG"]

  /// Why no command can be run; nil where one can.
  static func failure(_ variables: [String: String]) -> Failure? {
    let name = variables.keys.sorted().first { name in
      (names.contains(name) || prefixes.contains { name.hasPrefix($0) }) && !isText(name, variables)
    }
    guard let name else { return nil }
    // What is no path may be a token, or a header with one.
    let isPath = names.contains(name) && name != "GIT_CONFIG_PARAMETERS"
    let value = !isPath ? "" : " (\(TerminalText.of(bytes(name))))"
    return Failure(
      Diagnosis(
        type: "invalid-environment", message: "the value of \(name) is not UTF-8\(value)",
        help: "set it to one that is", status: .invalidInput, phase: "start"))
  }

  /// Whether the value of the variable `name` is UTF-8.
  static func isText(_ name: String, _ variables: [String: String]) -> Bool {
    guard variables[name]?.unicodeScalars.contains("\u{FFFD}") == true else { return true }
    return (try? UTF8Span(validating: bytes(name).span)) != nil
  }

  private static func bytes(_ name: String) -> [UInt8] {
    // SAFETY: the environment is not changed while the program runs, and each value ends with a NUL.
    guard let value = unsafe getenv(name) else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: value, count: strlen(value)))
  }
}
