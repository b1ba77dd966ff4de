// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformEmulator
internal import SystemIO

/// A request as a line of the log. A record has no tokens, so the line has none.
enum RequestLine {
  static func text(for record: RequestRecord) -> String {
    let request = record.request
    let address = request.path + (request.query.map { "?" + $0 } ?? "")
    let milliseconds =
      record.duration.components.seconds * 1000
      + record.duration.components.attoseconds / 1_000_000_000_000_000
    let status = record.status.map(String.init) ?? "cut off"
    return "\(request.method) \(TerminalText.of(address)) \(status) in \(record.wireBytes) B "
      + "out \(record.responseBytes) B \(milliseconds) ms\n"
  }
}
