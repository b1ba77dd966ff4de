// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// How deep, and how many.
  static let ofDepth: [HostileRow] = [
    HostileRow("500 directories deep", "list -0", 0, shows: ["last"]) { try $0.deep("d", 500) },
    HostileRow("500 directories deep, packed", "pack --format zip -o /dev/null", 0) { try $0.deep("d", 500) },
    HostileRow("a path of 6,000 bytes", "list -0", 0, shows: ["last"]) {
      try $0.deep(String(repeating: "d", count: 199), 30)
    },
    HostileRow("a path of 6,000 bytes, packed", "pack -o /dev/null", 0) {
      try $0.deep(String(repeating: "d", count: 199), 30)
    },
    HostileRow("a path of 6,000 bytes, checked", "check", 0) {
      try $0.deep(String(repeating: "d", count: 199), 30)
    },
    HostileRow(
      "a link where paths end", "list", 5,
      says: ["a symbolic link to last, whose path from the root", "help: ignore it"]
    ) {
      try $0.deep(String(repeating: "d", count: 199), 30, link: "last")
    },
    HostileRow("a path of 6,000 bytes, explained", "explain file", 0, shows: ["in   file"]) {
      try $0.deep(String(repeating: "d", count: 199), 30)
    },
    HostileRow("20,000 empty directories", "list -0", 0) { place in
      for outer in 0..<100 {
        for inner in 0..<200 { try place.directory("\(outer)/\(inner)") }
      }
    },
  ]
}
