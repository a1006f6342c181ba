d = {}
def attempt(f):
    try:
        f()
    except (KeyError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
attempt(lambda: d['missing'])
attempt(lambda: d.__delitem__(5))
attempt(lambda: d.pop('k'))
attempt(lambda: d.__setitem__([], 1))
attempt(lambda: d.get({}))
attempt(lambda: dict([1]))
attempt(lambda: dict(['abc']))
attempt(lambda: dict(5))
attempt(lambda: d.update(1))
