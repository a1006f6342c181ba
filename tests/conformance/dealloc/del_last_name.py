class K:
    def __del__(self):
        print('dead')
a = K()
b = a
del a
print('still alive')
del b
print('end')
