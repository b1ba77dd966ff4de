// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import Checks

@Suite("What a Dockerfile reads of its context")
struct DockerReachTests {
  private static let tree = [
    "package.json", "package-lock.json", "shared", "shared/a.js", "shared/deep/b.js", "other", "other/c.js",
    "actors", "actors/shop", "actors/shop/main.js", "actors/cart", "actors/cart/main.js",
  ]

  private static func reach(_ lines: String) -> DockerReach {
    DockerReach(Array("FROM x\n\(lines)\n".utf8), open: ["OPEN"])
  }

  private static func paths(_ reach: DockerReach) -> [String] {
    tree.filter { reach.reach(Array($0.utf8)) == .all }
  }

  @Test(
    "is what COPY, ADD and mounts name, with all below",
    arguments: [
      ("COPY shared ./", ["shared", "shared/a.js", "shared/deep/b.js"]),
      ("ADD shared/deep/b.js ./", ["shared/deep/b.js"]),
      ("COPY pack*.json ./", ["package.json", "package-lock.json"]),
      ("COPY ./shared/*.js /x/", ["shared/a.js"]), ("COPY */c.js ./", ["other/c.js"]),
      ("COPY o*r ./", ["other", "other/c.js"]),
      ("ARG WHERE=actors/shop\nCOPY ${WHERE}/main.js ./", ["actors/shop/main.js"]),
      ("ENV WHERE=actors/cart\nCOPY $WHERE ./", ["actors/cart", "actors/cart/main.js"]),
      ("RUN --mount=type=bind,source=shared/deep,target=/d ls", ["shared/deep/b.js"]),
      ("RUN --mount=type=cache,target=/root/.npm npm ci\nCOPY other ./", ["other", "other/c.js"]),
      ("COPY --from=x /a ./\nADD https://example.com/a.tgz /\nCOPY <<EOF /b\nCOPY . .\nEOF", []),
      // Another builder than BuildKit builds all stages.
      (
        "FROM y AS unused\nCOPY other ./\nFROM z\nCOPY shared/a.js ./",
        ["shared/a.js", "other", "other/c.js"]
      ),
    ])
  func named(_ lines: String, _ expected: [String]) {
    let reach = Self.reach(lines)
    #expect(reach.whole == nil)
    #expect(Self.paths(reach) == expected, "\(lines)")
  }

  @Test("holds the directories above as such")
  func above() {
    let reach = Self.reach("COPY actors/shop/main.js ./\nCOPY shared/*/b.js ./")
    for (path, expected) in [
      ("actors", DockerReach.Reach.below), ("actors/shop", .below), ("actors/cart", .none),
      ("shared", .below),
      ("shared/deep", .below), ("shared/deep/b.js", .all), ("other", .none),
    ] {
      #expect(reach.reach(Array(path.utf8)) == expected, "\(path)")
    }
  }

  @Test(
    "is all of it where an instruction copies that, or cannot be decided",
    arguments: [
      ("COPY . ./", DockerReach.Whole.copied(line: 2, text: "COPY . ./")),
      ("COPY --chown=a:b * ./", .copied(line: 2, text: "COPY --chown=a:b * ./")),
      ("RUN --mount=target=/src make", .copied(line: 2, text: "RUN --mount=target=/src make")),
      ("COPY $NOWHERE ./", .undecided(line: 2, text: "COPY $NOWHERE ./")),
      ("ARG OPEN=a\nCOPY $OPEN ./", .undecided(line: 3, text: "COPY $OPEN ./")),
      ("COPY . ./\nCOPY $NOWHERE ./", .undecided(line: 3, text: "COPY $NOWHERE ./")),
      ("COPY [a-] ./", .undecided(line: 2, text: "COPY [a-] ./")),
      (
        "RUN --mount=type=bind,src=$X,target=/x ls",
        .undecided(line: 2, text: "RUN --mount=type=bind,src=$X,target=/x ls")
      ),
    ])
  func whole(_ lines: String, _ expected: DockerReach.Whole) {
    let reach = Self.reach(lines)
    #expect(reach.whole == expected)
    #expect(Self.paths(reach) == Self.tree)
  }
}

@Suite("ACTOR_PATH_IN_DOCKER_CONTEXT in a Dockerfile that is sent")
struct ActorPathPatchTests {
  private static let line = "# actorpush: as in a build of a git source\nENV ACTOR_PATH_IN_DOCKER_CONTEXT="

  @Test(
    "is set behind each ARG of a stage, and taken out again",
    arguments: [
      (
        "FROM a\nARG ACTOR_PATH_IN_DOCKER_CONTEXT\nCOPY . .\n",
        "FROM a\nARG ACTOR_PATH_IN_DOCKER_CONTEXT\n@COPY . .\n"
      ),
      (
        "ARG ACTOR_PATH_IN_DOCKER_CONTEXT\nFROM a\nARG X \\\n  ACTOR_PATH_IN_DOCKER_CONTEXT=b\nFROM c\nARG ACTOR_PATH_IN_DOCKER_CONTEXT\n",
        "ARG ACTOR_PATH_IN_DOCKER_CONTEXT\nFROM a\nARG X \\\n  ACTOR_PATH_IN_DOCKER_CONTEXT=b\n@FROM c\nARG ACTOR_PATH_IN_DOCKER_CONTEXT\n@"
      ),
      (
        "FROM a\nRUN <<EOF\nARG ACTOR_PATH_IN_DOCKER_CONTEXT\nEOF\n",
        "FROM a\nRUN <<EOF\nARG ACTOR_PATH_IN_DOCKER_CONTEXT\nEOF\n"
      ),
      ("FROM a\nARG OTHER\n", "FROM a\nARG OTHER\n"),
    ])
  func patched(_ text: String, _ expected: String) {
    let path = Array("actors/my \"shop\"".utf8)
    let whole = expected.split(separator: "@", omittingEmptySubsequences: false)
      .joined(separator: Self.line + "\"actors/my \\\"shop\\\"\"\n")
    let patched = ActorPathPatch.apply(path, to: Array(text.utf8))
    #expect(String(decoding: patched, as: UTF8.self) == whole)
    #expect(String(decoding: ActorPathPatch.remove(path, from: patched), as: UTF8.self) == text)
  }

  @Test("keeps the line ends of Windows, and gives COPY its value")
  func lineEnds() {
    let text = "FROM a\r\nARG ACTOR_PATH_IN_DOCKER_CONTEXT\r\nCOPY ${ACTOR_PATH_IN_DOCKER_CONTEXT} .\r\n"
    let patched = ActorPathPatch.apply(Array("actors/a".utf8), to: Array(text.utf8))
    #expect(patched.count { $0 == 0x0A } == patched.count { $0 == 0x0D })
    #expect(
      String(decoding: ActorPathPatch.remove(Array("actors/a".utf8), from: patched), as: UTF8.self) == text)
    let reach = DockerReach(patched, open: ["ACTOR_PATH_IN_DOCKER_CONTEXT"])
    #expect(reach.whole == nil && reach.reach(Array("actors/a/x".utf8)) == .all)
    #expect(DockerReach(Array(text.utf8), open: ["ACTOR_PATH_IN_DOCKER_CONTEXT"]).whole != nil)
  }
}
