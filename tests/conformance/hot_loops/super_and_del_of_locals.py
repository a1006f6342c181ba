# super() and del of locals in hot methods; a class gets its method only on the way.
import sys


class Base:
    def __init__(self, n):
        self.n = n

    def weigh(self, by):
        return self.n * by


class Middle(Base):
    def weigh(self, by):
        return super().weigh(by) + 1


class Last(Middle):
    def __init__(self, n):
        super().__init__(n)
        self.twice = super().weigh(2)

    def weigh(self, by):
        part = super().weigh(by)
        whole = part + self.twice
        del part
        try:
            return whole + part
        except UnboundLocalError as error:
            return whole if 'part' in str(error) else None


def run(rounds):
    total = 0
    for i in range(rounds):
        thing = Last(i)
        total += thing.weigh(3)
        count = sys.getrefcount(thing)
        del thing
    return total, count


print(run(300))
Middle.weigh = lambda self, by: -by
print(run(300))
del Middle.weigh
print(run(300))
