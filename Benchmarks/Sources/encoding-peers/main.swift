// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Foundation

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.count) {
case ("base64", 3): compareBase64(libbase64: arguments[2], figures: arguments[3])
case ("text", 3): compareText(folder: arguments[2], simdjson: arguments[3])
case ("loop", 2): loop(rounds: Int(arguments[2]) ?? 0)
default:
  print("usage: encoding-peers base64 LIBBASE64 FIGURES | text FOLDER SIMDJSON | loop ROUNDS")
  exit(64)
}
