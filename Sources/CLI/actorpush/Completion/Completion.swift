// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import Git
internal import SystemIO

/// The values that a shell offers behind the words of a command line: those that the platform names within
/// 300 ms, else those that it named the last time. It says nothing, whatever goes wrong.
struct Completion: Sendable {
  /// What is asked for.
  enum Subject: Sendable {
    case actors
    case versions
    case tags
    case builds
  }

  /// A shell waits for no longer than this.
  private static let limit = Duration.milliseconds(300)
  /// How many builds are asked for; the newest.
  private static let buildCount = 30

  private let words: [String]
  private let environment: ProcessEnvironment

  /// Those for the command line `words`.
  init(words: [String], _ environment: ProcessEnvironment) {
    self.words = words
    self.environment = environment
  }

  /// The values of `subject`, those that are used first before the others.
  func candidates(for subject: Subject) -> [String] {
    let connection = PlatformConnection(
      tokenFile: value(of: "--token-file"), apiURL: value(of: "--api-url"), caFile: value(of: "--ca-file"))
    guard let root = try? connection.root(environment) else { return [] }
    let memory = CompletionMemory(environment.context.stateDirectory)
    let reference = subject == .actors ? nil : self.reference
    if subject != .actors, reference == nil { return [] }
    let key = CompletionMemory.Key(root: root, actor: reference)
    var known = memory.recall(key) ?? ActorValues()
    let console = Console(level: .quiet, isColored: false, isWatched: false)
    if let client = try? connection.client(root, environment, console),
      let fresh = Self.within(Self.limit, { await Self.ask(client, subject, reference) })
    {
      known.take(fresh)
      memory.keep(known, for: key)
    }
    return known.values(of: subject).filter(Self.isWord)
  }

  /// The branches and tags of the repository that the project lies in.
  var revisions: [String] {
    for directory in directories {
      guard
        let repository = try? RepositoryLocation(
          of: Array(directory.utf8), variables: environment.variables)
      else { continue }
      let git = Git(repository: repository.directory, variables: environment.variables)
      let listed = try? git.output(["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags"])
      return String(decoding: listed ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
        .filter(Self.isWord)
    }
    return []
  }

  /// What the platform says; nil where it does not answer.
  private static func ask(
    _ client: ApifyClient, _ subject: Subject, _ reference: ActorReference?
  ) async -> ActorValues? {
    guard let reference else {
      guard let actors = try? await client.ownActors(limit: 1000) else { return nil }
      return ActorValues(
        actors: actors.map { actor in (actor.username.map { $0 + "/" } ?? "~") + actor.name })
    }
    if subject == .builds {
      guard let builds = try? await client.builds(of: reference, limit: buildCount) else { return nil }
      return ActorValues(builds: builds.filter { $0.status == .succeeded }.compactMap(\.buildNumber))
    }
    guard let actor = try? await client.actor(reference) else { return nil }
    let tags = Set(actor.taggedBuilds.keys).union(actor.versions.compactMap(\.buildTag))
    return ActorValues(tags: tags.sorted(), versions: actor.versions.map(\.versionNumber))
  }

  /// What `body` gives within `limit`; nil where that takes longer.
  private static func within<Value: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async -> Value?
  ) -> Value? {
    let answer = Monitor<Value??>(nil)
    let deadline = ContinuousClock.now + limit
    Task {
      let value = await body()
      answer.withLock { $0 = .some(value) }
      answer.wakeAll()
    }
    return answer.wait(pollingEvery: 10) {
    } until: { state in
      state ?? (ContinuousClock.now < deadline ? nil : .some(nil))
    }
  }

  /// The value of the option `name`.
  private func value(of name: String) -> String? {
    for (index, word) in words.enumerated() {
      if word == name { return index + 1 < words.count ? words[index + 1] : nil }
      if word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
    }
    return nil
  }

  /// The Actor that is meant: the one that is named, or that of a project's directory.
  private var reference: ActorReference? {
    if let actor = value(of: "--actor"), let reference = try? ActorReference(actor) { return reference }
    for directory in directories {
      if let configuration = try? ActorConfiguration.read(in: Array(directory.utf8)),
        let settings = try? PushSettings(configuration: configuration)
      {
        return settings.reference
      }
    }
    return nil
  }

  /// The directories that may be the project's.
  private var directories: [String] {
    (value(of: "--folder").map { [$0] } ?? words.dropFirst(2).filter { !$0.hasPrefix("-") }) + ["."]
  }

  /// Whether a shell can take `text` as it is.
  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"'\"\\`$;&|<>()*?[]{}!#".utf8.contains($0) }
  }
}
