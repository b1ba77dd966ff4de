// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// How far work is, in one line.
enum ProgressText {
  /// "sending: 3.1 MB of 8.0 MB, 1.2 MB/s, 4 s left", or as much of it as `columns` characters hold.
  static func line(_ stage: ProgressStage, _ samples: ProgressSamples, columns: Int) -> String {
    let parts = Self.parts(stage, samples)
    var text = stage.verb
    for (index, part) in parts.enumerated() {
      let longer = text + (index == 0 ? ": " : ", ") + part
      if longer.unicodeScalars.count > columns { break }
      text = longer
    }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(0, columns))))
  }

  private static func parts(_ stage: ProgressStage, _ samples: ProgressSamples) -> [String] {
    let (count, elapsed) = (samples.count, Quantity.longTime(samples.elapsed))
    switch stage.kind {
    case .walking:
      let rate = samples.countRate.flatMap { $0 < 1 ? nil : Quantity.number(Int($0)) + "/s" }
      return [Quantity.entries(count), rate].compactMap(\.self)
    case .packing:
      let files = stage.total.map { "\(Quantity.number(count)) of \(Quantity.of($0, "file"))" }
      let rate = samples.byteRate.flatMap { $0 < 1 ? nil : Quantity.bytes(Int($0)) + "/s" }
      return [files, Quantity.bytes(samples.bytes), rate, left(stage, samples)].compactMap(\.self)
    case .sending where count >= stage.total ?? .max:
      // The connection has taken all of it; the platform has not answered yet.
      return [Quantity.bytes(stage.total ?? count), "waiting for the answer", elapsed]
    case .sending:
      let share = stage.total.map { " of \(Quantity.bytes($0))" } ?? ""
      let rate = samples.countRate.flatMap { $0 < 1 ? nil : Quantity.bytes(Int($0)) + "/s" }
      return [Quantity.bytes(min(count, stage.total ?? count)) + share, rate, left(stage, samples)]
        .compactMap(\.self)
    case .following: return [elapsed] + (count > 0 ? [Quantity.of(count, "line") + " of log"] : [])
    case .several:
      return [
        "\(Quantity.number(count)) of \(Quantity.of(stage.total ?? count, "Actor")) done", elapsed,
      ]
    case .waiting: return [elapsed]
    }
  }

  /// "12 s left"; nil where that cannot be told.
  private static func left(_ stage: ProgressStage, _ samples: ProgressSamples) -> String? {
    guard let total = stage.total, let rate = samples.countRate, rate > 0, total > samples.count else {
      return nil
    }
    return Quantity.longTime(.seconds((Double(total - samples.count) / rate).rounded(.up))) + " left"
  }
}
