assert True, 'never'
try:
    assert 1 == 2
except AssertionError as e:
    print(repr(e))
try:
    assert [], 'empty ' + 'list'
except AssertionError as e:
    print(repr(e))
assert (lambda: print('evaluated') or True)()
