// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

extension ActorFile {
  /// The legacy name of the file, which has other fields.
  private static let legacy = Array("apify.json".utf8)

  /// The documented fields.
  private static let fields = [
    "actorSpecification", "name", "version", "buildTag", "environmentVariables", "title", "description",
    "meta",
    "usesStandbyMode", "dockerfile", "dockerContextDir", "input", "inputSchema", "output", "outputSchema",
    "storages",
    "readme", "changelog", "defaultMemoryMbytes", "minMemoryMbytes", "maxMemoryMbytes", "webServerSchema",
    "webServerMcpPath",
  ]
  private static let storages = [
    "dataset", "datasets", "keyValueStore", "keyValueStores", "requestQueue", "requestQueues",
  ]

  /// What is wrong with it, and what it names.
  func findings(in package: CheckedPackage, _ settings: CheckSettings) -> [Finding] {
    guard isThere else { return [] }
    if let error {
      let place = Finding.Place(file, line: error.position?.line, column: error.position?.column)
      return [Finding(.actorFileInvalid, at: place, error.reason)]
    }
    return fieldFindings + pathFindings(in: package) + memoryFindings + versionFindings(settings)
  }

  private var fieldFindings: [Finding] {
    guard let json, file != Self.legacy else { return [] }
    var findings = unknown(json.members, at: [], among: Self.fields)
    if case .object(let members)? = value(["storages"]) {
      findings += unknown(members, at: ["storages"], among: Self.storages)
    }
    return findings
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

  private var memoryFindings: [Finding] {
    var findings: [Finding] = []
    func number(_ name: String) -> Double? {
      switch value([name]) {
      case .number(let number)?:
        if number.rounded() == number, (128...32_768).contains(number) { return number }
        findings.append(
          Finding(
            .memoryInvalid, at: place([name]), "\"\(name)\" must be a whole number from 128 to 32768"))
        return nil
      // An expression, which the platform computes from the input.
      case .string where name == "defaultMemoryMbytes": return nil
      case nil, .null?: return nil
      case let other?:
        findings.append(
          Finding(.memoryInvalid, at: place([name]), "\"\(name)\" must be a number, not \(other.kind)"))
        return nil
      }
    }
    let (least, most) = (number("minMemoryMbytes"), number("maxMemoryMbytes"))
    let usual = number("defaultMemoryMbytes")
    if let least, let most, least > most {
      findings.append(
        Finding(
          .memoryInvalid, at: place(["minMemoryMbytes"]),
          "\"minMemoryMbytes\" is \(Int(least)), more than \"maxMemoryMbytes\", which is \(Int(most))"))
    } else if let usual, usual < least ?? 0 || usual > most ?? .infinity {
      findings.append(
        Finding(
          .memoryInvalid, at: place(["defaultMemoryMbytes"]),
          "\"defaultMemoryMbytes\" is \(Int(usual)), outside of \"minMemoryMbytes\" and \"maxMemoryMbytes\""))
    }
    return findings
  }

  private func versionFindings(_ settings: CheckSettings) -> [Finding] {
    var findings: [Finding] = []
    if let version = configuration?.version, settings.buildTag == nil {
      findings.append(
        Finding(
          .versionUntagged, at: place(["version"]),
          "version \(version) has no \"buildTag\": where the platform has none for it either, no run takes its builds",
          remedy: "add \"buildTag\", such as \"latest\" or \"beta\", or push with --tag"))
    }
    if let wanted = settings.actorName, let name = configuration?.name {
      let own = name.split(whereSeparator: { $0 == "/" || $0 == "~" }).last.map(String.init) ?? name
      if own != wanted {
        findings.append(
          Finding(
            .otherActor, at: place(["name"]),
            "--actor names \(TerminalText.of(wanted)), and this file \(TerminalText.of(own)); --actor wins"))
      }
    }
    return findings
  }
}
