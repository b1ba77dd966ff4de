// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Something to compress, by what it asks of an encoder.
enum EncoderMaterial: String, CaseIterable, Sendable {
  case nothing, oneByte, twoSymbols, oneRun, lengths, farthestMatches, oneDistance, fibonacci, changing, text
  case noise

  var bytes: [UInt8] {
    switch self {
    case .nothing: return []
    case .oneByte: return [0]
    case .twoSymbols: return randomBytes(count: 70_000).map { $0 & 1 }
    case .oneRun: return [UInt8](repeating: 65, count: 900_000)
    // Matches of each length.
    case .lengths:
      var bytes: [UInt8] = []
      for length in 0...600 {
        bytes += [UInt8](repeating: UInt8(length & 127), count: length / 2)
        bytes.append(UInt8(128 | length & 127))
      }
      return bytes
    // The longest ones, from as far away as there can be, and a byte farther.
    case .farthestMatches:
      let noise = randomBytes(count: 32_768)
      return noise + noise + [1] + noise
    case .oneDistance:
      let noise = randomBytes(count: 100)
      return (0..<100).flatMap { _ in noise }
    // Codes that would be longer than fifteen bits.
    case .fibonacci:
      var counts = (1, 1)
      var bytes: [UInt8] = []
      for symbol in 0..<25 {
        bytes += [UInt8](repeating: UInt8(symbol * 10), count: counts.0)
        counts = (counts.1, counts.0 + counts.1)
      }
      return scattered(bytes)
    // Blocks end where it changes.
    case .changing:
      var bytes: [UInt8] = []
      for round in 0..<8 {
        bytes += randomBytes(count: 9000)
        bytes += Self.text.bytes.prefix(20_000 + round)
        bytes += [UInt8](repeating: UInt8(round), count: 70_000)
      }
      return bytes
    case .text: return Material.text.bytes
    case .noise: return randomBytes(count: 300_000)
    }
  }

  /// In another order, so that runs are none.
  private func scattered(_ bytes: [UInt8]) -> [UInt8] {
    let step = 100_003
    return bytes.indices.map { bytes[$0 * step % bytes.count] }
  }
}
