class C:
    def m(self):
        pass
def attempt(f):
    try:
        f()
    except (AttributeError, TypeError) as error:
        print(error)
attempt(lambda: C().missing)
attempt(lambda: C.missing)
attempt(lambda: (5).missing)
attempt(lambda: None.missing)
attempt(lambda: setattr(5, 'x', 1))
attempt(lambda: setattr(object(), 'x', 1))
attempt(lambda: delattr(C(), 'x'))
attempt(lambda: setattr(int, 'x', 1))
attempt(lambda: C.m())
attempt(lambda: C().m(1))
attempt(lambda: setattr([], 'append', 1))
