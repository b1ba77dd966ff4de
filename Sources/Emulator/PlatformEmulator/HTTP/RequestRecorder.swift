// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird

/// The outermost middleware: counts and records each request.
struct RequestRecorder: RouterMiddleware {
  typealias Context = EmulatorContext

  let log: RequestLog
  let seam: Seam
  let onRecord: (@Sendable (RequestRecord) -> Void)?

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let incoming = IncomingRequest(request, number: log.nextNumber(), route: context.endpointPath)
    log.count(incoming)
    do {
      let response: Response
      if let interceptor = seam.interceptor {
        response = try await interceptor.handle(incoming, request, context: context) { request in
          try await next(request, context)
        }
      } else {
        response = try await next(request, context)
      }
      note(incoming, context, response, since: start)
      return response
    } catch {
      note(incoming, context, nil, since: start)
      throw error
    }
  }

  private func note(
    _ request: IncomingRequest, _ context: Context, _ response: Response?,
    since start: ContinuousClock.Instant
  ) {
    let facts = context.exchange.current
    // A client that has gone in the meantime gets no answer.
    let response = context.channel.isActive ? response : nil
    let record = RequestRecord(
      request: request, wireBytes: facts.wireBytes, payloadBytes: facts.payloadBytes,
      status: response.map { Int($0.status.code) }, responseBytes: response?.body.contentLength ?? 0,
      duration: ContinuousClock.now - start, wasFaulted: facts.wasFaulted)
    log.append(record)
    onRecord?(record)
  }
}

extension IncomingRequest {
  init(_ request: Request, number: Int, route: String?) {
    self.number = number
    method = request.method.rawValue
    path = request.uri.path
    query = request.uri.query.map(Self.withoutToken)
    self.route = route.map(Self.withoutAlias)
    var headers: [String: String] = [:]
    for field in request.headers where field.name != .authorization && field.name != .cookie {
      headers[field.name.canonicalName] = field.value
    }
    self.headers = headers
    hasAuthorization = request.headers.contains(.authorization)
  }

  private static func withoutToken(_ query: String) -> String {
    query.split(separator: "&", omittingEmptySubsequences: false)
      .map { $0.lowercased().hasPrefix("token=") ? "token=..." : String($0) }
      .joined(separator: "&")
  }

  private static func withoutAlias(_ route: String) -> String {
    let alias = "/v2/acts"
    guard route == alias || route.hasPrefix(alias + "/") else { return route }
    return "/v2/actors" + route.dropFirst(alias.count)
  }
}
