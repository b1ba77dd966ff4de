// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import FoundationEssentials
import SourcePackage

@testable import Deploy

/// Values that many tests need, none of which matters to them.
enum Samples {
  /// jane's Actor `shop`, version 0.1, tag "latest".
  static func settings() throws -> PushSettings {
    try PushSettings(
      configuration: nil,
      target: VersionTarget(
        actor: .named(owner: "jane", name: "shop"), version: try VersionNumber("0.1"), tag: .latest))
  }

  /// jane's account.
  static func account() throws -> Account {
    let text = #"{"id": "u1", "username": "jane", "isOrganization": false}"#
    return try JSONDecoder().decode(Account.self, from: Data(text.utf8))
  }

  /// A terminal shows `text` as one line, whatever is in it.
  static func isHarmless(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: false
        default: true
        }
      }
  }

  /// What a name, or a message from outside, may hold to deceive a terminal.
  static let hostile = "x\u{1B}]0;owned\u{07}\r\n\u{9B}31m\u{202E}y"
}

/// The program's own; Testing has a type of that name, too.
typealias ExitStatus = Deploy.ExitStatus
