# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""A Homebrew formula: the tarballs of Linux, with their checksums."""
import os

import tarballs
from archives import sha256
from release import read


def write(release):
    chosen = [build.platform for build in release.builds if build.platform.libc == "glibc"]
    if not chosen:
        return
    blocks = ""
    for platform in chosen:
        name = tarballs.name(release, platform)
        digest = sha256(read(os.path.join(release.output, name)))
        word = {"x86_64": "on_intel", "aarch64": "on_arm"}[platform.machine]
        blocks += f'  {word} do\n    url "{release.address}/{name}"\n    sha256 "{digest}"\n  end\n\n'
    text = f'''# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors

class Actorpush < Formula
  desc "{release.project["summary"]}"
  homepage "{release.project["homepage"]}"
  version "{release.version}"
  license "{release.project["license"]}"

{blocks}  depends_on :linux

  def install
    bin.install "bin/actorpush"
    man1.install Dir["share/man/man1/*.1"]
    bash_completion.install "share/bash-completion/completions/actorpush"
    zsh_completion.install "share/zsh/site-functions/_actorpush"
    fish_completion.install "share/fish/vendor_completions.d/actorpush.fish"
  end

  test do
    assert_equal version.to_s, shell_output("#{{bin}}/actorpush --version").strip
  end
end
'''
    release.write("actorpush.rb", text.encode())
