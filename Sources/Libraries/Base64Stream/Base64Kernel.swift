// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import CByteKernels

/// One implementation of the encoder; all write the same bytes.
public enum Base64Kernel: UInt8, CaseIterable, Sendable, CustomStringConvertible {
  /// Plain C, for every machine.
  case portable = 0
  /// x86-64 with SSSE3: 12 bytes a step.
  case ssse3 = 1
  /// x86-64 with AVX2: 24 bytes a step.
  case avx2 = 2
  /// x86-64 with AVX-512 VBMI: 48 bytes a step.
  case avx512 = 3
  /// arm64 with NEON: 48 bytes a step.
  case neon = 4

  /// The name that reports print: `avx512`.
  public var description: String {
    switch self {
    case .portable: "portable"
    case .ssse3: "ssse3"
    case .avx2: "avx2"
    case .avx512: "avx512"
    case .neon: "neon"
    }
  }

  /// Whether this machine, its processor and its operating system, can run the kernel.
  public var isAvailable: Bool { cb64_can_run(code) }

  /// The kernel that is used on this machine: the fastest that it can run.
  public static var best: Base64Kernel {
    Base64Kernel(rawValue: UInt8(cb64_best_kernel().rawValue)) ?? .portable
  }

  /// The kernels that this machine can run, the portable one first.
  public static var available: [Base64Kernel] { allCases.filter(\.isAvailable) }

  var code: cb64_kernel { cb64_kernel(UInt32(rawValue)) }
}
