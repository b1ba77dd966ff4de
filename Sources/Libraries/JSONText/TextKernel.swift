// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import CByteKernels

/// One implementation of the pass over text; all give the same verdicts and write the same bytes.
public enum TextKernel: UInt8, CaseIterable, Sendable, CustomStringConvertible {
  /// Plain C, for every machine: 8 bytes a step where they are ASCII.
  case portable = 0
  /// x86-64 with AVX2: 32 bytes a step.
  case avx2 = 1
  /// x86-64 with AVX-512 VBMI2: 64 bytes a step.
  case avx512 = 2
  /// arm64 with NEON: 16 bytes a step.
  case neon = 3

  /// The name that reports print: `avx512`.
  public var description: String {
    switch self {
    case .portable: "portable"
    case .avx2: "avx2"
    case .avx512: "avx512"
    case .neon: "neon"
    }
  }

  /// Whether this machine, its processor and its operating system, can run the kernel.
  public var isAvailable: Bool { ctext_can_run(code) }

  /// The kernel that is used on this machine: the fastest that it can run.
  public static var best: TextKernel {
    TextKernel(rawValue: UInt8(ctext_best_kernel().rawValue)) ?? .portable
  }

  /// The kernels that this machine can run, the portable one first.
  public static var available: [TextKernel] { allCases.filter(\.isAvailable) }

  var code: ctext_kernel { ctext_kernel(UInt32(rawValue)) }
}
