def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
print(fact(5), fact(25))
def even(n):
    return n == 0 or odd(n - 1)
def odd(n):
    return n != 0 and even(n - 1)
print(even(10), even(7))
