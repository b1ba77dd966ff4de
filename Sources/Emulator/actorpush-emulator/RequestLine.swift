// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformEmulator

/// A request as a line of the log. Tokens are not in a record, so they can't be in the line.
enum RequestLine {
  static func text(for record: RequestRecord) -> String {
    let request = record.request
    let address = request.path + (request.query.map { "?" + $0 } ?? "")
    let milliseconds =
      record.duration.components.seconds * 1000
      + record.duration.components.attoseconds / 1_000_000_000_000_000
    let status = record.status.map(String.init) ?? "cut off"
    return "\(request.method) \(printable(address)) \(status) in \(record.wireBytes) B "
      + "out \(record.responseBytes) B \(milliseconds) ms\n"
  }

  /// `text` with everything but visible ASCII and spaces escaped: a path is what a stranger sent.
  static func printable(_ text: String) -> String {
    var outcome = ""
    for scalar in text.unicodeScalars {
      if scalar.value >= 0x20 && scalar.value < 0x7F {
        outcome.unicodeScalars.append(scalar)
      } else {
        outcome += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return outcome
  }
}
