// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the text pass is measured on, a mebibyte of each.
enum Texts {
  static let all: [(name: String, bytes: [UInt8])] = [
    ("ASCII source", repeated(source)),
    ("CJK", repeated("软件包的内容要么是文本，要么是二进制文件。速度はメモリの速さで決まる。글자마다 세 바이트이다。\n")),
    ("JSON full of quotes", repeated(#"{"id":17,"name":"a","tags":["x","y"],"ok":true},"#)),
    ("UTF-8 that breaks at the end", repeated("déjà vu, Привет, 中文, plain words between\n") + [0xe4, 0xb8]),
  ]

  private static let source = """
    /// Whether `pattern` matches the whole of `name`.
    func matches(_ name: Span<UInt8>, pattern: Pattern) -> Bool {
    \tguard let first = pattern.first else { return name.isEmpty }
    \tif first == "*" && name.count > 1 {
    \t\treturn print("a star: \\(name)\\n")
    \t}

    """

  private static func repeated(_ text: String) -> [UInt8] {
    let piece = Array(text.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1 << 20)
    while bytes.count + piece.count <= 1 << 20 { bytes += piece }
    return bytes
  }
}
