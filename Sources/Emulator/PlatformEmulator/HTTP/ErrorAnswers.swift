// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel

/// Encodes what a handler throws as the platform's JSON.
struct ErrorAnswers: RouterMiddleware {
  typealias Context = EmulatorContext

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as PlatformError {
      return Answer.error(error)
    } catch let error as HTTPError where error.status == .notFound {
      return Answer.error(.pageNotFound)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      return Answer.error(.internalError("\(error)"))
    }
  }
}
