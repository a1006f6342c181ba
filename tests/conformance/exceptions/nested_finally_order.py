def f():
    try:
        try:
            raise ValueError('inner')
        finally:
            print('inner finally')
    except ValueError as e:
        print('caught', e)
        try:
            return 'from except'
        finally:
            print('finally in except')
    finally:
        print('outer finally')
print(f())
