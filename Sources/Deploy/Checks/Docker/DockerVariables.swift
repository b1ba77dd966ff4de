// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The values of ARG and ENV at one place of a stage, as far as the Dockerfile alone decides them.
struct DockerVariables {
  /// What base images set themselves: an ARG of this name may be another value there.
  private static let setByImages: Set = [
    "PATH", "HOME", "HOSTNAME", "LANG", "NODE_VERSION", "YARN_VERSION", "PYTHON_VERSION", "GOLANG_VERSION",
    "JAVA_VERSION", "GOPATH",
  ]

  let escape: UInt8
  /// Names whose values builds may set otherwise.
  private let open: Set<String>
  private var arguments: [String: [UInt8]] = [:]
  private var environment: [String: [UInt8]?] = [:]

  /// None yet.
  ///
  /// - Parameter open: names that the platform gives to a build.
  init(escape: UInt8, open: Set<String>) {
    self.escape = escape
    self.open = open.union(Self.setByImages)
  }

  /// Takes what the ARG `instruction` declares; a name without a value has that of `global`.
  mutating func declare(_ instruction: DockerInstruction, global: DockerVariables?) {
    for word in DockerText.quotedWords(instruction.arguments, escape: escape) {
      let (name, value) = Self.pair(word)
      if let value {
        arguments[name] = open.contains(name) ? nil : expand(value)
      } else {
        arguments[name] = global?.arguments[name]
      }
    }
  }

  /// Takes what the ENV `instruction` sets.
  mutating func set(_ instruction: DockerInstruction) {
    let words = DockerText.quotedWords(instruction.arguments, escape: escape)
    guard let first = words.first else { return }
    if !first.contains(UInt8(ascii: "=")) {
      // The old form: one name, and the rest of the line.
      let rest = DockerText.trimmed(instruction.arguments.dropFirst(first.count))
      environment.updateValue(expand(Array(rest)), forKey: String(decoding: first, as: UTF8.self))
      return
    }
    // All values are those before the line.
    let before = self
    for word in words {
      let (name, value) = Self.pair(word)
      environment.updateValue(value.flatMap { before.expand($0) }, forKey: name)
    }
  }

  private func value(_ name: String) -> [UInt8]? {
    if let set = environment[name] { return set }
    return arguments[name]
  }

  private static func pair(_ word: [UInt8]) -> (name: String, value: [UInt8]?) {
    let parts = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    return (String(decoding: parts[0], as: UTF8.self), parts.count > 1 ? Array(parts[1]) : nil)
  }

  /// `word` without its quotes, and with the values of its variables; nil where it cannot be decided.
  func expand(_ word: [UInt8]) -> [UInt8]? { expand(word[...], depth: 0) }

  private func expand(_ word: ArraySlice<UInt8>, depth: Int) -> [UInt8]? {
    guard depth < 8 else { return nil }
    var result: [UInt8] = []
    var rest = word
    var quote: UInt8?
    while let byte = rest.popFirst() {
      if quote == UInt8(ascii: "'") {
        if byte == quote { quote = nil } else { result.append(byte) }
      } else if byte == escape {
        guard let next = rest.popFirst() else { return nil }
        let isPlain = quote != nil && ![UInt8(ascii: "\""), UInt8(ascii: "$"), escape].contains(next)
        result += isPlain ? [byte, next] : [next]
      } else if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "$") {
        guard let value = variable(&rest, depth: depth) else { return nil }
        // Values of values must not grow without end.
        guard result.count + value.count <= 1 << 16 else { return nil }
        result += value
      } else {
        result.append(byte)
      }
    }
    return quote == nil ? result : nil
  }

  /// The value of the variable that `rest` begins with.
  private func variable(_ rest: inout ArraySlice<UInt8>, depth: Int) -> [UInt8]? {
    guard rest.first == UInt8(ascii: "{") else {
      let end = rest.firstIndex { !Self.isName($0) } ?? rest.endIndex
      let name = String(decoding: rest[..<end], as: UTF8.self)
      rest = rest[end...]
      return name.isEmpty ? nil : value(name)
    }
    rest = rest.dropFirst()
    guard let close = Self.closing(rest) else { return nil }
    let inner = rest[..<close]
    rest = rest[(close + 1)...]
    let end = inner.firstIndex { !Self.isName($0) } ?? inner.endIndex
    let known = value(String(decoding: inner[..<end], as: UTF8.self))
    guard let known, end > inner.startIndex else { return nil }
    var operation = inner[end...]
    if operation.isEmpty { return known }
    let countsEmpty = operation.first == UInt8(ascii: ":")
    if countsEmpty { operation = operation.dropFirst() }
    let isSet = !(countsEmpty && known.isEmpty)
    switch operation.popFirst() {
    case UInt8(ascii: "-")?: return isSet ? known : expand(operation, depth: depth + 1)
    case UInt8(ascii: "+")?: return isSet ? expand(operation, depth: depth + 1) : []
    case UInt8(ascii: "?")?: return isSet ? known : nil
    default: return nil
    }
  }

  private static func closing(_ text: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    for index in text.indices {
      if text[index] == UInt8(ascii: "{") { depth += 1 }
      guard text[index] == UInt8(ascii: "}") else { continue }
      if depth == 0 { return index }
      depth -= 1
    }
    return nil
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
      || byte == UInt8(ascii: "_")
  }
}
