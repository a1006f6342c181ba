"""Runs one module of CPython's tests and writes a line of JSON for each test that begins or ends.

driver.py DIR MODULE RESULTS [DONE [PATTERN]]: DIR is a Lib/test folder, DONE a file with the ids that are not to be run.
The same conditions hold for every Python that runs it: no threads, no other processes, none of the C modules that only
tests use. A test that asks for one of them is skipped. A module that cannot begin without such a C module gets the
functions in NEEDED of it.
"""

import json
import os
import sys
import types

NEEDED = {'test_class': {'_testinternalcapi': ['has_inline_values', 'get_recursion_depth']}}

folder, module, results = sys.argv[1:4]
done_file = sys.argv[4] if len(sys.argv) > 4 else ''
pattern = sys.argv[5] if len(sys.argv) > 5 else ''

sys.argv[1:] = []
sys.path[0] = os.getcwd()
parent = os.path.dirname(os.path.abspath(folder))
if parent not in sys.path:
    sys.path.append(parent)
for name in (
    '_testcapi _testinternalcapi _testlimitedcapi _testbuffer _testclinic _testmultiphase _testsinglephase '
    '_testimportmultiple _xxtestfuzz ctypes _ctypes _xxsubinterpreters _interpreters _interpchannels _interpqueues'
).split():
    part = None
    if name in NEEDED.get(module, ()):
        part = types.ModuleType(name)
        for function in NEEDED[module][name]:
            setattr(part, function, getattr(__import__(name), function))
    sys.modules[name] = part

log = os.open(results, os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def tell(**event):
    os.write(log, (json.dumps(event) + '\n').encode())


import unittest


def skipped(what):
    def refuse(*args, **kwargs):
        raise unittest.SkipTest('needs ' + what)

    return refuse


import threading

threading.Thread.start = skipped('threads')
import _thread

_thread.start_new_thread = _thread.start_new = threading._start_new_thread = skipped('threads')
for name in ('fork', 'forkpty', 'system', 'popen', 'posix_spawn', 'posix_spawnp', 'execv', 'execve'):
    if hasattr(os, name):
        delattr(os, name)
try:
    import subprocess
except ImportError:
    pass
else:
    subprocess.Popen.__init__ = skipped('a process')
    subprocess.Popen.__del__ = lambda self: None

from test import support

support.use_resources = []
support.verbose = 0
try:
    from test.support import script_helper

    script_helper.interpreter_requires_environment = lambda: False
except ImportError:
    pass


class Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.outcome = None

    def startTest(self, test):
        super().startTest(test)
        self.outcome = 'pass'
        self.detail = ''
        tell(start=test.id())

    def stopTest(self, test):
        super().stopTest(test)
        tell(id=test.id(), outcome=self.outcome, detail=self.detail)
        self.outcome = None

    def note(self, test, outcome, error):
        detail = error if isinstance(error, str) else self._exc_info_to_string(error, test)
        if self.outcome is None:
            # Outside a test: setUpClass, setUpModule.
            tell(id=test.id(), outcome=outcome, detail=detail)
        elif self.outcome in ('pass', 'skip'):
            self.outcome = outcome
            self.detail = detail

    def addError(self, test, err):
        self.note(test, 'error', err)

    def addFailure(self, test, err):
        self.note(test, 'fail', err)

    def addSkip(self, test, reason):
        self.note(test, 'skip', reason)

    def addExpectedFailure(self, test, err):
        self.note(test, 'xfail', '')

    def addUnexpectedSuccess(self, test):
        self.note(test, 'fail', 'unexpected success')

    def addSubTest(self, test, subtest, err):
        if err is None:
            return
        if issubclass(err[0], unittest.SkipTest):
            return
        self.note(test, 'fail' if issubclass(err[0], test.failureException) else 'error', err)


def tests_of(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from tests_of(item)
        else:
            yield item


def main():
    done = set()
    if done_file:
        with open(done_file) as f:
            done = set(f.read().split('\n'))
    loader = unittest.TestLoader()
    try:
        suite = loader.loadTestsFromName('test.' + module)
    except unittest.SkipTest as e:
        tell(module='skip', detail=str(e))
        return
    keep = []
    for test in tests_of(suite):
        if type(test).__name__ == '_FailedTest':
            tell(module='error', detail=str(getattr(test, '_exception', test)))
            return
        if pattern and pattern not in test.id():
            continue
        if test.id() not in done:
            keep.append(test)
    tell(module='loaded', tests=[test.id() for test in keep])
    loader.suiteClass(keep).run(Result())
    tell(module='done')


try:
    main()
except SystemExit:
    raise
except BaseException as e:
    import traceback

    tell(module='error', detail=''.join(traceback.format_exception(e)))
    raise SystemExit(1)
