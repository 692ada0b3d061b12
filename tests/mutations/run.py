#!/usr/bin/env python3
"""Shows what the tests would not notice: applies one small mutation at a time, and names those that survive.

usage: run.py [--check] [--file PATH] [NAME...]

The lists are all *.toml beside this script. Without arguments all of them are tried; with some, those whose names
hold one of them, and with --file those of one source file. --check only says whether the lists still fit the sources.

Nothing is changed in the checkout: its tracked files are copied to build/mutations/source, and built and mutated
there. A mutation is killed when one of the tests that it names fails, or does not end. The exit status is 1 if one
survives without a reason, and 2 if the lists are wrong.
"""
import argparse
import collections
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / 'build' / 'mutations'
SOURCE = WORK / 'source'
BUILD = WORK / 'build'
KEYS = {'name': str, 'file': str, 'from': str, 'to': str, 'tests': list}

Mutation = collections.namedtuple('Mutation', 'name file before after tests survives')


class ListError(Exception):
    pass


# ---- the lists ----


def known_tests():
    """The names of the test programs, as the CMakeLists.txt name them."""
    names = set()
    for path in (ROOT / 'tests').rglob('CMakeLists.txt'):
        names.update(re.findall(r'^\s*gemini_test\((tst_\w+)', path.read_text(encoding='utf-8'), re.MULTILINE))
    return names


def entries():
    """(list, entry) of every mutation that is written down."""
    for path in sorted(HERE.glob('*.toml')):
        try:
            content = tomllib.loads(path.read_text(encoding='utf-8'))
        except tomllib.TOMLDecodeError as error:
            raise ListError(f'{path.name}: {error}') from error
        for entry in content.get('mutation', []):
            yield path.name, entry


def problems_of(entry, text):
    """What is wrong with one entry; `text` is its source file's, or None where that is missing."""
    for key, kind in KEYS.items():
        if not isinstance(entry.get(key), kind):
            yield f'"{key}" is missing'
            return
    for key in entry.keys() - KEYS.keys() - {'survives'}:
        yield f'nobody knows what "{key}" is'
    if text is None:
        yield f'there is no {entry["file"]}'
    elif (count := text.count(entry['from'])) != 1:
        yield f'its text occurs {count} times in {entry["file"]}'
    if entry['from'] == entry['to']:
        yield 'it changes nothing'
    if not entry['tests']:
        yield 'it names no test'
    if 'survives' in entry and not entry['survives']:
        yield 'it survives without a reason'


def read_lists():
    """All mutations. What is wrong with the lists is said in one error."""
    tests = known_tests()
    texts, names, mutations, problems = {}, set(), [], []
    for place, entry in entries():
        file = entry.get('file', '')
        if file not in texts:
            path = ROOT / file
            texts[file] = path.read_text(encoding='utf-8') if path.is_file() else None
        name = entry.get('name', '')
        found = list(problems_of(entry, texts[file]))
        if name in names:
            found.append('another one has its name')
        names.add(name)
        found += [f'there is no test {test}' for test in entry.get('tests', []) if test not in tests]
        problems += [f'{place}: "{name}": {problem}' for problem in found]
        if not found:
            mutations.append(Mutation(name, file, entry['from'], entry['to'], tuple(entry['tests']),
                                      entry.get('survives')))
    if problems:
        raise ListError('\n'.join(problems))
    return mutations


# ---- the copy ----


