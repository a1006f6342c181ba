class C:
    def __new__(cls, *args):
        print('new', args)
        return super().__new__(cls)
    def __init__(self, *args):
        print('init', args)
    def __call__(self, x):
        return x * 2
c = C(1, 2)
print(c(21), callable(c), callable(5))
class Other:
    def __new__(cls):
        return 5
    def __init__(self):
        print('not called')
print(Other())
class Bad:
    def __init__(self):
        return 1
for make in lambda: Bad(), lambda: object(1), lambda: type('E', (), {})(1):
    try:
        make()
    except TypeError as error:
        print(error)
