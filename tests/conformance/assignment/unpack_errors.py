def attempt(f):
    try:
        f()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
def too_many():
    a, b = 1, 2, 3
def too_many_list():
    a, b = [1, 2, 3]
def too_few():
    a, b, c = [1, 2]
def too_few_starred():
    a, b, *c = [1]
def not_iterable():
    a, b = 5
for f in too_many, too_many_list, too_few, too_few_starred, not_iterable:
    attempt(f)
