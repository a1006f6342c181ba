def outer():
    shared = []
    def put(x):
        shared.append(x)
    def get():
        return shared
    return put, get
put, get = outer()
put(1)
print(get(), put.__closure__[0] is get.__closure__[0])
