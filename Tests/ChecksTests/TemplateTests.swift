// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import Testing

@testable import Checks

/// Projects as the platform's templates make them, rebuilt by hand: there is nothing to find in them.
@Suite("A template of an Actor")
struct TemplateTests {
  private static let actor = #"""
    {
      "actorSpecification": 1, "name": "my-actor", "title": "Scrape a page", "description": "…", "version": "0.0",
      "meta": {"templateId": "x", "generatedBy": "x"}, "input": "./input_schema.json", "output": "./output_schema.json",
      "storages": {"dataset": "./dataset_schema.json"}, "dockerfile": "../Dockerfile"
    }
    """#

  private static let common = [
    ".actor/actor.json": actor, ".actor/input_schema.json": "{}", ".actor/output_schema.json": "{}",
    ".actor/dataset_schema.json": "{}",
    ".dockerignore":
      "# configurations\n.idea\n.vscode\n\n.git\n\n# installed\nnode_modules\n**/__pycache__\n.venv\nstorage\n",
    ".gitignore": "node_modules\nstorage\n", "README.md": "# Actor\n",
  ]

  static let templates: [(String, [String: String])] = [
    (
      "JavaScript",
      [
        "package.json": "{}", "package-lock.json": "{}", "src/main.js": "",
        "Dockerfile": """
        # Specify the base Docker image.
        FROM apify/actor-node:22

        # Check preinstalled packages
        RUN npm ls crawlee apify puppeteer playwright

        # Copy just package.json and package-lock.json to speed up the build using Docker layer cache.
        COPY --chown=myuser:myuser package*.json ./

        RUN npm --quiet set progress=false \\
            && npm install --omit=dev --omit=optional \\
            && echo "Installed NPM packages:" \\
            && (npm list --omit=dev --all || true) \\
            && rm -r ~/.npm

        # Next, copy the remaining files and directories with the source code.
        COPY --chown=myuser:myuser . ./

        CMD npm start --silent
        """,
      ]
    ),
    (
      "TypeScript",
      [
        "package.json": "{}", "tsconfig.json": "{}", "src/main.ts": "", "eslint.config.mjs": "",
        "Dockerfile": """
        FROM apify/actor-node-playwright-chrome:22-1.55.0 AS builder

        RUN npm ls @crawlee/core apify puppeteer playwright
        COPY --chown=myuser:myuser package*.json Dockerfile check-playwright-version.mj[s] ./
        RUN npm install --include=dev --audit=false
        COPY --chown=myuser:myuser . ./
        RUN npm run build

        # Create final image
        FROM apify/actor-node-playwright-chrome:22-1.55.0

        COPY --chown=myuser:myuser package*.json ./
        RUN npm --quiet set progress=false \\
            # in the middle
            && npm install --omit=dev --omit=optional

        # Copy built JS files from builder image
        COPY --from=builder --chown=myuser:myuser /home/myuser/dist ./dist
        COPY --chown=myuser:myuser . ./

        # Run the image. If you know you won't need headful browsers, remove the XVFB start script.
        CMD ./start_xvfb_and_run_cmd.sh && npm run start:prod --silent
        """,
      ]
    ),
    (
      "Python",
      [
        "requirements.txt": "apify\n", "my_actor/__main__.py": "", "my_actor/main.py": "",
        "Dockerfile": """
        FROM apify/actor-python:3.13
        USER myuser
        COPY --chown=myuser:myuser requirements.txt ./
        RUN echo "Python version:" \\
         && python --version \\
         && pip install -r requirements.txt \\
         && pip freeze
        COPY --chown=myuser:myuser . ./
        RUN python3 -m compileall -q my_actor/
        CMD ["python3", "-m", "my_actor"]
        """,
      ]
    ),
    (
      "Scrapy",
      [
        "requirements.txt": "scrapy\n", "scrapy.cfg": "", "src/__main__.py": "",
        "src/spiders/__init__.py": "",
        "Dockerfile": """
        FROM apify/actor-python:3.13
        RUN <<EOF
        apt-get update
        COPY nothing here
        EOF
        COPY requirements.txt ./
        RUN pip install -r requirements.txt
        COPY . ./
        RUN python3 -m compileall -q src/
        CMD ["python3", "-m", "src"]
        """,
      ]
    ),
  ]

  @Test("has no findings", arguments: [0, 1, 2, 3])
  func nothing(_ index: Int) {
    let (name, files) = Self.templates[index]
    let package = Fixture(Self.common.merging(files) { $1 }).package
    // As a push by hand has it: version 0.0 is tagged latest.
    var settings = CheckSettings()
    settings.buildTag = .latest
    #expect(package.findings(settings) == [], "\(name)")
  }

  @Test("has findings once its files are not there", arguments: [0, 1, 2, 3])
  func something(_ index: Int) {
    var fixture = Fixture(Self.common.merging(Self.templates[index].1) { $1 })
    for name in ["package.json", "package-lock.json", "requirements.txt"] { fixture.files[name] = nil }
    // The Dockerfile is copied beside package*.json in TypeScript's first stage.
    #expect(fixture.found == ["copy-source-missing Dockerfile:\([8, 12, 3, 6][index])"])
  }
}
