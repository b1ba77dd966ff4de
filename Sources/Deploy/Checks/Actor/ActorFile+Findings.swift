// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

extension ActorFile {
  /// What is wrong with it, and what it names.
  func findings(in package: CheckedPackage, _ settings: CheckSettings) -> [Finding] {
    guard isThere else { return [] }
    if let error {
      let place = Finding.Place(file, line: error.position?.line, column: error.position?.column)
      return [Finding(.actorFileInvalid, at: place, error.reason)]
    }
    return valueFindings + fieldFindings + pathFindings(in: package) + memoryFindings
      + versionFindings(settings)
  }

  private var fieldFindings: [Finding] {
    guard let json else { return [] }
    // The legacy form has other fields, too.
    if file.elementsEqual(ActorField.legacyFile.utf8) {
      return legacyFindings(json)
        + unknown(json.members, at: [], among: ActorField.all.map(\.name) + ["env", "template"])
        .filter { $0.severity == .warning }
    }
    var findings = unknown(json.members, at: [], among: ActorField.all.map(\.name))
    if case .object(let members)? = value(["storages"]) {
      findings += unknown(members, at: ["storages"], among: ActorField.storages.map(\.name))
    }
    return findings
  }

  /// The variables of the legacy form, which nothing sends.
  private func legacyFindings(_ json: JSONFile) -> [Finding] {
    guard case .object(let variables)? = json.members["env"], !variables.isEmpty else { return [] }
    return [
      Finding(
        .unknownField, severity: .warning, at: place(["env"]),
        "\"env\" is not read: no variable of it is set",
        remedy: "write it as \"environmentVariables\"")
    ]
  }

  /// Values that are not what they must be.
  private var valueFindings: [Finding] {
    guard let json else { return [] }
    return ActorField.faults(in: json, file: String(decoding: file, as: UTF8.self)).map { fault in
      switch fault.kind {
      case .invalid: Finding(.actorFileInvalid, at: place(fault.keys), fault.cause)
      case .doubtful: Finding(.actorFileInvalid, severity: .warning, at: place(fault.keys), fault.cause)
      case .memory: Finding(.memoryInvalid, at: place(fault.keys), fault.cause)
      }
    }
  }

  /// The members of an object that are not among `names`; editors and authors may have their own.
  private func unknown(
    _ members: [String: JSONFile.Value], at path: [String], among names: [String]
  ) -> [Finding] {
    members.keys.sorted().compactMap { name in
      if names.contains(name) || ["$", "_", "x-", "//"].contains(where: name.hasPrefix) { return nil }
      let near = EditDistance.nearest(to: name, among: names)
      let shown = JSONFile.shown(name)
      return Finding(
        .unknownField, severity: near == nil ? .note : .warning, at: place(path + [name]),
        "\(shown) is no documented field\(path.isEmpty ? "" : " of \"\(path.joined(separator: "."))\"")",
        remedy: near.map { "did you mean \"\($0)\"?" })
    }
  }

  /// Amounts of memory that contradict each other.
  private var memoryFindings: [Finding] {
    var findings: [Finding] = []
    func number(_ name: String) -> Int? {
      guard case .number(let number)? = value([name]) else { return nil }
      return ActorField.memory(number)
    }
    let (least, most) = (number("minMemoryMbytes"), number("maxMemoryMbytes"))
    let usual = number("defaultMemoryMbytes")
    if let least, let most, least > most {
      findings.append(
        Finding(
          .memoryInvalid, at: place(["minMemoryMbytes"]),
          "\"minMemoryMbytes\" is \(least), more than \"maxMemoryMbytes\", which is \(most)"))
    } else if let usual, usual < least ?? 0 || usual > most ?? .max {
      findings.append(
        Finding(
          .memoryInvalid, at: place(["defaultMemoryMbytes"]),
          "\"defaultMemoryMbytes\" is \(usual), outside of \"minMemoryMbytes\" and \"maxMemoryMbytes\""))
    }
    return findings
  }

  private func versionFindings(_ settings: CheckSettings) -> [Finding] {
    var findings: [Finding] = []
    if let version = configuration?.version, settings.buildTag == nil,
      [nil, .null].contains(value(["buildTag"]))
    {
      findings.append(
        Finding(
          .versionUntagged, at: place(["version"]),
          "version \(version) has no \"buildTag\": where the platform has none for it either, no run takes its builds",
          remedy: "add \"buildTag\", such as \"latest\" or \"beta\", or push with --tag"))
    }
    if let wanted = settings.actorName, let name = configuration?.name {
      if name.own != wanted {
        findings.append(
          Finding(
            .otherActor, at: place(["name"]),
            "--actor names \(TerminalText.of(wanted)), and this file \(TerminalText.of(name.own)); --actor wins"
          ))
      }
    }
    return findings
  }
}