def write(path, content):
    """Writes where that changes something, so that no more is built than must be."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def copy_sources():
    listed = subprocess.run(['git', '-C', ROOT, 'ls-files', '-z'], check=True, capture_output=True).stdout
    names = {name for name in os.fsdecode(listed).split('\0') if name and (ROOT / name).is_file()}
    for name in names:
        write(SOURCE / name, (ROOT / name).read_bytes())
        shutil.copymode(ROOT / name, SOURCE / name)
    for path in SOURCE.rglob('*'):
        if path.is_file() and str(path.relative_to(SOURCE)) not in names:
            path.unlink()


def environment():
    """For ccache, which serves what an earlier run has built: as .ci/run sets it."""
    return dict(os.environ, CCACHE_BASEDIR=str(WORK), CCACHE_NOHASHDIR='1',
                CCACHE_SLOPPINESS='pch_defines,time_macros,include_file_mtime,include_file_ctime')


def run(command, what):
    """Its output shows only where it fails, which is an error."""
    done = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors='replace', check=False)
    if done.returncode != 0:
        raise ListError(f'{what}:\n' + '\n'.join(done.stdout.splitlines()[-30:]))


def configure():
    flags = ['-DCMAKE_BUILD_TYPE=Debug', '-DCMAKE_CXX_FLAGS_DEBUG=-O0', '-DGEMINI_DESK_PRECOMPILED_HEADERS=ON']
    if shutil.which('ccache'):
        flags.append('-DCMAKE_CXX_COMPILER_LAUNCHER=ccache')
    if shutil.which('ld.lld'): # links in a fraction of the time
        flags.append('-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=lld')
    run(['cmake', '-G', 'Ninja', '-S', SOURCE, '-B', BUILD, *flags], 'cmake could not configure the copy')


def build(tests, jobs):
    run(['ninja', '-C', BUILD, '-j', str(jobs), *sorted(tests)], 'it does not compile')


def failure(tests, patience):
    """What fails first of these tests in the time, in seconds, or "" where all pass. Nothing runs on behind it."""
    command = ['ctest', '--test-dir', BUILD, '-R', f'^({"|".join(tests)})$', '-V', '--stop-on-failure', '--timeout',
               '120']
    with subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors='replace') as running:
        def end():
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
        patient = threading.Timer(patience, end)
        patient.start()
        failed = ''
        try:
            for line in running.stdout:
                if found := re.search(r'FAIL!  : (\w+::\w+\(.*?\))', line):
                    failed = failed or found[1]
                    end()
            if running.wait() != 0 and not failed:
                failed = 'a crash, or no end'
        finally:
            patient.cancel()
        return failed


def try_unmutated(tests):
    """How long each test may take, from how long it takes here; they must pass, or nothing would be shown."""
    patience = {}
    for test in sorted(tests):
        begin = time.monotonic()
        if failed := failure([test], 600):
            raise ListError(f'{test} fails without any mutation: {failed}')
        patience[test] = 30 + 4 * (time.monotonic() - begin)
    return patience


def verdict_on(mutation, patience, jobs):
    """("killed", by what), ("survived", '') or ("wrong", why)."""
    path = SOURCE / mutation.file
    original = path.read_bytes()
    try:
        path.write_bytes(original.decode().replace(mutation.before, mutation.after).encode())
        build(mutation.tests, jobs)
        failed = failure(mutation.tests, sum(patience[test] for test in mutation.tests))
        return ('killed', failed) if failed else ('survived', '')
    except ListError as error:
        return ('wrong', str(error))
    finally:
        path.write_bytes(original)


def report(verdicts, seconds):
    """verdicts: mutation -> "killed", "survived" or "wrong". Returns the exit status."""
    def those(verdict):
        return [mutation for mutation, found in verdicts.items() if found == verdict]
    killed, alive, wrong = those('killed'), those('survived'), those('wrong')
    print(f'\n{len(verdicts)} mutations, {len(killed)} killed, {len(alive)} survived; {seconds / 60:.0f} minutes')
    for mutation in alive:
        print(f'survived: {mutation.name} ({mutation.file}): {mutation.survives or "NO REASON"}')
    for mutation in killed:
        if mutation.survives:
            print(f'killed, though it was to survive: {mutation.name} ({mutation.file})')
    return 2 if wrong else 0 if all(mutation.survives for mutation in alive) else 1


def main():
    parser = argparse.ArgumentParser(description='Names the mutations that no test notices.')
    parser.add_argument('--check', action='store_true', help='only say whether the lists fit the sources')
    parser.add_argument('--file', help='only those of this source file')
    parser.add_argument('--jobs', type=int, default=os.cpu_count(), help='how many compilers run at once')
    parser.add_argument('name', nargs='*', help='only those whose names hold this')
    options = parser.parse_args()
    try:
        mutations = read_lists()
        if options.check:
            return 0
        mutations = [mutation for mutation in mutations if options.file in (None, mutation.file)
                     and (not options.name or any(name in mutation.name for name in options.name))]
        if not mutations:
            raise ListError('no mutation is called so')
        begin = time.monotonic()
        tests = {test for mutation in mutations for test in mutation.tests}
        print(f'{len(mutations)} mutations; building {len(tests)} tests', flush=True)
        copy_sources()
        configure()
        build(tests, options.jobs)
        patience = try_unmutated(tests)
        verdicts = {}
        # Those of one file follow each other: putting it back then costs no build.
        for mutation in sorted(mutations, key=lambda each: each.file):
            verdicts[mutation], why = verdict_on(mutation, patience, options.jobs)
            print(f'{verdicts[mutation]:8} {mutation.name}', f'({why})' if why else '', flush=True)
        return report(verdicts, time.monotonic() - begin)
    except ListError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == '__main__':
    sys.exit(main())
