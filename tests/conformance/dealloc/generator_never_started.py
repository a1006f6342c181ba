class K:
    def __del__(self):
        print('dead')
def gen(a):
    try:
        yield a
    finally:
        print('finally')
g = gen(K())
print('made')
del g
print('end')
