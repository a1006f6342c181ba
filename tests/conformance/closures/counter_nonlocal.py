def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    def peek():
        return n
    return step, peek
step, peek = counter()
step(); step()
other, _ = counter()
print(step(), other(), peek())
print(step.__code__.co_freevars, step.__closure__[0].cell_contents)
