def attempt(f):
    try:
        f()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as e:
        print(type(e).__name__, e)
attempt(lambda: f'{5:q}')
attempt(lambda: f'{"a":d}')
attempt(lambda: f'{[]:5}')
attempt(lambda: f'{1.5:d}')
attempt(lambda: '{}'.format())
attempt(lambda: '{k}'.format())
attempt(lambda: '{0.x}'.format(5))
attempt(lambda: f'{None:>5}')
