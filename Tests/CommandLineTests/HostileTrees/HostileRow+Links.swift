// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport

extension HostileRow {
  /// Symbolic links.
  static let ofLinks: [HostileRow] = [
    HostileRow(
      "a link to nothing", "list", 5,
      says: ["a broken symbolic link to nowhere (gone)", "--skip-broken-links"]
    ) {
      try $0.link("gone", to: "nowhere")
    },
    HostileRow(
      "a link to nothing, passed over", "list --skip-broken-links", 0,
      says: ["warning: a symbolic link that leads nowhere; left out (gone)"]
    ) {
      try $0.link("gone", to: "nowhere")
    },
    HostileRow("a link to itself", "list", 5, says: ["forms a cycle (self)"]) {
      try $0.link("self", to: "self")
    },
    HostileRow("two links to each other", "list", 5, says: ["forms a cycle (a)"]) {
      try $0.link("a", to: "b")
      try $0.link("b", to: "a")
    },
    HostileRow("a link to the directory above it", "list", 5, says: ["forms a cycle (d/up)"]) {
      try $0.link("d/up", to: "..")
    },
    HostileRow("a link out of the project", "pack -o /dev/null", 5, says: ["out of the project (passwd)"]) {
      try $0.link("passwd", to: "/etc/passwd")
    },
    HostileRow("a link out of the project, checked", "check", 5, says: ["out of the project (passwd)"]) {
      try $0.link("passwd", to: "/etc/passwd")
    },
    HostileRow("a link out by a link within", "list", 5, says: ["out of the project"]) {
      try $0.link("d/a", to: "../up/../home")
      try $0.link("up", to: "..")
    },
    HostileRow("a link to an endless device", "list", 5, says: ["out of the project (zero)"]) {
      try $0.link("zero", to: "/dev/zero")
    },
    HostileRow(
      "a link to an endless device, followed", "pack --follow-external-links -o /dev/null", 0,
      says: ["a FIFO, socket or device"]
    ) {
      try $0.link("zero", to: "/dev/zero")
    },
    HostileRow(
      "a link to a FIFO", "pack -o /dev/null", 0, says: ["warning: ", "a FIFO, socket or device"], lines: 8
    ) {
      try $0.fifo("pipe")
      try $0.link("to-pipe", to: "pipe")
    },
    HostileRow("a link to a directory", "list -0", 0, shows: ["again/inner"]) {
      try $0.write("d/inner", "x")
      try $0.link("again", to: "d")
    },
    HostileRow("a link into .git", "list", 5, says: ["into .git, which is never packaged"]) {
      try await $0.commit()
      try $0.link("config", to: ".git/config")
    },
    HostileRow(
      "12 directories of 10 links, each to the next", "list -0", 5, says: ["more than 100,000 directories"]
    ) { place in
      for level in 0..<12 {
        try place.directory("l\(level)")
        for index in 0..<10 { try place.link("l\(level)/\(index)", to: "../l\(level + 1)") }
      }
      try place.write("l12/file", "x")
    },
    HostileRow("a target of 4,000 bytes", "list", 5, says: ["a broken symbolic link to aaa"]) {
      try $0.link("long", to: String(repeating: "a", count: 4000))
    },
    HostileRow(
      "a link whose target has a line's end", "list", 5, says: ["a broken symbolic link to a\\nerror: b"]
    ) {
      try $0.link("gone", to: "a\nerror: b")
    },
    HostileRow("a chain of 100 links", "list", 5, says: ["that forms a cycle"]) { place in
      for index in 0..<100 { try place.link("l\(index)", to: "l\(index + 1)") }
      try place.write("l100", "x")
    },
    HostileRow(
      "an .actorignore that is a link out of the project", "list", 5,
      says: ["out of the project (.actorignore)"], never: ["root:"]
    ) {
      try $0.link(".actorignore", to: "/etc/passwd")
    },
    HostileRow("a project directory that is a link", "list ../again", 0, shows: ["file"]) {
      try $0.folder.link("again", to: "tree")
    },
  ]
}
