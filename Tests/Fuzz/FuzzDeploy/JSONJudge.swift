// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FuzzDriver

/// Python's json, kept running and asked many times: what it reads as RFC 8259 has it.
struct JSONJudge {
  enum Verdict {
    case valid
    case invalid
    /// Readers may differ: a lone surrogate, a number beyond what a Double holds, deep nesting; `0e1`, which
    /// Foundation refuses.
    case disputed
  }

  /// Each text comes with its length in four bytes before it, and is answered by one.
  private static let script = """
    import json, math, sys
    def refuse(word): raise ValueError(word)
    def number(digits):
        global disputed
        value = float(digits)
        head = digits.lower().split("e")[0]
        if math.isinf(value) or abs(value) < 1e-300 and (value != 0 or head.strip("-0.") or head != digits):
            disputed = True
        return value
    while True:
        head = sys.stdin.buffer.read(4)
        if len(head) < 4: break
        text = sys.stdin.buffer.read(int.from_bytes(head, "big"))
        disputed = False
        try:
            text = text[3:] if text.startswith(b"\\xef\\xbb\\xbf") else text
            value = json.loads(text.decode(), parse_constant=refuse, parse_int=number, parse_float=number)
            json.dumps(value, ensure_ascii=False).encode()
            answer = b"d" if disputed else b"v"
        except (UnicodeEncodeError, RecursionError):
            answer = b"d"
        except ValueError:
            answer = b"i"
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    """

  private let program: RunningProgram

  init(in directory: String) throws {
    program = try Program(words: ["python3", "-I", "-c", Self.script], directory: directory).start()
  }

  /// What it says about `text`, which is shorter than a pipe is long.
  func verdict(on text: [UInt8]) -> Verdict {
    let length = UInt32(text.count)
    let head = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
    guard program.send(head + text), let answer = program.receive(atMost: 15, until: { !$0.isEmpty }) else {
      finding("python3 does not answer")
    }
    switch answer[0] {
    case UInt8(ascii: "v"): return .valid
    case UInt8(ascii: "i"): return .invalid
    default: return .disputed
    }
  }
}
