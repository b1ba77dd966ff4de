// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import Checks

@Suite("A source of COPY")
struct CopyTests {
  private static let tree = [
    "package.json": "{}", "src/main.js": "", "src/lib/a.js": "", "README.md": "", "dist/keep": "",
  ]

  @Test(
    "is found where Docker finds it",
    arguments: [
      "COPY . ./", "COPY / /app", "COPY package*.json ./", "COPY src src", "COPY ./src/ /app/",
      "COPY /src /app",
      "COPY src/main.js src/lib/a.js /app/", "COPY ../src /app", "COPY [\"src\", \"/app\"]",
      "COPY src/*.js /app/",
      "COPY src/* /app/", "COPY s?c /app", "COPY --chown=myuser:myuser package.json ./",
      "COPY --from=x nothing ./",
      "COPY package.json yarn.lock* package-lock.json* ./", "COPY yarn.loc[k] ./", "COPY $WHAT ./",
      "ADD https://example.com/a.tar.gz /", "ADD git@github.com:a/b.git /", "COPY .actor/provenance.json ./",
      "COPY <<EOF /nothing\nCOPY nothing ./\nEOF", "RUN echo \\\n COPY nothing ./", "COPY \"src\" /app",
      "ONBUILD COPY nothing ./", "COPY [a /app", "COPY --parents ./src/**/*.js /app/", "COPY package.json",
    ])
  func found(_ line: String) {
    #expect(Fixture(dockerfile: "FROM x\n\(line)\n", Self.tree).lines == [])
  }

  @Test(
    "is said to be missing where it matches nothing",
    arguments: [
      ("COPY nothing ./", "error: Dockerfile:2: COPY nothing: is not in the package [copy-source-missing]"),
      (
        "COPY srcs ./",
        "error: Dockerfile:2: COPY srcs: is not in the package; did you mean src? [copy-source-missing]"
      ),
      (
        "ADD src/lib/b.js src ./",
        "error: Dockerfile:2: ADD src/lib/b.js: is not in the package; did you mean src/lib/a.js? [copy-source-missing]"
      ),
      (
        "COPY [\"src\", \"no thing\", \"/\"]",
        "error: Dockerfile:2: COPY no thing: is not in the package [copy-source-missing]"
      ),
      (
        "COPY *.toml ./",
        "warning: Dockerfile:2: COPY *.toml: matches nothing in the package [copy-source-missing]"
      ),
      (
        "COPY build ./",
        "error: Dockerfile:2: COPY build: is not in the package; left out by .gitignore:1: build/; "
          + "the line !/build/ in .actorignore brings it back [copy-source-missing]"
      ),
      (
        "COPY build/out.js ./",
        "error: Dockerfile:2: COPY build/out.js: is not in the package; build/ is left out by .gitignore:1: build/; "
          + "the line !/build/out.js in .actorignore brings it back [copy-source-missing]"
      ),
      (
        "COPY build/*.js ./",
        "warning: Dockerfile:2: COPY build/*.js: matches nothing in the package; left out by .gitignore:1: build/; "
          + "the line !/build/ in .actorignore brings it back [copy-source-missing]"
      ),
      (
        "COPY *.log ./",
        "warning: Dockerfile:2: COPY *.log: matches nothing in the package; left out by .gitignore:2: a.log; "
          + "the line !/a.log in .actorignore brings it back [copy-source-missing]"
      ),
      (
        "COPY .git ./",
        "error: Dockerfile:2: COPY .git: is not in the package; left out by a fixed rule [copy-source-missing]"
      ),
      (
        "ARG A=nothing\nCOPY $A ./",
        "error: Dockerfile:3: COPY nothing: is not in the package [copy-source-missing]"
      ),
    ])
  func missing(_ line: String, _ expected: String) {
    var fixture = Fixture(dockerfile: "FROM x\n\(line)\n", Self.tree)
    fixture.exclusions = [
      CheckedPackage.Exclusion(
        Array(".git".utf8), isDirectory: true, rule: "a fixed rule", isBroughtBackIn: nil),
      .git("a.log", line: 2), .git("build/"),
    ]
    #expect(fixture.lines == [expected])
  }

