# A function's builtins where its globals have none, and another kind of code for a function.
import sys
import warnings

code = """
def one(s): pass
two = type(one)(one.__code__, {})
inner = {}
run('def three(): pass', inner)
"""
safe = {'None': None}
ns = {'type': type, 'run': exec, '__builtins__': safe}
exec(code, ns)
print(ns['one'].__builtins__ is safe, ns['two'].__builtins__ is safe, '__builtins__' in ns['two'].__globals__)
print(ns['inner']['__builtins__'] is safe, ns['inner']['three'].__builtins__ is safe, sys.getrefcount(safe))


def plain():
    return 1


def generator():
    yield 2


before = plain.__code__
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter('always')
    plain.__code__ = generator.__code__
    print(list(plain()), [str(w.message) for w in seen])
    plain.__code__ = generator.__code__
    print(len(seen))
    warnings.simplefilter('error')
    try:
        plain.__code__ = before
    except DeprecationWarning:
        print(plain.__code__ is before)
