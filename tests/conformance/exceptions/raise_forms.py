def attempt(f):
    try:
        f()
    except BaseException as e:
        print(type(e).__name__, e.args, repr(e), e.__cause__, e.__context__)
def by_class():
    raise ValueError
def by_instance():
    raise ValueError('a', 1)
def not_an_exception():
    raise 5
def nothing_to_reraise():
    raise
def cause():
    raise ValueError('a') from KeyError('b')
def bad_cause():
    raise ValueError('a') from 5
def not_a_class():
    try:
        raise ValueError
    except 5:
        pass
for f in by_class, by_instance, not_an_exception, nothing_to_reraise, cause, bad_cause, not_a_class:
    attempt(f)
