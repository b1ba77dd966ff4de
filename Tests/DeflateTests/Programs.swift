// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Subprocess

/// What a program made of its standard input; nil where it failed.
func output(of program: String, _ arguments: [String], input: [UInt8]) async throws -> [UInt8]? {
  let record = try await run(
    .name(program), arguments: Arguments(arguments), input: .array(input), output: .bytes(limit: 1 << 26),
    error: .discarded)
  return record.terminationStatus.isSuccess ? record.standardOutput : nil
}

/// A Python program that decodes its standard input with `zlib`.
func python(decoding wbits: Int, _ input: [UInt8]) async throws -> [UInt8]? {
  let program = """
    import sys, zlib
    d = zlib.decompressobj(wbits=\(wbits))
    out = d.decompress(sys.stdin.buffer.read()) + d.flush()
    assert d.eof and not d.unused_data
    sys.stdout.buffer.write(out)
    """
  return try await output(of: "python3", ["-c", program], input: input)
}

/// A Python program that encodes its standard input with `zlib`.
func python(encoding wbits: Int, _ input: [UInt8]) async throws -> [UInt8]? {
  let program = """
    import sys, zlib
    c = zlib.compressobj(9, zlib.DEFLATED, \(wbits))
    sys.stdout.buffer.write(c.compress(sys.stdin.buffer.read()) + c.flush())
    """
  return try await output(of: "python3", ["-c", program], input: input)
}
