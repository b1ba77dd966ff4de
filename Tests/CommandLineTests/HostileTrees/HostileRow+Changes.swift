// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// Trees that change while they are walked and read.
  static let ofChanges: [HostileRow] = [
    HostileRow(
      "a file that grows", "pack -o /dev/null", 5, says: ["changed while it was read", "help: try again"],
      meanwhile: { place, _ in try place.append("log", 1000) }
    ) { try $0.write("log", Array(repeating: 0x61, count: 4_000_000)) },
    HostileRow(
      "a file that shrinks", "pack -o ../out/package.json", 5, 0, says: ["changed while it was read"],
      meanwhile: { place, count in try place.resize("log", count % 2 == 0 ? 5_000_000 : 3_000_000) }
    ) { try $0.sparse("log", 5_000_000) },
    HostileRow(
      "files that come and go", "pack -o /dev/null", 0, 5,
      meanwhile: { place, count in
        try place.write("d/\(count % 50)", "x")
        try? place.remove("d/\((count + 25) % 50)")
      }
    ) { place in for index in 0..<50 { try place.write("d/\(index)", "x") } },
    HostileRow(
      "a file that is swapped for a link out", "pack -o /dev/null", 0, 5, never: ["root:"],
      meanwhile: { place, count in
        try? place.remove("swapped")
        if count % 2 == 0 {
          try place.link("swapped", to: "/etc/passwd")
        } else {
          try place.write("swapped", "x")
        }
      }
    ) { try $0.write("swapped", "x") },
    HostileRow(
      "a directory that is swapped for a link out", "list -0", 0, 5, never: ["passwd"],
      meanwhile: { place, count in
        try? place.remove("swapped")
        if count % 2 == 0 {
          try place.link("swapped", to: "/etc")
        } else {
          try place.write("swapped/file", "x")
        }
      }
    ) { try $0.write("swapped/file", "x") },
    HostileRow(
      "an ignore file that comes and goes", "list", 0, 5,
      meanwhile: { place, count in
        if count % 2 == 0 { try? place.remove(".gitignore") } else { try place.write(".gitignore", "x\n") }
      }
    ) { try $0.write(".gitignore", "x\n") },
    HostileRow(
      "a file that becomes a FIFO", "pack -o /dev/null", 0, 5, lines: 8,
      meanwhile: { place, count in
        if count % 2 == 0 {
          try place.fifo("changing")
        } else {
          try? place.remove("changing")
          try place.write("changing", "x")
        }
      }
    ) { try $0.write("changing", "x") },
  ]
}
