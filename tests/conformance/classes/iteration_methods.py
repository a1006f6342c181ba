class Countdown:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n
print(list(Countdown(3)), sum(Countdown(4)), max(Countdown(5)), 2 in Countdown(3))
a, *b = Countdown(3)
print(a, b)
class Reversible:
    def __reversed__(self):
        return iter('abc')
print(list(reversed(Reversible())))
class Bad:
    def __iter__(self):
        return 5
try:
    iter(Bad())
except TypeError as error:
    print(error)
