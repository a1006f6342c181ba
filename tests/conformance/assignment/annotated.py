x: int = 5
y: str
print(x)
try:
    print(y)
except NameError as error:
    print(error)
def f():
    z: float = 2.5
    return z
print(f())
