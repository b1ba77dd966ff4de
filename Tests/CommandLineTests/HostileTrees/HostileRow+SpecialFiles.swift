// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport

extension HostileRow {
  /// What is no file and no directory.
  static let ofSpecialFiles: [HostileRow] = [
    HostileRow("a FIFO", "list", 0, says: ["warning: a FIFO, socket or device", "(pipe)\n"]) {
      try $0.fifo("pipe")
    },
    HostileRow(
      "a FIFO, packed", "pack -o /dev/null", 0, says: ["warning: a FIFO, socket or device", "(pipe)\n"],
      lines: 8
    ) {
      try $0.fifo("pipe")
    },
    HostileRow("a FIFO, explained", "explain pipe", 0) { try $0.fifo("pipe") },
    HostileRow("a socket", "list", 0, says: ["warning: "]) { place in
      _ = try await shell(
        "python3", ["-c", "import socket; socket.socket(socket.AF_UNIX).bind('socket')"], in: place(""))
    },
    HostileRow("a FIFO for the project directory", "list ../out", 5, says: ["not a directory"]) {
      try $0.remove("../out")
      try $0.fifo("../out")
    },
    HostileRow("a file of 100 GB without content", "list", 0, shows: ["BASE64"]) {
      try $0.sparse("huge", 100 << 30)
    },
    HostileRow(
      "a file of 100 GB without content, explained", "explain huge", 0, shows: ["107,374,182,400 bytes"]
    ) {
      try $0.sparse("huge", 100 << 30)
    },
    HostileRow("a Dockerfile that is a FIFO", "check", 0, 5, says: [], lines: 8) {
      try $0.fifo("Dockerfile")
    },
    HostileRow("a Dockerfile that is a directory", "check", 0, 5) { try $0.write("Dockerfile/file", "x") },
    HostileRow("a Dockerfile of 100 MB", "check", 0, 5) { try $0.sparse("Dockerfile", 100_000_000) },
    HostileRow("a Dockerfile of one line of 20 MB", "check", 0, 5) {
      try $0.write("Dockerfile", Array("FROM x\nCOPY ".utf8) + Array(repeating: 0x61, count: 20_000_000))
    },
  ]
}
