def decorate(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper

@decorate
def fail(x):
    return x.y.z

fail(5)
