def f():
    a = [1]
    b = [2]
    return id(a), id(b)
first = f()
second = f()
print(first == second, first == second[::-1])
