// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

extension ActorFile {
  /// Where the platform looks for the schema of the input that the file does not name.
  private static let inputPlaces = [".actor/INPUT_SCHEMA.json", "INPUT_SCHEMA.json"].map { Array($0.utf8) }
  /// A larger schema is no schema.
  private static let longestSchema = 8 << 20

  /// Paths that lead nowhere, and schemas that are not JSON.
  func pathFindings(in package: CheckedPackage) -> [Finding] {
    var findings: [Finding] = []
    let paths = json.map { ActorField.paths(in: $0) } ?? []
    for (keys, kind) in paths where kind != .directory {
      guard let missing = missing(keys, in: package) else { continue }
      findings += missing
      if kind == .schema, missing.isEmpty, let path = path(keys)?.resolved {
        findings += Self.schemaFindings(path, in: package)
      }
    }
    if value(["input"]) == nil, value(["inputSchema"]) == nil,
      let path = Self.inputPlaces.first(where: package.hasFile)
    {
      findings += Self.schemaFindings(path, in: package)
    }
    return findings
  }

  /// What is missing of what the member at `keys` names; nil where it names no file.
  private func missing(_ keys: [String], in package: CheckedPackage) -> [Finding]? {
    guard let named = path(keys) else { return nil }
    let check = keys == ["dockerfile"] ? Check.dockerfileMissing : .pathMissing
    let subject = "\"\(TerminalText.of(keys.joined(separator: ".")))\": \(TerminalText.of(named.written))"
    guard let path = named.resolved else {
      return [Finding(check, at: place(keys), "\(subject) leads out of what is pushed")]
    }
    if package.hasFile(path) { return [] }
    let isDirectory = path.isEmpty || package.entry(path) != nil
    if isDirectory { return [Finding(check, at: place(keys), "\(subject) is a directory")] }
    let why = MissingPath(path, in: package)
    return [
      Finding(
        check, at: place(keys),
        "\(subject) is not in the package" + (why.cause.map { "; \($0)" } ?? ""),
        remedy: why.remedy ?? "paths are relative to the directory of \(TerminalText.of(file))")
    ]
  }

  private static func schemaFindings(_ path: [UInt8], in package: CheckedPackage) -> [Finding] {
    guard path.suffix(5).elementsEqual(".json".utf8), let entry = package.entry(path),
      entry.byteCount <= longestSchema, !entry.traits.contains(.lfsPointer),
      let text = package.contents(path)
    else { return [] }
    do throws(ProjectError) {
      _ = try JSONFile(text, name: String(decoding: path, as: UTF8.self), code: .invalidConfiguration)
      return []
    } catch {
      let place = Finding.Place(path, line: error.position?.line, column: error.position?.column)
      return [Finding(.schemaInvalid, at: place, error.reason)]
    }
  }
}
