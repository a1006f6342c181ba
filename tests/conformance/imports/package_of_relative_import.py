# What a relative import takes for its package, and what it warns of.
import warnings

for g in ({'__package__': None, '__spec__': None, '__name__': '__main__'}, {'__package__': 3}, {}, {'__name__': 'a.b'}, {'__package__': '', }, {'__package__':'x'}):
  with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    try: __import__('', g, {}, ('foo',), 1)
    except Exception as e: print(type(e).__name__, e)
    print([(x.category.__name__, str(x.message)) for x in w])
