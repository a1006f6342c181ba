class K:
    def __del__(self):
        raise ValueError('in del')
k = K()
del k
print('goes on')
