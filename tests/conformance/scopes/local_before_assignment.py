x = 'global'
def f():
    print(x)
    x = 'local'
try:
    f()
except UnboundLocalError as error:
    print(error)
