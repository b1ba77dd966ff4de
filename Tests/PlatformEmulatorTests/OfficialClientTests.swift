// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import PlatformEmulator
internal import TestSupport
internal import Testing

/// Apify's own client for Python talks to the emulator: what it decodes, it checks.
@Suite struct OfficialClientTests {
  /// The Python of an environment that has `apify-client`.
  private static let python = ProcessInfo.processInfo.environment["ACTORPUSH_APIFY_CLIENT"]

  @Test(
    .enabled(if: python != nil, "ACTORPUSH_APIFY_CLIENT names no Python with apify-client"),
    .timeLimit(.minutes(5)))
  func theOfficialClientDoesAllOfItAgainstTheEmulator() async throws {
    let python = try #require(Self.python)
    try await TestPlatform.running { platform in
      let output = try await shell(
        python, ["-c", Self.script, platform.baseURL, TestPlatform.owner], limit: .seconds(240))
      #expect(output.status == 0 && output.text.hasSuffix("done\n"), "\(output.text)\(output.talk)")
    }
  }

  private static let script = #"""
    import sys, datetime
    from apify_client import ApifyClient

    url, token = sys.argv[1:]
    minute = datetime.timedelta(seconds=60)
    client = ApifyClient(
        token, api_url=url, api_public_url=url, max_retries=0, timeout_short=minute, timeout_medium=minute, timeout_long=minute)

    def is_equal(found, expected, what):
        assert found == expected, f'{what}: {found!r}, not {expected!r}'

    # Accounts, Actors and versions.
    is_equal(client.user().get().username, 'owner', 'the user')
    actor = client.actors().create(
        name='my-actor', default_run_build='latest', default_run_memory_mbytes=1024, default_run_timeout=datetime.timedelta(seconds=60),
        versions=[{'versionNumber': '0.1', 'sourceType': 'SOURCE_FILES', 'buildTag': 'latest',
                   'sourceFiles': [{'name': 'main.js', 'format': 'TEXT', 'content': '1'}, {'name': 'src', 'folder': True}]}])
    resource = client.actor(actor.id)
    is_equal(resource.get().name, 'my-actor', 'the Actor')
    is_equal([item.id for item in client.actors().list(my=True).items], [actor.id], 'the list of Actors')
    resource.update(title='Title')
    is_equal(resource.get().title, 'Title', 'the title')
    version = resource.version('0.1')
    is_equal(len(version.get().source_files), 2, 'the files')
    is_equal(resource.versions().list().total, 1, 'the versions')
    version.update(build_tag='latest', apply_env_vars_to_build=True)
    is_equal(version.get().apply_env_vars_to_build, True, 'variables for builds')

    # Variables, one at a time.
    version.env_vars().create(name='PLAIN', value='seen')
    version.env_vars().create(name='SECRET', value='hidden', is_secret=True)
    is_equal(sorted(item.name for item in version.env_vars().list().items), ['PLAIN', 'SECRET'], 'the variables')
    is_equal(version.env_var('SECRET').get().value, None, 'a secret')
    version.env_var('PLAIN').update(name='PLAIN', value='other')
    is_equal(version.env_var('PLAIN').get().value, 'other', 'a variable')
    version.env_var('PLAIN').delete()
    is_equal(version.env_var('PLAIN').get(), None, 'a variable that was removed')

    # Builds.
    first = resource.build(version_number='0.1', wait_for_finish=60)
    is_equal(first.status, 'SUCCEEDED', 'a build')
    second = resource.build(version_number='0.1', tag='beta', wait_for_finish=60)
    found = resource.builds().list(limit=1, offset=1, desc=True)
    is_equal([item.id for item in found.items], [first.id], 'a page of builds')
    is_equal((found.total, found.count, found.limit, found.offset, found.desc), (2, 1, 1, 1, True), 'the page')
    is_equal([item.id for item in resource.builds().iterate(desc=True)], [second.id, first.id], 'all builds')
    build = client.build(first.id)
    is_equal([file.name for file in build.get().act_version.source_files], ['main.js', 'src'], 'what was built')
    assert 'Build finished' in build.log().get(), build.log().get()
    is_equal(build.abort().status, 'SUCCEEDED', 'an abort that comes too late')
    is_equal(resource.default_build().get().id, first.id, 'the default build')
    is_equal(build.wait_for_finish(wait_duration=datetime.timedelta(seconds=5)).id, first.id, 'a build that is waited for')
    tags = resource.get().tagged_builds
    is_equal({name: tag.build_number for name, tag in tags.items()}, {'latest': '0.1.1', 'beta': '0.1.2'}, 'the tags')
    client.build(second.id).delete()
    is_equal(client.build(second.id).get(), None, 'a build that was deleted')

    # Runs.
    run = resource.start(run_input={'url': 'x'}, build='latest', wait_for_finish=60)
    is_equal((run.status, run.build_number, run.exit_code), ('SUCCEEDED', '0.1.1', 0), 'a run')
    is_equal(client.run(run.id).get().id, run.id, 'the run by its id')
    is_equal([item.id for item in resource.runs().list().items], [run.id], 'the runs')
    is_equal(resource.last_run(status='SUCCEEDED').get().id, run.id, 'the last run')
    assert 'Run finished' in client.log(run.id).get()
    is_equal(client.key_value_store(run.default_key_value_store_id).get_record('INPUT')['value'], {'url': 'x'}, 'the input')
    is_equal(resource.call(run_input={'a': 1}, logger=None).status, 'SUCCEEDED', 'a run that is waited for')

    # Key-value stores and records.
    store = client.key_value_stores().get_or_create(name='a-store')
    is_equal(client.key_value_stores().get_or_create(name='a-store').id, store.id, 'the same store')
    is_equal([item.name for item in client.key_value_stores().list().items], ['a-store'], 'the stores')
    assert client.key_value_stores().list(unnamed=True).total > 1
    records = client.key_value_store(store.id)
    is_equal(records.get().name, 'a-store', 'the store')
    for key in ['a', 'b', 'c']:
        records.set_record(key, {'key': key})
    is_equal([item.key for item in records.list_keys(limit=2).items], ['a', 'b'], 'a page of keys')
    is_equal([item.key for item in records.iterate_keys()], ['a', 'b', 'c'], 'all keys')
    is_equal(records.get_record('b')['value'], {'key': 'b'}, 'a record')
    is_equal((records.record_exists('b'), records.record_exists('d')), (True, False), 'records that exist')
    records.delete_record('b')
    is_equal(records.get_record('b'), None, 'a record that was removed')
    records.delete()
    is_equal(records.get(), None, 'a store that was removed')
    print('done')
    """#
}
