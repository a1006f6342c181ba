class M:
    def __enter__(self):
        pass
    def __exit__(self, *info):
        raise ValueError('from exit')
try:
    with M():
        raise KeyError('from body')
except ValueError as error:
    print(error, repr(error.__context__))
class BadEnter:
    def __enter__(self):
        raise ValueError('from enter')
    def __exit__(self, *info):
        print('never')
try:
    with BadEnter():
        pass
except ValueError as error:
    print(error)
