class V:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        if not isinstance(other, V):
            return NotImplemented
        return self.n == other.n
    def __lt__(self, other):
        return self.n < other.n
print(V(1) == V(1), V(1) != V(2), V(1) == 1, V(1) < V(2), V(1) > V(0))
print([v.n for v in sorted([V(3), V(1), V(2)])], V(2) in [V(1), V(2)])
try:
    V(1) <= V(2)
except TypeError as error:
    print(error)
try:
    hash(V(1))
except TypeError as error:
    print(error)
