// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("Progress")
struct ProgressTests {
  /// Runs its arguments with standard error on a terminal of 40 columns, and prints what that gets.
  private static let terminal = """
    import os, pty, sys, fcntl, termios, struct, subprocess
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=slave, stdin=subprocess.DEVNULL)
    os.close(slave)
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:
            break
        if not data:
            break
        sys.stdout.buffer.write(data)
    sys.exit(child.wait())
    """
  private static let erase = "\r\u{1B}[K"

  private func pushed(
    _ arguments: [String], _ emulator: PlatformEmulator, _ address: PlatformEmulator.Address,
    with variables: [String: String] = [:]
  ) async throws -> Output {
    let folder = try TemporaryFolder.actor()
    emulator.script(BuildScript(duration: .milliseconds(1200), logLines: ["one", "two"]))
    return try await shell(
      "python3", ["-c", Self.terminal, Program.location(), "push"] + arguments, in: folder.path,
      environment: Program(address).environment.merging(variables) { $1 })
  }

  @Test("is one line of a terminal, within its width, and gone in the end")
  func line() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let output = try await pushed([], emulator, address)
      #expect(output.status == 0, "\(output.text)")
      #expect(output.text.contains(Self.erase + "building 0.1.1: "), "\(output.text.debugDescription)")
      // What is drawn is erased before anything else is written.
      let drawn = output.text.split(separator: "\r\n").map(String.init)
      for line in drawn {
        let pieces = line.components(by: Self.erase)
        for piece in pieces.dropLast().dropFirst() { #expect(piece.count < 40, "\(piece)") }
        #expect(!(pieces.last ?? "").hasPrefix("building 0.1.1: "), "\(line.debugDescription)")
      }
      #expect(output.text.hasSuffix("\r\n") || output.text.hasSuffix(Self.erase))
    }
  }

  @Test(
    "is not shown where it is not wanted",
    arguments: [
      (["-q"], [:]), ([], ["CI": "1"]), ([], ["TERM": "dumb"]),
    ] as [([String], [String: String])])
  func none(_ arguments: [String], _ variables: [String: String]) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let output = try await pushed(arguments, emulator, address, with: variables)
      #expect(output.status == 0 && !output.text.contains("\u{1B}[K"), "\(output.text.debugDescription)")
    }
  }

  @Test("is a line after 15 s of silence where there is no terminal, and none with --json")
  func silence() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      emulator.script(BuildScript(.hang))
      emulator.script(BuildScript(.hang))
      async let told = program("push", "--wait", "17", in: folder)
      let other = try TemporaryFolder.actor(#"{"name": "other-actor"}"#)
      let plain = try await Program(address)("push", "--wait", "17", "--json", in: other)
      let output = try await told
      #expect(output.status == 6 && output.talk.contains("\nstill building 0.1.1: 1"), "\(output.talk)")
      #expect(plain.status == 6 && !plain.talk.contains("\nstill "), "\(plain.talk)")
    }
  }
}

extension String {
  fileprivate func components(by separator: String) -> [String] {
    var (parts, rest) = ([String](), self[...])
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
