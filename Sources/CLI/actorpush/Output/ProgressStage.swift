// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Something that takes long.
struct ProgressStage: Sendable {
  enum Kind: UInt8, Sendable {
    case walking = 1
    case packing
    case sending
    case following
    case several
    case waiting
  }

  let kind: Kind
  /// What goes on: "packing", "building 0.1.7".
  let verb: String
  /// How much there is to do; nil where that is not known.
  var total: Int?

  static let walking = ProgressStage(kind: .walking, verb: "reading")
  static let waiting = ProgressStage(kind: .waiting, verb: "waiting for the platform")

  static func packing(files: Int) -> ProgressStage {
    ProgressStage(kind: .packing, verb: "packing", total: files)
  }

  static func sending(bytes: Int) -> ProgressStage {
    ProgressStage(kind: .sending, verb: "sending", total: bytes)
  }

  /// `verb`: "building 0.1.7".
  static func following(_ verb: String) -> ProgressStage { ProgressStage(kind: .following, verb: verb) }

  static func several(_ count: Int) -> ProgressStage {
    ProgressStage(kind: .several, verb: "at work", total: count)
  }
}

/// How much was done when, in the last seconds.
struct ProgressSamples {
  private struct Sample {
    let time: ContinuousClock.Instant
    let count: Int
    let bytes: Int
  }

  /// How far back the rate reaches.
  private static let window = Duration.seconds(5)
  /// What is done in less time says little.
  private static let shortest = Duration.milliseconds(500)

  /// When the stage began.
  let start = ContinuousClock.now
  private var samples: [Sample] = []

  mutating func add(_ count: Int, bytes: Int, at time: ContinuousClock.Instant) {
    samples.append(Sample(time: time, count: count, bytes: bytes))
    samples.removeAll { time - $0.time > Self.window }
  }

  var count: Int { samples.last?.count ?? 0 }
  var bytes: Int { samples.last?.bytes ?? 0 }
  var elapsed: Duration { samples.last.map { $0.time - start } ?? .zero }

  /// How much is done in a second; nil where that is not known yet.
  var countRate: Double? { rate(\.count) }
  var byteRate: Double? { rate(\.bytes) }

  private func rate(_ value: KeyPath<Sample, Int>) -> Double? {
    guard let first = samples.first, let last = samples.last, last.time - first.time >= Self.shortest else {
      return nil
    }
    return Double(last[keyPath: value] - first[keyPath: value]) / ((last.time - first.time) / .seconds(1))
  }
}
