class Point:
    "a point"
    kind = 'plain'
    def __init__(self, x, y=0):
        self.x = x
        self.y = y
    def moved(self, dx):
        return Point(self.x + dx, self.y)
p = Point(1)
q = p.moved(5)
print(q.x, q.y, q.kind, Point.kind, Point.__doc__, Point.__name__, p.__dict__)
p.kind = 'own'
print(p.kind, q.kind, sorted(p.__dict__), type(p) is Point)
