// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Synchronization
import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("A memory that cannot be read")
struct UnreadableMemoryTests {
  // As root everything can be read: a link that leads to itself cannot.
  @Test("is named where that makes a conflict, and nowhere else", arguments: [false, true])
  func named(_ isUnreadable: Bool) async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    try fixture.write("2")
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture.state.path) {
      try FileManager.default.removeItem(atPath: fixture.state(name))
      if isUnreadable { try fixture.state.link(name, to: name) }
    }
    let told = Mutex<[SystemError]>([])
    let failure = try await failedPush {
      try await fixture.push(events: { event in
        if case .memoryUnreadable(_, let error) = event { told.withLock { $0.append(error) } }
      })
    }
    guard case .conflict? = failure?.error else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(told.withLock(\.count) == (isUnreadable ? 1 : 0))
  }
}
