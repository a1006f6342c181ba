def outer():
    def inner():
        return x
    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    x = 1
    return inner()
print(outer())
