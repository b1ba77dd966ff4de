// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// 100 MiB beside `base64 -w0` of coreutils, which is the oracle here (macOS has another base64).
@Suite struct CoreutilsTests {
  static let isInstalled = unsafe system("base64 --version 2>/dev/null | grep -q coreutils") == 0

  @Test(.enabled(if: isInstalled)) func aHundredMebibytes() {
    let path = temporaryFile(count: 100 << 20)
    defer { _ = unsafe unlink(path) }
    guard let file = unsafe fopen(path, "rb"), let peer = unsafe popen("base64 -w0 '\(path)'", "r") else {
      Issue.record("cannot open the file or start base64")
      return
    }
    // 65,537 is 2 more than a multiple of 3: the carry is in use.
    let chunk = GuardedMemory(atLeast: 65_537)
    let ours = GuardedMemory(atLeast: 90_000)
    let theirs = GuardedMemory(atLeast: 90_000)
    var encoder = Base64Encoder()
    var total = 0
    var isEnd = false
    while !isEnd {
      let input = unsafe chunk.suffix(65_537)
      let count = unsafe fread(input.baseAddress, 1, input.count, file)
      isEnd = count < input.count
      let expectedCount = encoder.outputCount(adding: count)
      let output = unsafe ours.suffix(expectedCount + 4)
      var span = unsafe OutputRawSpan(buffer: output, initializedCount: 0)
      unsafe encoder.encode(
        RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: input[..<count])), into: &span)
      if isEnd { encoder.finish(into: &span) }
      let written = unsafe span.finalize(for: output)
      let peerBytes = unsafe theirs.suffix(written)
      let peerCount = unsafe fread(peerBytes.baseAddress, 1, written, peer)
      let isSame = unsafe peerBytes.isSame(as: UnsafeMutableRawBufferPointer(rebasing: output[..<written]))
      #expect(peerCount == written && isSame, "after \(total) characters")
      total += written
    }
    let isAtEnd = unsafe fgetc(peer) == EOF
    let status = unsafe pclose(peer)
    unsafe fclose(file)
    #expect(isAtEnd && status == 0)
    #expect(total == Base64Encoder.encodedCount(100 << 20))
  }

  /// A file of random bytes: one random block again and again, of a length that no chunk or group divides.
  private func temporaryFile(count: Int) -> String {
    var random = SeededGenerator(seed: 5)
    let block = random.bytes(1_048_573)
    var path = Array("/tmp/actorpush-base64-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&path)
    precondition(descriptor >= 0, "no temporary file")
    var left = count
    while left > 0 {
      left -= unsafe write(descriptor, block, min(left, block.count))
    }
    close(descriptor)
    return String(decoding: path.dropLast().map(UInt8.init), as: UTF8.self)
  }
}
