// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the configuration says that bears on a fetch of objects, by `git config --list -z --show-scope`.
struct PartialCloneSettings {
  /// The key of a setting of the repository's own that is not known to do no harm; nil where there is none.
  private(set) var unknown: String?
  /// The protocols that a fetch may use (`GIT_ALLOW_PROTOCOL`): those whose other end is known, and what the
  /// user allows beside them (`protocol.NAME.allow=always`). A local repository has a configuration of its
  /// own, which counts when it is read; by plain HTTP a password is read on the way.
  private(set) var protocols = "https:ssh"

  /// Sections of which nothing makes a fetch run a command, or go elsewhere.
  private static let sections: Set<String> = [
    "advice", "alias", "am", "apply", "author", "blame", "branch", "checkout", "clone", "color", "column",
    "commit", "commitgraph", "committer", "diff", "difftool", "feature", "filter", "format", "gc",
    "gpg", "gui", "i18n", "include", "includeif", "index", "init", "interactive", "lfs", "log",
    "maintenance", "merge", "mergetool", "notes", "pack", "pretty", "pull", "push", "rebase", "receive",
    "rerere", "stash", "status", "submodule", "tag", "transfer", "user", "versionsort", "worktree",
  ]
  private static let coreKeys: Set<String> = [
    "abbrev", "attributesfile", "autocrlf", "bare", "bigfilethreshold", "checkstat", "commentchar",
    "commitgraph", "compression", "eol", "excludesfile", "filemode", "fscache", "fsmonitor", "hookspath",
    "ignorecase", "logallrefupdates", "longpaths", "loosecompression", "multipackindex",
    "precomposeunicode", "preloadindex", "protecthfs", "protectntfs", "quotepath", "repositoryformatversion",
    "safecrlf", "sparsecheckout", "sparsecheckoutcone", "splitindex", "symlinks", "trustctime",
    "untrackedcache", "whitespace", "worktree",
  ]
  private static let fetchKeys: Set<String> = [
    "all", "fsckobjects", "negotiationalgorithm", "output", "parallel", "prune", "prunetags",
    "recursesubmodules", "showforcedupdates", "unpacklimit", "writecommitgraph",
  ]
  private static let credentialKeys: Set<String> = ["usehttppath", "validate"]
  private static let remoteKeys: Set<String> = [
    "fetch", "followremotehead", "partialclonefilter", "promisor", "prune", "prunetags", "push", "pushurl",
    "skipdefaultupdate", "skipfetchall", "tagopt", "url",
  ]
  /// Not among them is what leads the user's password elsewhere: a proxy, other authorities, none at all.
  private static let httpKeys: Set<String> = [
    "extraheader", "lowspeedlimit", "lowspeedtime", "maxrequests", "minsessions", "postbuffer", "useragent",
    "version",
  ]

  /// Nil where `listed` is none.
  init?(_ listed: [UInt8]) {
    let fields = listed.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard fields.count % 2 == 1, fields.last == "" else { return nil }
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      let end = fields[index + 1].utf8.firstIndex(of: UInt8(ascii: "\n")) ?? fields[index + 1].endIndex
      let key = String(fields[index + 1][..<end])
      let value = fields[index + 1][end...].dropFirst()
      if ["local", "worktree"].contains(fields[index]) {
        if !Self.isHarmless(key, value) { unknown = unknown ?? key }
      } else if let name = Self.allowed(key), value == "always" {
        protocols += ":" + name
      }
    }
  }

  /// Whether git, which gives `name` to a fetch as it is, takes it for no option.
  private static func isRemoteName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "-") else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._/-".utf8.contains(byte)
      }
    }
  }

  /// The protocol that the setting `key` is about.
  private static func allowed(_ key: String) -> String? {
    let parts = key.split(separator: "." as Character, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "protocol", parts[2] == "allow", parts[1] != "ext" else { return nil }
    return String(parts[1])
  }

  /// Whether the setting `key`, whose section and name are in small letters, has no say in what a fetch runs.
  private static func isHarmless(_ key: String, _ value: Substring) -> Bool {
    guard let first = key.firstIndex(of: "."), let last = key.lastIndex(of: ".") else { return false }
    let (section, name) = (String(key[..<first]), String(key[key.index(after: last)...]))
    switch section {
    case "core": return coreKeys.contains(name)
    case "remote":
      return remoteKeys.contains(name)
        && (first == last || isRemoteName(key[key.index(after: first)..<last]))
    case "extensions": return name != "partialclone" || isRemoteName(value)
    case "fetch": return fetchKeys.contains(name)
    case "credential": return credentialKeys.contains(name)
    case "http": return httpKeys.contains(name)
    default: return sections.contains(section)
    }
  }
}
