def f():
    try:
        raise ValueError('original')
    except ValueError:
        print('logging')
        raise
try:
    f()
except ValueError as error:
    print(error, error.__context__)
