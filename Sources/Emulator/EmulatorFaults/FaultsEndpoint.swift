// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import Hummingbird
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel

/// The faults of an emulator over HTTP: `GET` shows how often each was met, `PUT` takes others in the form of
/// the file, `DELETE` drops them. A page in a browser can send neither of the latter.
struct FaultsEndpoint {
  static let path = "/emulator/faults"
  /// A longer file is refused.
  private static let limit = 1 << 20

  private let faults: FaultInjector

  init(_ faults: FaultInjector) { self.faults = faults }

  func answer(to request: Request) async throws -> Response {
    switch request.method {
    case .get: return try Self.shown(faults.schedule)
    case .put:
      let body: ByteBuffer
      do { body = try await request.body.collect(upTo: Self.limit) } catch {
        return Self.refusal(413, "the file is longer than \(Self.limit) bytes")
      }
      do throws(FaultFile.Failure) {
        faults.schedule = try FaultFile(Array(body.readableBytesView)).schedule
      } catch {
        return Self.refusal(400, "\(error)")
      }
      return try Self.shown(faults.schedule)
    case .delete:
      faults.schedule = FaultSchedule([])
      return Response(status: .noContent)
    default: return Self.refusal(405, "GET, PUT and DELETE are known here")
    }
  }

  private static func refusal(_ status: Int, _ message: String) -> Response {
    Answer.error(PlatformError(status: status, type: "invalid-faults", message: message))
  }

  private struct Shown: Encodable {
    let method: String?
    let path: String?
    let fault: String
    let matched: Int
    let applied: Int
  }

  private static func shown(_ schedule: FaultSchedule) throws -> Response {
    let rules = zip(schedule.rules, schedule.counts).map { rule, count in
      Shown(
        method: rule.method, path: rule.path?.description, fault: rule.name, matched: count.matched,
        applied: count.applied)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(["faults": rules]))))
  }
}
