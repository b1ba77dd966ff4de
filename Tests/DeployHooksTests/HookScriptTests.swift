// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@testable import DeployHooks

@Suite("A hook that is to be chained")
struct HookScriptTests {
  @Test(
    "is known to go by its own name",
    arguments: [
      ("#!/bin/sh\nfor h in \"$0\".d/*; do \"$h\" \"$@\" || exit; done\n", true),
      ("#!/bin/sh\nhook=$(basename \"$0\")\n", true),
      ("#!/bin/sh\ncase ${0##*/} in pre-push) ;; esac\n", true),
      ("#!/usr/bin/env python3\nimport sys\nname = sys.argv[0]\n", true),
      ("#!/bin/bash\nsource \"${BASH_SOURCE[0]}.local\"\n", true),
      ("#!/bin/sh\n. \"$(dirname \"$0\")/common\"\n", false),
      ("#!/bin/sh\n. \"$(dirname -- \"$0\")/common\"\n", false),
      ("#!/bin/sh\n# $0 is the hook\nexit 0\n", false),
      ("#!/bin/sh\nif true; then\n  # not $0\n  exit 0\nfi\n", false),
      ("#!/bin/sh\nawk '{print $0}'\n", false), ("#!/bin/sh\nawk '{print $1}' < \"$0.list\"\n", true),
      ("#!/bin/sh\necho \"usage: hook\"; run-parts \"$0.d\"\n", true), ("#!/bin/sh\ncd \"${0%/*}\"\n", false),
      ("#!/usr/bin/env node\n// not __filename\n", false),
      ("#!/usr/bin/env node\nconst name = path.basename(process.argv[1])\n", true),
      ("#!/usr/bin/env node\nconst name = path.basename(__filename)\n", true),
      ("#!/usr/bin/env node\nprocess.chdir(path.dirname(__filename))\n", false),
      ("#!/usr/bin/env python3\nremote = sys.argv[1]\n", false),
      ("#!/bin/sh\nnpm test\n", false), ("", false),
    ])
  func name(_ text: String, _ goesByName: Bool) {
    #expect(HookScript.goesByName(Array(text.utf8)) == goesByName)
  }
}
