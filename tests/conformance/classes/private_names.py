class C:
    def __init__(self):
        self.__hidden = 1
        self.__kept__ = 2
    def get(self):
        return self.__hidden
c = C()
print(c.get(), sorted(c.__dict__), hasattr(c, '__hidden'))
