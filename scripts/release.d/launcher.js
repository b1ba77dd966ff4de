#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors
//
// Starts the program of this platform, which npm has installed beside this package, and ends as it ends.
'use strict';

const { spawn } = require('child_process');
const os = require('os');

/** The C library's version where it is glibc; undefined elsewhere. */
function glibc() {
  if (!process.report) return undefined;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime;
}

function fail(message) {
  console.error(`actorpush: ${message}`);
  process.exit(1);
}

/** Where the program is. */
function program() {
  const machine = `linux-${process.arch}`;
  const names = glibcIsLikely() ? [machine, `${machine}-musl`] : [`${machine}-musl`, machine];
  for (const name of names) {
    try {
      return require.resolve(`actorpush-${name}/bin/actorpush`);
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
    }
  }
  const here = `${process.platform} on ${process.arch}`;
  if (process.platform !== 'linux') return fail(`there is no program for ${here}; it runs on Linux`);
  return fail(
    `the program for ${here} is not installed: it is an optional dependency, actorpush-${machine}. ` +
      'Install without --no-optional (--omit=optional), on the machine that runs it.',
  );
}

/** glibc's loader has a fixed place; asking for it costs nothing. */
function glibcIsLikely() {
  const loader = process.arch === 'arm64' ? '/lib/ld-linux-aarch64.so.1' : '/lib64/ld-linux-x86-64.so.2';
  return require('fs').existsSync(loader);
}

const child = spawn(program(), process.argv.slice(2), { stdio: 'inherit' });
// A terminal sends Ctrl-C to both; this one waits for the program to clean up.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`${child.spawnfile}: ${error.message}`));
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // SIGKILL and the like end this one before it comes here.
    setTimeout(() => process.exit(128 + (os.constants.signals[signal] || 0)), 100);
    return;
  }
  // The loader of an older glibc ends with 1, after words that few understand.
  if (code === 1) {
    const version = glibc();
    const older = version && version.localeCompare('@FLOOR@', undefined, { numeric: true }) < 0;
    if (older) console.error(`actorpush: needs glibc @FLOOR@ or later; this machine has ${version}`);
  }
  process.exitCode = code;
});
