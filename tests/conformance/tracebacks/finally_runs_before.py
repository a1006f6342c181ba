def f():
    try:
        return [][0]
    finally:
        print('finally ran')

f()
