// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The address of an attempt.
package struct CallTarget: Hashable, Sendable {
  package let address: WebAddress
  /// Whether it has the origin of the API root, the only one that gets the token.
  package let isTrusted: Bool
}

/// What a response says that decides about the next step.
package struct ResponseFacts: Hashable, Sendable {
  /// What the body is.
  package enum Verdict: Hashable, Sendable {
    /// 2xx, and the body was read.
    case decoded
    /// 2xx, but the body is not JSON (cut off, the page of a gateway); or another status, cut off.
    case garbled(String)
    /// 2xx and JSON, but not of the expected shape; repeating the request does not change it.
    case unexpected(String)
    /// Not 2xx.
    case refused(type: APIError.Code, message: String)
  }

  package var status: Int
  package var location: String?
  package var retryAfter: Duration?
  package var verdict: Verdict

  package init(status: Int, location: String? = nil, retryAfter: Duration? = nil, verdict: Verdict) {
    self.status = status
    self.location = location
    self.retryAfter = retryAfter
    self.verdict = verdict
  }
}

/// The reason why there is no response, or not all of one.
package struct TransportFailure: Hashable, Sendable {
  package var type: APIError.Code
  /// What happened, in one line.
  package var message: String
  /// Whether the platform may have received the whole request.
  package var wasSent: Bool
  /// Whether a retry is pointless, as with an untrusted certificate.
  package var isPermanent: Bool

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
    /// The pause has ended.
    case paused
    /// A response has arrived.
    case response(ResponseFacts)
    /// No response, or not all of one, has arrived.
    case failure(TransportFailure)
    /// The look has ended.
    case looked(found: Bool)
  }

  /// The next step.
  package enum Action: Hashable, Sendable {
    /// Begin a new attempt.
    case send(CallTarget)
    /// Continue the attempt at another address.
    case follow(CallTarget)
    /// Wait, then say `paused`.
    case pause(Duration, reason: String)
    /// Wait, look whether the platform has carried the call out, then say `looked`.
    case look(after: Duration, reason: String)
    /// Return the output of the last response or of the look.
    case succeed
    /// Throw.
    case fail(APIError)

    /// Whether the call ends with it.
    var isFinal: Bool {
      switch self {
      case .succeed, .fail: true
      case .send, .follow, .pause, .look: false
      }
    }
  }
}
