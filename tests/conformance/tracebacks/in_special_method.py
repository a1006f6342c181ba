class C:
    def __add__(self, other):
        return self.value + other
    def __repr__(self):
        raise ValueError('no repr')

c = C()
try:
    c + 1
except AttributeError as error:
    print(error)
print(c)
