// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The rules for short texts: names, numbers, addresses, environment variables.
enum TextRules {
  static func versionNumber(_ text: String, at path: FieldPath) throws(PlatformError) -> VersionNumber {
    guard let number = VersionNumber(text) else {
      throw path.invalid("must be MAJOR.MINOR, each from 0 to 99 and without leading zeros")
    }
    return number
  }

  static func sourceType(_ text: String, at path: FieldPath) throws(PlatformError) -> SourceType {
    guard let type = SourceType(rawValue: text) else {
      let names = SourceType.allCases.map(\.rawValue).joined(separator: ", ")
      throw path.invalid("must be one of \(names)")
    }
    return type
  }

  static func checkActorName(_ name: String) throws(PlatformError) {
    let isPlain = name.utf8.allSatisfy { isLowerLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    guard isPlain, Limits.actorName.contains(name.utf8.count) else {
      throw .invalidInput("name must be 3 to 63 characters from a-z, 0-9 and -")
    }
  }

  static func checkStoreName(_ name: String) throws(PlatformError) {
    let isPlain = name.utf8.allSatisfy {
      isLowerLetter($0 | 0x20) || isDigit($0) || $0 == UInt8(ascii: "-")
    }
    guard isPlain, Limits.storeName.contains(name.utf8.count) else {
      throw .invalidInput("name must be 1 to 63 characters from a-z, A-Z, 0-9 and -")
    }
  }

  /// Letters, digits, `.`, `_` and `-`: the emulator's judgement; the platform's rule is not documented.
  static func checkBuildTag(_ tag: Patch<String>, at path: FieldPath) throws(PlatformError) {
    guard case .value(let tag) = tag else { return }
    let isPlain = tag.utf8.allSatisfy {
      isLowerLetter($0 | 0x20) || isDigit($0) || "._-".utf8.contains($0)
    }
    guard isPlain, Limits.buildTag.contains(tag.utf8.count) else {
      throw path.invalid("must be 1 to 63 characters from a-z, A-Z, 0-9, ., _ and -")
    }
  }

  static func checkAddress(
    _ address: Patch<String>, schemes: [String]?, at path: FieldPath
  ) throws(PlatformError) {
    guard case .value(let address) = address else { return }
    guard !address.isEmpty else { throw path.invalid("must not be empty") }
    if let schemes, !schemes.contains(where: address.hasPrefix) {
      throw path.invalid("must begin with \(schemes.joined(separator: " or "))")
    }
  }

  static func check(
    _ variables: [EnvironmentVariableChange], at path: FieldPath
  ) throws(PlatformError) {
    var names: Set<[UInt8]> = []
    for (index, variable) in variables.enumerated() {
      let name = variable.name.utf8
      guard !name.isEmpty else { throw path[index]["name"].invalid("must not be empty") }
      guard !name.contains(UInt8(ascii: "=")), !name.contains(0) else {
        throw path[index]["name"].invalid("must not hold = or a NUL")
      }
      guard variable.name.utf16.count <= Limits.environmentName else {
        throw path[index]["name"].invalid("must not be longer than \(Limits.environmentName) characters")
      }
      guard names.insert(Array(name)).inserted else { throw path[index]["name"].invalid("is there twice") }
      if let value = variable.value, value.utf16.count > Limits.environmentValue {
        throw path[index]["value"].invalid("must not be longer than \(Limits.environmentValue) characters")
      }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
  private static func isLowerLetter(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }
}
