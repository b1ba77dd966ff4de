// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The sources of COPY and ADD against what the package holds.
struct CopyChecks {
  /// More findings than this tell nothing new.
  private static let limit = 50
  /// So many different patterns are looked for, and so many entries that match one are looked at.
  private static let patternLimit = 200
  private static let lookLimit = 2000
  /// Made when the package is sent.
  private static let made = Array(".actor/provenance.json".utf8)

  private enum Match {
    case found
    /// Taken out of the context by this rule.
    case ignored(DockerIgnore.Rule)
    case missing
    /// Malformed.
    case unknown
  }

  private let package: CheckedPackage
  private let dockerfile: [UInt8]
  private let context: [UInt8]
  private let ignore: DockerIgnore?

  /// - Parameters:
  ///   - dockerfile: the path of the Dockerfile.
  ///   - context: the directory of the package that is the build's context.
  init(_ package: CheckedPackage, dockerfile: [UInt8], context: [UInt8]) {
    self.package = package
    self.dockerfile = dockerfile
    self.context = context
    // BuildKit prefers the one that belongs to the Dockerfile.
    let places = [
      dockerfile + Array(".dockerignore".utf8), PackagePath.join(context, Array(".dockerignore".utf8)),
    ]
    ignore = places.first(where: package.hasFile).flatMap { path in
      package.contents(path).map { DockerIgnore($0, path: path) }
    }
  }

  func findings(_ stages: DockerStages) -> [Finding] {
    var findings: [Finding] = []
    var known: [[UInt8]: Match] = [:]
    var patterns = 0
    for copy in stages.copies {
      let matches = copy.sources.map { source -> (source: [UInt8], match: Match)? in
        guard let source else { return nil }
        let path = PackagePath.clipped(source)
        if known[path] == nil, GoPattern.isPattern(path) { patterns += 1 }
        let match = known[path] ?? (patterns > Self.patternLimit ? .unknown : match(path))
        known[path] = match
        return (source, match)
      }
      // A pattern may match nothing where something else is copied: "package-lock.json*".
      let copiesSome = matches.contains { match in
        switch match?.match {
        case nil, .found, .unknown: true
        case .ignored, .missing: false
        }
      }
      for case (let source, let match)? in matches {
        let isPattern = GoPattern.isPattern(source)
        if isPattern, copiesSome || Self.isOptional(source) { continue }
        if let finding = finding(source, match, isPattern: isPattern, of: copy.instruction) {
          findings.append(finding)
        }
        if findings.count == Self.limit { return findings }
      }
    }
    return findings
  }

  private func finding(
    _ source: [UInt8], _ match: Match, isPattern: Bool, of instruction: DockerInstruction
  ) -> Finding? {
    let place = Finding.Place(dockerfile, line: instruction.line)
    let subject = "\(instruction.name.uppercased()) \(TerminalText.of(source))"
    let severity: Finding.Severity = isPattern ? .warning : .error
    switch match {
    case .found, .unknown: return nil
    case .ignored(let rule):
      let file = TerminalText.of(ignore?.path ?? [])
      return Finding(
        .copySourceMissing, severity: severity, at: place,
        "\(subject): left out of the build by \(file):\(rule.line): \(TerminalText.of(rule.text))",
        remedy:
          "the line !\(TerminalText.of(PackagePath.clipped(source))) at the end of \(file) brings it back")
    case .missing:
      let path = PackagePath.clipped(source)
      let why: MissingPath
      if isPattern {
        why = MissingPath(matching: GoPattern.tokens(path) ?? [], below: context, in: package)
      } else {
        why = MissingPath(PackagePath.join(context, path), in: package)
      }
      let what = isPattern ? "matches nothing in the package" : "is not in the package"
      return Finding(
        .copySourceMissing, severity: severity, at: place,
        "\(subject): \(what)" + (why.cause.map { "; \($0)" } ?? ""), remedy: why.remedy)
    }
  }

  private func match(_ path: [UInt8]) -> Match {
    if path.isEmpty { return .found }
    let full = PackagePath.join(context, path)
    if full == Self.made { return .found }
    if GoPattern.isPattern(path) {
      guard let tokens = GoPattern.tokens(path) else { return .unknown }
      return match(tokens)
    }
    return package.entry(full).map(visible) ?? .missing
  }

  /// No wildcard matches a "/": the pattern goes down as many directories as it has.
  private func match(_ tokens: [GoPattern.Token]) -> Match {
    let parts = tokens.split(separator: .byte(UInt8(ascii: "/"))).map { Array($0) }
    var directories = [context]
    for part in parts.dropLast() {
      directories = directories.flatMap { directory in
        children(of: directory, matching: part).filter { package.entries.records[$0].kind == .directory }
          .map { Array(package.entries.path($0)) }
      }
    }
    guard let last = parts.last else { return .unknown }
    var ignored: Match?
    var looks = 0
    for directory in directories {
      for index in children(of: directory, matching: last) {
        let match = visible(package.entries[index])
        guard case .ignored = match else { return match }
        ignored = ignored ?? match
        looks += 1
        if looks == Self.lookLimit { return .unknown }
      }
    }
    return ignored ?? .missing
  }

  private func children(of directory: [UInt8], matching part: [GoPattern.Token]) -> [Int] {
    let start = directory.isEmpty ? 0 : directory.count + 1
    return package.children(of: directory).filter { index in
      GoPattern.matches(part, package.entries.path(index).dropFirst(start))
    }
  }

  /// Whether `entry`, or something in it, is in the context.
  private func visible(_ entry: CheckedPackage.Entry) -> Match {
    guard let ignore, let rule = exclusion(entry.path[...], ignore) else { return .found }
    guard ignore.hasExceptions, entry.kind == .directory else { return .ignored(rule) }
    let below = package.indices(below: entry.path)
    let isFound = below.prefix(Self.lookLimit).contains { exclusion(package.entries.path($0), ignore) == nil }
    if isFound { return .found }
    return below.count > Self.lookLimit ? .unknown : .ignored(rule)
  }

  private func exclusion(_ path: ArraySlice<UInt8>, _ ignore: DockerIgnore) -> DockerIgnore.Rule? {
    ignore.exclusion(of: path.dropFirst(context.isEmpty ? 0 : context.count + 1))
  }

  /// Whether `source` is written as a pattern so that nothing may match: "yarn.loc[k]".
  private static func isOptional(_ source: [UInt8]) -> Bool {
    guard let open = source.firstIndex(of: UInt8(ascii: "[")) else { return false }
    return source.count > open + 2 && source[open + 2] == UInt8(ascii: "]")
  }
}
