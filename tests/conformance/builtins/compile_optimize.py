# compile(…, optimize=): no assert statements from 1 on, no docstrings at 2.

for o in (-1,0,1,2):
    ns={}
    exec(compile('"""m"""\ndef f():\n  "doc"\n  assert 0\n  return __debug__\nclass A:\n  "doc"\nclass B:\n  "only"\n  x=1\n','f','exec',optimize=o),ns)
    try: print(ns['f'](), ns['f'].__doc__, ns['A'].__doc__, ns.get('__doc__'))
    except AssertionError: print('assert')
print(compile('__debug__','','eval',optimize=1).co_consts)
