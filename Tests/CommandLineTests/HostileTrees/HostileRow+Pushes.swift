// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// What a push meets that no other command does; the platform is there.
  static let ofPushes: [HostileRow] = [
    HostileRow(
      "a file of 100 GB without content, pushed", "push --no-build --source-type files", 5,
      says: ["error: ", "huge"], lines: 8
    ) { try $0.sparse("huge", 100 << 30) },
    HostileRow(
      "a file that grows, pushed", "push --no-build", 5, says: ["changed while it was read"], lines: 8,
      meanwhile: { place, _ in try place.append("log", 1000) }
    ) { try $0.write("log", Array(repeating: 0x61, count: 4_000_000)) },
    HostileRow(
      "a FIFO and a link to it, pushed", "push --no-build", 0,
      says: ["warning: a FIFO, socket or device", "(pipe)\n"], lines: 10
    ) {
      try $0.fifo("pipe")
      try $0.link("to-pipe", to: "pipe")
    },
    HostileRow(
      "state that is garbled", "push --no-build", 0, says: ["up to date"], lines: 8,
      before: pushed + #"; for f in $(find "$XDG_STATE_HOME" -type f); do printf '\377\0{' > "$f"; done"#
    ) { _ in },
    HostileRow(
      "state that is empty", "push --no-build", 0, says: ["up to date"], lines: 8,
      before: pushed + #"; for f in $(find "$XDG_STATE_HOME" -type f); do : > "$f"; done"#
    ) { _ in },
    HostileRow(
      "state whose files are FIFOs", "push --no-build", 0, says: ["up to date"], lines: 8,
      before: pushed + #"; for f in $(find "$XDG_STATE_HOME" -type f); do rm "$f"; mkfifo "$f"; done"#
    ) { _ in },
    HostileRow(
      "state whose files are directories", "push --no-build", 0, says: ["up to date"], lines: 8,
      before: pushed + #"; for f in $(find "$XDG_STATE_HOME" -type f); do rm "$f"; mkdir "$f"; done"#
    ) { _ in },
    HostileRow(
      "state that may not be written, pushed", "push --no-build", 0, lines: 10, isUnprivileged: true
    ) { try $0.mode("../state", 0o555) },
    HostileRow(
      "state that is a file, pushed", "push --no-build", 0, lines: 10,
      environment: ["XDG_STATE_HOME": "PLACE/tree/file"]
    ) { _ in },
    HostileRow(
      "no HOME, pushed to a platform", "push --no-build", 0, lines: 10,
      environment: ["HOME": nil, "XDG_STATE_HOME": nil]
    ) { _ in },
    HostileRow(
      "a HOME that may not be written to, pushed", "push --no-build", 0, lines: 10,
      environment: ["XDG_STATE_HOME": nil], isUnprivileged: true
    ) { try $0.mode("../home", 0o555) },
    HostileRow(
      "a HOME that is the project, pushed again", "push --no-build", 0,
      says: ["personal files", ".local/, .netrc", "up to date"], lines: 8, before: pushed,
      environment: ["HOME": "PLACE/tree", "XDG_STATE_HOME": nil]
    ) { try $0.write(".netrc", "machine example.com login me password mine") },
    HostileRow(
      "state in the project, pushed again", "push --no-build", 0,
      says: ["personal files", "state/", "up to date"], lines: 8, before: pushed,
      environment: ["XDG_STATE_HOME": "PLACE/tree/state"]
    ) { _ in },
    HostileRow(
      "a link out of the project, compared", "diff", 5, says: ["out of the project (passwd)"], lines: 8,
      before: pushed
    ) { try $0.link(".actor/../passwd", to: "/etc/passwd") },
    HostileRow(
      "a name with escape sequences, compared", "diff --stat", 0, never: ["\u{1B}"], lines: 8,
      before: pushed + #"; printf x > "$(printf 'a\033[31mb')""#
    ) { _ in },
    HostileRow(
      "a TMPDIR that is full, of a zip", "push --no-build --source-type zip", 1,
      says: ["No space left on device"], lines: 10,
      before: #"mount -t tmpfs -o size=64k tmpfs "$TMPDIR"; mount -t tmpfs -o size=64k tmpfs /var/tmp"#,
      need: .mounts
    ) { try $0.write("large", HostilePlace.noise(1_000_000)) },
  ].map(\.onPlatform)

  /// A push before the one that is looked at.
  private static let pushed = #""$0" push --no-build >/dev/null 2>&1"#
}