  @Test(
    "is missing where .dockerignore takes all of it",
    arguments: [
      ("dist", "COPY dist ./", true), ("dist\n!dist/keep", "COPY dist ./", false),
      ("*.md", "COPY *.md ./", true),
      ("*", "COPY . ./", false), ("src", "COPY src/main.js ./", true), ("src/lib", "COPY src ./", false),
      ("", "COPY dist ./", false),
    ])
  func dockerignore(_ rules: String, _ line: String, _ isMissing: Bool) {
    let fixture = Fixture(
      dockerfile: "FROM x\n\(line)\n", Self.tree.merging([".dockerignore": rules]) { $1 })
    #expect(fixture.found == (isMissing ? ["copy-source-missing Dockerfile:2"] : []))
    #expect(fixture.lines.allSatisfy { $0.contains("left out of the build by .dockerignore:1: ") })
    // BuildKit prefers the one of the Dockerfile.
    var other = fixture
    other.files["Dockerfile.dockerignore"] = "other"
    #expect(other.lines == [])
  }

  @Test("is relative to the context")
  func context() {
    let actor = #"{"name": "my-actor", "dockerContextDir": "../src"}"#
    var fixture = Fixture(
      dockerfile: "FROM x\nCOPY main.js lib ./\nCOPY *.js ./\n",
      Self.tree.merging([".actor/actor.json": actor]) { $1 })
    #expect(fixture.lines == [])
    fixture.files["Dockerfile"] = "FROM x\nCOPY package.json ./\nCOPY *.md ./\n"
    #expect(fixture.found == ["copy-source-missing Dockerfile:2", "copy-source-missing Dockerfile:3"])
    for (directory, finding) in [
      ("../..", "docker-context-outside"), ("../../src", "docker-context-outside"),
      ("../nope", "docker-context-missing"),
      ("../README.md", "docker-context-missing"),
    ] {
      fixture.files[".actor/actor.json"] = #"{"name": "my-actor", "dockerContextDir": "\#(directory)"}"#
      #expect(fixture.found == ["\(finding) .actor/actor.json:1:42"], "\(directory)")
    }
    for directory in ["..", "../", "./.."] {
      fixture.files[".actor/actor.json"] = #"{"name": "my-actor", "dockerContextDir": "\#(directory)"}"#
      #expect(fixture.lines == [], "\(directory)")
    }
  }

  @Test("is looked for in the Dockerfile that the platform uses")
  func dockerfile() {
    var fixture = Fixture([".actor/Dockerfile": "FROM x\nCOPY a .\n"])
    fixture.files["Dockerfile"] = "FROM x\nCOPY b .\n"
    #expect(fixture.found == ["copy-source-missing .actor/Dockerfile:2"])
    fixture.files[".actor/actor.json"] = #"{"name": "my-actor", "dockerfile": "../Dockerfile"}"#
    #expect(fixture.found == ["copy-source-missing Dockerfile:2"])
    fixture.files[".actor/actor.json"] = #"{"name": "my-actor", "dockerfile": "./Dockerfiles"}"#
    #expect(
      fixture.lines == [
        "error: .actor/actor.json:1:36: \"dockerfile\": ./Dockerfiles is not in the package; "
          + "did you mean .actor/Dockerfile? [dockerfile-missing]"
      ])
    var none = Fixture(["src/Dockerfile": "FROM x\nCOPY a .\n"])
    #expect(none.found == ["dockerfile-missing .actor/actor.json"])
    none.exclusions = [.git("Dockerfile")]
    #expect(
      none.lines.first?.contains("left out by .gitignore:1: Dockerfile; the line !/Dockerfile in") == true)
    // What is no Actor needs none.
    none.files[".actor/actor.json"] = nil
    #expect(none.lines == [])
  }

  @Test("is cheap to look for, however many there are", .timeLimit(.minutes(1)))
  func many() {
    var text = "FROM x\n"
    for number in 0..<20_000 { text += "COPY src/file\(number % 3000) src/main.js ./\n" }
    var files = Self.tree
    for number in 0..<3000 { files["src/file\(number)"] = "" }
    #expect(Fixture(dockerfile: text, files).lines == [])
  }
}
