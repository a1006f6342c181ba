def f(kind):
    try:
        print('try', kind)
        if kind == 'raise':
            raise ValueError(kind)
        if kind == 'return':
            return 'returned'
    except ValueError as error:
        print('except', error)
    else:
        print('else')
    finally:
        print('finally')
    return 'end'
for kind in 'none', 'raise', 'return':
    print(f(kind))
