def shout(f):
    print('decorating', f.__name__)
    def wrapper(*args):
        return f(*args).upper()
    return wrapper
def times(n):
    print('times', n)
    def decorate(f):
        return lambda *args: f(*args) * n
    return decorate
@times(2)
@shout
def greet(name):
    return 'hello ' + name
print(greet('ann'))
