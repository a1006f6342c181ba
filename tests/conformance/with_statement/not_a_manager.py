class Half:
    def __enter__(self):
        pass
for thing in 5, Half():
    try:
        with thing:
            pass
    except TypeError as error:
        print(error)
