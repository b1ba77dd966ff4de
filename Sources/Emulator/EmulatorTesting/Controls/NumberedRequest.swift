// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import EmulatorFaults
package import PlatformEmulator

/// One of the requests of a program: the first, second, … of its method and route.
package struct NumberedRequest: Hashable, Sendable, CustomStringConvertible {
  /// `GET`, `PUT` and so on.
  package let method: String
  /// The pattern of the address, as ``IncomingRequest/route`` has it.
  package let route: String
  /// Counts the requests of this method and route, from 1.
  package let number: Int

  /// Whether it only looks.
  package var isLook: Bool { method == "GET" }

  /// Whether each run of a program that makes it once makes it again.
  ///
  /// How often a push looks depends on the time that it has; and of two records that are written at once,
  /// one or both find that there is no store yet.
  package var isCertain: Bool { !isLook && (number == 1 || !route.contains("key-value-stores")) }

  package var description: String {
    "\(method) \(route.dropFirst("/v2/".count))" + (number > 1 ? " #\(number)" : "")
  }
}

extension PlatformEmulator {
  /// The requests since the log was cleared, each told from the others of its kind.
  package var numberedRequests: [NumberedRequest] {
    var counts: [String: Int] = [:]
    return requests.map(\.request).map { request in
      let route = request.route ?? request.path
      counts["\(request.method) \(route)", default: 0] += 1
      return NumberedRequest(
        method: request.method, route: route, number: counts["\(request.method) \(route)"] ?? 1)
    }
  }

  /// Disturbs one of the requests that come from now on, and the `repetitions` that follow it.
  package func inject(_ outcome: Fault.Outcome, into request: NumberedRequest, repetitions: Int = 0) {
    let (method, route) = (request.method, request.route)
    inject(Fault(.handled, method: method, route: route), times: request.number - 1)
    inject(Fault(outcome, method: method, route: route), times: 1 + repetitions)
  }
}
