// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Foundation

func copy(_ source: UnsafeMutableRawBufferPointer, to target: UnsafeMutableRawBufferPointer) {
  guard let to = target.baseAddress, let from = source.baseAddress else { return }
  memcpy(to, from, source.count)
}

/// Times competitors in turns, a little of each and then again, so that what else runs on the machine meets
/// all alike; the best time of each counts.
struct Race {
  private var names: [String] = []
  private var bodies: [() -> Void] = []

  mutating func add(_ name: String, _ body: @escaping () -> Void) {
    names.append(name)
    bodies.append(body)
  }

  /// Gigabytes a second of `count` bytes a run.
  func run(count: Int) -> [String: Double] {
    let repeats = max(1, (4 << 20) / count)
    let rounds = count <= 64 << 10 ? 150 : count <= 1 << 20 ? 40 : count <= 16 << 20 ? 20 : 8
    var best = [Double](repeating: .infinity, count: bodies.count)
    for _ in 0..<rounds {
      for (index, body) in bodies.enumerated() {
        // Once before the clock runs: each finds the caches as it leaves them, not as its predecessor did.
        body()
        let start = DispatchTime.now().uptimeNanoseconds
        for _ in 0..<repeats { body() }
        let end = DispatchTime.now().uptimeNanoseconds
        best[index] = min(best[index], Double(end - start) / Double(repeats))
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(names, best.map { Double(count) / $0 }))
  }
}
