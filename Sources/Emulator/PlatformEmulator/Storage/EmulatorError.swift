// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Why the emulator can't start.
package enum EmulatorError: Error, Equatable, CustomStringConvertible {
  /// Another program listens on the port.
  case portInUse(Int)
  /// The system does not let it listen.
  case cannotListen(port: Int, reason: String)
  /// It has been started already.
  case alreadyRunning
  /// Something in the data directory can't be used.
  case data(path: String, reason: String)

  package var description: String {
    switch self {
    case .portInUse(let port):
      "port \(port) is in use on 127.0.0.1; choose another with --port, or 0 for a free one"
    case .cannotListen(let port, let reason): "cannot listen on 127.0.0.1:\(port): \(reason)"
    case .alreadyRunning: "the emulator is running already"
    case .data(let path, let reason): "\(path): \(reason)"
    }
  }
}
