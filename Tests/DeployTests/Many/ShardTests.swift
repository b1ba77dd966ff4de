// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import Deploy

@Suite("Shards")
struct ShardTests {
  private static let names = (0..<200).map { Array("jane/actor-\($0)".utf8) }

  private static func shares(_ names: [[UInt8]], _ count: Int) -> [[[UInt8]]] {
    (1...count).map { number in names.filter { Shard("\(number)/\(count)")?.holds($0) == true } }
  }

  @Test("are disjoint and complete, and of about the same size", arguments: [1, 2, 7, 16])
  func complete(_ count: Int) {
    let shares = Self.shares(Self.names, count)
    #expect(shares.flatMap(\.self).count == Self.names.count)
    #expect(Set(shares.flatMap(\.self)) == Set(Self.names))
    let mean = Double(Self.names.count) / Double(count)
    #expect(
      shares.allSatisfy { Double($0.count) > mean / 3 && Double($0.count) < mean * 2 },
      "\(shares.map(\.count))")
  }

  @Test("stay where they are when Actors come and go, and mostly when machines do")
  func stable() {
    let before = Self.shares(Self.names, 7)
    let fewer = Self.shares(Self.names.enumerated().filter { $0.offset % 3 != 0 }.map(\.element), 7)
    for (all, some) in zip(before, fewer) { #expect(Set(some).isSubset(of: all)) }
    let more = Self.shares(Self.names, 8)
    for (old, new) in zip(before, more) { #expect(Set(new).isSubset(of: old)) }
  }

  @Test("are these, on every machine and in every version of this program")
  func fixed() {
    let numbers = ["shop", "cart", "jane/shop", "x"].map { name in
      (1...7).first { Shard("\($0)/7")?.holds(Array(name.utf8)) == true }
    }
    #expect(numbers == [7, 7, 5, 4])
  }

  @Test("are K/N", arguments: ["", "1", "0/2", "3/2", "1/0", "1/2/3", "a/b", "-1/2", "1/5000", "1/ 2"])
  func malformed(_ text: String) { #expect(Shard(text) == nil) }
}

@Suite("The worst of several statuses")
struct WorstStatusTests {
  @Test(
    "is an interruption, a failure, a conflict, what is not valid, and last what goes on",
    arguments: [
      ([ExitStatus.done, .done], ExitStatus.done), ([], .done), ([.stillBuilding, .done], .stillBuilding),
      ([.invalidInput, .stillBuilding], .invalidInput), ([.conflict, .invalidInput], .conflict),
      ([.buildTimedOut, .conflict, .failed], .failed), ([.failed, .interrupted, .conflict], .interrupted),
    ])
  func worst(_ statuses: [ExitStatus], _ expected: ExitStatus) {
    #expect(ExitStatus.worst(of: statuses) == expected)
  }
}
