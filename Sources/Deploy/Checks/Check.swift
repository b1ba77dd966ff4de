// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What is looked at, by the stable id that scripts and `.actor/actorpush.json` name.
///
/// `Checks` finds what would go wrong with a package after it is sent. Its functions take values (the
/// ``CheckedPackage``, the settings of a push) and return ``Finding``s; nothing here opens a file or knows
/// the platform. `Docker` reads the Dockerfile, `Actor` reads actor.json, `Files` looks at names, contents
/// and sizes. Where something cannot be decided from the package alone, nothing is said.
package enum Check: String, CaseIterable, Sendable {
  case dockerfileMissing = "dockerfile-missing"
  case contextOutside = "docker-context-outside"
  case contextMissing = "docker-context-missing"
  case copySourceMissing = "copy-source-missing"
  case executableBitLost = "executable-bit-lost"
  case actorFileInvalid = "actor-json-invalid"
  case unknownField = "actor-json-unknown-field"
  case pathMissing = "actor-json-path-missing"
  case schemaInvalid = "schema-invalid"
  case memoryInvalid = "memory-invalid"
  case versionUntagged = "version-untagged"
  case otherActor = "other-actor"
  case nameCollision = "name-collision"
  case shebangLineEnd = "shebang-crlf"
  case linkFlattened = "link-flattened"
  case lfsPointer = "lfs-pointer"
  case conflictMarker = "conflict-marker"
  case submoduleMissing = "submodule-missing"
  case generatedFiles = "generated-files"
  case overInlineLimit = "over-inline-limit"
  case overRequestLimit = "over-request-limit"
  case overBudget = "over-budget"
  case secretInPackage = "secret-in-package"
  case unknownCheck = "unknown-check"

  /// What it finds, in one sentence.
  package var summary: String {
    switch self {
    case .dockerfileMissing: "The package has no Dockerfile where the platform looks for one."
    case .contextOutside: "dockerContextDir leads out of the package."
    case .contextMissing: "dockerContextDir names no directory of the package."
    case .copySourceMissing: "A source of COPY or ADD matches nothing in the package."
    case .executableBitLost: "The Dockerfile runs a script whose executable bit is lost inline."
    case .actorFileInvalid: "actor.json is not valid."
    case .unknownField: "actor.json has a field that is not documented."
    case .pathMissing: "actor.json names a file that is not in the package."
    case .schemaInvalid: "A schema is not a JSON object."
    case .memoryInvalid: "The memory limits of actor.json contradict each other, or the platform's."
    case .versionUntagged: "The version's builds get no tag, so that no run takes them by itself."
    case .otherActor: "--actor names another Actor than actor.json."
    case .nameCollision: "Names differ only in case or in their Unicode form."
    case .shebangLineEnd: "A script's first line ends with CR LF, so that its interpreter is not found."
    case .linkFlattened: "Symbolic links are packaged as copies of what they lead to."
    case .lfsPointer: "A file is only a Git LFS pointer."
    case .conflictMarker: "A file holds the markers of an unresolved merge conflict."
    case .submoduleMissing: "A submodule is not checked out."
    case .generatedFiles: "Large files lie in a directory that tools generate."
    case .overInlineLimit: "The content is more than the platform takes inline."
    case .overRequestLimit: "The request is longer than the platform takes."
    case .overBudget: "The package is larger than its budget."
    case .secretInPackage: "A file holds a secret, and push sends no package with one."
    case .unknownCheck: "actorpush.json names a check that does not exist."
    }
  }

  /// How serious its findings are at the most, unless the project says otherwise.
  package var severity: Finding.Severity {
    switch self {
    case .contextOutside, .contextMissing, .copySourceMissing, .actorFileInvalid, .pathMissing,
      .schemaInvalid, .dockerfileMissing, .overInlineLimit, .overRequestLimit, .overBudget,
      .secretInPackage:
      .error
    case .versionUntagged, .otherActor, .linkFlattened: .note
    default: .warning
    }
  }
}
