// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import PlatformEmulator
import PlatformModel
import TestSupport

/// The example of Apify's documentation: two Actors over a shared directory, with one Dockerfile.
struct Monorepo {
  static let dockerfile = """
    FROM apify/actor-node:20
    ARG ACTOR_PATH_IN_DOCKER_CONTEXT
    COPY package*.json ./
    COPY shared ./shared
    COPY ${ACTOR_PATH_IN_DOCKER_CONTEXT} ./${ACTOR_PATH_IN_DOCKER_CONTEXT}
    RUN npm install --omit=dev
    CMD npm start --workspace ./${ACTOR_PATH_IN_DOCKER_CONTEXT}

    """

  let folder: TemporaryFolder

  init(dockerfile: String = Self.dockerfile, commits: Bool = true) async throws {
    folder = try TemporaryFolder()
    for name in ["javascript-actor", "typescript-actor"] {
      try folder.write(
        "actors/\(name)/.actor/actor.json",
        """
        {
          "actorSpecification": 1,
          "name": "\(name)",
          "version": "0.1",
          "dockerContextDir": "../../..",
          "dockerfile": "../../../Dockerfile",
          "input": "./input_schema.json"
        }

        """)
      try folder.write("actors/\(name)/.actor/input_schema.json", "{}\n")
      try folder.write("actors/\(name)/README.md", "# \(name)\n")
      try folder.write("actors/\(name)/package.json", "{}\n")
      try folder.write("actors/\(name)/node_modules/x/index.js", "x")
    }
    try folder.write("actors/javascript-actor/src/main.js", "js")
    try folder.write("actors/typescript-actor/src/main.ts", "ts")
    try folder.write("shared/util.js", "util")
    try folder.write("docs/index.md", "docs")
    try folder.write("package.json", "{}\n")
    try folder.write(".gitignore", "node_modules/\n")
    try folder.write("Dockerfile", dockerfile)
    if commits {
      try await git(["init", "-q"], in: folder.path)
      try await commit()
    }
  }

  func commit() async throws {
    try await git(["add", "-A"], in: folder.path)
    try await git(["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"], in: folder.path)
  }

  /// What is done in the Console.
  static func edit(_ emulator: PlatformEmulator, _ change: (_ text: String, _ name: String) -> String)
    throws
  {
    let files = try emulator.version("0.1", of: "~javascript-actor").files ?? []
    let texts = try emulator.texts("0.1", of: "~javascript-actor")
    try emulator.setFiles(
      files.map { file in
        guard let text = texts[file.name] else { return file }
        return SourceFile(name: file.name, kind: .file(.text, content: change(text, file.name)))
      }, of: "0.1", "~javascript-actor")
  }
}
