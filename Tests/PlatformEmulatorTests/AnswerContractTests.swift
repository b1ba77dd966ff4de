// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import FoundationEssentials
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

/// Each answer has the fields that the platform's description requires. The table has their names; where the
/// description itself is at hand (`ACTORPUSH_OPENAPI` names the file), it judges answers and table.
@Suite struct AnswerContractTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let method: HTTPVerb
    /// The path in the description.
    let path: String
    /// What is required of `data`, by dots, in the items of lists.
    let required: String
    var testDescription: String { "\(method.rawValue) \(path)" }
  }

  private static let page = "total offset limit desc count"
  private static let listedBuild =
    "items.id items.status items.startedAt items.usageTotalUsd items.buildNumber"
  private static let build = "id actId userId startedAt status meta.origin buildNumber"
  private static let listedRun =
    "items.id items.actId items.status items.startedAt items.buildId items.meta.origin items.usageTotalUsd "
    + "items.defaultKeyValueStoreId items.defaultDatasetId items.defaultRequestQueueId"
  private static let run =
    "id actId userId startedAt status meta.origin stats options.build options.timeoutSecs options.memoryMbytes "
    + "options.diskMbytes buildId generalAccess defaultKeyValueStoreId defaultDatasetId defaultRequestQueueId"
  private static let actor =
    "id userId name username isPublic createdAt modifiedAt stats versions.versionNumber versions.sourceType "
    + "defaultRunOptions"
  private static let store = "id createdAt modifiedAt accessedAt"
  private static let features = [
    "ACTORS", "STORAGE", "SCHEDULER", "PROXY", "PROXY_EXTERNAL_ACCESS", "PROXY_RESIDENTIAL", "PROXY_SERPS",
    "WEBHOOKS", "ACTORS_PUBLIC_ALL", "ACTORS_PUBLIC_DEVELOPER",
  ].flatMap { feature in
    ["isEnabled", "disabledReason", "disabledReasonType", "isTrial", "trialExpirationAt"].map {
      "effectivePlatformFeatures.\(feature).\($0)"
    }
  }.joined(separator: " ")

  static let rows = [
    Row(
      method: .GET, path: "/v2/users/me",
      required: "username plan.availableProxyGroups isPaying " + features),
    Row(
      method: .GET, path: "/v2/actors",
      required: page + " items.id items.createdAt items.modifiedAt items.name items.username"),
    Row(method: .POST, path: "/v2/actors", required: actor),
    Row(method: .GET, path: "/v2/actors/{actorId}", required: actor),
    Row(method: .PUT, path: "/v2/actors/{actorId}", required: actor),
    Row(
      method: .GET, path: "/v2/actors/{actorId}/versions",
      required: "total items.versionNumber items.sourceType"),
    Row(
      method: .GET, path: "/v2/actors/{actorId}/versions/{versionNumber}",
      required: "versionNumber sourceType"),
    Row(
      method: .PUT, path: "/v2/actors/{actorId}/versions/{versionNumber}",
      required: "versionNumber sourceType"),
    Row(
      method: .GET, path: "/v2/actors/{actorId}/versions/{versionNumber}/env-vars",
      required: "total items.name items.isSecret"),
    Row(
      method: .GET, path: "/v2/actors/{actorId}/versions/{versionNumber}/env-vars/{envVarName}",
      required: "name isSecret"),
    Row(
      method: .PUT, path: "/v2/actors/{actorId}/versions/{versionNumber}/env-vars/{envVarName}",
      required: "name isSecret"),
    Row(method: .GET, path: "/v2/actors/{actorId}/builds", required: page + " " + listedBuild),
    Row(method: .POST, path: "/v2/actors/{actorId}/builds", required: build),
    Row(method: .GET, path: "/v2/actors/{actorId}/builds/default", required: build),
    Row(method: .GET, path: "/v2/actors/{actorId}/builds/{buildId}", required: build),
    Row(method: .GET, path: "/v2/actor-builds", required: page + " " + listedBuild),
    Row(method: .GET, path: "/v2/actor-builds/{buildId}", required: build),
    Row(method: .POST, path: "/v2/actor-builds/{buildId}/abort", required: build),
    Row(method: .POST, path: "/v2/actors/{actorId}/runs", required: run),
    Row(method: .GET, path: "/v2/actors/{actorId}/runs", required: page + " " + listedRun),
    Row(method: .GET, path: "/v2/actors/{actorId}/runs/last", required: run),
    Row(method: .GET, path: "/v2/actor-runs", required: page + " " + listedRun),
    Row(method: .GET, path: "/v2/actor-runs/{runId}", required: run),
    Row(method: .POST, path: "/v2/actor-runs/{runId}/abort", required: run),
    Row(
      method: .GET, path: "/v2/key-value-stores",
      required: page + " " + store.split(separator: " ").map { "items.\($0)" }.joined(separator: " ")),
    Row(method: .POST, path: "/v2/key-value-stores", required: store),
    Row(method: .GET, path: "/v2/key-value-stores/{storeId}", required: store),
    Row(
      method: .GET, path: "/v2/key-value-stores/{storeId}/keys",
      required: "items.key items.size items.recordPublicUrl count limit isTruncated"),
  ]

  /// The description, where it is at hand.
  private static let described: AnswerShape? = {
    guard let path = ProcessInfo.processInfo.environment["ACTORPUSH_OPENAPI"],
      let data = try? Data(contentsOf: URL(filePath: path)),
      let description = try? JSONDecoder().decode(JSONValue.self, from: data)
    else { return nil }
    return AnswerShape(description: description)
  }()

  @Test(arguments: rows)
  func anAnswerHasWhatIsRequired(row: Row) async throws {
    try await TestPlatform.running { platform in
      let data = try await Self.answer(to: row, platform)["data"]
      for path in row.required.split(separator: " ") { #expect(data.has(path), "\(path) in \(data)") }
    }
  }

  @Test(.enabled(if: described != nil, "ACTORPUSH_OPENAPI names no description of the API"), arguments: rows)
  func anAnswerIsAsTheDescriptionHasIt(row: Row) async throws {
    let shape = try #require(Self.described)
    let schema = try #require(shape.answer(row.method.rawValue.lowercased(), row.path))
    // The table is true.
    let required = Set(shape.required(schema).map { $0.replacing("data.", with: "") })
    #expect(required.subtracting(row.required.split(separator: " ").map(String.init)) == [])
    try await TestPlatform.running { platform in
      let faults = shape.faults(try await Self.answer(to: row, platform), schema)
      #expect(faults == [])
    }
  }

  /// The answer to the row's request, of an Actor with all there is: a variable, a build, a run, a store.
  private static func answer(to row: Row, _ platform: TestPlatform) async throws -> JSONValue {
    let actor = try await platform.makeBuildableActor()
    let variable = try await platform.send(
      .POST, TestPlatform.version + "/env-vars", #"{"name":"PLAIN","value":"seen","isSecret":false}"#)
    #expect(variable.status == 201)
    let build = try await platform.startBuild("&waitForFinish=60")
    let started = try await platform.send(
      .POST, "/v2/actors/\(actor)/runs?build=latest&waitForFinish=60", #"{"url":"x"}"#)
    #expect(started.status == 201)
    let run = try #require(try started.data["id"].string)
    let made = try await platform.send(.POST, "/v2/key-value-stores?name=a-store", "")
    let store = try #require(try made.data["id"].string)
    try await platform.send(
      .PUT, "/v2/key-value-stores/\(store)/records/a", "x", headers: ["Content-Type": "text/plain"])
    var path = row.path
    for (name, value) in [
      ("{actorId}", actor), ("{versionNumber}", "0.0"), ("{envVarName}", "PLAIN"), ("{buildId}", build),
      ("{runId}", run), ("{storeId}", store),
    ] { path = path.replacing(name, with: value) }
    let answer: TestPlatform.Answer
    switch (row.method, row.path) {
    case (.POST, "/v2/actors"):
      answer = try await platform.send(
        .POST, path,
        #"{"name":"other","versions":[{"versionNumber":"0.1","sourceType":"SOURCE_FILES","sourceFiles":[]}]}"#
      )
    case (.PUT, "/v2/actors/{actorId}"): answer = try await platform.send(.PUT, path, #"{"title":"T"}"#)
    case (.PUT, _) where path.hasSuffix("PLAIN"):
      answer = try await platform.send(.PUT, path, #"{"name":"PLAIN","value":"other"}"#)
    case (.PUT, _): answer = try await platform.send(.PUT, path, #"{"buildTag":"beta"}"#)
    case (.POST, "/v2/actors/{actorId}/builds"):
      answer = try await platform.send(.POST, path + "?version=0.0&waitForFinish=60", "")
    case (.POST, "/v2/key-value-stores"): answer = try await platform.send(.POST, path + "?name=other", "")
    case (.POST, "/v2/actors/{actorId}/runs"): answer = try await platform.send(.POST, path, "{}")
    default: answer = try await platform.send(row.method, path)
    }
    #expect((200..<300).contains(answer.status), "\(answer.status)")
    return try answer.json
  }
}
