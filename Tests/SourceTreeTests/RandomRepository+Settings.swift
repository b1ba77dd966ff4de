// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport

/// What git is set to: by the repository, by its user, and by files that these include.
extension RandomRepository {
  /// The environment that git and the walk are given.
  var variables: [String: String] {
    var variables = [
      "HOME": home ?? "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
      "PATH": "/usr/local/bin:/usr/bin:/bin",
    ]
    variables["XDG_CONFIG_HOME"] = configHome
    return variables
  }

  /// Writes the configuration, and the ignore files that it names.
  mutating func writeSettings() throws {
    // The home directory may be the work tree itself, with all that is in it.
    let place = random.chance(25) ? "" : ".git/home"
    if random.chance(85) {
      try folder.folder(place)
      home = folder(place)
      if random.chance(40) { try writeUserFile(place, ".config/git/ignore") }
      if random.chance(60) { try writeUserConfig(place) }
    }
    if random.chance(15) {
      configHome = folder(".git/xdg")
      if random.chance(70) { try folder.write(".git/xdg/git/ignore", ignoreFile()) }
    }
    if random.chance(40) {
      let head = random.pick(["main", "feature/x", "feature/a/b", "other"])
      try folder.write(".git/HEAD", "ref: refs/heads/\(head)\n")
    }
    let usesSHA256 = random.chance(10)
    var config = "[core]\n\trepositoryformatversion = \(usesSHA256 ? 1 : 0)\n\tbare = false\n"
    if usesSHA256 { config += "[extensions]\n\tobjectFormat = sha256\n" }
    for index in 0..<random.pick([0, 1, 1, 2, 3]) { config += try section("r\(index)", in: ".git") }
    // Last, for it counts.
    config += "[core]\n\tignoreCase = \(truth(ignoresCase))\n"
    try folder.write(".git/config", config)
  }

  private mutating func writeUserConfig(_ place: String) throws {
    var config = ""
    if random.chance(30) { config += "[core]\n\tignoreCase = \(truth(random.chance(50)))\n" }
    for index in 0..<random.pick([1, 1, 2, 3]) { config += try section("u\(index)", in: place) }
    if random.chance(70) {
      try write(config, place, ".gitconfig")
    } else {
      try write(config, place, ".config/git/config")
    }
  }

  private mutating func writeUserFile(_ place: String, _ name: String) throws {
    try write(String(decoding: ignoreFile(), as: UTF8.self), place, name)
  }

  /// Writes a file of the user, which is part of the tree where the home directory is.
  private mutating func write(_ text: String, _ place: String, _ name: String) throws {
    let path = place.isEmpty ? name : place + "/" + name
    try folder.write(path, text)
    guard place.isEmpty else { return }
    note(path)
    for (index, byte) in path.enumerated() where byte == "/" { noteFolder(String(path.prefix(index))) }
  }

  /// A truth in one of its spellings.
  private mutating func truth(_ value: Bool) -> String {
    random.pick(
      value ? ["true", "yes", "on", "1", "TRUE", "\"true\""] : ["false", "no", "off", "0", "\"\""])
  }

  /// A section of a configuration in the directory `place`, which may be in a file of its own that is
  /// included under a condition. Names of files begin with `name`.
  private mutating func section(_ name: String, in place: String, depth: Int = 0) throws -> String {
    let text: String
    if depth < 3, random.chance(50) {
      let file = "\(name)-\(depth)"
      // A cycle of includes would be an error.
      let inner = try section(name, in: place, depth: depth + 1)
      try write(inner, place, file)
      let path = spelled(file, in: place, isInclude: true)
      text = (random.chance(40) ? "[include]" : "[includeIf \"\(condition())\"]") + "\n\tpath = \(path)\n"
    } else if random.chance(80) {
      try folder.write(".git/\(name).ignore", ignoreFile())
      text = "[core]\n\texcludesFile = \(spelled("\(name).ignore", in: ".git", isInclude: false))\n"
    } else {
      // It does not count where the repository says something else, and that it does.
      text = "[Core]\n\tIgnoreCase = \(truth(random.chance(50)))\n\texcludesFile = nowhere\n"
    }
    return random.chance(20) ? text + "# a comment\n[a \"b\"]\n\tc\n" : text
  }

  /// The path of the file `name` in the directory `place`, as a configuration may say it.
  private mutating func spelled(_ name: String, in place: String, isInclude: Bool) -> String {
    let path = place.isEmpty ? name : place + "/" + name
    var ways = ["\(folder(path))", "\"\(folder(path))\"", "\(folder(path)) ; there"]
    // An included file is found beside the one that includes it, an ignore file from the top.
    ways += isInclude ? [name, "./\(name)", "\"\(name)\""] : [path, "./\(path)", "\"\(path)\" # here"]
    if let home, folder(path).hasPrefix(home + "/") {
      ways += Array(repeating: "~/" + folder(path).dropFirst(home.count + 1), count: 3)
    }
    return random.pick(ways)
  }

  /// A condition that may hold.
  private mutating func condition() -> String {
    let top = folder.path
    return random.pick([
      "gitdir:\(top)/", "gitdir:\(top)/.git", "gitdir:\(top)", "gitdir:**/.git", "gitdir:.git/",
      "gitdir:/dev/shm/**", "gitdir:/tmp/*/.git", "gitdir:~/", "gitdir:~/.git", "gitdir:./", "gitdir:./.git",
      "gitdir/i:\(top.uppercased())/", "gitdir/i:~/.GIT", "gitdir:/nowhere/", "gitdir:actorpush-*/",
      "onbranch:main", "onbranch:feature/", "onbranch:feature/*", "onbranch:**/b", "onbranch:m?in",
      "onbranch:master", "onbranch:", "onbranch:[!f]*",
    ])
  }
}
