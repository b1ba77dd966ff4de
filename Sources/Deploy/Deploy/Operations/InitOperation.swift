// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SourceTree
internal import SystemIO

/// Makes a directory a project: writes its actor.json, where there is none. Blocks.
package struct InitOperation: Sendable {
  /// What there is afterwards.
  package struct Outcome: Sendable {
    /// The path of actor.json in the directory.
    package let file: String
    /// Whether it was written, or would be by a dry run.
    package let isNew: Bool
    /// The name of the Actor; nil where the file that was there has none.
    package let name: String?
    /// The version.
    package let version: String
    /// What is written; nil where nothing is.
    package let contents: String?
    /// The path of the Dockerfile that the platform takes; nil where there is none.
    package let dockerfile: String?
    /// The path of the one that actor.json names, where there is none.
    package let missingDockerfile: String?
    /// Names that are in the package and mostly do not belong there, as lines of `.actorignore`.
    package let suggestions: [String]
  }

  /// What tools leave behind, secrets, and dependencies that are installed anew.
  private static let oftenUnwanted = [
    ".env", ".env.local", ".venv", "venv", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache",
    "dist",
    "build", "coverage", ".nyc_output", ".idea", ".vscode", ".DS_Store", "npm-debug.log", "target", ".next",
  ]

  private let project: Project
  private let name: String?
  private let isDryRun: Bool

  /// Adopts `directory` as the Actor `name`; nil: named after the directory.
  package init(
    _ directory: [UInt8], name: String?, isDryRun: Bool, _ context: OperationContext
  ) throws(DeployError) {
    project = try Project(ProjectLocation(directory), context)
    self.name = name
    self.isDryRun = isDryRun
  }

  /// Writes actor.json unless there is one.
  package func run(events: DeployEvents) throws(DeployError) -> Outcome {
    // First of all: it also says what is wrong with the directory itself. What keeps a package from being
    // made of it is for `check` and `push` to say.
    let suggestions: [String]
    do throws(DeployError) { suggestions = try self.suggestions(events) } catch {
      guard case .tree = error, Paths.status(project.location.directory)?.isDirectory == true else {
        throw error
      }
      suggestions = []
    }
    let found: ActorConfiguration?
    do throws(ProjectError) { found = try project.configuration() } catch {
      guard error.code == .noActor else { throw .project(error) }
      found = nil
    }
    if let fault = found?.fault(in: "name", "version") { throw .project(fault) }
    let named = found.flatMap(Self.namedDockerfile)
    let dockerfile = (named.map { [$0] } ?? ActorConfiguration.dockerfiles).first {
      project.contents($0) != nil
    }
    if let found {
      if let name, name != found.name?.description {
        throw .project(
          ProjectError(
            .invalidInput, file: found.file,
            reason: "--name \(TerminalText.of(name)): the file is there already, with "
              + (found.name.map { "the name \($0)" } ?? "no name") + ", and is not changed",
            help: "write the name there"))
      }
      return Outcome(
        file: found.file, isNew: false, name: found.name?.description,
        version: (found.version ?? .zero).description,
        contents: nil, dockerfile: dockerfile, missingDockerfile: dockerfile == nil ? named : nil,
        suggestions: suggestions)
    }
    let name: String
    if let given = self.name { name = given } else { name = try Self.name(of: project.location.directory) }
    guard ActorName.isValid(name) else {
      throw .project(
        ProjectError(
          .invalidInput,
          reason: "--name \(TerminalText.of(name)): must be 3 to 63 characters of a-z, 0-9 and -"))
    }
    let contents = Self.contents(name)
    if !isDryRun { try write(contents) }
    return Outcome(
      file: ActorConfiguration.places[0], isNew: true, name: name, version: VersionNumber.zero.description,
      contents: contents, dockerfile: dockerfile, missingDockerfile: nil, suggestions: suggestions)
  }

  /// The path of the Dockerfile that `configuration` names; it may lead out of the directory.
  private static func namedDockerfile(_ configuration: ActorConfiguration) -> String? {
    guard let path = configuration.dockerfile else { return nil }
    var parts = configuration.file.split(separator: "/" as Character).dropLast()
    for part in path.split(separator: "/" as Character) where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  /// The name of an Actor for the directory `path`.
  static func name(of path: [UInt8]) throws(DeployError) -> String {
    let whole: [UInt8]
    do throws(SystemError) { whole = try Paths.resolved(path) } catch {
      throw .tree(SourceTreeError(.unreadable, path: path, system: error))
    }
    let last = whole.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
    return name(for: last)
  }

  /// The name of an Actor that comes closest to `directory`: what no name can have becomes "-".
  static func name(for directory: [UInt8]) -> String {
    var name = ""
    for byte in directory {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        name.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): name.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
      default: if let last = name.last, last != "-" { name += "-" }
      }
    }
    name = String(name.prefix(63))
    while name.hasSuffix("-") { name.removeLast() }
    if name.isEmpty { return "my-actor" }
    return name.count < 3 ? name + "-actor" : name
  }

  private static func contents(_ name: String) -> String {
    """
    {
      "actorSpecification": 1,
      "name": "\(name)",
      "version": "\(VersionNumber.zero)",
      "buildTag": "latest"
    }

    """
  }

  /// Which of the names that mostly do not belong into a package are in this one.
  private func suggestions(_ events: DeployEvents) throws(DeployError) -> [String] {
    let plan = try project.plan(opensFiles: false, events: events)
    var found: Set<String> = []
    for (index, entry) in plan.entries.enumerated() {
      let path = plan.path(of: index)
      let last = path.split(separator: UInt8(ascii: "/")).last ?? []
      guard let name = Self.oftenUnwanted.first(where: { last.elementsEqual($0.utf8) }) else { continue }
      found.insert(entry.isDirectory ? name + "/" : name)
    }
    return found.sorted()
  }

  private func write(_ contents: String) throws(DeployError) {
    let file = ActorConfiguration.places[0]
    let path = Paths.join(project.location.directory, Array(file.utf8))
    // A link that the tree brings must not say where is written.
    let directory = Paths.parent(path) ?? path
    if let real = try? Paths.resolved(directory), let top = try? Paths.resolved(project.location.directory),
      !Paths.isInside(real, top)
    {
      throw .tree(SourceTreeError(.linkOutside, path: Array(".actor".utf8), target: real))
    }
    do throws(SystemError) { try Paths.makeDirectory(Paths.parent(path) ?? path, mode: 0o777) } catch {
      throw .output(".actor", error)
    }
    do throws(SystemError) {
      try OutputFile.write(Array(contents.utf8), to: path)
    } catch {
      throw .output(file, error)
    }
  }
}
