// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@testable import DeployHooks

@Suite("The store of jobs")
struct JobStoreTests {
  private let state: TemporaryFolder
  private let store: JobStore

  init() throws {
    state = try TemporaryFolder()
    store = JobStore(state: Array(state.path.utf8), repository: Array("/work/shop/.git".utf8))
  }

  private static func job(_ now: Int) -> DeployJob {
    DeployJob(
      now: now, repository: "/work/shop/.git", remote: "origin", url: "/remote", push: nil,
      targets: [.sample()])
  }

  @Test("keeps a job as it is, in a file that only its user reads")
  func roundTrip() throws {
    let job = Self.job(1_700_000_000_123)
    let file = try store.add(job)
    #expect(JobStore.job(file) == job && job.created == 1_700_000_000_123)
    #expect(Paths.status(file).map { $0.mode & 0o777 } == 0o600)
    #expect(JobStore.job(Array(state("missing").utf8)) == nil)
  }

  @Test("keeps the last twenty, the newest first")
  func kept() throws {
    let jobs = (0..<23).map { Self.job(1_700_000_000_000 + $0) }
    for job in jobs {
      _ = try store.add(job)
      try store.finish(job, DeployResult(ended: job.created, targets: []))
    }
    let entries = store.entries(now: 0)
    #expect(entries.map(\.job.id) == jobs.suffix(20).reversed().map(\.id))
    let path = String(decoding: store.directory, as: UTF8.self)
    #expect(Paths.contents(Array("\(path)/\(jobs[2].id).result".utf8)) == nil, "its result goes, too")
    #expect(Paths.contents(Array("\(path)/\(jobs[3].id).result".utf8)) != nil)
  }

  @Test("keeps an old one that a process is at")
  func running() throws {
    let old = Self.job(1_600_000_000_000)
    let claim = try JobClaim(try store.add(old))
    for number in 0..<25 { _ = try store.add(Self.job(1_700_000_000_000 + number)) }
    #expect(store.entries(now: 1_700_000_100_000).last?.job.id == old.id)
    claim.release()
    _ = try store.add(Self.job(1_700_000_000_030))
    #expect(store.entries(now: 1_700_000_100_000).last?.job.id != old.id)
  }

  @Test("keeps what is new where a wrong clock has dated all others in the future")
  func wrongClock() throws {
    let year = 31_536_000_000
    let wrong = (0..<25).map { Self.job(1_700_000_000_000 + 9 * year + $0) }
    for job in wrong { _ = try store.add(job) }
    let right = (0..<3).map { Self.job(1_700_000_000_000 + $0 * 1_000) }
    for job in right { #expect(JobStore.job(try store.add(job)) == job) }
    let entries = store.entries(now: 1_700_000_002_000)
    #expect(entries.count == 20 && entries.prefix(3).map(\.job.id) == right.reversed().map(\.id))
    // What was never taken up does not count as running for nine years.
    #expect(
      entries.map { Self.word($0.state) } == ["running", "running", "running"]
        + Array(repeating: "lost", count: 17))
  }

  @Test("keeps nothing of other repositories in the same place")
  func repositories() throws {
    _ = try store.add(Self.job(1))
    #expect(
      JobStore(state: Array(state.path.utf8), repository: Array("/work/other/.git".utf8)).entries(now: 1)
        .isEmpty)
    #expect(store.entries(now: 1).count == 1)
  }

  /// How a job stands: as long as it was not taken up, by its age.
  private static let ages: [(Int, String)] = [
    (0, "running"), (4_999, "running"), (5_000, "lost"), (1 << 40, "lost"),
  ]

  @Test("takes a job that nobody takes up for lost after five seconds", arguments: ages)
  func takenUp(_ age: Int, _ expected: String) throws {
    _ = try store.add(Self.job(1_000))
    #expect(store.entries(now: 1_000 + age).map { Self.word($0.state) } == [expected])
  }

  @Test("knows a job that is carried out, ended, or given up")
  func claimed() throws {
    let job = Self.job(1_000)
    let file = try store.add(job)
    let late = 1 << 40
    let claim = try JobClaim(file)
    #expect(store.entries(now: late).map { Self.word($0.state) } == ["running"])
    claim.release()
    #expect(store.entries(now: late).map { Self.word($0.state) } == ["lost"])
    try store.finish(
      job, DeployResult(ended: 2_000, targets: [.init(job.targets[0], .deployed, "build 0.1.1 succeeded")]))
    #expect(store.entries(now: late).map { Self.word($0.state) } == ["ended deployed"])
  }

  @Test("passes over files that are no jobs")
  func foreignFiles() throws {
    _ = try store.add(Self.job(1_000))
    let path = String(decoding: store.directory.dropFirst(state.path.utf8.count + 1), as: UTF8.self)
    try state.write("\(path)/broken.job", "{")
    try state.write("\(path)/note.txt", "x")
    #expect(store.entries(now: 1_000).count == 1)
  }

  @Test("has no jobs where there never was one")
  func none() { #expect(store.entries(now: 0).isEmpty) }

  private static func word(_ state: JobStore.Entry.State) -> String {
    switch state {
    case .running: "running"
    case .lost: "lost"
    case .ended(let result): "ended \(result.targets.map(\.state.rawValue).joined())"
    }
  }
}
