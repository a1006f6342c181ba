# What importlib says of modules, and finders that a program adds.
import importlib
import importlib.abc
import importlib.util
import sys
import types

import json
import math

print(json.__spec__.name, json.__spec__.parent, json.__package__, json.__spec__.submodule_search_locations is not None)
print(math.__spec__.origin, math.__loader__, sys.__spec__.name, math.__spec__.has_location)
print(importlib.util.find_spec('json.decoder').name, importlib.util.find_spec('no_such_module'))
print(importlib.import_module('.decoder', 'json').__name__, importlib.import_module('json') is json)
print(importlib.reload(json) is json)
for name in 'no_such_module', 'json.no_such', 'math.no_such':
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as e:
        print(e, '|', e.name, e.path)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        print('find', name)
        return importlib.util.spec_from_loader(name, self, origin='made up') if name.startswith('made_') else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.answer = 42


sys.meta_path.insert(0, Finder())
import made_up

print(made_up.answer, made_up, made_up.__spec__.origin, sys.modules['made_up'] is made_up)
try:
    import not_made
except ImportError as e:
    print(e)
sys.meta_path.pop(0)
m = types.ModuleType('plain')
print(m.__spec__, m.__loader__, m)
sys.modules['blocked'] = None
try:
    import blocked
except ImportError as e:
    print(type(e).__name__, e)
try:
    from json import no_name
except ImportError as e:
    print(type(e).__name__, e.name, e.name_from if hasattr(e, 'name_from') else '')
print(__import__('os.path').__name__, __import__('json.decoder', fromlist=['x']).__name__)
print([c.__name__ for c in sys.meta_path[:3]])
