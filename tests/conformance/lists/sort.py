l = [3, 1, 2]
print(l.sort(), l)
l.sort(reverse=True)
print(l)
words = ['bb', 'a', 'ccc', 'dd', 'e']
words.sort(key=len)
print(words)
words.sort(key=len, reverse=True)
print(words, sorted(words), sorted([(2, 'a'), (1, 'b'), (1, 'a')]))
try:
    [1, 'a'].sort()
except TypeError as e:
    print(e)
class K:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        compared.append((self.n, other.n))
        return self.n < other.n
compared = []
print([k.n for k in sorted([K(2), K(1), K(3), K(0)])], compared)
