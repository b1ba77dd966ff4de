// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// What the system gives, and takes.
  static let ofLimits: [HostileRow] = [
    HostileRow("64 open files", "pack -o /dev/null", 0, before: "ulimit -n 64") { try $0.many() },
    HostileRow("64 open files, of a commit", "list -0 --commit HEAD", 0, before: "ulimit -n 64") {
      try $0.many()
      try await $0.commit()
    },
    HostileRow("64 open files, 500 directories deep", "pack -o /dev/null", 0, before: "ulimit -n 64") {
      try $0.deep("d", 500)
    },
    HostileRow(
      "16 open files, of a commit", "list --commit HEAD", 1,
      says: ["at most 16 files may be open", "ulimit -n", "help: raise the limit"], before: "ulimit -n 16"
    ) { try await $0.commit() },
    HostileRow("64 MiB of data", "pack -o /dev/null", 0, before: "ulimit -d 65536") { try $0.many() },
    HostileRow("64 MiB of data, as a zip", "pack --format zip -o /dev/null", 0, before: "ulimit -d 65536") {
      try $0.many()
    },
    HostileRow("64 MiB of data, listed", "list -0", 0, before: "ulimit -d 65536") { try $0.many() },
    HostileRow("64 MiB of data, checked", "check", 0, before: "ulimit -d 65536") { try $0.many() },
    HostileRow(
      "64 MiB of data, of a commit", "list --commit HEAD~0", 1,
      says: ["git cannot be started", "ulimit -d", "help: raise the limit"], before: "ulimit -d 65536"
    ) { try await $0.commit() },
    HostileRow(
      "256 MiB of addresses, of a commit", "list -0 --commit HEAD", 0, shows: ["file"],
      before: "ulimit -v 262144"
    ) { try await $0.commit() },
    HostileRow(
      "128 MiB of addresses, of a commit", "list --commit HEAD~0", 1,
      says: ["git cannot be started", "ulimit -v"], before: "ulimit -v 131072"
    ) { try await $0.commit() },
    HostileRow(
      "files of 64 KiB at the most", "pack -o ../out/package.json", 1, says: ["File too large"],
      before: "ulimit -f 64"
    ) {
      try $0.write("large", Array(repeating: 0x61, count: 1_000_000))
    },
    HostileRow("no standard output", "list >&-", 1, says: ["standard output"]) { _ in },
    HostileRow(
      "a standard output that is full", "list >/dev/full", 1,
      says: ["No space left on device (standard output)"]
    ) { _ in },
    HostileRow("an output that is full", "pack -o /dev/full", 1, says: ["No space left on device"]) { _ in },
    HostileRow("no standard error", "list 2>&-", 0, shows: ["file"]) { try $0.fifo("pipe") },
    HostileRow("no open file at all", "list <&- >&- 2>&-", 1) { _ in },
  ]
}
