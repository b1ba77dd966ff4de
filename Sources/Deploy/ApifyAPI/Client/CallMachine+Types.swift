// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Where an attempt goes.
package struct CallTarget: Hashable, Sendable {
  /// The address.
  package let address: WebAddress
  /// Whether it is the API root's scheme, host and port: the only place that gets the token.
  package let isTrusted: Bool
}

/// What a response says that matters for what to do next.
package struct ResponseFacts: Hashable, Sendable {
  /// What its body is.
  package enum Verdict: Hashable, Sendable {
    /// 2xx, and the body is what was expected.
    case decoded
    /// 2xx, but the body isn't JSON: cut off, a gateway's page; or another status, cut off.
    case garbled(String)
    /// 2xx and JSON, but not of the expected shape; asking again won't change it.
    case unexpected(String)
    /// Not 2xx.
    case refused(type: APIError.Code, message: String)
  }

  /// The status.
  package var status: Int
  /// The `Location` header.
  package var location: String?
  /// The `Retry-After` header.
  package var retryAfter: Duration?
  /// What the body is.
  package var verdict: Verdict

  /// The facts of a response.
  package init(status: Int, location: String? = nil, retryAfter: Duration? = nil, verdict: Verdict) {
    self.status = status
    self.location = location
    self.retryAfter = retryAfter
    self.verdict = verdict
  }
}

/// Why there is no response.
package struct TransportFailure: Hashable, Sendable {
  /// What sort of failure it is.
  package var type: APIError.Code
  /// What happened.
  package var message: String
  /// Whether the platform may have got the whole request.
  package var wasSent: Bool
  /// Whether trying again cannot help: an untrusted certificate.
  package var isPermanent: Bool

  /// A failure.
  package init(type: APIError.Code, message: String, wasSent: Bool, isPermanent: Bool = false) {
    self.type = type
    self.message = message
    self.wasSent = wasSent
    self.isPermanent = isPermanent
  }
}

extension CallMachine {
  /// What has happened.
  package enum Event: Hashable, Sendable {
    /// Nothing yet.
    case start
    /// The pause is over.
    case paused
    /// A response has arrived.
    case response(ResponseFacts)
    /// No response has arrived.
    case failure(TransportFailure)
    /// We have looked.
    case looked(found: Bool)
  }

  /// What to do.
  package enum Action: Hashable, Sendable {
    /// A new attempt.
    case send(CallTarget)
    /// The same attempt, elsewhere.
    case follow(CallTarget)
    /// Wait, then say `paused`.
    case pause(Duration, reason: String)
    /// Wait, look whether the platform has done it, then say `looked`.
    case look(after: Duration, reason: String)
    /// Return what the last response, or the look, gave.
    case succeed
    /// Throw.
    case fail(APIError)

    /// Whether the call is over.
    var isFinal: Bool {
      switch self {
      case .succeed, .fail: true
      case .send, .follow, .pause, .look: false
      }
    }
  }
}
