// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the words of the Apify CLI's command lines are here, for those who come from it (MIGRATING.md).
enum ApifyCLIWords {
  /// What to write in the place of an option of `apify push`; nil where it has none of that name.
  static func hint(forPushOption name: String) -> String? {
    switch name {
    case "--build-tag", "-b": "the tag is --tag here"
    case "--wait-for-finish", "-w": "--wait SECONDS here; without it the build is followed to its end"
    case "--dir", "-d": "name the directory without an option: actorpush push DIRECTORY"
    case "--no-prompt": "leave it out: actorpush never prompts"
    default: nil
    }
  }

  /// What to do in the place of a command of `apify`; nil where it has none of that name.
  static func hint(forCommand name: String) -> String? {
    switch name {
    case "login": "there is none: ~/.apify/auth.json is read; or set APIFY_TOKEN"
    case "secrets": "there is none: ~/.apify/secrets.json is read"
    case "info": "actorpush doctor says whose the token is"
    case "create": "actorpush init writes .actor/actor.json"
    default: nil
    }
  }
}
