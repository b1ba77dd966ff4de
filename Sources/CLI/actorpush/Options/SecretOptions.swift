// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

/// Which files may hold a secret.
struct SecretOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Pass over secrets in this file of the project; may be repeated.", valueName: "file"))
  var allowSecretIn: [String] = []

  /// The files.
  var allowed: Set<[UInt8]> { Set(allowSecretIn.map { Array($0.utf8) }) }
}
