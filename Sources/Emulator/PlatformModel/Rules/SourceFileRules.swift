// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The rules for `sourceFiles`: each entry on its own, then all of them together.
enum SourceFileRules {
  /// The entries, in the order in which they came.
  ///
  /// - Throws: 400 `invalid-input` that names the index and the field of the first mistake, or 400
  ///   `invalid-value` where there is more content than a version may hold inline.
  static func checked(_ inputs: [SourceFileInput], at path: FieldPath) throws(PlatformError) -> [SourceFile] {
    var files: [SourceFile] = []
    files.reserveCapacity(inputs.count)
    var content = 0
    for (index, input) in inputs.enumerated() {
      let file = try checked(input, at: path[index])
      if case .file(_, let text) = file.kind { content += InlineSize.count(text) }
      files.append(file)
    }
    try checkTogether(files, at: path)
    guard content <= Limits.inlineBytes else { throw .invalidValue("\(path) is invalid") }
    return files
  }

  private static func checked(
    _ input: SourceFileInput, at path: FieldPath
  ) throws(PlatformError) -> SourceFile {
    guard let name = input.name else { throw path["name"].invalid("is required") }
    if let problem = problem(withName: name) { throw path["name"].invalid(problem) }
    if input.folder == true {
      guard input.format == nil else { throw path["format"].invalid("does not go with a folder") }
      guard input.content == nil else { throw path["content"].invalid("does not go with a folder") }
      return SourceFile(name: name, kind: .folder)
    }
    guard let formatName = input.format else { throw path["format"].invalid("is required") }
    guard let format = SourceFile.Format(rawValue: formatName) else {
      throw path["format"].invalid("must be TEXT or BASE64")
    }
    guard let content = input.content else { throw path["content"].invalid("is required") }
    if format == .base64, !CanonicalBase64.isValid(content) {
      throw path["content"].invalid("is not canonical base64 (RFC 4648 section 4)")
    }
    return SourceFile(name: name, kind: .file(format, content: content))
  }

  /// What is wrong with a name; nil where it is good.
  static func problem(withName name: String) -> String? {
    let bytes = name.utf8
    if bytes.isEmpty { return "must not be empty" }
    if bytes.count > Limits.entryNameBytes { return "must not be longer than \(Limits.entryNameBytes) bytes" }
    if bytes.contains(0) { return "must not hold a NUL" }
    if bytes.first == slash { return "must be relative" }
    if bytes.last == slash { return "must not end with a slash" }
    for component in bytes.split(separator: slash, omittingEmptySubsequences: false) {
      if component.isEmpty { return "must not hold an empty component" }
      if component.elementsEqual(".".utf8) || component.elementsEqual("..".utf8) {
        return "must not hold a component . or .."
      }
    }
    return nil
  }

  /// No name twice, and no file where another entry needs a folder. Names are compared as bytes.
  private static func checkTogether(_ files: [SourceFile], at path: FieldPath) throws(PlatformError) {
    var isFolder: [[UInt8]: Bool] = [:]
    isFolder.reserveCapacity(files.count)
    for (index, file) in files.enumerated() {
      let folder = file.kind == .folder
      if let earlier = isFolder.updateValue(folder, forKey: Array(file.name.utf8)) {
        let kind = earlier == folder ? "is there twice" : "is both a file and a folder"
        throw path[index]["name"].invalid(kind)
      }
    }
    var known: Set<[UInt8]> = []
    for (index, file) in files.enumerated() {
      var parent = Array(file.name.utf8)
      while let end = parent.lastIndex(of: slash) {
        parent.removeSubrange(end...)
        if isFolder[parent] == false {
          throw path[index]["name"].invalid("lies inside of an entry that is a file")
        }
        guard known.insert(parent).inserted else { break }
      }
    }
  }

  private static let slash = UInt8(ascii: "/")
}
