// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The arguments as the system has them: bytes. Swift replaces what is not UTF-8 in them, so that they would
/// name another file, or none.
enum RawArguments {
  /// What has no character where one is needed.
  enum Empty {
    /// The value of this option.
    case value(of: String)
    /// What stands behind this option, or behind a word: its value, or an argument by itself.
    case argument(after: String?)
  }

  /// The first empty argument; nil where there is none. An unset variable of a shell must not be taken for
  /// the current directory. What git passes to the hook, and what a shell passes to be completed, is taken as
  /// it comes.
  static func empty(_ arguments: [String]) -> Empty? {
    if arguments.starts(with: ["hook", "pre-push"]) || arguments.first?.utf8.starts(with: "---".utf8) == true
    {
      return nil
    }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    for (index, argument) in arguments.enumerated() {
      let utf8 = argument.utf8
      if utf8.isEmpty {
        let before = index > 0 && index < end ? arguments[index - 1] : nil
        return .argument(after: before)
      }
      // "--tag=", "-o="
      if index < end, utf8.first == UInt8(ascii: "-"), utf8.last == UInt8(ascii: "="),
        utf8.count(where: { $0 == UInt8(ascii: "=") }) == 1
      {
        return .value(of: String(argument.dropLast()))
      }
    }
    return nil
  }

  /// The first argument that is not valid UTF-8; nil where all are. What git passes to the hook, the names
  /// and addresses of remotes, is taken as it comes.
  ///
  /// - Parameter arguments: as Swift has them.
  static func notText(_ arguments: [String]) -> [UInt8]? {
    guard arguments.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }),
      !arguments.starts(with: ["hook", "pre-push"])
    else { return nil }
    for index in 1...arguments.count {
      // SAFETY: the system gives as many arguments as Swift has made texts of, and the program's name before
      // them; each ends with a NUL and lives as long as the process.
      guard let argument = unsafe CommandLine.unsafeArgv[index] else { return nil }
      let bytes = unsafe Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
      if (try? UTF8Span(validating: bytes.span)) == nil { return bytes }
    }
    return nil
  }
}
