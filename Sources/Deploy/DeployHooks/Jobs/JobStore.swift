// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import FoundationEssentials
package import Git
package import SystemIO

/// Where the deploys of one repository are written down: for each a job, a log and, when it has ended, a
/// result. Every file is there as a whole or not at all, whichever process is killed when.
package struct JobStore: Sendable {
  /// A job as it stands now.
  package struct Entry: Sendable {
    /// How far it is.
    package enum State: Sendable {
      /// A process is at it.
      case running
      /// It has ended.
      case ended(DeployResult)
      /// Its process is gone, and it has not ended.
      case lost
    }

    /// The job.
    package let job: DeployJob
    /// How far it is.
    package let state: State
    /// Its log.
    package let log: [UInt8]
  }

  /// How many are kept.
  private static let kept = 20
  /// How long a job may wait for its process to take it up before it counts as lost, in milliseconds.
  private static let takeUp = 5_000

  /// Where they lie.
  package let directory: [UInt8]

  /// The jobs of `repository`, a directory, below the user's state directory `state`.
  package init(state: [UInt8], repository: [UInt8]) {
    let name = Hex.lowercase(SHA256.hash(data: repository).prefix(8))
    directory = Paths.join(state, Array("hooks/\(name)".utf8))
  }

  /// What the jobs of pushes from `repository` are filed under: what all its work trees share, which stays
  /// when one of them goes.
  package static func place(of repository: RepositoryLocation) -> [UInt8] {
    (try? DeployConsent.repository(of: repository.directory)) ?? repository.directory
  }

  /// A name for what is about one version: the same for the same texts.
  package static func key(_ parts: [String]) -> String {
    Hex.lowercase(SHA256.hash(data: Array(parts.joined(separator: "\n").utf8)).prefix(12))
  }

  /// Writes down `job`. Returns its file.
  package func add(_ job: DeployJob) throws(SystemError) -> [UInt8] {
    try Paths.makeDirectory(directory, mode: 0o700)
    let path = path(job.id, "job")
    try Self.write(job, to: path)
    prune(now: job.created)
    return path
  }

  /// The log of `job`.
  package func log(of job: DeployJob) -> [UInt8] { path(job.id, "log") }

  /// Writes down how `job` has ended.
  package func finish(_ job: DeployJob, _ result: DeployResult) throws(SystemError) {
    try Self.write(result, to: path(job.id, "result"))
  }

  /// The job in the file `path`.
  package static func job(_ path: [UInt8]) -> DeployJob? { read(path) }

  /// All jobs, the newest first.
  package func entries(now: Int) -> [Entry] {
    ids(now).reversed().compactMap { id -> Entry? in
      guard let job: DeployJob = Self.read(path(id, "job")) else { return nil }
      return Entry(job: job, state: state(of: job, now), log: path(id, "log"))
    }
  }

  private func state(of job: DeployJob, _ now: Int) -> Entry.State {
    if let result: DeployResult = Self.read(path(job.id, "result")) { return .ended(result) }
    guard let lock = try? Descriptor.openLock(path(job.id, "job")) else { return .lost }
    if (try? lock.tryLock()) == true {
      lock.unlock()
      // It may have ended between the two looks, or not have begun.
      if let result: DeployResult = Self.read(path(job.id, "result")) { return .ended(result) }
      return abs(now - job.created) < Self.takeUp ? .running : .lost
    }
    return .running
  }

  /// What is old goes, unless a process is at it.
  private func prune(now: Int) {
    for id in ids(now).dropLast(Self.kept) {
      if let job: DeployJob = Self.read(path(id, "job")), case .running = state(of: job, now) { continue }
      for kind in ["result", "log", "job"] { try? Paths.remove(path(id, kind)) }
    }
  }

  /// The oldest first.
  private func ids(_ now: Int) -> [String] {
    guard let opened = try? Descriptor.open(CString(directory), as: .directoryThroughLinks) else { return [] }
    var scanner = DirectoryScanner()
    guard (try? scanner.scan(opened)) != nil else { return [] }
    var ids: [String] = []
    for name in scanner.names {
      guard let text = try? UTF8Span(validating: scanner.bytes(of: name)) else { continue }
      let file = String(copying: text)
      if file.hasSuffix(".job") { ids.append(String(file.dropLast(4))) }
    }
    return ids.sorted { JobOrder.isOlder($0, than: $1, now: now) }
  }

  private func path(_ id: String, _ kind: String) -> [UInt8] {
    Paths.join(directory, Array("\(id).\(kind)".utf8))
  }

  static func write(_ value: some Encodable, to path: [UInt8]) throws(SystemError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    guard let text = try? encoder.encode(value) else { return }
    try OutputFile.write(Array(text) + [UInt8(ascii: "\n")], to: path, mode: 0o600)
  }

  static func read<Value: Decodable>(_ path: [UInt8]) -> Value? {
    Paths.contents(path).flatMap { try? JSONDecoder().decode(Value.self, from: Data($0)) }
  }
}
