// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorFaults
internal import Testing

@Suite("A file of faults")
struct FaultFileTests {
  @Test("is read as it is documented")
  func example() throws {
    let file = try FaultFile(
      Array(
        #"""
        {"faults": [
          {"method": "PUT", "path": "/v2/actors/*/versions/*", "occurrence": 2, "fault": "status",
           "status": 503, "retryAfter": 2, "done": true},
          {"path": "/v2/actor-builds/**", "occurrence": {"from": 3, "every": 2}, "delay": 0.5},
          {"occurrence": [1, 4], "fault": "slow", "bytesPerSecond": 10}
        ]}
        """#.utf8))
    let rules = file.schedule.rules
    #expect(rules.map(\.name) == ["status", "none", "slow"])
    #expect(rules.map(\.method) == ["PUT", nil, nil])
    #expect(
      rules.map(\.occurrences) == [.numbers([2]), .series(from: 3, every: 2), .numbers([1, 4])])
    #expect(rules[1].delay == .milliseconds(500))
    guard case .replacedAnswer(503, let headers, let body) = rules[0].outcome else {
      Issue.record("\(rules[0].outcome)")
      return
    }
    #expect(headers["retry-after"] == "2" && body.contains(#""type":"injected-fault""#))
  }

  @Test(
    "that is wrong is refused with the field named",
    arguments: [
      ("{", "not valid JSON"), ("[]", "must be an object"), ("{}", "faults: must be an array of objects"),
      (#"{"faults": [], "fault": 1}"#, "fault: is not known here"),
      (#"{"faults": [1]}"#, "faults[0]: must be an object"),
      (#"{"faults": [{}, {"fault": "explode"}]}"#, "faults[1].fault: must be one of none, status,"),
      (#"{"faults": [{"fault": 1}]}"#, "faults[0].fault: must be a string"),
      (#"{"faults": [{"fault": "status"}]}"#, "faults[0].status: is missing"),
      (
        #"{"faults": [{"fault": "status", "status": 600}]}"#,
        "faults[0].status: must be a whole number from 200"
      ),
      (#"{"faults": [{"fault": "status", "status": "503"}]}"#, "faults[0].status: must be a whole number"),
      (#"{"faults": [{"fault": "hang", "status": 503}]}"#, "faults[0].status: is not known here"),
      (#"{"faults": [{"fault": "hang", "done": 1}]}"#, "faults[0].done: must be true or false"),
      (#"{"faults": [{"method": "put"}]}"#, "faults[0].method: must be in capitals"),
      (#"{"faults": [{"path": "v2"}]}"#, "faults[0].path: must begin with a slash"),
      (#"{"faults": [{"path": "/**/x"}]}"#, "faults[0].path: must begin with a slash"),
      (#"{"faults": [{"occurrence": 0}]}"#, "faults[0].occurrence: must be a number from 1 on"),
      (#"{"faults": [{"occurrence": []}]}"#, "faults[0].occurrence: must be a number from 1 on"),
      (#"{"faults": [{"occurrence": [1, "2"]}]}"#, "faults[0].occurrence: must be a number from 1 on"),
      (#"{"faults": [{"occurrence": {"form": 2}}]}"#, "faults[0].occurrence.form: is not known here"),
      (#"{"faults": [{"occurrence": {"every": 0}}]}"#, "faults[0].occurrence.every: must be a whole number"),
      (#"{"faults": [{"delay": -1}]}"#, "faults[0].delay: must be from 0 to 86400"),
      (
        #"{"faults": [{"fault": "status", "status": 429, "retryAfter": -1}]}"#,
        "faults[0].retryAfter: must be"
      ),
      (#"{"faults": [{"fault": "slow"}]}"#, "faults[0].bytesPerSecond: is missing"),
      (#"{"faults": [{"fault": "close-in-request"}]}"#, "faults[0].bytes: is missing"),
      (#"{"faults": [{"fault": "redirect"}]}"#, "faults[0].location: is missing"),
      (#"{"faults": [{"fault": "compressed", "encoding": "a b"}]}"#, "faults[0].encoding: must be a word"),
    ])
  func refused(_ text: String, _ words: String) {
    #expect {
      try FaultFile(Array(text.utf8))
    } throws: { error in
      "\(error)".hasPrefix(words)
    }
  }

  @Test(
    "has patterns for paths",
    arguments: [
      ("/v2/actors/*", "/v2/actors/~x", true), ("/v2/actors/*", "/v2/actors", false),
      ("/v2/actors/*", "/v2/actors/~x/versions", false), ("/v2/**", "/v2", true),
      ("/v2/**", "/v2/users/me", true), ("/v2/**", "/v3/users", false), ("/**", "/", true),
      ("/v2/users/me", "/v2/users/me", true), ("/v2/users/m", "/v2/users/me", false),
    ])
  func patterns(_ pattern: String, _ path: String, _ isMatch: Bool) throws {
    #expect(try #require(PathPattern(pattern)).matches(path) == isMatch)
  }

  @Test("counts the requests of each fault")
  func counts() throws {
    let text = #"""
      {"faults": [{"path": "/a", "occurrence": 2, "fault": "close"},
                  {"occurrence": {"from": 2, "every": 2}, "fault": "hang"}]}
      """#
    var schedule = try FaultFile(Array(text.utf8)).schedule
    let met = ["/a", "/a", "/b", "/b", "/a"].map { schedule.take(method: "GET", path: $0)?.name }
    // The second request meets both, and the first rule counts.
    #expect(met == [nil, "close", nil, "hang", nil])
    #expect(schedule.counts.map(\.matched) == [3, 5] && schedule.counts.map(\.applied) == [1, 1])
  }
}
