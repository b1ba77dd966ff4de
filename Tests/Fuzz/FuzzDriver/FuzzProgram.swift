// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import CFuzzer
import Glibc

/// A program with fuzz targets, which `scripts/fuzz` builds and runs:
///
///     PROGRAM --list
///     PROGRAM --seeds NAME DIRECTORY
///     PROGRAM NAME [options, directories and files of libFuzzer]
package enum FuzzProgram {
  /// The one that runs: libFuzzer's callback has no context, and libFuzzer no second thread.
  private nonisolated(unsafe) static var chosen: (any FuzzTarget)?

  /// Does what the command line says with one of the targets `all`.
  package static func main(_ all: [any FuzzTarget.Type]) throws {
    let words = CommandLine.arguments
    if words.count == 2, words[1] == "--list" {
      for type in all { print("\(type.name)\t\(type.summary)") }
    } else if words.count == 4, words[1] == "--seeds", let type = all.first(where: { $0.name == words[2] }) {
      try writeSeeds(of: type, to: words[3])
    } else if words.count >= 2, let type = all.first(where: { $0.name == words[1] }) {
      run(try type.init(isSingle: words.dropFirst(2).allSatisfy { !$0.hasPrefix("-max_total_time") }), words)
    } else {
      printError("usage: --list | --seeds NAME DIRECTORY | NAME [ARGUMENT...]\n")
      exit(64)
    }
  }

  /// Writes the seeds, and the words that inputs are made of beside them (libFuzzer's `-dict`).
  private static func writeSeeds(of type: any FuzzTarget.Type, to directory: String) throws {
    for (index, seed) in try type.seeds().enumerated() { try writeFile("\(directory)/seed-\(index)", seed) }
    let words = type.words.map { word in
      "\"" + word.map { byte in #"\x"# + (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined() + "\"\n"
    }
    try writeFile("\(directory).words", Array(words.joined().utf8))
  }

  private static func run(_ target: any FuzzTarget, _ words: [String]) {
    unsafe chosen = target
    let options = [words[0], "-max_len=\(type(of: target).longest)"] + words.dropFirst(2)
    // SAFETY: libFuzzer keeps the arguments, and never returns.
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe []
    for word in options { unsafe arguments.append(strdup(word)) }
    var count = unsafe Int32(arguments.count)
    unsafe arguments.append(nil)
    unsafe arguments.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      _ = unsafe LLVMFuzzerRunDriver(&count, &start) { bytes, count in
        // SAFETY: libFuzzer's input, and a variable of a program with one thread.
        unsafe FuzzProgram.chosen?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
      }
    }
  }
}
