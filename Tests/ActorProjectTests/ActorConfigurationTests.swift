// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import TestSupport
import Testing

@Suite("actor.json")
struct ActorConfigurationTests {
  private func read(_ text: String) throws(ProjectError) -> ActorConfiguration {
    try ActorConfiguration(Array(text.utf8), file: ".actor/actor.json")
  }

  @Test("gives what a push needs, and no more")
  func whole() throws {
    let configuration = try read(
      #"{"actorSpecification": 1, "name": "my-actor", "version": "1.10", "buildTag": "beta", "title": "T", "description": "D", "#
        + #""usesStandbyMode": true, "environmentVariables": {"B": "@b", "A": ""}, "storages": {"x": [1, null]}}"#
    )
    #expect(configuration.name?.own == "my-actor" && configuration.version?.description == "1.10")
    #expect(configuration.buildTag?.description == "beta" && configuration.usesStandbyMode == true)
    #expect(configuration.environmentVariables?.map(\.name) == ["A", "B"])
    #expect(configuration.environmentVariables?.map(\.secretName) == [nil, "b"])
  }

  @Test("may begin with a BOM, and may say next to nothing")
  func little() throws {
    #expect(try read("\u{FEFF}{}").name == nil)
    #expect(try read(#"{"name": null}"#).environmentVariables == nil)
  }

  @Test(
    "is refused with the place of the mistake",
    arguments: [
      ("", 1, 1), ("{", 1, 2), ("{\n  'a': 1\n}", 2, 3), ("{\"a\": 1,}", 1, 9), ("{\"a\" 1}", 1, 6),
      ("{\"a\": tru}", 1, 7),
      ("{} x", 1, 4), ("[]", 1, 1), ("{\"é\": x}", 1, 7), ("{\"name\": \"a\nb\"}", 1, 12),
      ("{\"name\": \"unended", 1, 18),
    ])
  func places(_ text: String, _ line: Int, _ column: Int) throws {
    let error = #expect(throws: ProjectError.self) { try read(text) }
    #expect(error?.position?.line == line && error?.position?.column == column, "\(error?.reason ?? "")")
  }

  @Test("is looked for where it may lie, the usual place first")
  func placesOfFile() throws {
    let folder = try TemporaryFolder()
    #expect(throws: ProjectError.self) { try ActorConfiguration.read(in: Array(folder.path.utf8)) }
    try folder.write("apify.json", #"{"name": "old"}"#)
    #expect(try ActorConfiguration.read(in: Array(folder.path.utf8)).name?.own == "old")
    try folder.write(".actor/actor.json", #"{"name": "new"}"#)
    #expect(try ActorConfiguration.read(in: Array(folder.path.utf8)).name?.own == "new")
  }
}

@Suite("A version number")
struct VersionNumberTests {
  @Test(
    "is two numbers of 0 to 99",
    arguments: [
      ("0.0", true), ("99.99", true), ("1.10", true), ("1", false), ("1.100", false), ("01.1", false),
      ("1.", false), ("a.b", false), ("1.2.3", false), ("", false), ("-1.2", false), ("１.2", false),
    ])
  func form(_ text: String, _ isValid: Bool) {
    #expect(((try? VersionNumber(text)) != nil) == isValid)
  }
}

@Suite("The token")
struct CredentialsTests {
  @Test("comes from the file that is given, then the environment, then the user's own file")
  func order() throws {
    let home = try TemporaryFolder()
    let files = UserFiles(home: Array(home.path.utf8))
    #expect(throws: ProjectError.self) {
      try Credentials(tokenFile: nil, variable: nil, userFiles: files).token()
    }
    try home.write(".apify/auth.json", #"{"token": "from-auth", "username": "x"}"#)
    #expect(try Credentials(tokenFile: nil, variable: nil, userFiles: files).token() == "from-auth")
    #expect(try Credentials(tokenFile: nil, variable: "from-env", userFiles: files).token() == "from-env")
    #expect(
      try Credentials(
        tokenFile: .init(name: "token", contents: .success([0xEF, 0xBB, 0xBF] + " from-file\r\n".utf8)),
        variable: "from-env", userFiles: files
      ).token() == "from-file"
    )
  }

  @Test(
    "is an error that names the file where that is no valid JSON", arguments: ["{", "[]", #"{"token": 1}"#])
  func invalidFile(_ text: String) throws {
    let home = try TemporaryFolder()
    try home.write(".apify/auth.json", text)
    let error = #expect(throws: ProjectError.self) {
      try Credentials(tokenFile: nil, variable: nil, userFiles: UserFiles(home: Array(home.path.utf8)))
        .token()
    }
    #expect(
      error?.code == .invalidUserFile && error?.file == "~/.apify/auth.json", "\(String(describing: error))")
  }

  @Test("that is kept in a keyring is said to be out of reach")
  func keyring() throws {
    let home = try TemporaryFolder()
    try home.write(".apify/auth.json", #"{"secretsBackend": "keyring"}"#)
    let error = #expect(throws: ProjectError.self) {
      try Credentials(tokenFile: nil, variable: nil, userFiles: UserFiles(home: Array(home.path.utf8)))
        .token()
    }
    #expect(error?.reason.contains("APIFY_TOKEN") == true)
  }
}
