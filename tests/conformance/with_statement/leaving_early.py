class M:
    def __enter__(self):
        return self
    def __exit__(self, *info):
        print('exit', info[0])
def f():
    with M():
        return 'returned'
def g():
    for i in range(3):
        with M():
            if i == 1:
                break
            continue
    return i
print(f(), g())
