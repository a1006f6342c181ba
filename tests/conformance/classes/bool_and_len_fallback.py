class A:
    def __len__(self):
        return 0
class B(A):
    def __bool__(self):
        return True
class Bad:
    def __bool__(self):
        return 1
class Negative:
    def __len__(self):
        return -1
print(bool(A()), bool(B()), not A())
for thing in Bad(), Negative():
    try:
        bool(thing)
    except (TypeError, ValueError) as error:
        print(error)
