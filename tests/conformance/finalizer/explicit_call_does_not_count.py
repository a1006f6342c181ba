class K:
    def __del__(self):
        print('del')
k = K()
k.__del__()
print('called')
del k
print('end')
