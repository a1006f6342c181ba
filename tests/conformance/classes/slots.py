class S:
    __slots__ = ('a', 'b')
    def __init__(self):
        self.a = 1
s = S()
print(s.a, hasattr(s, '__dict__'), S.__slots__)
for action in lambda: s.b, lambda: setattr(s, 'c', 1), lambda: delattr(s, 'b'):
    try:
        action()
    except AttributeError as error:
        print(error)
class T(S):
    pass
t = T()
t.c = 2
print(t.__dict__, t.a)
