// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import EmulatorTesting
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite(.timeLimit(.minutes(10))) struct PageTests {
  static func page(_ platform: TestPlatform, _ path: String = "/") async throws -> (status: Int, text: String)
  {
    let answer = try await platform.send(.GET, path, token: nil)
    #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
    #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'none';") == true)
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(!text.contains("<script") && !text.contains("src=") && !text.contains("https:"))
    return (answer.status, text)
  }

  @Test func theFirstPageSaysWhatToDo() async throws {
    try await TestPlatform.running { platform in
      let page = try await Self.page(platform)
      #expect(page.status == 200)
      #expect(page.text.contains("Nothing has been pushed yet") && page.text.contains("actorpush push"))
    }
  }

  @Test func theFirstPageShowsWhatWasPushed() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      let change = #"""
        {"envVars":[{"name":"OPEN_NAME","value":"open value"},{"name":"HIDDEN_NAME","value":"hidden value","isSecret":true}],
         "sourceFiles":[{"name":"src","folder":true},{"name":"src/main.js","format":"TEXT","content":"12345"},
         {"name":"logo.png","format":"BASE64","content":"AAECAwQ="}]}
        """#
      let put = try await platform.send(.PUT, TestPlatform.version, change)
      #expect(put.status == 200)
      let id = try await platform.startBuild("&waitForFinish=60")
      let text = try await Self.page(platform).text
      for part in [
        "owner/my-actor", "Version 0.0", "inline files", "tag latest", "OPEN_NAME", "HIDDEN_NAME",
        "src/main.js",
        "2 files, 10 B", "latest \u{2192} 0.0.1", "/builds/\(id)", "SUCCEEDED",
      ] {
        #expect(text.contains(part), "\(part)")
      }
      #expect(!text.contains("open value") && !text.contains("hidden value"))
      #expect(!text.contains(TestPlatform.owner) && !text.contains("http-equiv"))
      let build = try await Self.page(platform, "/builds/\(id)").text
      #expect(build.contains("Build finished") && build.contains("0.0.1"))
    }
  }

  @Test func whatIsUnderWayIsShownAgain() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(.hang))
      let id = try await platform.startBuild()
      for path in ["/", "/builds/\(id)"] {
        #expect(try await Self.page(platform, path).text.contains("http-equiv=\"refresh\""))
      }
    }
  }

  @Test func filesAreShownAsTheyAreAndAsNothingElse() async throws {
    try await TestPlatform.running { platform in
      let id = try await platform.makeActor()
      try await platform.send(
        .PUT, "/v2/actors/~my-actor", #"{"title":"<script>alert(1)</script>","description":"\"&'<b>"}"#)
      let put = try await platform.put(
        files: #"""
          {"name":"<i>&\"'.txt","format":"TEXT","content":"<script>\u202e\u0001é"},{"name":"d","folder":true},
          {"name":"b","format":"BASE64","content":"AAEC/w=="}
          """#)
      #expect(put.status == 200)
      let first = try await Self.page(platform).text
      #expect(
        first.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
          && first.contains("&lt;i&gt;&amp;&quot;&#39;.txt"))
      let version = "/actors/\(id)/versions/0.0"
      #expect(try await Self.page(platform, version).text.contains("name=%3Ci%3E%26%22%27.txt"))
      let text = try await Self.page(platform, version + "/file?name=%3Ci%3E%26%22%27.txt").text
      #expect(text.contains("<pre>&lt;script&gt;\u{2039}U+202E\u{203A}\u{2039}U+1\u{203A}é</pre>"))
      let binary = try await Self.page(platform, version + "/file?name=b").text
      #expect(binary.contains("0000  00 01 02 ff"))
      for path in [
        version + "/file?name=d", version + "/file?name=no", version + "/file", "/actors/\(id)/versions/7.7",
        "/actors/no/versions/0.0", "/builds/no",
      ] {
        #expect(try await Self.page(platform, path).status == 404)
      }
    }
  }

  @Test func eachDeployIsALineWithWhatChanged() async throws {
    try await TestPlatform.running { platform in
      let actor = try await platform.makeActor()
      func deploy(_ text: String, _ commit: String, _ more: String = "") async throws {
        let label =
          #"{\"format\":1,\"commit\":\"\#(commit)\",\"branch\":\"main\",\"dirty\":false,\"digest\":\"d1de57\#(text)\",\"tool\":\"t\"}"#
        let put = try await platform.send(
          .PUT, TestPlatform.version,
          #"{"buildTag":"latest","sourceFiles":[{"name":"main.js","format":"TEXT","content":"\#(text)"},"#
            + #"{"name":".actor/provenance.json","format":"TEXT","content":"\#(label)"}\#(more)]}"#)
        #expect(put.status == 200)
        _ = try await platform.startBuild("&waitForFinish=60")
      }
      try await deploy("1", "aaaaaaaaaaaaaaaa")
      let variable = #"{"name":"NAME","value":"hidden value"}"#
      try await platform.send(.POST, TestPlatform.version + "/env-vars", variable)
      try await deploy("2", "bbbbbbbbbbbbbbbb", #",{"name":"new.js","format":"TEXT","content":""}"#)
      for path in ["/", "/actors/\(actor)"] {
        let text = try await Self.page(platform, path).text
        for part in [
          "bbbbbbbbbbbb <span class=\"soft\">main</span>", "d1de572", "owner", "API", "first build",
          "main.js changed; new.js added; variables: +NAME", "/builds/", "SUCCEEDED",
        ] { #expect(text.contains(part), "\(part) on \(path)") }
        #expect(!text.contains("hidden value") && !text.contains("provenance.json changed"))
      }
      let run = try await platform.send(.POST, "/v2/actors/\(actor)/runs?waitForFinish=60", "{}").data
      let id = try #require(run["id"].string)
      #expect(try await Self.page(platform, "/actors/\(actor)").text.contains("/runs/\(id)"))
      #expect(try await Self.page(platform, "/runs/\(id)").text.contains("Run finished"))
      #expect(try await Self.page(platform, "/runs/no").status == 404)
    }
  }

  @Test func aZipIsShownToo() async throws {
    try await TestPlatform.running { platform in
      let id = try await platform.makeActor()
      _ = try await platform.put(files: #"{"name":"in/the.txt","format":"TEXT","content":"zipped text"}"#)
      _ = try await platform.startBuild("&waitForFinish=60")
      _ = try await BuildZipTests.build(platform, storedZip([("in/the.txt", "zipped text")])) {
        store, signature in
        "\(platform.baseURL)/v2/key-value-stores/\(store.id)/records/it.zip?signature=\(signature)"
      }
      let first = try await Self.page(platform).text
      #expect(first.contains("in/the.txt") && first.contains("1 file, 11 B"))
      // The same files, in another form.
      #expect(first.contains("<bdi>inline files \u{2192} zip</bdi>"))
      let file = try await Self.page(platform, "/actors/\(id)/versions/0.0/file?name=in/the.txt").text
      #expect(file.contains("<pre>zipped text</pre>"))
      try await platform.send(.DELETE, StoreTests.record)
      #expect(try await Self.page(platform).text.contains("404 record-not-found"))
    }
  }

  @Test(arguments: [("evil.example", 403), ("127.0.0.1.evil.example:80", 403), ("localhost:1", 200)])
  func aForeignNameForThisMachineIsRefused(host: String, status: Int) async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(.GET, "/", token: nil, headers: ["Host": host])
      #expect(answer.status == status)
    }
  }
}
